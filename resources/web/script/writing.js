/* Writing: a draft that stays, a note that goes by way of the outbox, and what became of it, without a reload. */
(function (sayback) {
  "use strict";
  var SLOW = 4000, AGAIN = 20000;
  var byId = sayback.byId, words = sayback.words, show = sayback.show, say = sayback.say;
  var outbox = sayback.outbox, keep = sayback.keep;
  var form = byId("say"), box = byId("text"), title = document.title;
  var pressed = null, slow = 0, told = 0;

  /* A page that says "not now" to a form that was sent without the script: from here on the outbox tries. */
  function tryAgain(again) {
    var fields = {};
    new FormData(again).forEach(function (to, name) { fields[name] = to; });
    outbox.heard(function (what, note, news) {
      if (what === "saved" && note.id === fields.id && news.page) { location.assign(news.page); }
    });
    again.hidden = true;
    outbox.put({ id: fields.id, text: fields.text, fields: fields });
  }
  if (byId("again")) { tryAgain(byId("again")); }
  if (!form) { outbox.go(); return; }
  var question = form.elements.question.value;
  var send = byId("send"), sendWord = send.textContent;

  function value(name) { return form.elements[name] ? form.elements[name].value : ""; }
  /* Who the page was made for is who its cookie says, whatever was kept here before. */
  if (value("token") && value("token") !== outbox.me().token) {
    keep.set("me", { start: outbox.me().start, token: value("token") });
  }
  function set(name, to) { if (form.elements[name]) { form.elements[name].value = to; } }

  /* ---- The draft ---- */
  function drafts() { return keep.get("drafts") || {}; }
  function keepDraft() {
    var all = drafts();
    if (box.value.trim()) { all[question] = { text: box.value, id: value("id"), kind: value("kind") }; }
    else { delete all[question]; }
    return keep.set("drafts", Object.keys(all).length ? all : null);
  }
  function takeUp(old) {
    if (!old || box.value.trim()) { return; }
    box.value = old.text;
    set("id", old.id);
    set("kind", old.kind);
    sayback.room();
  }
  function typed() {
    var kept = keepDraft(), some = box.value.trim();
    show("drafted", kept && some);
    show("not-drafted", !kept && some);
    if (some && !value("as")) { tellDesk(); }
  }

  /* The desk counts how many are writing. What they write stays here until they send it. */
  function tellDesk() {
    var now = Date.now();
    if (now - told < AGAIN) { return; }
    told = now;
    fetch(sayback.home + "/writing", { method: "POST", body: new URLSearchParams({ start: outbox.me().start, m: value("m") }) })
      .catch(function () {});
  }

  /* ---- Sending ---- */
  function noteOf(text, id) {
    var fields = { question: question };
    ["kind", "m", "as"].forEach(function (name) { if (value(name)) { fields[name] = value(name); } });
    if (!byId("closed").hidden) { fields.late = "1"; }
    return { id: id, text: text, fields: fields };
  }
  function press(texts) {
    var notes = texts.map(function (text, at) { return noteOf(text, at ? sayback.random() : value("id")); });
    pressed = notes[notes.length - 1];
    pressed.all = box.value;
    show("code", false);
    busy(true);
    settled();
    slow = setTimeout(free, SLOW);
    notes.forEach(outbox.put);
  }
  function busy(is) {
    send.style.minWidth = is ? send.offsetWidth + "px" : "";
    send.textContent = is ? words.sending : sendWord;
    if (is) { send.setAttribute("aria-disabled", "true"); } else { send.removeAttribute("aria-disabled"); }
  }
  /* The note is in the outbox, wherever it is now; the box is for the next one. What was typed meanwhile stays. */
  function free() {
    if (!pressed) { return; }
    clearTimeout(slow);
    if (box.value === pressed.all) { box.value = ""; }
    pressed = null;
    set("id", sayback.random());
    busy(false);
    typed();
    sayback.room();
  }

  /* ---- What was wrong ---- */
  function complain(what, advice, isLong) {
    document.title = words.error + ": " + title;
    say("wrong-what", what);
    say("wrong-how", advice);
    show("summary", true);
    show("wrong", true);
    show("two", isLong);
    box.setAttribute("aria-invalid", "true");
    box.setAttribute("aria-describedby", "wrong hint");
    byId("summary").focus();
  }
  function settled() {
    document.title = title;
    ["summary", "wrong", "two"].forEach(function (id) { show(id, false); });
    box.removeAttribute("aria-invalid");
    box.setAttribute("aria-describedby", "hint");
  }
  function close() {
    show("asked", false);
    show("closed", true);
    show("still", true);
    show("late-help", true);
    show("copy", true);
    send.textContent = sendWord = words.late;
    sayback.tellReader(words.closed);
    box.focus();
  }
  /* The writer waits for this answer: the words are still in the box. */
  function refuse(note) {
    var why = note.stopped;
    clearTimeout(slow);
    pressed = null;
    busy(false);
    outbox.drop(note);
    keepDraft();
    if (why.late) { close(); } else { complain(why.what, why.advice, false); }
  }

  /* ---- What became of it ---- */
  function thank(told, isAnswer) {
    var thanks = sayback.made("a-thanks", told);
    thanks.querySelector("[data-note]").dataset.note = told.id || "";
    byId("renewed").replaceWith(thanks);
    show("done", true);
    show("up", told.up);
    show("not-up", !told.up);
    say("status", told.status);
    say("why", told.why);
    show("way", told.receipt);
    show("nobodys", !told.receipt);
    if (told.first) {
      show("code", true);
      sayback.listen();    /* from now on as this person */
    }
    if (told.receipt) {
      document.body.dataset.renews = told.page;
      byId("kept").href = told.page;
      say("groups", told.receipt.match(/.{4}/g).join(" "));
    }
    if (isAnswer) { byId("done").querySelector("h2").focus(); } else { sayback.tellReader(words.arrived); }
  }
  sayback.awaits = function (note) { return pressed !== null && note !== undefined && note.id === pressed.id; };
  outbox.heard(function (what, note, news) {
    var isAnswer = sayback.awaits(note);
    if (what === "saved") {
      var isUntouched = isAnswer && box.value === pressed.all;
      if (isAnswer) { free(); }
      thank(news, isUntouched);
    }
    if (what === "waiting" && isAnswer) { free(); byId("outbox-what").focus(); }
    if (what === "stopped" && isAnswer) { refuse(note); }
  });

  /* What somebody may not want to tell everybody is asked about once; pressed again, the note goes as it is. */
  var askedAbout = "";
  function askAbout(thing) {
    askedAbout = box.value;
    complain(thing, words["private-how"], false);
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    if (pressed) { return; }
    var thing = askedAbout === box.value ? "" : sayback.privateThing(box.value);
    var over = sayback.over(box.value);
    if (!box.value.trim()) { complain(words.empty, words["empty-how"], false); }
    else if (over) { complain(words.long, sayback.fill(words["long-how"], over), true); }
    else if (thing) { askAbout(thing); }
    else { press([box.value]); }
  });
  sayback.on("two", "click", function (event) {
    var halves = sayback.halves(box.value);
    event.preventDefault();
    if (sayback.over(halves[1])) { complain(words.long, sayback.fill(words["long-how"], sayback.over(box.value)), true); }
    else { press(halves.filter(Boolean)); }
  });
  sayback.on("copy", "click", function () { sayback.copy(box.value, byId("copy")); });
  show("copy", !byId("closed").hidden);
  box.addEventListener("input", typed);
  takeUp(drafts()[question]);
  if (byId("summary").hidden === false) { byId("summary").focus(); }
  outbox.go();
})(window.sayback);
