/* Notes on their way. Each is kept on this phone first, then sent, again and again under the same id, until the
   workshop says that it has it. One goes at a time, in order, from one tab of the phone: the first makes its writer
   known, the others go in that name. Nothing here touches the page; who wants to know what becomes of a note calls
   sayback.outbox.heard(function (what, note, news) { ... }), where what is one of
     sending    it is under way
     saved      it is on the workshop's disk; news is the answer
     waiting    it stays here for now; news.why is link, busy or unsaved
     stopped    it was not taken and will not go by itself; note.stopped says why
     changed    another tab did something */
(function (sayback) {
  "use strict";
  var HANGS = 2000, LEASE = 4000, PATIENCE = 20000, SLOWEST = 60;
  var keep = sayback.keep, tab = sayback.random(), hearers = [];
  var sending = false, tries = 0, timer = 0, renewing = 0, askedToWaitUntil = 0, askedWho = "";
  var outbox = sayback.outbox = { nextTry: 0 };

  outbox.heard = function (hearer) { hearers.push(hearer); };
  function tell(what, note, news) { hearers.forEach(function (hearer) { hearer(what, note, news || {}); }); }

  /* ---- What is kept ---- */
  function all() { return keep.get("outbox") || []; }
  function without(note) { return all().filter(function (each) { return each.id !== note.id; }); }
  function save(notes) { return keep.set("outbox", notes.length ? notes : null); }
  outbox.waiting = function () { return all().filter(function (note) { return !note.stopped; }); };
  outbox.stopped = function () { return all().filter(function (note) { return note.stopped; }); };
  outbox.put = function (note) {
    delete note.stopped;
    save(without(note).concat(note));
    outbox.go();
  };
  outbox.drop = function (note) { forget(note); tell("changed", note); };
  /* Done once its photo is gone, too: a page that is left earlier would leave it on the phone. A store that hangs, as
     some phones' do, holds nobody up. */
  function forget(note) {
    save(without(note));
    if (!note.photo) { return Promise.resolve(); }
    var gone = outbox.photos().then(function (photos) { return photos.drop(note.id); }, function () { return null; });
    return Promise.race([gone, new Promise(function (yes) { setTimeout(yes, HANGS); })]);
  }

  /* A photo is too big for where notes are kept. What keeps it is loaded where there is one, and by its own page. */
  outbox.photos = function () {
    return new Promise(function (yes, no) {
      if (sayback.photos) { yes(sayback.photos); return; }
      var script = document.createElement("script");
      script.src = document.body.dataset.photos;
      script.onload = function () { yes(sayback.photos); };
      script.onerror = no;
      document.head.appendChild(script);
    });
  };

  /* Who this phone is here: the bits its secret grows from, then its token and its receipt. */
  outbox.me = function () {
    var me = keep.get("me") || {};
    if (!me.start) { me.start = sayback.random(); keep.set("me", me); }
    return me;
  };
  outbox.remember = function (known) { keep.set("me", Object.assign(outbox.me(), known)); };

  /* ---- One tab sends; it says so for a few seconds at a time, so that one that was killed holds nobody up ---- */
  function mayStart() {
    var held = keep.get("sending");
    if (held && held.tab !== tab && held.until > Date.now()) { return false; }
    hold();
    renewing = setInterval(hold, LEASE / 3);
    return true;
  }
  function hold() { keep.set("sending", { tab: tab, until: Date.now() + LEASE }); }
  function letGo() {
    clearInterval(renewing);
    var held = keep.get("sending");
    if (held && held.tab === tab) { keep.set("sending", null); }
  }

  /* ---- Sending ---- */
  outbox.go = function () {
    var note = outbox.waiting()[0];
    clearTimeout(timer);
    if (sending || !note) { return; }
    if (!mayStart()) { timer = setTimeout(outbox.go, LEASE / 2); return; }
    sending = true;
    outbox.nextTry = 0;
    tell("sending", note);
    post(note)
      .then(function (answer) { return heed(note, answer); }, function () { later(note, 0, "link"); })
      .then(function () { sending = false; letGo(); if (!outbox.nextTry) { outbox.go(); } });
  };
  /* What is sent of a note, as a form would send it. A note of nobody's says nothing of this phone. */
  outbox.fields = function (note) {
    var me = outbox.me(), sent = new URLSearchParams(note.fields);
    sent.set("id", note.id);
    sent.set("text", note.text);
    if (note.fields.as) { return sent; }
    sent.set("start", me.start);
    if (me.token) { sent.set("token", me.token); }
    return sent;
  };
  function patiently(address, options, isLarge) {
    var stop = window.AbortController && new AbortController();
    var tooLong = setTimeout(function () { if (stop) { stop.abort(); } }, isLarge ? 3 * PATIENCE : PATIENCE);
    if (stop) { options.signal = stop.signal; }
    function over(what) { clearTimeout(tooLong); return what; }
    return fetch(address, options).then(over, function (lost) { over(); throw lost; });
  }
  function letter(note) {
    if (!note.photo) { return Promise.resolve(outbox.fields(note)); }
    return outbox.photos().then(function (photos) { return photos.letter(note); });
  }
  function post(note) {
    return letter(note).then(function (body) {
      if (!body) { return { status: 0, told: { what: sayback.words["photo-gone"], advice: sayback.words["photo-gone-how"] } }; }
      return sent(note, body);
    });
  }
  function sent(note, body) {
    var options = { method: "POST", body: body, headers: { Accept: "application/json" } };
    return patiently(sayback.home + (note.photo ? "/photo" : "/note"), options, note.photo).then(function (response) {
      return response.json().then(function (told) {
        return { status: response.status, pause: Number(response.headers.get("Retry-After")) || 0, told: told };
      });
    });
  }
  function heed(note, answer) {
    var told = answer.told;
    if (answer.status === 200 && told.saved) { return arrived(note, told); }
    if (answer.status === 429) { return later(note, answer.pause, "busy"); }
    if (answer.status >= 500) { return later(note, answer.pause, "unsaved"); }
    if (answer.status === 403 && askedWho !== note.id) { return whoAmI(note, told); }
    return stop(note, told, answer.status);
  }
  function arrived(note, told) {
    tries = 0;
    if (told.receipt) { outbox.remember({ token: told.token, receipt: told.receipt }); }
    return forget(note).then(function () { tell("saved", note, told); });
  }
  function stop(note, told, status) {
    note.stopped = { what: told.what, advice: told.advice, status: status, late: told.late };
    save(all().map(function (each) { return each.id === note.id ? note : each; }));
    tell("stopped", note);
  }
  function later(note, pause, why) {
    tries += 1;
    var seconds = Math.ceil(pause ? pause + Math.random() : Math.min(SLOWEST, Math.pow(2, tries)) * (0.75 + Math.random() / 2));
    askedToWaitUntil = pause ? Date.now() + pause * 1000 : 0;
    outbox.nextTry = Date.now() + seconds * 1000;
    timer = setTimeout(outbox.go, seconds * 1000);
    tell("waiting", note, { why: why, tries: tries });
  }
  /* The workshop does not take the note from this phone as it is: its cookie was cleared, or it is somebody else by
     now. Once for each note that is put right: by the token of the cookie, else by the receipt that is kept here. */
  function whoAmI(note, told) {
    askedWho = note.id;
    if (told.token && told.token !== outbox.me().token) { outbox.remember({ token: told.token }); return null; }
    if (told.token || !outbox.me().receipt) { return stop(note, told, 403); }
    return outbox.claim().catch(function () { askedWho = ""; later(note, 0, "link"); });
  }
  /* Show the receipt: the workshop gives the cookie anew. One that it does not know makes this phone a newcomer. */
  outbox.claim = function () {
    var code = new URLSearchParams({ code: outbox.me().receipt });
    return patiently("/claim", { method: "POST", body: code }).then(function (response) {
      if (response.status === 400) { keep.set("me", null); }
      else if (!response.ok) { throw new Error("not now"); }
      return response.redirected;
    });
  };

  /* ---- A chance that the link is back ---- */
  function perhapsNow() { if (Date.now() >= askedToWaitUntil && !document.hidden) { outbox.go(); } }
  window.addEventListener("online", perhapsNow);
  window.addEventListener("pageshow", perhapsNow);
  document.addEventListener("visibilitychange", perhapsNow);
  window.addEventListener("pagehide", letGo);
  window.addEventListener("storage", function () { tell("changed"); });
})(window.sayback);
