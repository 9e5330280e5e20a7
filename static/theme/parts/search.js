// Searches the explainer, and what the other explainers of the site are called. The texts come as they are, and are
// folded here like the words that are looked for. Whatever is found is put on the page as text.
(() => {
  "use strict";
  const { fill, keep, ready } = globalThis.expound;
  const root = document.documentElement;
  const language = root.lang || undefined;
  const dialog = document.querySelector("dialog.search");
  const find = (selector) => dialog.querySelector(selector);
  const [form, input, hint, count, ways, list] = ["form", "[role=combobox]", ".hint", ".count", ".ways", "[role=listbox]"].map(find);
  const number = (n) => new Intl.NumberFormat(language).format(n);

  // What is shown: so many in all, and of a kind.
  const MOST = 40;
  const OF_A_KIND = 8;

  /* Folding: what makes no difference to somebody who searches. */

  const SAME = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", þ: "th", ł: "l", ı: "i", ς: "σ", ى: "ي", ة: "ه", "’": "'" };
  const MARKS = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]/g;
  const OTHERS = new RegExp(`[${Object.keys(SAME).join("")}]`, "g");
  const LETTER = /[\p{L}\p{N}\p{M}]/u;
  /** Scripts without spaces between words, or with words that grow at their beginning: they are found anywhere. */
  const RUNNING = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}\p{scx=Arab}\p{scx=Hebr}]/u;

  /** A text as it is compared: small letters without accents. Letter by letter it gives the same as at once. */
  const fold = (text) => text.toLowerCase().normalize("NFKD").replace(MARKS, "").replace(OTHERS, (letter) => SAME[letter]);
  const wordsOf = (folded) => folded.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];

  /** Where a word stands in a folded text: as a whole word if it does, else where one begins like it. */
  const placeOf = (text, { word, anywhere }) => {
    let first = -1;
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      const begins = at === 0 || !LETTER.test(text[at - 1]);
      if (!begins && !anywhere) continue;
      if (begins && !LETTER.test(text[at + word.length] ?? " ")) return { at, whole: true };
      if (first < 0) first = at;
    }
    return first < 0 ? null : { at: first, whole: false };
  };

  /* What can be searched. */

  /** @typedef {{ kind: string, name: string, href: string, text: string, place: string, aliases: string, language: string }} Entry */

  let entries;
  /** Whether there is more than what was loaded first. */
  let rest;

  /** Asks for a file; its addresses are below the explainer or the site, as the file is. */
  const load = async (address) => {
    const at = new URL(address, document.baseURI);
    const answer = await fetch(at);
    if (!answer.ok) throw new Error(`${at}: ${answer.status}`);
    const base = new URL("..", at);
    return { base, told: await answer.json() };
  };

  const own = async (address) => {
    const { base, told } = await load(address);
    return told.map(([kind, name, href, text = "", place = "", aliases = "", language = ""]) => {
      return { kind: kind === "page" ? "section" : kind, name, href: new URL(href, base).href, text, place, aliases, language };
    });
  };

  const others = async (address, here) => {
    const { base, told } = await load(address);
    const entry = (name, href, place, text = "") => ({ kind: "other", name, href: href.href, text, place, aliases: "", language: "" });
    return told.flatMap(([path, title, standfirst, sections, terms]) => {
      const home = new URL(path, base);
      if (home.href === here) return [];
      return [
        entry(title, home, "", standfirst),
        ...sections.map(([name, href]) => entry(name, new URL(href, home), title)),
        ...terms.map(([name, id]) => entry(name, new URL(`terms/#${id}`, home), title)),
      ];
    });
  };

  /** Loads what there is to search. What the explainer itself says doesn't wait for the rest, nor does it need it. */
  const read = async () => {
    const { own: mine, site } = document.querySelector(".search-open").dataset;
    const here = mine && new URL("..", new URL(mine, document.baseURI)).href;
    const elsewhere = site ? others(site, here) : Promise.resolve([]);
    if (!mine) return elsewhere;
    const first = own(mine);
    const asked = (rest = elsewhere.then(
      async (more) => {
        const all = [...(await first), ...more];
        if (rest === asked && more.length) entries = Promise.resolve(all);
        return more.length > 0;
      },
      () => false,
    ));
    rest.then((more) => more && chosen < 0 && input.value && update(), () => {});
    return first;
  };

  const loadAll = () =>
    (entries ??= read().catch((error) => {
      entries = undefined;
      throw error;
    }));

  const folded = (entry) => (entry.folded ??= { name: fold(entry.name), aliases: fold(entry.aliases), place: fold(entry.place), text: fold(entry.text) });

  /* Searching. */

  const WEIGHTS = { name: 10, aliases: 8, text: 3, place: 2 };
  const BONUS = { term: 2, section: 1.5, event: 1, table: 1, fact: 1 };

  /** What one thing is worth for one word, in the ways in which the word may be written. */
  const worth = (texts, ways) => {
    let best = { value: 0, own: false };
    for (const [field, weight] of Object.entries(WEIGHTS)) {
      for (const way of ways) {
        const found = texts[field] && placeOf(texts[field], way);
        if (!found) continue;
        const early = 1 - Math.min(found.at, 2000) / 2000;
        const value = weight * way.worth * (found.whole ? 1.5 : 1) + early + (weight * way.word.length) / Math.max(way.word.length, texts[field].length);
        if (value > best.value) best = { value, own: best.own || field !== "place" };
        else if (field !== "place") best.own = true;
      }
    }
    return best;
  };

  /** What a thing is worth: every word has to occur, and one of them in what is its own. */
  const weigh = (entry, words, whole) => {
    const texts = folded(entry);
    let sum = BONUS[entry.kind] ?? 0;
    let mine = false;
    let all = true;
    for (const word of words) {
      const { value, own } = worth(texts, word.ways);
      if (value) word.known = true;
      else all = false;
      mine ||= own;
      sum += value;
    }
    if (!all || !mine) return 0;
    if (words.length > 1) sum += texts.name.includes(whole) ? 8 : texts.text.includes(whole) ? 4 : 0;
    // A headline is seldom what somebody looks for.
    return entry.kind === "source" ? sum * 0.7 : sum;
  };

  const pause = () => new Promise((resolve) => setTimeout(resolve));

  /** Everything that has all the words, the best first; nothing if something else is wanted meanwhile. */
  const sift = async (all, words, whole, wanted) => {
    const out = [];
    let since = performance.now();
    for (const entry of all) {
      const value = weigh(entry, words, whole);
      if (value) out.push({ entry, value });
      if (performance.now() - since < 12) continue;
      await pause();
      if (!wanted()) return null;
      since = performance.now();
    }
    return out.sort((a, b) => b.value - a.value);
  };

  /** True if two words differ by one letter: another one, one more, one less, or two in the wrong order. */
  const near = (a, b) => {
    if (Math.abs(a.length - b.length) > 1 || a === b) return a === b;
    let at = 0;
    while (at < a.length && a[at] === b[at]) at++;
    const [rest, other] = [a.slice(at), b.slice(at)];
    if (a.length > b.length) return rest.slice(1) === other;
    if (a.length < b.length) return rest === other.slice(1);
    return rest.slice(1) === other.slice(1) || (rest[0] === other[1] && rest[1] === other[0] && rest.slice(2) === other.slice(2));
  };

  let vocabulary;
  const knownWords = (all) => {
    if (vocabulary?.of !== all) vocabulary = { of: all, words: new Set(all.flatMap((entry) => Object.values(folded(entry)).flatMap(wordsOf))) };
    return vocabulary.words;
  };

  /** A word that occurs nowhere: as it may have been meant. */
  const meant = ({ word }, all) => {
    if (RUNNING.test(word)) {
      const parts = globalThis.Intl.Segmenter ? [...new Intl.Segmenter(language, { granularity: "word" }).segment(word)].map((part) => part.segment) : [...word];
      return parts.length > 1 ? parts.map((part) => ({ word: part, ways: [{ word: part, anywhere: true, worth: 0.8 }] })) : [];
    }
    const ways = [];
    const umlauts = word.replace(/([aou])e/g, "$1");
    if (umlauts !== word) ways.push({ word: umlauts, anywhere: false, worth: 0.9 });
    if (word.length > 3) ways.push({ word, anywhere: true, worth: 0.5 });
    if (word.length > 4) {
      for (const known of knownWords(all)) {
        const length = [0, -1, 1].find((more) => near(word, known.slice(0, word.length + more)));
        if (length !== undefined) ways.push({ word: known.slice(0, word.length + length), anywhere: false, worth: 0.6 });
      }
    }
    return [{ word, ways }];
  };

  const search = async (query, wanted) => {
    const all = await loadAll();
    if (!wanted()) return null;
    const whole = fold(query);
    let words = [...new Set(wordsOf(whole))].map((word) => ({ word, ways: [{ word, anywhere: RUNNING.test(word), worth: 1 }] }));
    let found = words.length ? await sift(all, words, whole, wanted) : [];
    if (found?.length === 0 && words.some((word) => !word.known)) {
      words = words.flatMap((word) => (word.known ? [word] : meant(word, all)));
      if (words.length) found = await sift(all, words, whole, wanted);
    }
    return found && { found, ways: words.flatMap((word) => word.ways) };
  };

  /* Showing. */

  const element = (name, className, ...children) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children);
    return made;
  };

  const letters = new Map();
  /** A text and its folded form, with the place in the text that each folded letter comes from. */
  const trace = (text) => {
    const from = [];
    let plain = "";
    let at = 0;
    for (const letter of text) {
      const small = letters.get(letter) ?? fold(letter);
      letters.set(letter, small);
      for (let n = 0; n < small.length; n++) from.push(at);
      plain += small;
      at += letter.length;
    }
    from.push(at);
    return { plain, from };
  };

  /** Where what was looked for stands in a text. */
  const hits = (text, ways) => {
    const { plain, from } = trace(text);
    const out = [];
    for (const { word, anywhere } of ways) {
      for (let at = plain.indexOf(word); at >= 0; at = plain.indexOf(word, at + word.length)) {
        if (anywhere || at === 0 || !LETTER.test(plain[at - 1])) out.push([from[at], from[at + word.length]]);
      }
    }
    return out.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  };

  /** A text, with what was looked for marked. */
  const marked = (text, ways) => {
    const out = [];
    let done = 0;
    for (const [start, end] of hits(text, ways)) {
      if (start < done || end <= start) continue;
      out.push(text.slice(done, start), element("mark", "", text.slice(start, end)));
      done = end;
    }
    out.push(text.slice(done));
    return out;
  };

  /** The part of a text around what was looked for, of some lines. */
  const around = (text, ways) => {
    const [before, room] = [50, 170];
    if (text.length <= room) return text;
    const places = hits(text, ways);
    // Where most of the words stand close to each other.
    const words = (from) => new Set(places.filter(([at]) => at >= from && at < from + room - before).map(([start, end]) => fold(text.slice(start, end)))).size;
    let [first, most] = [0, 0];
    for (const [at] of places.slice(0, 50)) {
      const here = words(at);
      if (here > most) [first, most] = [at, here];
    }
    let start = Math.max(0, Math.min(first - before, text.length - room));
    let end = Math.min(text.length, start + room);
    const isSpace = (at) => /\s/.test(text[at] ?? " ");
    for (let n = 0; n < 20 && start > 0 && !isSpace(start - 1); n++) start++;
    for (let n = 0; n < 20 && end < text.length && !isSpace(end); n++) end--;
    // Half a letter is none.
    if (/[\udc00-\udfff]/.test(text[start] ?? "")) start++;
    if (/[\ud800-\udbff]/.test(text[end - 1] ?? "")) end--;
    return `${start > 0 ? "… " : ""}${text.slice(start, end).trim()}${end < text.length ? " …" : ""}`;
  };

  const option = ({ entry }, ways, at) => {
    const made = element("a", "", element("span", "name", ...marked(entry.name, ways)));
    made.href = entry.href;
    made.id = `_search-${at}`;
    made.tabIndex = -1;
    made.setAttribute("role", "option");
    made.setAttribute("aria-selected", "false");
    if (entry.language) made.lang = entry.language;
    if (entry.place) made.append(" ", element("span", "place", ...marked(entry.place, ways)));
    // Another name is told where it is what was found.
    const other = entry.aliases.split("\n").find((name) => hits(name, ways).length);
    if (other) made.append(" ", element("span", "place", ...marked(other, ways)));
    if (entry.text) made.append(" ", element("span", "told", ...marked(around(entry.text, ways), ways)));
    return made;
  };

  const options = () => [...list.querySelectorAll("[role=option]")];
  let chosen = -1;

  const choose = (at) => {
    const all = options();
    chosen = at;
    all.forEach((made, n) => made.setAttribute("aria-selected", String(n === at)));
    if (all[at]) {
      input.setAttribute("aria-activedescendant", all[at].id);
      all[at].scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  };

  let timer = 0;
  /** Says how many there are, when the reader stops typing. */
  const tell = (text) => {
    clearTimeout(timer);
    timer = setTimeout(() => (count.textContent = text), count.textContent ? 250 : 0);
  };

  const show = (query, result) => {
    const groups = new Map();
    let shown = 0;
    for (const hit of result?.found ?? []) {
      const group = groups.get(hit.entry.kind) ?? [];
      groups.set(hit.entry.kind, group);
      if (group.length === OF_A_KIND || shown === MOST) continue;
      group.push(hit);
      shown++;
    }
    // What is elsewhere comes last.
    const elsewhere = groups.get("other");
    if (elsewhere && groups.delete("other")) groups.set("other", elsewhere);
    let at = 0;
    const made = [...groups].filter(([, hits]) => hits.length).map(([kind, hits]) => {
      const head = element("div", "kind", list.dataset[kind]);
      head.id = `_search-${kind}`;
      head.setAttribute("role", "presentation");
      const group = element("div", "", head, ...hits.map((hit) => option(hit, result.ways, at++)));
      group.setAttribute("role", "group");
      group.setAttribute("aria-labelledby", head.id);
      return group;
    });
    list.replaceChildren(...made);
    list.hidden = shown === 0;
    list.scrollTop = 0;
    input.setAttribute("aria-expanded", String(shown > 0));
    choose(-1);
    hint.hidden = result !== undefined;
    if (ways) ways.hidden = !result || shown > 0;
    const total = result?.found.length ?? 0;
    const { none, best, count: some } = count.dataset;
    tell(!result ? "" : fill(total === 0 ? none : total > shown ? best : some, { n: number(total), shown: number(shown), words: query }));
  };

  let latest = 0;
  const update = async () => {
    const turn = ++latest;
    const query = input.value.trim().replace(/\s+/g, " ");
    if (!query) {
      show(query);
      return;
    }
    try {
      const wanted = () => turn === latest;
      let result = await search(query, wanted);
      // Before it is said that there is nothing, everything has been looked at.
      if (result?.found.length === 0 && (await rest) && wanted()) result = await search(query, wanted);
      if (result && turn === latest) show(query, result);
    } catch {
      if (turn !== latest) return;
      show("");
      tell(count.dataset.failed);
    }
  };

  /* What the reader does. */

  const go = (link) => link?.click();

  input.addEventListener("input", update);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const last = options().length - 1;
    if (last < 0) return;
    const steps = { ArrowDown: chosen === last ? -1 : chosen + 1, ArrowUp: chosen < 0 ? last : chosen - 1 };
    // Until something is chosen they move within what was typed.
    if (chosen >= 0) Object.assign(steps, { Home: 0, End: last });
    if (!(event.key in steps)) return;
    event.preventDefault();
    choose(steps[event.key]);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go(options()[Math.max(0, chosen)]);
  });
  dialog.addEventListener("click", (event) => {
    const { target } = event;
    if (target === dialog || target.closest(".search-close")) dialog.close();
    // What leads to the page that is open closes the dialog first, so that the focus is free to follow.
    else if (target.closest("a") && !(event.ctrlKey || event.metaKey || event.shiftKey || event.button)) dialog.close();
  });
  list.addEventListener("pointermove", (event) => {
    const at = options().indexOf(event.target.closest("[role=option]"));
    if (at >= 0 && at !== chosen && (event.movementX || event.movementY)) choose(at);
  });

  const key = find("[type=checkbox]");
  key.checked = keep.get("slash") !== false;
  key.addEventListener("change", () => keep.set("slash", key.checked));

  // The keyboard of a phone takes its room from the window, not from the page.
  const fit = () => dialog.style.setProperty("--seen", `${Math.floor(globalThis.visualViewport.height)}px`);
  globalThis.visualViewport?.addEventListener("resize", fit);

  globalThis.expound.search = () => {
    if (dialog.open) return;
    if (globalThis.visualViewport) fit();
    dialog.showModal();
    input.focus();
    input.select();
    loadAll().catch(() => {});
  };

  // The preview has changed something: what was known may be old.
  ready(() => {
    entries = undefined;
    rest = undefined;
  });
})();
