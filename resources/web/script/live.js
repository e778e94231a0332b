/* What the workshop tells an open page, and the page brought up to date. */
(function (sayback) {
  "use strict";
  var byId = sayback.byId, words = sayback.words, fill = sayback.fill, say = sayback.say;
  var body = document.body;
  var stream = null, fresh = 0, spoke = 0, renewing = false;
  function listen() {
    if (!body.dataset.live || !window.EventSource) { return; }
    if (stream) { stream.close(); }
    if (byId("more")) { say("more", words.live); }
    stream = new EventSource(body.dataset.live + "?at=" + encodeURIComponent(body.dataset.at || ""));
    stream.onmessage = function (message) {
      body.dataset.at = message.lastEventId || body.dataset.at;
      told(JSON.parse(message.data));
    };
    stream.addEventListener("reload", function (message) {
      body.dataset.at = message.lastEventId || "";
      renew();
    });
    stream.onerror = function () {
      sayback.lost();
      if (stream.readyState === 2) { setTimeout(listen, 3000 + Math.random() * 4000); }
    };
  }
  function told(news) {
    if (body.dataset.wall !== undefined && (news.notes || news.gone || news.themes || news.removed)) {
      fresh += (news.notes || []).filter(function (note) { return !byId("n-" + note.id); }).length;
      renew();
    } else if (body.dataset.renews !== undefined) {
      var named = (news.notes || []).map(function (note) { return note.id; }).concat(news.gone || []);
      var isOurs = function (id) { return document.querySelector('[data-note="' + id + '"]'); };
      if (news.themes || news.removed || named.some(isOurs)) { renew(); }
    }
  }
  /* The page is read again and only what changed is put in; nothing moves the focus, and a reader is told at most every 5 s. */
  function renew() {
    if (renewing) { return; }
    renewing = true;
    setTimeout(function () {
      renewing = false;
      fetch(body.dataset.renews || location.pathname, { headers: { Accept: "text/html" } })
        .then(function (response) { return response.ok ? response.text() : ""; })
        .then(function (html) { if (html) { put(new DOMParser().parseFromString(html, "text/html")); } })
        .catch(function () { setTimeout(renew, 5000); });
    }, 400 + Math.random() * 600);
  }
  function put(page) {
    ["renewed", "wall", "count"].forEach(function (id) {
      var old = byId(id), now = page.getElementById(id);
      if (old && now && old.innerHTML !== now.innerHTML) { old.replaceWith(now); }
    });
    if (fresh && Date.now() - spoke > 5000) { say("news", fill(words["new"], fresh)); fresh = 0; spoke = Date.now(); }
  }
  sayback.listen = listen;
  sayback.renew = renew;
  listen();
})(window.sayback);
