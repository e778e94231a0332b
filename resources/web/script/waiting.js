/* What the page says of notes that are on this phone: those on their way, and those that were not taken. */
(function (sayback) {
  "use strict";
  var outbox = sayback.outbox, words = sayback.words, byId = sayback.byId;
  var show = sayback.show, say = sayback.say, fill = sayback.fill;
  var why = "", counting = 0, spoke = 0;
  if (!byId("outbox")) { return; }

  /* A copy of a template of the page, with the words of the note in it. */
  sayback.made = made;
  function made(template, note) {
    var at = byId(template).content.firstElementChild.cloneNode(true);
    at.querySelector("bdi").textContent = note.text || words.photo;
    return at;
  }
  function put(id, parts) {
    var at = byId(id);
    at.textContent = "";
    parts.forEach(function (part) { at.appendChild(part); });
  }
  /* Whether somebody has just pressed the button and waits for what becomes of this note: then the focus goes there. */
  sayback.awaits = function () { return false; };
  /* To a reader, politely and not too often; never by moving the focus. Whether it was said. */
  sayback.tellReader = function (text) {
    if (Date.now() - spoke <= 5000) { return false; }
    spoke = Date.now();
    say("heard", text);
    return true;
  };

  /* One note has its way drawn; of many, or while there is no room for any, the words say it. */
  function draw() {
    var notes = outbox.waiting(), lost = why === "link" && notes.length > 1, single = notes.length === 1 && why !== "busy";
    if (!notes.length) { why = ""; }
    show("outbox", why);
    clearInterval(counting);
    if (!why) { return; }
    var advice = lost ? fill(words.safe, notes.length) : words[why + "-advice"];
    say("outbox-what", lost ? words.lost : words[why + "-what"]);
    say(single ? "outbox-calm" : "outbox-lead", advice);
    show("outbox-lead", !single);
    show("outbox-calm", single);
    show("outbox-next", !single);
    show("outbox-track", single);
    show("outbox-helps", lost);
    show("badge-link", lost);
    show("badge-busy", why === "busy");
    put("outbox-notes", notes.map(made.bind(null, single ? "a-note" : "a-waiting-note")));
    count();
    counting = setInterval(count, 1000);
  }
  function count() {
    var seconds = Math.max(1, Math.ceil((outbox.nextTry - Date.now()) / 1000));
    var text = outbox.nextTry ? fill(words[why === "busy" ? "again" : "next"], seconds) : words.sending;
    say("outbox-step", text);
    byId("outbox-next").firstElementChild.textContent = text;
  }

  function drawStopped() {
    var notes = outbox.stopped();
    put("stopped", notes.map(function (note) {
      var at = made("a-stopped-note", note), buttons = at.querySelectorAll("button");
      at.querySelector("h2 span").textContent = note.stopped.what;
      at.querySelector("p").textContent = note.stopped.advice;
      buttons[0].hidden = !note.stopped.late;
      buttons[0].onclick = function () { note.fields.late = "1"; outbox.put(note); };
      buttons[1].onclick = function () { sayback.copy(note.text, buttons[1]); };
      buttons[2].onclick = function () { outbox.drop(note); };
      return at;
    }));
  }
  outbox.heard(function (what, note, news) {
    if (what === "waiting") {
      if (why !== news.why && !sayback.awaits(note)) { sayback.tellReader(words[news.why + "-what"]); }
      why = news.why;
    }
    draw();
    drawStopped();
  });
  sayback.on("now", "click", function () { outbox.go(); });
  drawStopped();
})(window.sayback);
