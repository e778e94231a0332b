/* The small things that every part of the script uses, under one name: sayback.
   All files of this folder are joined into one, in the order that core/web/static.py gives; each adds its part to
   this name. ES2015 and no newer: old phones take part, too. */
window.sayback = {};
(function (sayback) {
  "use strict";
  var byId = function (id) { return document.getElementById(id); };
  var words = byId("words");
  var home = document.body.dataset.home || "";
  var memory = {};
  sayback.byId = byId;
  /* Where the workshop's pages begin; empty for somebody who has no code yet. */
  sayback.home = home;
  /* What the page says where nothing is loaded anew, in its language. */
  sayback.words = words ? JSON.parse(words.textContent) : {};
  /* Words with their number. Where they bend with it there is a form for each, the last for all above. */
  sayback.fill = function (text, n) {
    var form = Array.isArray(text) ? text[Math.min(Math.max(n, 1), text.length) - 1] : text;
    return form.replace("{n}", n);
  };
  sayback.show = function (id, on) { var at = byId(id); if (at) { at.hidden = !on; } };
  sayback.say = function (id, text) { var at = byId(id); if (at && at.textContent !== text) { at.textContent = text; } };
  sayback.on = function (id, what, does) { var at = byId(id); if (at) { at.addEventListener(what, does); } };
  sayback.random = function () {
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), function (byte) {
      return byte.toString(16).padStart(2, "0");
    }).join("");
  };
  /* Without https there is no other way to the clipboard than through a selection. */
  sayback.copy = function (text, button) {
    var at = document.createElement("textarea");
    at.value = text;
    button.after(at);
    at.select();
    if (document.execCommand("copy")) { button.textContent = sayback.words.copied; }
    at.remove();
    button.focus();
  };
  function named(name) { return "sayback " + home.slice(1) + " " + name; }
  /* What this phone keeps for this workshop. Storage may be blocked or full: then the page itself remembers, and
     `set` says so. */
  sayback.keep = {
    get: function (name) {
      if (name in memory) { return memory[name]; }
      try { return JSON.parse(localStorage.getItem(named(name))); } catch (blocked) { return null; }
    },
    set: function (name, value) {
      delete memory[name];
      try {
        if (value) { localStorage.setItem(named(name), JSON.stringify(value)); } else { localStorage.removeItem(named(name)); }
        return true;
      } catch (blocked) { memory[name] = value; return false; }
    }
  };
})(window.sayback);
