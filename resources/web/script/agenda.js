/* The step of the agenda and the time left. The phone counts by a clock that nobody can put forward or back; the workshop
   says how many seconds are left. Nothing is closed here: whoever is writing goes on writing. */
(function (sayback) {
  "use strict";
  var TOLD_AT = [10, 5, 2, 1, 0];
  var byId = sayback.byId, words = sayback.words, show = sayback.show, say = sayback.say;
  var at = byId("time-left"), ends = 0, ticking = 0, step = byId("step-words") ? byId("step-words").textContent : "";
  if (!at) { return; }
  function minutes() { return Math.max(0, Math.ceil((ends - performance.now()) / 60000)); }
  function draw() {
    var left = minutes(), text = left ? sayback.fill(words.minutes, left) : words.up;
    if (at.textContent === text) { return; }
    at.textContent = text;
    if (ticking && TOLD_AT.indexOf(left) >= 0) { sayback.tellReader(text); }
  }
  function count(timer) {
    clearInterval(ticking);
    ticking = 0;
    show("clock", timer);
    if (!timer) { return; }
    ends = performance.now() + timer.left * 1000;
    draw();
    ticking = timer.runs ? setInterval(draw, 1000) : 0;
  }
  function goTo(now) {
    var next = now.step ? now.step.title || words["step-" + now.step.kind] : "";
    show("step", next);
    say("step-words", next);
    if (now.step && now.step.place) { byId("step-go").href = sayback.home + now.step.place; }
    else { byId("step-go").removeAttribute("href"); }
    if (next && next !== step) { sayback.tellReader(words.now + " " + next); }
    step = next;
  }
  sayback.now = function (now) {
    var form = byId("say"), isClosed = form && (now.closed || []).indexOf(Number(form.dataset.number)) >= 0;
    var closing = isClosed && byId("closed") && byId("closed").hidden;
    goTo(now);
    count(now.timer);
    show("closing", closing);
    show("strip", now.step || now.timer || closing);
  };
  if (at.dataset.left) { count({ left: Number(at.dataset.left), runs: at.dataset.runs !== undefined }); }
})(window.sayback);
