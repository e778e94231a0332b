/* A receipt by QR code: the secret stands behind the #, is sent once and leaves the address. */
(function (sayback) {
  "use strict";
  var claim = sayback.byId("claim");
  if (claim && location.hash.length > 1) {
    claim.elements.code.value = decodeURIComponent(location.hash.slice(1));
    history.replaceState(null, "", location.pathname);
    claim.submit();
  }
})(window.sayback);
