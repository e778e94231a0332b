/* What is to be put right gets the focus; and the code to keep can be copied. */
(function (sayback) {
  "use strict";
  var summary = sayback.byId("summary"), button = sayback.byId("copy-code");
  if (summary && !summary.hidden) { summary.focus(); }
  if (button && sayback.copy) {
    button.hidden = false;
    button.addEventListener("click", function () { sayback.copy(button.dataset.copy, button); });
  }
})(window.sayback);
