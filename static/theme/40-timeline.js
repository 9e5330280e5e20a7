// Filters a timeline, marks on its strip where the reader is, and hands out the addresses of its entries. What is shown
// is read from the tools each time, so nothing is kept here but the texts that are searched.
(() => {
  "use strict";
  const { ready, fill, copy } = globalThis.expound;
  const number = (n) => new Intl.NumberFormat(document.documentElement.lang || undefined).format(n);
  const all = (root, selector) => [...root.querySelectorAll(selector)];
  /** A text as it is compared: without accents, in small letters. */
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  /** Writes into the text that is there, and only where it says something else: the preview knows it by its node. */
  const write = (element, text) => {
    if (element.textContent === text) return;
    if (element.firstChild) element.firstChild.data = text;
    else element.textContent = text;
  };

  let texts = new WeakMap();
  /** What is searched of an entry: what it says, without the numbers of its sources. */
  const textOf = (entry) => {
    let text = texts.get(entry);
    if (text === undefined) {
      const told = entry.cloneNode(true);
      for (const part of all(told, ".cites, .term-open, .vh")) part.remove();
      text = fold(told.textContent);
      texts.set(entry, text);
    }
    return text;
  };

  /** What is asked for: groups, importance, words. */
  const asked = (tools) => {
    const pressed = all(tools, "[aria-pressed='true']");
    return {
      groups: pressed.map((button) => button.dataset.group).filter(Boolean),
      importance: pressed.map((button) => button.dataset.importance).find(Boolean),
      find: tools.elements.find.value.trim(),
    };
  };

  const press = (button, on) => button.setAttribute("aria-pressed", String(on));

  /** Shows what is asked for, and says how much that is. */
  const apply = (tools) => {
    const timeline = tools.closest(".timeline");
    const { groups, importance, find } = asked(tools);
    const words = fold(find).split(/\s+/).filter(Boolean);
    const filtered = groups.length > 0 || importance || words.length > 0;
    const fits = (entry) =>
      (groups.length === 0 || groups.includes(entry.dataset.group)) &&
      (importance !== "key" || entry.dataset.importance === "key") &&
      (importance !== "normal" || entry.dataset.importance !== "minor") &&
      words.every((word) => textOf(entry).includes(word));

    const entries = all(timeline, ".entries > .entry");
    const shown = entries.map((entry) => !filtered || (entry.dataset.covers === undefined && fits(entry)));
    const counted = entries.filter((entry, at) => shown[at] && entry.dataset.covers === undefined).length;
    entries.forEach((entry, at) => {
      // An era stays with what it covers.
      const covers = Number(entry.dataset.covers);
      const kept = shown[at] || entries.slice(at + 1, at + 1 + covers).some((other, n) => shown[at + 1 + n] && other.dataset.covers === undefined);
      entry.hidden = !kept;
    });
    years(timeline);
    strip(timeline, filtered);

    const status = tools.querySelector("[role='status']");
    const total = status.dataset.all;
    write(status, !filtered ? total : counted === 0 ? tools.dataset.none : fill(tools.dataset.some, { n: number(counted) }));
    tools.querySelector("[type='reset']").hidden = !filtered;
  };

  /** Hides years without entries, and the gaps beside them: what they say of the years between holds for all entries. */
  const years = (timeline) => {
    for (const part of [timeline, timeline.querySelector(".future")]) {
      let before = true;
      for (const list of all(part ?? timeline, ":scope > .entries:not(.lone)")) {
        const empty = all(list, ":scope > .entry").every((entry) => entry.hidden);
        list.hidden = empty;
        let above = list.previousElementSibling;
        for (; above?.matches(".gap, .year"); above = above.previousElementSibling) {
          above.hidden = empty || (above.matches(".gap") && !before);
        }
        before = !empty;
      }
    }
    const future = timeline.querySelector(":scope > .future");
    if (!future) return;
    future.hidden = all(future, ".entries > .entry").every((entry) => entry.hidden);
    future.previousElementSibling.hidden = future.hidden;
  };

  /** Steps back on the strip what is hidden, and lets its columns lead to what is left in them. */
  const strip = (timeline, filtered) => {
    const strip = timeline.querySelector(":scope > .strip");
    if (!strip) return;
    for (const mark of all(strip, ".mark")) {
      mark.classList.toggle("dim", Boolean(document.getElementById(mark.getAttribute("href").slice(1))?.hidden));
    }
    const columns = {};
    for (const entry of all(timeline, ".entries > .entry[data-column]:not([data-covers])")) {
      (columns[entry.dataset.column] ??= []).push(entry);
    }
    for (const link of all(strip, "[data-column]")) {
      const inside = columns[link.dataset.column] ?? [];
      const left = inside.filter((entry) => !entry.hidden);
      const name = link.firstElementChild;
      write(name, filtered ? fill(name.dataset.some, { n: number(left.length) }) : name.dataset.all);
      link.parentElement.hidden = left.length === 0;
      const first = left[0] ?? inside[0];
      if (first && link.hash !== `#${first.id}`) link.setAttribute("href", `#${first.id}`);
    }
  };

  /** What a link within the page leads to: nothing if it leads elsewhere. */
  const target = (link) => {
    const address = new URL(link.getAttribute("href"), document.baseURI);
    return address.pathname === location.pathname && address.hash ? named(address.hash) : null;
  };
  /** The element of an address's end. */
  const named = (hash) => {
    try {
      return document.getElementById(decodeURIComponent(hash.slice(1)));
    } catch {
      return null;
    }
  };

  /** Keeps what is asked for in the address of the timeline's own page. */
  const remember = (tools) => {
    if (tools.dataset.own === undefined) return;
    const { groups, importance, find } = asked(tools);
    const address = new URL(location.href);
    for (const name of ["group", "importance", "find"]) address.searchParams.delete(name);
    for (const group of groups) address.searchParams.append("group", group);
    if (importance) address.searchParams.set("importance", importance);
    if (find) address.searchParams.set("find", find);
    if (address.href === location.href) return;
    try {
      history.replaceState(history.state, "", address);
    } catch {
      // Some browsers allow only so many changes a minute.
    }
  };

  /** Asks for what the address asks for. */
  const recall = (tools) => {
    if (tools.dataset.own === undefined) return;
    const query = new URLSearchParams(location.search);
    tools.elements.find.value = query.get("find") ?? "";
    for (const button of all(tools, "[aria-pressed]")) {
      const { group, importance } = button.dataset;
      press(button, group === undefined ? query.get("importance") === importance : query.getAll("group").includes(group));
    }
  };

  const change = (tools) => {
    apply(tools);
    remember(tools);
  };

  const reset = (tools) => {
    tools.elements.find.value = "";
    for (const button of all(tools, "[aria-pressed]")) press(button, false);
    change(tools);
  };

  /** Shows an entry that is linked to, whatever the filter says. */
  const reveal = (entry) => {
    const tools = entry?.matches?.(".entries > .entry") && entry.hidden && entry.closest(".timeline").querySelector(".filter");
    if (!tools) return;
    reset(tools);
    entry.scrollIntoView();
  };
  const revealTarget = () => reveal(named(location.hash));

  document.addEventListener("input", (event) => {
    const tools = event.target.closest?.(".filter");
    if (tools) change(tools);
  });
  document.addEventListener("keydown", (event) => {
    const tools = event.target.matches?.(".filter input") && event.target.form;
    if (!tools || event.key !== "Escape" || event.isComposing || !event.target.value) return;
    event.preventDefault();
    event.target.value = "";
    change(tools);
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches(".filter")) event.preventDefault();
  });
  document.addEventListener("reset", (event) => {
    const tools = event.target;
    if (!tools.matches(".filter")) return;
    event.preventDefault();
    reset(tools);
    // The button is gone now.
    tools.elements.find.focus();
  });
  document.addEventListener("click", (event) => {
    const element = event.target;
    const choice = element.closest?.(".filter [aria-pressed]");
    if (choice) {
      const on = choice.getAttribute("aria-pressed") !== "true";
      // Groups add up; of how much is left out, one holds.
      if (choice.dataset.importance) for (const other of choice.parentElement.children) press(other, false);
      press(choice, on);
      change(choice.closest(".filter"));
    }
    const button = element.closest?.(".copy-link");
    if (button) share(button);
    const link = element.closest?.("a[href*='#']");
    if (link) reveal(target(link));
  });
  addEventListener("hashchange", revealTarget);
  addEventListener("popstate", () => {
    for (const tools of all(document, ".filter[data-own]")) {
      recall(tools);
      apply(tools);
    }
  });

  /** Hands out the address of an entry: to the phone's own sheet where there is one, else to the clipboard. */
  const share = async (button) => {
    const entry = button.closest("li");
    const address = new URL(location.href);
    address.search = "";
    address.hash = entry.id;
    const title = entry.querySelector(".what").querySelector("h2, h3, h4, h5, h6").textContent;
    if (!navigator.share || !matchMedia("(pointer: coarse)").matches) return copy(address.href, button.dataset.said);
    try {
      await navigator.share({ title, url: address.href });
    } catch (error) {
      // Closed again without choosing is fine.
      if (error.name !== "AbortError") await copy(address.href, button.dataset.said);
    }
  };

  // Where the reader is: the column of the first entry in sight.
  const inSight = new Set();
  const watcher = new IntersectionObserver((changes) => {
    for (const { target, isIntersecting } of changes) isIntersecting ? inSight.add(target) : inSight.delete(target);
    for (const strip of all(document, ".timeline > .strip")) {
      const entries = all(strip.parentElement, ".entries > .entry[data-column]");
      const first = entries.find((entry) => inSight.has(entry) && !entry.hidden)?.dataset.column;
      for (const link of all(strip, "[data-column]")) {
        if (link.dataset.column === first) link.setAttribute("aria-current", "location");
        else link.removeAttribute("aria-current");
      }
    }
  }, { rootMargin: "-20% 0px -30% 0px" });

  const prepare = () => {
    texts = new WeakMap();
    watcher.disconnect();
    inSight.clear();
    for (const entry of all(document, ".timeline:has(> .strip) .entries > .entry[data-column]")) watcher.observe(entry);
    for (const tools of all(document, ".filter")) apply(tools);
  };
  for (const tools of all(document, ".filter")) recall(tools);
  ready(prepare);
  revealTarget();
})();
