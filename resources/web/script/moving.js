/* When the workshop has another address: the page asks those it was given at join, and moves to one that answers.
   Who this phone is, its notes on their way and its drafts go along behind the #, which no server is sent. */
(function (sayback) {
  "use strict";
  var WAIT = 3000, LOST_AT = 2, MARK = "#moved=";
  var keep = sayback.keep, outbox = sayback.outbox, asking = false;
  var addresses = (document.body.dataset.addresses || "").split(" ").filter(Boolean);

  /* Whether this workshop answers there: another one may have our port by now. Never from a page of https, which may not ask one of http. */
  function answers(address) {
    return new Promise(function (yes, no) {
      setTimeout(no, WAIT);
      fetch(address + sayback.home + "/hello", { cache: "no-store" }).then(function (hello) {
        if (hello.ok) { yes(address); } else { no(); }
      }, no);
    });
  }
  function first(promises) {
    return new Promise(function (yes, no) {
      var left = promises.length;
      promises.forEach(function (each) { each.then(yes, function () { left -= 1; if (!left) { no(); } }); });
    });
  }
  /* The link seems to be lost: is it only a bad moment, or has the workshop moved? */
  sayback.lost = function () {
    var others = addresses.filter(function (address) { return address !== location.origin; });
    if (asking || !others.length || location.protocol !== "http:") { return; }
    asking = true;
    answers(location.origin)
      .catch(function () { return first(others.map(answers)).then(move); })
      .then(outbox.go, function () { return null; })
      .then(function () { asking = false; });
  };
  function move(address) {
    var along = { me: outbox.me(), outbox: outbox.waiting().concat(outbox.stopped()), drafts: keep.get("drafts") };
    var venue = address.indexOf("https:") === 0 && document.body.dataset.venue;    /* the home is one for all venues */
    var page = venue ? sayback.home + "/v/" + venue : location.pathname + location.search;
    location.assign(address + page + MARK + encodeURIComponent(JSON.stringify(along)));
  }

  /* Coming from the old address. A phone that is somebody here already stays who it is: a link must not make anybody
     somebody else, nor speak in their name. */
  function unpacked(hash) {
    try { return JSON.parse(decodeURIComponent(hash.slice(MARK.length))); } catch (broken) { return null; }
  }
  function arrive() {
    var along = unpacked(location.hash);
    history.replaceState(null, "", location.pathname + location.search);
    var here = keep.get("me") || {}, known = document.body.dataset.known;
    if (!along || !along.me) { return; }
    if (known !== undefined ? known !== along.me.token : here.receipt && here.receipt !== along.me.receipt) { return; }
    keep.set("me", along.me);
    var kept = keep.get("outbox") || [];
    var ids = kept.map(function (note) { return note.id; });
    keep.set("outbox", kept.concat((along.outbox || []).filter(function (note) { return ids.indexOf(note.id) < 0; })));
    keep.set("drafts", Object.assign({}, along.drafts, keep.get("drafts")));
  }
  if (location.hash.indexOf(MARK) === 0) { arrive(); }

  /* This phone has a receipt, and the workshop did not know it: its cookie was cleared, or it has just moved here. */
  if (sayback.home && document.body.dataset.known === undefined && outbox.me().receipt && !sessionStorage.getItem("claimed")) {
    sessionStorage.setItem("claimed", "yes");    /* once: where cookies are blocked it would go on for ever */
    outbox.claim().then(function (isIn) { if (isIn) { location.reload(); } }, function () { return null; });
  }
  outbox.heard(function (what, note, news) { if (what === "waiting" && news.why === "link" && news.tries >= LOST_AT) { sayback.lost(); } });
})(window.sayback);
