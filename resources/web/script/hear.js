/* The question read aloud, or the eight words of a code, by the phone's own voice: offered only where
   it has one for their language. */
(function (sayback) {
  "use strict";
  var button = sayback.byId("hear"), mouth = window.speechSynthesis;
  if (!button || !mouth) { return; }
  var language = button.dataset.hearLanguage || document.documentElement.lang;
  function voice() {
    return mouth.getVoices().filter(function (each) {
      return each.localService && each.lang.slice(0, 2).toLowerCase() === language.slice(0, 2);
    })[0];
  }
  function offer() { button.hidden = !voice(); }
  button.addEventListener("click", function () {
    if (mouth.speaking) { mouth.cancel(); return; }
    var parts = Array.from(document.querySelectorAll("[data-hear]"), function (part) { return part.textContent; });
    var speech = new SpeechSynthesisUtterance(parts.join(" "));
    speech.voice = voice();
    speech.lang = speech.voice.lang;
    mouth.speak(speech);
  });
  if (mouth.addEventListener) { mouth.addEventListener("voiceschanged", offer); }
  offer();
})(window.sayback);
