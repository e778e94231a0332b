/* What the workshop tells an open page, and the page brought up to date. A page says what concerns it: data-renews (an
   address, or nothing for its own) that it is to be read anew where something changed, data-all that every note does. */
(function (sayback) {
  "use strict";
  var A_PERSON = 4, A_PAGE = 20000, SOON = 600, SPEECH = 5000, A_GLANCE = 10000;
  var byId = sayback.byId, words = sayback.words, fill = sayback.fill, say = sayback.say;
  var body = document.body, renews = body.dataset.renews !== undefined;
  var came = /[?&]m=(\w+)/.exec(location.search);
  var stream = null, fresh = 0, here = 1, planned = 0, wasLost = false, lastNow = "", hiddenAt = 0;
  function listen() {
    if (!body.dataset.live || !window.EventSource) { return; }
    if (stream) { stream.close(); }
    more();
    stream = new EventSource(body.dataset.live + "?at=" + encodeURIComponent(body.dataset.at || "") + (came ? "&m=" + came[1] : ""));
    stream.onopen = function () {
      if (wasLost) { renew(); }
      wasLost = false;
    };
    stream.onmessage = function (message) {
      var isNews = message.lastEventId && message.lastEventId !== body.dataset.at;
      body.dataset.at = message.lastEventId || body.dataset.at;
      told(JSON.parse(message.data), isNews);
    };
    stream.addEventListener("reload", function (message) {
      body.dataset.at = message.lastEventId || "";
      renew();
    });
    stream.addEventListener("yours", renew);
    stream.onerror = function () {
      wasLost = true;
      sayback.lost();
      if (stream.readyState === 2) { setTimeout(listen, 3000 + Math.random() * 4000); }
    };
  }
  /* A phone that slept may have lost its stream without a word. Who looks again gets a new one, and the page as it is now. */
  function woken() {
    hiddenAt = 0;
    wasLost = true;
    listen();
  }
  document.addEventListener("visibilitychange", function () {
    if (document.hidden) { hiddenAt = Date.now(); } else if (hiddenAt && Date.now() - hiddenAt > A_GLANCE) { woken(); }
  });
  document.addEventListener("resume", function () { if (!document.hidden) { woken(); } });
  window.addEventListener("pageshow", function (event) { if (event.persisted) { woken(); } });
  function told(news, isNews) {
    here = news.here;
    if (news.now) { goneOn(news.now, isNews); }
    if (news.themes || news.removed || news.gone || (news.notes || []).some(concerns)) { renew(); }
  }
  /* Another step, votes, an end: the page may be another now. Time that passes is not. */
  function goneOn(now, isNews) {
    var known = lastNow;
    sayback.now(now);
    lastNow = JSON.stringify(Object.assign({}, now, { timer: null }));
    if (isNews && known !== lastNow) { renew(); }
  }
  function concerns(note) {
    if (sayback.supported && sayback.supported(note)) { return false; }
    return body.dataset.all !== undefined || document.querySelector('[data-note="' + note.id + '"]');
  }
  /* The page is read again, the later the more people are here and the longer it is: not by all at the same moment. */
  function renew() {
    if (planned || !renews) { return; }
    var spread = here * (A_PERSON + body.innerHTML.length / A_PAGE);
    planned = setTimeout(function () {
      planned = 0;
      fetch(body.dataset.renews || location.pathname, { headers: { Accept: "text/html" } })
        .then(function (response) { return response.ok ? response.text() : ""; })
        .then(function (html) { if (html) { put(new DOMParser().parseFromString(html, "text/html")); } })
        .catch(function () { setTimeout(renew, SPEECH); });
    }, 200 + Math.random() * Math.max(SOON, spread));
  }
  /* Only what changed is put in. The focus stays where it is, and so does what is being read. */
  function put(page) {
    var now = page.getElementById("renewed"), old = byId("renewed");
    if (!old || !now) { return; }
    var before = old.querySelectorAll("[id^=n-]");
    var read = Array.prototype.find.call(before, function (at) { return at.getBoundingClientRect().bottom > 0; });
    var top = read ? read.getBoundingClientRect().top : 0;
    fresh += Math.max(0, now.querySelectorAll("[id^=n-]").length - before.length);
    grow(old, now);
    if (read && read.isConnected && top < window.innerHeight) { window.scrollBy(0, read.getBoundingClientRect().top - top); }
    more();
    tell();
  }
  /* One element becomes as another is: what is the same stays, by its id or its place. */
  function grow(old, now) {
    if (old.isEqualNode(now)) { return; }
    if (old.nodeName !== now.nodeName || old.nodeType !== 1 || old.id !== now.id) { old.replaceWith(now); return; }
    Array.from(old.attributes).forEach(function (each) { if (!now.hasAttribute(each.name) && each.name !== "open") { old.removeAttribute(each.name); } });
    Array.from(now.attributes).forEach(function (each) { if (old.getAttribute(each.name) !== each.value) { old.setAttribute(each.name, each.value); } });
    var at = old.firstChild;
    Array.from(now.childNodes).forEach(function (child) {
      var same = child.id ? byId(child.id) : at && !at.id && at.nodeName === child.nodeName ? at : null;
      if (same && same.parentNode === old) {
        while (at !== same && at && at.id && !now.querySelector("#" + at.id)) { at = at.nextSibling; at.previousSibling.remove(); }
        if (at === same) { at = at.nextSibling; } else { old.insertBefore(same, at); }
        grow(same, child);
      } else { old.insertBefore(child, at); }
    });
    while (at) { var next = at.nextSibling; at.remove(); at = next; }
  }
  function more() { if (byId("more")) { say("more", words.live); } }
  function tell() {
    if (!fresh || !renews || body.dataset.all === undefined) { fresh = 0; return; }
    if (sayback.tellReader(fill(words["new"], fresh))) { fresh = 0; } else { setTimeout(tell, SPEECH); }
  }
  sayback.listen = listen;
  sayback.renew = renew;
  listen();
})(window.sayback);
