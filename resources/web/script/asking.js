/* A question for the panel: it goes by way of the outbox, as every note does, and stays on the page until it is there. */
(function (sayback) {
  "use strict";
  var byId = sayback.byId, words = sayback.words, say = sayback.say, keep = sayback.keep, outbox = sayback.outbox;
  var form = byId("ask"), sent = null;
  if (!form) { return; }
  var box = byId("text"), question = form.elements.question.value;

  function keepDraft() {
    var all = keep.get("drafts") || {};
    delete all[question];
    if (box.value.trim()) { all[question] = { text: box.value, id: form.elements.id.value }; }
    keep.set("drafts", all);
  }
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    if (!box.value.trim()) { say("wrong-how", words.empty + " " + words["empty-how"]); sayback.show("wrong", true); box.focus(); return; }
    sayback.show("wrong", false);
    sent = { id: form.elements.id.value, text: box.value, fields: { question: question } };
    if (form.elements.m) { sent.fields.m = form.elements.m.value; }
    form.elements.id.value = sayback.random();
    box.value = "";
    keepDraft();
    sayback.room();
    outbox.put(sent);
  });
  outbox.heard(function (what, note, news) {
    if (!sent || !note || note.id !== sent.id) { return; }
    if (what === "saved") {
      say("asked-said", news.up ? words["asked-up"] : words["asked-held"]);
      if (news.first) { sayback.listen(); }
      sayback.renew();
    }
  });
  box.addEventListener("input", keepDraft);
  var old = (keep.get("drafts") || {})[question];
  if (old && !box.value) {
    box.value = old.text;
    form.elements.id.value = old.id;
    sayback.room();
  }
})(window.sayback);
