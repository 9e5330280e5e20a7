// Moves the page through time: the terms in force on a day, and where on the timeline that is.
(() => {
  "use strict";
  const { ready, fill } = globalThis.expound;
  const language = document.documentElement.lang;
  let words;
  // Made when the first date is told: to look up a language takes longer than all the rest of this script.
  const inWords = (day) => {
    words ??= new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" });
    return words.format(new Date(`${day}T00:00Z`));
  };

  /** A day of the calendar, or nothing. */
  const day = (text) => {
    const date = /^\d{4}-\d\d-\d\d$/.test(text ?? "") ? new Date(`${text}T00:00Z`) : null;
    return date && !Number.isNaN(date.valueOf()) && date.toISOString().startsWith(text) ? text : "";
  };

  /** The step that was in force on a day: the last one that begins on it or before. */
  const inForce = (steps, when) => steps.filter((step) => step.value && step.value <= when).at(-1);

  const showTool = (tool, when) => {
    const steps = [...tool.querySelectorAll("[type=radio]")];
    const step = when ? inForce(steps, when) : steps[0];
    for (const other of steps) other.checked = other === step;
    tool.querySelector("[type=date]").value = when;
    const status = tool.querySelector(".tool-status");
    const date = when && inWords(when);
    if (!when) status.textContent = "";
    else if (!step) status.textContent = fill(tool.dataset.none, { date });
    else {
      const edition = step.parentElement.textContent.trim();
      const begins = step.value === when;
      const told = fill(begins ? tool.dataset.from : tool.dataset.in, { date: begins ? step.dataset.when : date, edition });
      status.textContent = [told, step.dataset.summary].filter(Boolean).join(" ");
    }
    return step;
  };

  /** Moves a line of a strip to a day; hides what lies beyond its ends. */
  const move = (line, when) => {
    const strip = line.closest(".strip");
    const [at, first, after] = [when, strip.dataset.first, strip.dataset.after].map((text) => Date.parse(`${text}T00:00Z`));
    const share = (at - first) / (after - first);
    const x = when ? `${(document.dir === "rtl" ? 1 - share : share) * 100}%` : "0";
    for (const name of line.matches("text") ? ["x"] : ["x1", "x2"]) line.setAttribute(name, x);
    line.setAttribute("visibility", share >= 0 && share <= 1 ? "visible" : "hidden");
  };

  /** Draws a line in the list before the first entry after that day, and steps back what comes after it. */
  const showTimeline = (timeline, tool, when) => {
    for (const old of timeline.querySelectorAll(".lone, .here")) old.remove();
    const entries = [...timeline.querySelectorAll(".entries > [data-day]")];
    for (const entry of entries) entry.classList.toggle("later", when !== "" && entry.dataset.day > when);
    const line = timeline.querySelector(".strip .moment");
    if (line) move(line, when);
    for (const mark of timeline.querySelectorAll(".strip .mark")) {
      mark.classList.toggle("later", document.getElementById(mark.getAttribute("href").slice(1))?.matches(".later") ?? false);
    }
    if (!when) return;
    const here = document.createElement("li");
    here.className = "here";
    here.textContent = fill(tool.dataset.here, { date: inWords(when) });
    const at = entries.findIndex((entry) => entry.dataset.day > when);
    // The heading of a year that begins later stands after the day.
    const list = entries[at]?.parentElement;
    if (at > 0 && entries[at] !== list.firstElementChild) entries[at].before(here);
    else if (at !== 0) entries.at(at < 0 ? -1 : at - 1)?.parentElement.append(here);
    else {
      const alone = document.createElement("ol");
      alone.className = "entries bare lone";
      alone.role = "list";
      alone.append(here);
      (list.previousElementSibling?.matches(".year") ? list.previousElementSibling : list).before(alone);
    }
  };

  let chip;
  /** Says wherever the reader is on the page that it shows a day, with the way back. */
  const tell = (when) => {
    const tool = document.querySelector(".as-of-tool");
    if (chip?.contains(document.activeElement)) tool?.querySelector("input").focus();
    chip?.remove();
    chip = null;
    if (!when || !tool) return;
    chip = document.createElement("p");
    chip.className = "tools as-of-chip";
    const back = document.createElement("button");
    back.type = "button";
    back.className = "copy";
    back.textContent = tool.querySelector(".step").textContent.trim();
    back.addEventListener("click", () => go(""));
    chip.append(fill(tool.dataset.chip, { date: inWords(when) }), back);
    document.querySelector("main").prepend(chip);
  };

  /** Marks in the history of each term what was said on a day, in place of what is said now, and steps back the rest. */
  const showHistories = (tool, when) => {
    const steps = [...tool.querySelectorAll("[data-edition]")];
    const there = steps.length && when ? (inForce(steps, when)?.dataset.edition ?? "") : null;
    const days = new Map(steps.map((step) => [step.dataset.edition, step.value]));
    for (const old of document.querySelectorAll(".history .on-day")) old.remove();
    for (const item of document.querySelectorAll(".history > [data-edition]")) {
      const { edition } = item.dataset;
      const now = item.querySelector(".in-force");
      if (now) now.hidden = there !== null && there !== edition;
      item.classList.toggle("later", there !== null && days.get(edition) > when);
      if (there !== edition || now) continue;
      const here = document.createElement("span");
      here.className = "in-force on-day";
      here.textContent = fill(tool.dataset.here, { date: inWords(when) });
      item.querySelector(".when").append(" ", here);
    }
  };

  /** Hands the day on to the other pages of the explainer. */
  const carry = (when) => {
    for (const link of document.querySelectorAll(".pages a")) {
      const address = new URL(link.href);
      if (address.pathname === location.pathname) continue;
      if (when) address.searchParams.set("as-of", when);
      else address.searchParams.delete("as-of");
      link.href = address;
    }
  };

  let current = "";
  /** Shows the page as of a day; everything if that is none. */
  const show = (when) => {
    current = when;
    tell(when);
    carry(when);
    const first = document.querySelector(".as-of-tool");
    if (first) showHistories(first, when);
    for (const tool of document.querySelectorAll(".as-of-tool")) {
      const step = showTool(tool, when);
      const block = tool.closest(".sheet, .timeline");
      if (block?.matches(".sheet")) globalThis.expound.table.single(block, when ? (step?.dataset.edition ?? "") : null);
      else if (block) showTimeline(block, tool, when);
    }
  };

  /** The same, asked for by the reader: the address carries it. */
  const go = (when) => {
    const address = new URL(location.href);
    if (when) address.searchParams.set("as-of", when);
    else address.searchParams.delete("as-of");
    history.replaceState(history.state, "", address);
    show(when);
  };
  globalThis.expound.asOf = go;

  document.addEventListener("change", (event) => {
    const field = event.target.closest(".as-of-tool input");
    if (!field) return;
    // A table or timeline of another length must not carry the control out of sight.
    const before = field.getBoundingClientRect().top;
    go(field.type === "date" ? day(field.value) : field.value);
    scrollBy({ top: field.getBoundingClientRect().top - before, behavior: "instant" });
  });

  addEventListener("popstate", () => show(day(new URLSearchParams(location.search).get("as-of"))));
  ready((event) => {
    // The day that the page was made on is the reader's only on that day.
    const now = new Date();
    const today = new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
    for (const line of document.querySelectorAll(".strip .today :is(line, text)")) move(line, today);
    const when = event ? current : day(new URLSearchParams(location.search).get("as-of"));
    if (when) show(when);
  });
})();
