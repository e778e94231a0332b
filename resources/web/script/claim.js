/* A receipt by QR code: the secret stands behind the #, is sent once and leaves the address. And one's code to copy. */
(function (sayback) {
  "use strict";
  var claim = sayback.byId("claim");
  if (claim && location.hash.length > 1) {
    claim.elements.code.value = decodeURIComponent(location.hash.slice(1));
    history.replaceState(null, "", location.pathname);
    claim.submit();
  }
  sayback.show("copy-code", true);
  sayback.on("copy-code", "click", function (event) { sayback.copy(event.target.dataset.copy, event.target); });
})(window.sayback);
