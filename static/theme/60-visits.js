// What is new, changed or corrected since the reader's visit before. What a page tells carries fingerprints; this
// browser keeps those that it has seen, for itself alone.
(() => {
  "use strict";
  const { ready, fill, keep } = globalThis.expound;
  const { explainer } = document.body.dataset;
  const notice = document.querySelector(".visits");
  if (!notice || !explainer) return;

  // After so long without a page of the explainer a visit has ended.
  const PAUSE = 30 * 60 * 1000;
  const KEY = `visits:${explainer}`;
  const language = document.documentElement.lang || "en";
  const list = notice.querySelector("ol");
  const folded = notice.querySelector("details");
  const told = notice.querySelector("summary");
  let begun = false;

  // The page's address below that of the explainer.
  const path = location.pathname.replace(/index\.html$/, "");
  const page = path.startsWith(explainer) ? path.slice(explainer.length) : path;

  const isTable = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
  const isTime = (value) => typeof value === "number" && Math.abs(value) < 8e15;
  const isSeen = (value) => isTable(value) && isTable(value.prints) && isTable(value.pages) && Object.values(value.pages).every(isTime);

  // What was kept: when the last page was opened, what has been seen, and what had been when this visit began
  // (nothing in the first one). What can't be read counts as nothing.
  const recall = () => {
    const kept = keep.get(KEY);
    const whole = isTable(kept) && isTime(kept.last) && isSeen(kept.seen) && (kept.before === null || isSeen(kept.before));
    return whole ? kept : { last: Date.now(), before: null, seen: { prints: {}, pages: {} } };
  };

  // What an element tells: its key, and the fingerprint of what it says now.
  const printOf = (element) => element.dataset.print.split(" ");

  const pad = (number) => String(number).padStart(2, "0");
  const dayOf = (time) => {
    const date = new Date(time);
    return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
  };

  // What has become of an element since; nothing if it is the same, or the reader can't know.
  const newsOf = (element, before, day) => {
    const [key, print] = printOf(element);
    const old = before.prints[key];
    if (old === print || (print === "-" && old === undefined)) return null;
    // On a page that was never opened nothing is new. All sections are on the explainer's own page, or listed there.
    const known = page in before.pages || (key.startsWith("section:") && "" in before.pages);
    if (old === undefined) return known ? "new" : null;
    if (old === "-") return "new";
    const { corrected } = element.dataset;
    // A correction may be dated by a day, a month or a year.
    return corrected && corrected >= day.slice(0, corrected.length) ? "corrected" : "changed";
  };

  // Where the word stands: in the heading, or what comes closest to one.
  const headOf = (element) =>
    element.querySelector("h1, h2, h3, h4, h5, h6") ?? element.querySelector("dt, .label, .when") ?? element;

  const textOf = (element) => {
    const copy = element.cloneNode(true);
    for (const other of copy.querySelectorAll(".news, .anchor, .vh, .status, .cites, .note, .in-force")) other.remove();
    return copy.textContent.trim().replace(/\s+/g, " ");
  };

  // What the notice calls an element.
  const nameOf = (element) => {
    const term = element.closest(".glossary-term");
    const names = [headOf(element)];
    if (element.matches("td")) names[0] = element.parentElement.querySelector("th");
    else if (element.matches(".chapters li")) names[0] = element.querySelector("a");
    else if (term && term !== element) names.unshift(headOf(term));
    const texts = names.map(textOf);
    if (element.dataset.label) texts.push(element.dataset.label);
    return texts.join(list.dataset.between);
  };

  const markOf = (kind) => {
    const mark = notice.querySelector(`[data-news="${kind}"]`).cloneNode(true);
    mark.removeAttribute("data-news");
    mark.className = "news";
    return mark;
  };

  const show = (news, since) => {
    for (const mark of document.querySelectorAll(".news")) mark.remove();
    list.replaceChildren();
    const listed = new Set();
    for (const [element, kind] of news) {
      const mark = markOf(kind);
      const [key] = printOf(element);
      const name = nameOf(element);
      headOf(element).append(mark);
      if (listed.has(key)) continue;
      listed.add(key);
      mark.id = `_news-${listed.size}`;
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = `#${encodeURIComponent(element.id || mark.id)}`;
      link.textContent = name;
      const word = mark.firstElementChild.cloneNode(true);
      word.removeAttribute("aria-hidden");
      word.className = "kind";
      item.append(link, " ", word);
      list.append(item);
    }
    const count = listed.size;
    notice.hidden = count === 0;
    if (count === 0) return;
    // A date stays on one line.
    const date = new Intl.DateTimeFormat(language, { dateStyle: "long" }).format(since).replaceAll(" ", "\u00a0");
    const text = (category) => notice.querySelector(`[data-told="${category}"]`);
    const plural = text(new Intl.PluralRules(language).select(count)) ?? text("other");
    told.textContent = fill(plural.textContent, { n: new Intl.NumberFormat(language).format(count), date });
  };

  const look = () => {
    const kept = recall();
    // A patch of the preview is no visit.
    if (!begun && Date.now() - kept.last > PAUSE) kept.before = structuredClone(kept.seen);
    begun = true;
    const { before, seen } = kept;
    const elements = [...document.querySelectorAll("[data-print]")];
    // The reader was last here when this page was last opened, or else any other one.
    const since = before && (before.pages[page] ?? Math.max(0, ...Object.values(before.pages)));
    const day = before && dayOf(since);
    const news = before ? elements.map((element) => [element, newsOf(element, before, day)]).filter(([, kind]) => kind) : [];
    for (const element of elements) {
      const [key, print] = printOf(element);
      seen.prints[key] = print;
    }
    seen.pages[page] = kept.last = Date.now();
    keep.set(KEY, kept);
    show(news, since);
  };

  // What else stands at the foot of the window stands above it.
  // Hidden it has no height; to say so would have the whole page styled a second time, since all of it inherits this.
  new ResizeObserver(([{ target }]) => {
    if (target.offsetHeight) document.documentElement.style.setProperty("--notice", `${target.offsetHeight}px`);
  }).observe(notice);

  notice.querySelector(".visits-hide").addEventListener("click", () => {
    const kept = recall();
    kept.before = structuredClone(kept.seen);
    keep.set(KEY, kept);
    show([]);
    // The button is gone now.
    const main = document.querySelector("main");
    main.tabIndex = -1;
    main.focus({ preventScroll: true });
  });

  // The list lies over the text: it goes when something else is turned to.
  const fold = () => (folded.open = false);
  list.addEventListener("click", (event) => event.target.closest("a") && fold());
  notice.addEventListener("focusout", (event) => event.relatedTarget && !notice.contains(event.relatedTarget) && fold());
  notice.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !folded.open) return;
    fold();
    told.focus();
  });
  // The way back shows a page as it was left, and it may have been hidden since.
  addEventListener("pageshow", (event) => event.persisted && look());

  ready(look);
})();
