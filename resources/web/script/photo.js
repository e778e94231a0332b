/* A note with a photo: made smaller on the phone, kept there, and sent by way of the outbox as every note is, until the
   workshop has it. The outbox keeps its words; the photo itself is in a store that has room for it. */
(function (sayback) {
  "use strict";
  if (sayback.photos) { return; }    /* the outbox was in need of it before the page had loaded it */
  var LONGEST = 1600, QUALITY = 0.85, ROOM = 20 * 1024 * 1024, STORE = "photos";
  var byId = sayback.byId, show = sayback.show, say = sayback.say, keep = sayback.keep, words = sayback.words;
  var outbox = sayback.outbox, memory = {}, form = byId("with-photo"), pressed = null, askedAbout = "";

  /* ---- Where photos are kept until they are at the workshop ---- */
  function store() {
    return new Promise(function (yes, no) {
      var opening = window.indexedDB.open("sayback", 1);
      opening.onupgradeneeded = function () { opening.result.createObjectStore(STORE); };
      opening.onsuccess = function () { yes(opening.result); };
      opening.onerror = no;
    });
  }
  /* Do one thing in the store; what it gave, once it is on disk. */
  function inStore(how, act) {
    return store().then(function (found) {
      return new Promise(function (yes, no) {
        var all = found.transaction(STORE, how), asked = act(all.objectStore(STORE));
        all.oncomplete = function () { found.close(); yes(asked.result); };
        all.onabort = function () { found.close(); no(all.error); };
      });
    });
  }
  function bytes(blob) {
    return new Promise(function (yes, no) {
      var reader = new FileReader();
      reader.onload = function () { yes(reader.result); };
      reader.onerror = no;
      reader.readAsArrayBuffer(blob);
    });
  }
  function isFull(why) { return why && why.name === "QuotaExceededError"; }
  var photos = sayback.photos = {
    /* Whether the phone keeps it; else this page does. Fails only where there is no room for it. */
    put: function (id, blob) {
      var kept = outbox.waiting().reduce(function (sum, note) { return sum + (note.photo || 0); }, 0);
      if (kept + blob.size > ROOM) { return Promise.reject({ name: "QuotaExceededError" }); }
      return bytes(blob).then(function (data) {
        return inStore("readwrite", function (all) { return all.put({ type: blob.type, data: data }, id); });
      }).then(function () { return true; }, function (why) {
        if (isFull(why)) { throw why; }
        memory[id] = blob;
        return false;
      });
    },
    drop: function (id) {
      delete memory[id];
      return inStore("readwrite", function (all) { return all.delete(id); }).catch(function () { return null; });
    },
    /* The note as its form would send it; nothing where the photo is not here any more. */
    letter: function (note) {
      return find(note.id).then(function (blob) {
        var sent = blob && new FormData();
        if (blob) {
          outbox.fields(note).forEach(function (value, name) { sent.append(name, value); });
          sent.append("photo", blob, "photo");
        }
        return sent;
      });
    }
  };
  function find(id) {
    if (memory[id]) { return Promise.resolve(memory[id]); }
    return inStore("readonly", function (all) { return all.get(id); }).then(function (kept) {
      return kept && new Blob([kept.data], { type: kept.type });
    }, function () { return null; });
  }
  window.addEventListener("beforeunload", function (event) {
    if (Object.keys(memory).length) { event.preventDefault(); }
  });
  if (!form) { return; }

  /* ---- The page that takes one ---- */
  var send = byId("send"), word = send.textContent, question = form.elements.question.value;
  var box = form.elements.text;

  /* What was typed on the question's page comes along. */
  var draft = (keep.get("drafts") || {})[question];
  if (draft && !box.value) { box.value = draft.text; }

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
  function lighter(file) {
    if (!turns()) { return Promise.resolve(file); }
    return read(file).then(drawn).then(smaller).then(
      function (blob) { return blob && blob.size < file.size ? blob : file; },
      function () { return file; }
    );
  }
  function value(name) { return form.elements[name] ? form.elements[name].value : ""; }
  function noteOf(size) {
    var fields = { question: question };
    ["kind", "m", "as"].forEach(function (name) { if (value(name)) { fields[name] = value(name); } });
    if (send.name) { fields[send.name] = send.value; }
    return { id: value("id"), text: box.value, photo: size, fields: fields };
  }
  function busy(is) {
    send.textContent = is ? words.sending : word;
    if (is) { send.setAttribute("aria-disabled", "true"); } else { send.removeAttribute("aria-disabled"); }
  }
  function complain(what, advice) {
    pressed = null;
    busy(false);
    say("wrong-what", what);
    say("wrong-how", advice);
    show("summary", true);
    byId("photo").setAttribute("aria-invalid", "true");
    byId("summary").focus();
  }
  function putOut(blob) {
    pressed = noteOf(blob ? blob.size : 0);
    return (blob ? photos.put(pressed.id, blob) : Promise.resolve(true)).then(function (isKept) {
      var drafts = keep.get("drafts") || {};
      show("photo-going", !isKept);
      delete drafts[question];
      keep.set("drafts", Object.keys(drafts).length ? drafts : null);
      outbox.put(pressed);
    });
  }
  /* It is in the outbox, wherever it is now; the form is for the next one. */
  function free() {
    form.reset();
    box.value = "";
    form.elements.id.value = sayback.random();
    pressed = null;
    busy(false);
  }
  function isEmpty() { return !box.value.trim() && !byId("photo").files.length; }

  sayback.awaits = function (note) { return pressed !== null && note !== undefined && note.id === pressed.id; };
  outbox.heard(function (what, note, news) {
    var isAnswer = sayback.awaits(note);
    if (what === "waiting" && isAnswer) { free(); byId("outbox-what").focus(); }
    if (what === "saved") {
      delete memory[note.id];    /* at once: nothing of it keeps anybody on this page now */
      show("photo-going", false);
      if (isAnswer || (note.photo && isEmpty())) { location.assign(news.page); } else { sayback.tellReader(words.arrived); }
    }
    if (what === "stopped" && isAnswer) {
      outbox.drop(note);
      complain(note.stopped.what, note.stopped.advice);
    }
  });
  form.addEventListener("submit", function (event) {
    var file = byId("photo").files[0], thing = askedAbout === box.value ? "" : sayback.privateThing(box.value);
    event.preventDefault();
    if (pressed) { return; }
    show("summary", false);
    if (thing) { askedAbout = box.value; complain(thing, words["private-how"]); return; }
    pressed = noteOf(0);
    busy(true);
    (file ? lighter(file) : Promise.resolve(null)).then(putOut).catch(function (why) {
      if (!isFull(why)) { throw why; }
      complain(form.dataset.full, form.dataset.fullHow);
    });
  });
  if (!byId("summary").hidden) { byId("summary").focus(); }
})(window.sayback);
