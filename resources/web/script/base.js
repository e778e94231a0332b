/* The small things that every part of the script uses, under one name: sayback.
   All files of this folder are joined into one, in the order that core/web/static.py gives; each adds its part to this name. */
window.sayback = {};
(function (sayback) {
  "use strict";
  var words = document.getElementById("words");
  var byId = function (id) { return document.getElementById(id); };
  sayback.byId = byId;
  /* What the page says where nothing is loaded anew, in its language. */
  sayback.words = words ? JSON.parse(words.textContent) : {};
  sayback.fill = function (text, n) { return text.replace("{n}", n); };
  sayback.show = function (id, on) { var at = byId(id); if (at) { at.hidden = !on; } };
  sayback.say = function (id, text) { var at = byId(id); if (at && at.textContent !== text) { at.textContent = text; } };
  sayback.random = function () {
    var bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, function (byte) { return byte.toString(16).padStart(2, "0"); }).join("");
  };
  /* Storage may be blocked: then the page is all there is, and it says nothing about keeping. */
  sayback.keep = {
    get: function (key) { try { return JSON.parse(localStorage.getItem(key)); } catch (none) { return null; } },
    set: function (key, value) {
      try {
        if (value) { localStorage.setItem(key, JSON.stringify(value)); } else { localStorage.removeItem(key); }
        return true;
      } catch (none) { return false; }
    }
  };
})(window.sayback);
