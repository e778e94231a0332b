/* A note with a photo: made smaller on the phone, then sent, again and again under the same id, until the workshop has
   it. A photo is too big to be kept on the phone, so the page asks to stay open. */
(function (sayback) {
  "use strict";
  var LONGEST = 1600, QUALITY = 0.85, SLOWEST = 30, PATIENCE = 60000;
  var byId = sayback.byId, show = sayback.show, say = sayback.say, outbox = sayback.outbox;
  var form = byId("with-photo"), tries = 0, going = false, askedWho = false;
  if (!form) { return; }
  var send = byId("send"), word = send.textContent;

  /* What was typed on the question's page comes along. */
  var draft = (sayback.keep.get("drafts") || {})[form.elements.question.value];
  if (draft && !form.elements.text.value) { form.elements.text.value = draft.text; }

  /* Only where the phone turns photos upright by itself: the workshop does it for all others. */
  function turns() { return window.CSS && CSS.supports && CSS.supports("image-orientation", "from-image"); }
  function read(file) {
    return new Promise(function (done, failed) {
      var reader = new FileReader();
      reader.onload = function () { done(reader.result); };
      reader.onerror = failed;
      reader.readAsDataURL(file);
    });
  }
  function drawn(address) {
    return new Promise(function (done, failed) {
      var image = new Image();
      image.onload = function () { done(image); };
      image.onerror = failed;
      image.src = address;
    });
  }
  function smaller(image) {
    var scale = Math.min(1, LONGEST / Math.max(image.naturalWidth, image.naturalHeight));
    var canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(image.naturalWidth * scale));
    canvas.height = Math.max(1, Math.round(image.naturalHeight * scale));
    var pen = canvas.getContext("2d");
    pen.fillStyle = "#FFF";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise(function (done) { canvas.toBlob(done, "image/jpeg", QUALITY); });
  }
  /* The photo as it is sent: what cannot be made smaller goes as it is, and the workshop says what it thinks. */
  function photo() {
    var file = byId("photo").files[0];
    if (!file) { return Promise.resolve(null); }
    if (!turns()) { return Promise.resolve(file); }
    return read(file).then(drawn).then(smaller).then(
      function (blob) { return blob && blob.size < file.size ? blob : file; },
      function () { return file; }
    );
  }
  function letter(blob) {
    var sent = new FormData(form), me = outbox.me();
    sent.delete("photo");
    if (send.name) { sent.set(send.name, send.value); }
    if (!sent.get("as")) {
      sent.set("start", me.start);
      if (me.token) { sent.set("token", me.token); }
    }
    if (blob) { sent.set("photo", blob, "photo"); }
    return sent;
  }
  function busy(is) {
    going = is;
    show("photo-going", is);
    send.textContent = is ? sayback.words.sending : word;
    if (is) { send.setAttribute("aria-disabled", "true"); } else { send.removeAttribute("aria-disabled"); }
  }
  function post(blob) {
    var stop = window.AbortController && new AbortController();
    var options = { method: "POST", body: letter(blob), headers: { Accept: "application/json" } };
    var tooLong = setTimeout(function () { if (stop) { stop.abort(); } }, PATIENCE);
    if (stop) { options.signal = stop.signal; }
    fetch(form.getAttribute("action"), options).then(function (response) {
      return response.json().then(function (told) { heed(response, told, blob); });
    }).catch(function () { later(blob, 0); }).then(function () { clearTimeout(tooLong); });
  }
  function heed(response, told, blob) {
    var pause = Number(response.headers.get("Retry-After")) || 0;
    if (response.status === 200 && told.saved) { arrived(told); }
    else if (response.status === 429 || response.status >= 500) { later(blob, pause); }
    else if (response.status === 403 && told.token && !askedWho) {
      askedWho = true;
      outbox.remember({ token: told.token });
      post(blob);
    } else { refused(told); }
  }
  function later(blob, pause) {
    tries += 1;
    setTimeout(function () { post(blob); }, 1000 * (pause || Math.min(SLOWEST, Math.pow(2, tries)) * (0.75 + Math.random() / 2)));
  }
  function arrived(told) {
    var drafts = sayback.keep.get("drafts") || {};
    if (told.receipt) { outbox.remember({ token: told.token, receipt: told.receipt }); }
    delete drafts[form.elements.question.value];
    sayback.keep.set("drafts", Object.keys(drafts).length ? drafts : null);
    going = false;
    location.assign(told.page);
  }
  function refused(told) {
    busy(false);
    say("wrong-what", told.what);
    say("wrong-how", told.advice);
    show("summary", true);
    byId("photo").setAttribute("aria-invalid", "true");
    byId("summary").focus();
  }
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    if (going) { return; }
    show("summary", false);
    busy(true);
    tries = 0;
    askedWho = false;
    photo().then(post);
  });
  window.addEventListener("beforeunload", function (event) { if (going) { event.preventDefault(); } });
  if (!byId("summary").hidden) { byId("summary").focus(); }
})(window.sayback);
