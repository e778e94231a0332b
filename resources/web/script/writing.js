/* Sending a note without a reload, a draft that stays, and room in words. */
(function (sayback) {
  "use strict";
  var byId = sayback.byId, words = sayback.words, fill = sayback.fill, show = sayback.show, say = sayback.say;
  var random = sayback.random, keep = sayback.keep;
  var form = byId("say") || byId("again");
  var field = form && form.elements.text;
  var box = byId("text");
  var key = form && "sayback " + location.pathname.split("/")[1].toUpperCase() + " " + form.elements.question.value;
  var busy = false, tries = 0, timer = 0, counting = 0;

  function hidden(name, value) {
    var at = form.elements[name];
    if (!at) {
      at = document.createElement("input");
      at.type = "hidden";
      at.name = name;
      form.append(at);
    }
    at.value = value;
  }
  function draft() {
    var start = form.elements.start;
    return { text: field.value, id: form.elements.id.value, start: start ? start.value : "" };
  }
  function keepDraft() {
    return keep.set(key, field.value.trim() ? draft() : null);
  }
  function takeUp(old) {
    if (!old || field.value.trim()) { return; }
    field.value = old.text;
    hidden("id", old.id);
    if (form.elements.start && old.start) { hidden("start", old.start); }
  }
  function wait(seconds, text) {
    clearTimeout(timer);
    clearInterval(counting);
    show("waiting", true);
    say("waits-for", fill(text, seconds));
    var left = seconds;
    counting = setInterval(function () { left -= 1; if (left > 0) { say("waits-for", fill(text, left)); } }, 1000);
    timer = setTimeout(send, seconds * 1000);
  }
  function button(on) {
    var at = form.querySelector("[type=submit]");
    if (!at.dataset.word) { at.dataset.word = at.textContent; at.style.minWidth = at.offsetWidth + "px"; }
    at.textContent = on ? at.dataset.word : words.sending;
    at.toggleAttribute("aria-disabled", !on);
  }
  function later(seconds, text) {
    tries += 1;
    wait(seconds || Math.min(30, Math.pow(2, tries)) + Math.floor(Math.random() * 2), text);
  }
  function complain(text) {
    var at = byId("wrong");
    if (!at) {
      at = document.createElement("p");
      at.className = "wrong";
      at.id = "wrong";
      at.setAttribute("role", "alert");
      field.before(at);
    }
    at.textContent = text;
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", "wrong hint");
    field.focus();
  }
  function send() {
    if (busy) { return; }
    clearTimeout(timer);
    clearInterval(counting);
    busy = true;
    button(false);
    keepDraft();
    var sent = new URLSearchParams(new FormData(form));
    var headers = { Accept: "application/json" };
    var status = 0, pause = 0;
    var stop = window.AbortController && new AbortController();
    var tooLong = setTimeout(function () { if (stop) { stop.abort(); } }, 20000);
    fetch(form.getAttribute("action"), { method: "POST", body: sent, headers: headers, signal: stop ? stop.signal : undefined })
      .then(function (response) {
        status = response.status;
        pause = Number(response.headers.get("Retry-After")) || 0;
        return response.json();
      })
      .then(function (told) {
        if (told.token) { hidden("token", told.token); }
        if (status === 200 && told.saved) { done(told, sent.get("text")); }
        else if (status === 403 && told.token && tries === 0) { tries = 1; setTimeout(send, 0); }
        else if (status === 429) { say("waits-what", told.what); later(pause, words.busy); }
        else if (status >= 500) { say("waits-what", told.what); later(pause, words.waiting); }
        else { show("waiting", false); complain(told.what + " " + told.advice); }
      })
      .catch(function () { later(0, words.waiting); })
      .then(function () { clearTimeout(tooLong); busy = false; button(true); });
  }
  function done(told, sent) {
    tries = 0;
    show("waiting", false);
    if (!byId("done")) { location.assign(told.page); return; }
    var first = !!form.elements.start;
    say("said", told.text);
    if (first) {
      form.elements.start.remove();
      byId("code").querySelector(".groups").replaceChildren.apply(
        byId("code").querySelector(".groups"),
        told.receipt.match(/.{4}/g).map(function (group) { var at = document.createElement("span"); at.textContent = group; return at; })
      );
    }
    show("code", first);
    byId("kept").href = told.page;
    show("done", true);
    ["summary", "welcome", "drafted"].forEach(function (id) { show(id, false); });
    var wrong = byId("wrong");
    if (wrong) { wrong.remove(); }
    field.removeAttribute("aria-invalid");
    hidden("id", random());
    if (field.value === sent) { field.value = ""; }    /* what was typed meanwhile is the next note */
    keepDraft();
    room();
    byId("done").querySelector("h2").focus();
    if (first) { listen(); }    /* now as this person */
  }

  /* ---- Room in the note: the eye sees each key, a reader hears each step ---- */
  var heard = "";
  function room() {
    if (!box) { return; }
    var limit = Number(form.dataset.limit);
    var length = Array.from(box.value.trim().normalize("NFC")).length;
    var left = limit - length;
    var many = Math.max(1, Math.round(Math.abs(left) / 6));
    var step = left < 0 ? "over" : left < 3 ? "full" : left < 60 ? "nearly" : length < limit / 4 ? "roomy" : "room";
    show("room", true);
    say("left", fill(words[step], many));
    byId("room").querySelector(".meter span").style.width = Math.min(100, 100 * length / limit) + "%";
    if (heard && step !== heard) { say("say-room", fill(words[step], many)); }
    heard = step;
    box.style.height = "auto";
    box.style.height = box.scrollHeight + 6 + "px";
  }

  if (form) {
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      tries = 0;
      if (!field.value.trim()) { complain(words.empty); return; }
      send();
    });
    if (byId("now")) { byId("now").addEventListener("click", send); }
    if (box) {
      takeUp(keep.get(key));
      box.addEventListener("input", function () { room(); show("drafted", keepDraft() && box.value.trim()); });
      room();
    }
    if (form.dataset.retry) { wait(Number(form.dataset.retry), words.busy); }
    if (byId("summary")) { byId("summary").focus(); }
  }
})(window.sayback);
