/* Room in the note: the eye sees each key, a reader hears each step. And where it is too long, how to make it two. */
(function (sayback) {
  "use strict";
  var A_WORD = 6, heard = "";
  var box = sayback.byId("text"), words = sayback.words;
  var limit = box && Number(box.form.dataset.limit);

  function lengthOf(text) { return Array.from(text.trim().normalize("NFC")).length; }
  function stepAt(length) {
    var left = limit - length;
    return left < 0 ? "over" : left < 3 ? "full" : left < 60 ? "nearly" : length < limit / 4 ? "roomy" : "room";
  }
  /* By about how many words the note is too long; 0 where it fits. */
  sayback.over = function (text) { return Math.ceil(Math.max(0, lengthOf(text) - limit) / A_WORD); };
  sayback.room = function () {
    var length = lengthOf(box.value), step = stepAt(length);
    var told = sayback.fill(words[step], Math.max(1, Math.round(Math.abs(limit - length) / A_WORD)));
    sayback.show("room", true);
    sayback.say("left", told);
    sayback.byId("room").querySelector(".meter span").style.width = Math.min(100, 100 * length / limit) + "%";
    if (heard && step !== heard) { sayback.say("say-room", told); }
    heard = step;
    box.style.height = "auto";
    box.style.height = box.scrollHeight + 6 + "px";
  };
  /* What somebody may not want to tell everybody: a question about it, or nothing. */
  sayback.privateThing = function (text) {
    if (/\S@\S+\.\S/.test(text)) { return words.email; }
    return /(?:\d[ ().\-]?){9}/.test(text) ? words.number : "";
  };
  /* Two notes of one that is too long: at the end of the last sentence that fits, else at a space. */
  sayback.halves = function (text) {
    var head = Array.from(text).slice(0, limit).join("");
    var ends = /[.!?\u2026\u061F\u06D4\u0964\u3002\uFF01\uFF1F]["'\u2019\u201D)]*(\s+|$)|\n+/g, found, cut = 0;
    while ((found = ends.exec(head)) !== null) { cut = found.index + found[0].length; }
    cut = cut || head.lastIndexOf(" ") + 1 || head.length;
    return [text.slice(0, cut).trim(), text.slice(cut).trim()];
  };
  if (box) {
    box.addEventListener("input", sayback.room);
    sayback.room();
  }
})(window.sayback);
