// What the survey asks of a page. Each check returns lines about what is wrong: none is well.
"use strict";

globalThis.harmonyChecks = (() => {
  const UNSEEN = ".visually-hidden, .skip:not(:focus), [hidden]";
  const name = (el) => el.outerHTML.slice(0, 120).replace(/\s+/g, " ");
  const rendered = (el) => el.checkVisibility({ visibilityProperty: true });
  // Kept for those who listen only: what is clipped away, now, in this format.
  const isTucked = (el) => el !== null && (el.matches(UNSEEN)
    || getComputedStyle(el).clipPath === "inset(50%)" || isTucked(el.parentElement));
  const shown = (el) => rendered(el) && !isTucked(el);
  const all = (selector) => [...document.body.querySelectorAll(selector)];
  const range = document.createRange();

  const clips = (el) => {
    for (let at = el; at; at = at.parentElement)
      if (getComputedStyle(at).overflowX !== "visible" || at.clientWidth === 1) return true;
    return false;
  };

  // Boxes past the window or past the box they stand in, and words past their own box, where
  // nothing scrolls. A negative margin is meant; an inline box has the width of its line.
  const sticksOut = () => {
    const found = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth)
      found.push(`the page scrolls sideways: ${root.scrollWidth} > ${root.clientWidth}`);
    for (const el of all("*")) {
      const box = el.getBoundingClientRect();
      if (!box.width || !box.height || el.closest(`${UNSEEN}, .skip, svg, option, select`)) continue;
      if (clips(el.parentElement)) continue;
      const style = getComputedStyle(el);
      const inline = style.display.startsWith("inline") || style.display === "contents";
      const outer = el.parentElement.getBoundingClientRect();
      const meant = parseFloat(style.marginRight) < 0 || style.position === "absolute";
      if (box.right > root.clientWidth + 1 || box.left < -1)
        found.push(`past the window: ${name(el)}`);
      else if (!inline && !meant && outer.width && box.right > outer.right + 1)
        found.push(`past its container (${box.right} > ${outer.right}): ${name(el)}`);
      for (const node of inline || clips(el) ? [] : el.childNodes) {
        if (node.nodeType !== Node.TEXT_NODE || !node.data.trim()) continue;
        range.selectNodeContents(node);
        const right = range.getBoundingClientRect().right;
        if (right > box.right + 1) found.push(`words past it (${right} > ${box.right}): ${name(el)}`);
      }
    }
    return found;
  };

  // Words cut off by a box that hides what does not fit.
  const cutsOff = () => all("*").filter((el) => {
    const style = getComputedStyle(el);
    const hides = (overflow) => overflow === "hidden" || overflow === "clip";
    return shown(el) && el.innerText?.trim() && el.clientWidth > 1 && (
      (hides(style.overflowX) && el.scrollWidth > el.clientWidth + 1) ||
      (hides(style.overflowY) && el.scrollHeight > el.clientHeight + 1));
  }).map((el) => `cut off: ${name(el)}`);

  // Where the box ends beyond which words are scrolled away.
  const edgeOf = (el) => {
    if (!el || el === document.body) return Infinity;
    if (getComputedStyle(el).overflowX === "visible") return edgeOf(el.parentElement);
    return Math.min(el.getBoundingClientRect().right, edgeOf(el.parentElement));
  };

  // Words written over other words; a line's upper and lower quarters hold little ink.
  const overlaps = () => {
    const lines = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode());) {
      if (!node.data.trim() || !shown(node.parentElement)) continue;
      range.selectNodeContents(node);
      const edge = edgeOf(node.parentElement);
      for (const { left, right, top, bottom, height } of range.getClientRects())
        if (left < edge)
          lines.push({ node, left, right: Math.min(right, edge), top: top + height / 4, bottom: bottom - height / 4 });
    }
    lines.sort((a, b) => a.top - b.top);
    const found = new Set();
    lines.forEach((a, at) => {
      for (let next = at + 1; next < lines.length && lines[next].top < a.bottom; next++) {
        const b = lines[next];
        if (a.node !== b.node && b.left + 1 < a.right && a.left + 1 < b.right)
          found.add(`"${a.node.data.trim().slice(0, 60)}" over "${b.node.data.trim().slice(0, 60)}"`);
      }
    });
    return [...found];
  };

  const fits = () => [...sticksOut(), ...cutsOff(), ...overlaps()];

  const headings = () => {
    const levels = all("h1, h2, h3, h4, h5, h6")
      .filter((h) => rendered(h) && !h.closest(".error-summary")).map((h) => Number(h.tagName[1]));
    const found = levels.filter((level, at) => level > (levels[at - 1] ?? 0) + 1)
      .map((level) => `a heading of level ${level} skips one: ${levels}`);
    const first = levels.filter((level) => level === 1).length;
    return first === 1 ? found : [...found, `${first} first headings`];
  };

  const landmarks = () => {
    const found = ["header", "main", "footer"].filter((tag) => all(`body > ${tag}`).length > 1);
    const main = all("main, [role=main]").filter(rendered).length;
    return main === 1 ? found : [...found, `${main} main landmarks`];
  };

  // Hidden from those who listen, or a picture with a name; a group has one, and words within.
  const NAMED = "[aria-hidden=true], svg[role=img][aria-label]";
  const GROUP = "svg[role=group][aria-label]";
  const pictures = () => [
    ...all("img:not([alt])").map((img) => `no alt: ${name(img)}`),
    ...all("svg").filter((svg) => shown(svg) && !svg.closest(NAMED) && !svg.matches(GROUP))
      .map((svg) => `no words: ${name(svg)}`),
  ];

  // Every wrong field says why, and the summary leads to it.
  const errors = () => {
    const byHash = (hash) => document.getElementById(hash.slice(1));
    const reached = all(".error-summary a").map((a) => byHash(a.hash));
    return [
      ...all(".error-summary a").filter((a) => !byHash(a.hash)).map((a) => `leads nowhere: ${name(a)}`),
      ...all("[aria-invalid=true]").filter((el) => !reached.some((to) => to?.contains(el)
        || el.closest("fieldset, .field")?.contains(to))).map((el) => `not in the summary: ${name(el)}`),
      ...all("[aria-invalid=true]").filter((el) => {
        const by = el.getAttribute("aria-describedby") ?? el.closest("fieldset")?.getAttribute("aria-describedby");
        return !by?.split(" ").every((id) => document.getElementById(id)?.innerText);
      }).map((el) => `does not say why: ${name(el)}`),
    ];
  };

  const ids = () => {
    const every = all("[id]").map((el) => el.id);
    return every.filter((id, at) => every.indexOf(id) !== at).map((id) => `two have the id ${id}`);
  };

  const structure = () => [...headings(), ...landmarks(), ...pictures(), ...errors(), ...ids()];

  const moves = () => all("*").flatMap((el) => ["", "::before", "::after"].filter((part) => {
    const style = getComputedStyle(el, part);
    return style.animationName !== "none" || /[1-9]/.test(style.transitionDuration);
  }).map((part) => `${name(el)}${part}`));

  const FOCUSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]";
  const focus = () => {
    const found = all("[tabindex]").filter((el) => el.tabIndex > 0)
      .map((el) => `out of the order of the page: ${name(el)}`);
    for (const el of all(FOCUSABLE).filter((el) => shown(el) && el.tabIndex >= 0 && !el.disabled)) {
      el.focus({ focusVisible: true, preventScroll: true });
      const { outlineStyle, outlineWidth } = getComputedStyle(el);
      // A browser outlines no link in a drawing well: there a line is drawn around it.
      const line = el.closest("svg") && getComputedStyle(el.querySelector("rect"));
      const width = line ? line.stroke !== "none" && line.strokeWidth : outlineStyle !== "none" && outlineWidth;
      if (!(parseFloat(width) >= 2)) found.push(`no outline: ${name(el)}`);
      el.blur();
    }
    return found;
  };

  // What does nothing without a script: nothing to send, nowhere to go.
  const dead = () => [
    ...all("button").filter((el) => !el.form || el.type !== "submit"),
    ...all("a:not([href]), a[href='#'], a[href^='javascript:']"),
    ...all("input:not([type=hidden]), select, textarea").filter((el) => !el.form),
  ].filter(shown).map((el) => `does nothing: ${name(el)}`);

  const axe = async (options) => {
    const { violations } = await globalThis.axe.run(options);
    return violations.map(({ id, nodes }) => `${id} × ${nodes.length}: ` + nodes.slice(0, 3)
      .map((n) => `${n.html.slice(0, 120)} [${n.failureSummary.slice(-160)}]`.replace(/\s+/g, " "))
      .join("; "));
  };

  return { fits, structure, moves, focus, dead, axe };
})();
