/* Votes and support, tap by tap and without a reload: what is tapped is drawn at once, sent in turn, and drawn again as
   the workshop has it. A tap that does not get through is tried until it does. */
(function (sayback) {
  "use strict";
  var byId = sayback.byId, words = sayback.words, say = sayback.say, outbox = sayback.outbox;
  var waiting = [], busy = false, asked = false;

  function closest(event, what) { return event.target.closest ? event.target.closest(what) : null; }
  function fields(form, put) {
    var me = outbox.me(), sent = new URLSearchParams({ put: put, start: me.start });
    ["round", "m"].forEach(function (name) { if (form.elements[name]) { sent.set(name, form.elements[name].value); } });
    if (me.token) { sent.set("token", me.token); }
    return sent;
  }
  /* The last tap on a thing stands for those before it. */
  function tap(form, put, done) {
    var on = put.split(".")[0];
    waiting = waiting.filter(function (each) { return each.put.split(".")[0] !== on; });
    waiting.push({ form: form, put: put, done: done });
    go();
  }
  function go() {
    var next = waiting[0];
    if (busy || !next) { return; }
    busy = true;
    fetch(next.form.getAttribute("action"), { method: "POST", body: fields(next.form, next.put), headers: { Accept: "application/json" } })
      .then(function (response) {
        return response.json().then(function (told) { return heed(next, response, told); });
      })
      .catch(function () { later(4); })
      .then(function () { busy = false; if (waiting.length && !waiting.pause) { go(); } });
  }
  function heed(next, response, told) {
    if (response.status === 429 || response.status >= 500) { return later(Number(response.headers.get("Retry-After")) || 4); }
    if (response.status === 403 && !asked) { return whoAmI(told); }
    asked = false;
    waiting = waiting.filter(function (each) { return each !== next; });
    if (told.receipt) { outbox.remember({ token: told.token, receipt: told.receipt }); sayback.listen(); }
    say("tap-said", told.saved ? "" : told.what + " " + told.advice);
    if (told.saved || told.dots) { if (!waiting.length) { next.done(told); } } else { sayback.renew(); }
    return null;
  }
  function whoAmI(told) {
    asked = true;
    if (told.token) { outbox.remember({ token: told.token }); return null; }
    return outbox.claim();
  }
  function later(seconds) {
    say("tap-said", words["tap-later"]);
    waiting.pause = setTimeout(function () { waiting.pause = 0; go(); }, seconds * 1000);
  }

  /* ---- Votes ---- */
  function rows() { return Array.from(document.querySelectorAll("[data-choice]")); }
  function dotsOf(row) { return Number(row.querySelector("[data-dots]").textContent); }
  function draw(dots, left) {
    rows().forEach(function (row) {
      var mine = dots[row.dataset.choice] || 0;
      row.querySelector("[data-dots]").textContent = mine;
      row.querySelectorAll("button").forEach(function (button) {
        var to = mine + Number(button.dataset.step), may = to >= 0 && (to < mine || left > 0);
        button.value = row.dataset.choice + "." + Math.max(0, to);
        if (may) { button.removeAttribute("aria-disabled"); } else { button.setAttribute("aria-disabled", "true"); }
      });
    });
    byId("left").querySelectorAll("i").forEach(function (pip, at, all) { pip.className = at < all.length - left ? "put" : ""; });
  }
  function voted(told) {
    if (!told.open) { sayback.renew(); return; }
    draw(told.dots, told.left);
    say("left-words", told.says);
  }
  document.addEventListener("click", function (event) {
    var button = closest(event, "#vote button"), row = button && button.closest("[data-choice]");
    if (!row) { return; }
    event.preventDefault();
    if (button.getAttribute("aria-disabled")) {
      if (button.dataset.step > 0) { say("tap-said", words["no-votes"]); }
      return;
    }
    var dots = {}, all = byId("left").querySelectorAll("i").length;
    rows().forEach(function (each) { dots[each.dataset.choice] = dotsOf(each); });
    dots[row.dataset.choice] += Number(button.dataset.step);
    var put = row.dataset.choice + "." + dots[row.dataset.choice];
    draw(dots, all - Object.keys(dots).reduce(function (sum, id) { return sum + dots[id]; }, 0));
    tap(byId("vote"), put, voted);
  });

  /* ---- Support for what others ask ---- */
  function drawWant(button, on, text) {
    button.value = button.value.split(".")[0] + (on ? ".0" : ".1");
    button.setAttribute("aria-pressed", on ? "true" : "false");
    button.querySelector("span").textContent = text;
  }
  document.addEventListener("click", function (event) {
    var button = closest(event, ".want");
    if (!button) { return; }
    event.preventDefault();
    tap(byId("support"), button.value, function (told) { drawWant(button, told.on, told.says); });
  });
  /* A question that only got another number of supporters: the page need not be read again for that. */
  sayback.supported = function (note) {
    var button = document.querySelector("#n-" + note.id + " .want span"), count = " (" + (note.support || 0) + ")";
    if (!button || button.textContent.slice(-count.length) === count) { return false; }
    button.textContent = button.textContent.replace(/ \(\d+\)$/, count);
    return true;
  };
})(window.sayback);
