/* What keeps people out of a page and axe-core does not see (access.md, the W rows). Each measure gives a list of what
   is wrong, in words. */
window.access = (function () {
  "use strict";
  const all = what => [...document.querySelectorAll(what)];
  const visible = at =>
    at.getClientRects().length && getComputedStyle(at).visibility !== "hidden" && !at.closest(".sr, .skip");
  const name = at => `${at.tagName} ${at.id || at.className} ${(at.textContent || at.name || "").trim().slice(0, 40)}`;
  /* A radio button or a box to tick is pressed by its label. */
  const pressed = at => (at.labels && at.labels.length && ["radio", "checkbox"].includes(at.type) ? at.labels[0] : at);

  return {
    /* axe-core: what is wrong, and what it could not decide. With forced colours the reader has chosen the colours. */
    async axe(tags) {
      const ourColours = !matchMedia("(forced-colors: active)").matches;
      const found = await axe.run(document, {
        runOnly: { type: "tag", values: tags }, resultTypes: ["violations", "incomplete"],
        rules: { "color-contrast": { enabled: ourColours } },
      });
      const tell = kind => found[kind].flatMap(rule =>
        rule.nodes.map(node => `${kind} ${rule.id} ${node.target} ${node.html.slice(0, 90)}`));
      return [...tell("violations"), ...tell("incomplete")];
    },

    tooWide() {
      const wide = document.documentElement.scrollWidth;
      return wide > innerWidth ? [`${wide} px wide`] : [];
    },

    /* 44 pixels each way, but for links in the midst of a sentence. */
    tooSmall() {
      const inText = at => at.tagName === "A" && getComputedStyle(at).display === "inline";
      return all("a, button, input:not([type=hidden]), textarea, select, summary")
        .filter(at => visible(at) && !inText(at))
        .map(at => ({ at, box: pressed(at).getBoundingClientRect() }))
        .filter(({ box }) => box.width < 43.5 || box.height < 43.5)
        .map(({ at, box }) => `${Math.round(box.width)}x${Math.round(box.height)} ${name(at)}`);
    },

    moving() {
      return document.getAnimations().filter(each => each.playState === "running").map(each => `${each.animationName} moves`);
    },

    /* One thing on each page; titles, errors, language and direction. */
    form() {
      const main = document.querySelector("main"), h1 = all("h1").filter(visible);
      const title = h1.length ? h1[0].textContent.replace(/\s+/g, " ").trim() : "";
      const rightToLeft = ["ar", "ur", "fa", "he"].includes(document.documentElement.lang);
      const wrong = {
        "not one h1": h1.length !== 1,
        "two boxes to write in": main.querySelectorAll("textarea:not([hidden])").length > 1,
        "takes the focus by itself": all("[autofocus]").length,
        "a placeholder for a label": all("[placeholder]").length,
        "no zoom": /user-scalable|maximum-scale/.test(document.querySelector("meta[name=viewport]").content),
        [`the title ${document.title} is not ${title}`]: !document.title.includes(title),
        "no language": !document.documentElement.lang,
        "wrong direction": (document.documentElement.dir === "rtl") !== rightToLeft,
        "an error that the title keeps silent": all("[role=alert]").some(visible) && !/^[^:]+: /.test(document.title),
        "a field in error that says nothing of it": all("[aria-invalid]:not([aria-describedby])").length,
      };
      return Object.keys(wrong).filter(what => wrong[what]);
    },

    clipped() {
      const hides = at => getComputedStyle(at).overflow !== "visible";
      const spills = at => at.scrollHeight > at.clientHeight + 2 || at.scrollWidth > at.clientWidth + 2;
      return all("main *, header *, nav *, footer *")
        .filter(at => visible(at) && !at.closest("svg, textarea, .meter, .pips") && hides(at) && spills(at))
        .map(at => `cut off: ${name(at)}`);
    },

    /* The spacing of WCAG 1.4.12. */
    space() {
      const style = new CSSStyleSheet();
      style.replaceSync(`p { margin-bottom: 2em !important; }
        * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }`);
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, style];
    },

    /* Letters twice as big as the 112.5 % of our style. */
    double() {
      document.documentElement.style.fontSize = "225%";
    },

    /* Where the keyboard is: its place in the page, whether one sees it, whether something lies over it. */
    focused() {
      const at = document.activeElement;
      if (!at || at === document.body) { return null; }
      at.scrollIntoView({ block: "nearest" });
      const box = at.getBoundingClientRect(), label = pressed(at);
      const over = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      const ring = Math.max(...[at, label].map(each => parseFloat(getComputedStyle(each).outlineWidth) || 0));
      const own = over && (at.contains(over) || label.contains(over) || over.contains(at));
      return { at: all("*").indexOf(at), name: name(at), ring: ring >= 2, covered: Boolean(over) && !own };
    },
  };
})();
