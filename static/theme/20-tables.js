// What can be done with a table: put columns away, see only what changed or differs, sort, take away.
(() => {
  "use strict";
  const { ready, fill, copy } = globalThis.expound;

  const rowsOf = (table) => [...table.querySelectorAll("tbody > tr:not(.group)")];
  const headsOf = (table) => [...table.querySelectorAll("thead th[scope=col]:not(.corner)")];
  const cellsOf = (row) => [...row.querySelectorAll(":scope > td")];
  const shown = (part) => !part.hidden;
  const nameOf = (head) => textOf(head.querySelector(".label"));
  const said = (cell) => textOf(cell.querySelector(".value") ?? cell.querySelector(".not-public") ?? cell);

  /** The text of a part without what isn't said there: tools, signs, marks of what is new, citations, differences. */
  const textOf = (part) => {
    const own = part.cloneNode(true);
    for (const other of own.querySelectorAll(".tools, .vh, .news, .sign, .cites, .difference, .term-open, [hidden], [aria-hidden=true]")) other.remove();
    // What stands on a line of its own, or in a frame, is a word apart.
    for (const other of own.querySelectorAll("p, li, div, br, .standing, .value, .mark, .note, .status, .as-of, .last, .not-public")) other.after(" ");
    return own.textContent.replace(/\s+/g, " ").trim();
  };

  /** Shows the columns for which `keep` holds. */
  const showColumns = (table, keep) => {
    const heads = headsOf(table);
    const visible = heads.map(keep);
    heads.forEach((head, at) => (head.hidden = !visible[at]));
    const count = visible.filter(Boolean).length;
    for (const row of rowsOf(table)) {
      cellsOf(row).forEach((cell, at) => {
        cell.hidden = !visible[at];
        // What was last made public is repeated where its own column isn't there.
        const last = cell.querySelector(".last");
        if (last) last.hidden = heads.some((head, n) => visible[n] && head.dataset.edition === last.dataset.edition);
      });
    }
    for (const about of table.querySelectorAll("thead .about")) [...about.children].slice(1).forEach((cell, at) => (cell.hidden = !visible[at]));
    for (const group of table.querySelectorAll("tr.group > th")) group.colSpan = count + 1;
  };

  /** Marks what changed against the column that is now to the left. */
  const markAgain = (table) => {
    const heads = headsOf(table);
    const label = (kind, other) => {
      const [here, since] = table.dataset[kind].split("|");
      const edition = other && heads.find((head) => head.dataset.edition === other);
      return edition ? fill(since, { edition: nameOf(edition) }) : here;
    };
    const kinds = { c: ["changed", "≠"], r: ["restated", "≈"], n: ["new", "+"], s: ["same", "="] };
    const visible = heads.map(shown);
    for (const row of rowsOf(table)) {
      cellsOf(row).forEach((cell, at) => {
        if (cell.dataset.against === undefined && at > 0) return;
        const left = visible.lastIndexOf(true, at - 1);
        const difference = cell.querySelector(".difference");
        if (difference) difference.hidden = left !== at - 1;
        const [letter, other] = at > 0 && left >= 0 ? cell.dataset.against.split(" ")[left].split("@") : ["-"];
        const [kind, sign] = kinds[letter] ?? [];
        for (const name of ["changed", "restated", "new", "same"]) cell.classList.toggle(`is-${name}`, name === kind);
        const mark = cell.querySelector(".mark");
        if (!mark) return;
        mark.hidden = !kind;
        if (!kind) return;
        mark.className = `mark mark-${kind}`;
        mark.querySelector(".sign").textContent = sign;
        mark.lastChild.textContent = ` ${label(kind, other)}`;
      });
    }
  };

  /** True if a row says something else from column to column. */
  const differs = (row, sheet) => {
    const cells = cellsOf(row).filter(shown);
    if (sheet) return cells.some((cell) => cell.matches(".is-changed, .is-new"));
    return new Set(cells.map(said)).size > 1;
  };

  /** Hides the rows that are not asked for, and says how many are what was asked for. */
  const sift = (figure, speak) => {
    const table = figure.querySelector("table");
    const tools = figure.querySelector(".table-tools");
    const sheet = figure.matches(".sheet");
    // What is said of all columns doesn't hold for some.
    figure.classList.toggle("chosen", !headsOf(table).every(shown));
    const only = tools?.querySelector("[name=only]")?.checked ?? false;
    const rows = rowsOf(table);
    const different = rows.filter((row) => differs(row, sheet));
    // A term that was first made public is worth seeing, and no term that changed.
    const changed = sheet ? different.filter((row) => cellsOf(row).some((cell) => shown(cell) && cell.matches(".is-changed"))) : different;
    for (const row of rows) row.hidden = only && !different.includes(row);
    for (const body of table.tBodies) body.hidden = rowsOf(body).every((row) => row.hidden) && rowsOf(body).length > 0;
    const every = headsOf(table);
    const heads = every.filter(shown);
    if (!tools) return;
    // What would hide nothing isn't offered.
    const offer = tools.querySelector(".only");
    if (offer) offer.hidden = !only && (different.length === 0 || different.length === rows.length);
    const status = tools.querySelector(".tool-status");
    // A version alone is marked against the one before it.
    const from = heads.length > 1 ? heads[0] : figure.matches(".single") && only ? every[every.indexOf(heads[0]) - 1] : null;
    status.textContent = speak && from && (only || heads.length < every.length)
      ? fill(tools.dataset.count, { from: nameOf(from), to: nameOf(heads.at(-1)), n: changed.length, total: rows.length })
      : "";
  };

  /** Everything as the page came. */
  const whole = (figure) => {
    const table = figure.querySelector("table");
    for (const box of figure.querySelectorAll(".table-tools [name=column]")) box.checked = true;
    showColumns(table, () => true);
    if (table.dataset.changed) markAgain(table);
  };

  /** One column alone, with what changed in it against the one before; or all again. */
  const single = (figure, key) => {
    whole(figure);
    const table = figure.querySelector("table");
    figure.classList.toggle("single", key !== null);
    // Before the first version there is nothing to show, and nothing to be done with it.
    table.parentElement.hidden = key === "";
    for (const part of figure.querySelectorAll(".table-tools, .take-away .copy")) part.hidden = key === "";
    if (key !== null) {
      const boxes = figure.querySelectorAll(".table-tools [name=column]");
      headsOf(table).forEach((head, at) => boxes[at] && (boxes[at].checked = head.dataset.edition === key));
      showColumns(table, (head) => head.dataset.edition === key);
    }
    sift(figure, false);
  };
  globalThis.expound.table = { single };

  document.addEventListener("change", (event) => {
    if (event.target.matches("select[name=sort]")) {
      const table = event.target.closest("figure").querySelector("table");
      const [column, direction] = event.target.value.split(" ");
      return sort(table, column ? headsOf(table)[column - 1] : null, direction);
    }
    const box = event.target.closest(".table-tools input");
    if (!box) return;
    const figure = box.closest("figure");
    const table = figure.querySelector("table");
    if (box.name === "column") {
      const boxes = [...figure.querySelectorAll(".table-tools [name=column]")];
      // A table without columns is none.
      if (!boxes.some((other) => other.checked)) box.checked = true;
      const wanted = boxes.map((other) => other.checked);
      if (figure.matches(".single")) globalThis.expound.asOf?.("");
      boxes.forEach((other, at) => (other.checked = wanted[at]));
      showColumns(table, (_, at) => boxes[at].checked);
      if (table.dataset.changed) markAgain(table);
    }
    sift(figure, true);
  });

  /** The rows of a part of a table as they came. */
  let orders = new WeakMap();

  /** Sorts by a column, or not at all. What says nothing comes last. */
  const sort = (table, head, direction) => {
    for (const other of table.querySelectorAll("[aria-sort]")) other.removeAttribute("aria-sort");
    for (const body of table.tBodies) if (!orders.has(body)) orders.set(body, rowsOf(body));
    const column = head ? head.cellIndex - 1 : -1;
    head?.setAttribute("aria-sort", direction);
    const choice = table.closest("figure").querySelector("[name=sort]");
    if (choice) choice.value = head ? `${column + 1} ${direction}` : "";
    for (const body of table.tBodies) {
      const rows = orders.get(body).map((row, at) => ({ row, at, key: head && cellsOf(row)[column].dataset.sort }));
      rows.sort((a, b) => {
        if (!a.key || !b.key) return !a.key - !b.key || a.at - b.at;
        return (direction === "descending" ? b.key - a.key : a.key - b.key) || a.at - b.at;
      });
      body.append(...rows.map(({ row }) => row));
    }
  };

  /** By the head of a column: up, a second time down, a third time not at all. */
  const turn = (head) => {
    const was = head.getAttribute("aria-sort");
    sort(head.closest("table"), was === "descending" ? null : head, was ? "descending" : "ascending");
  };

  /** What of a table is shown, as Markdown: its sources as footnotes, where the page lists them. */
  const markdown = (figure) => {
    const table = figure.querySelector("table");
    const notes = new Map();
    const escape = (text) => text.replace(/([\\|*_`[\]<>])/g, "\\$1");
    const notesOf = (part) =>
      [...part.querySelectorAll("a.cite")].filter((cite) => !cite.closest("[hidden]")).map((cite) => {
        const entry = document.getElementById(decodeURIComponent(cite.hash.slice(1)))?.closest("li");
        const number = cite.textContent.split(",")[0].trim();
        if (!entry) return "";
        const link = entry.querySelector(".source-title a")?.href;
        const about = [...entry.querySelectorAll(".source-title, .source-about > *")].map(textOf);
        notes.set(number, `[^${number}]: ${[...about.map(escape), link && `<${link}>`].filter(Boolean).join(", ")}`);
        return `[^${number}]`;
      });
    /** What a part says: its short word and what changed before the rest, its note after. */
    const told = (part) => {
      const rest = part.cloneNode(true);
      const apart = [...rest.querySelectorAll(":scope > :is(.top, .note)")];
      for (const other of apart) other.remove();
      const of = (selector) => apart.flatMap((other) => [...other.querySelectorAll(selector)]).filter(shown).map(textOf).map(escape).filter(Boolean);
      const top = [...of(".standing").map((word) => `**${word}**`), ...of(".mark").map((word) => `(${word})`)].join(" ");
      const note = apart.filter((other) => other.matches(".note")).map(textOf).map(escape);
      return [[top, escape(textOf(rest))].filter(Boolean).join(": "), ...note].join("; ");
    };
    /** A cell as it reads on paper: what is doubtful or judged in brackets, each note where it stood. */
    const cell = (part) => {
      const own = part.cloneNode(true);
      for (const word of own.querySelectorAll(".status, .as-of, th > .standing")) word.textContent = `(${textOf(word).replace(/^\((.*)\)$/, "$1")})`;
      for (const top of own.querySelectorAll(".effect > .top")) top.after("\uE002");
      for (const last of own.querySelectorAll(".last:not([hidden])")) last.before("\uE003");
      for (const cites of own.querySelectorAll(".cites")) {
        const before = cites.previousSibling;
        if (before?.nodeType === Node.TEXT_NODE) before.data = before.data.trimEnd();
        cites.replaceWith(notesOf(cites).join("").replace(/\[\^(.*?)\]/g, "\uE000$1\uE001"));
      }
      return told(own).replace(/ ?\uE000(.*?)\uE001/g, "[^$1]").replace(/ ?\uE002 ?/g, ": ").replace(/ ?\uE003 ?/g, "; ");
    };
    const line = (cells) => `| ${cells.join(" | ")} |`;
    const heads = headsOf(table).filter(shown);
    const lines = [line(["", ...heads.map((head) => escape(nameOf(head)))]), line(["", ...heads].map(() => "---"))];
    for (const row of table.querySelectorAll("tbody > tr")) {
      if (row.hidden || row.parentElement.hidden) continue;
      const name = cell(row.querySelector("th"));
      const values = row.matches(".group") ? heads.map(() => "") : cellsOf(row).filter(shown).map(cell);
      lines.push(line([row.matches(".group") ? `**${name}**` : name, ...values]));
    }
    const title = table.caption.textContent.trim();
    const source = figure.querySelector(".citation")?.textContent.replace(/\s+/g, " ").trim();
    return [`**${escape(title)}**`, lines.join("\n"), [...notes.values()].join("\n"), source].filter(Boolean).join("\n\n");
  };

  // The list of columns lies over the table: it goes when something else is done.
  const close = (inside) => {
    for (const list of document.querySelectorAll(".choose[open]")) if (!list.contains(inside)) list.open = false;
  };
  document.addEventListener("click", (event) => close(event.target));
  document.addEventListener("focusin", (event) => close(event.target));
  document.addEventListener("keydown", (event) => {
    const list = event.key === "Escape" && event.target.closest?.(".choose[open]");
    if (!list) return;
    list.open = false;
    list.querySelector("summary").focus();
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.sort, button.copy");
    if (!button) return;
    if (button.matches(".sort")) return turn(button.closest("th"));
    const figure = button.closest("figure");
    const text = button.dataset.copy === "markdown" ? markdown(figure) : button.parentElement.querySelector(".citation, .to-copy")?.textContent.trim();
    if (text) copy(text, button.dataset.said);
  });

  // What fits needs no stop of the keyboard and is no place of its own.
  const names = new WeakMap();
  const fits = new ResizeObserver((changed) => {
    for (const { target } of changed) {
      const more = target.scrollWidth > target.clientWidth || target.scrollHeight > target.clientHeight;
      for (const [name, value] of Object.entries({ tabindex: "0", role: "region", "aria-labelledby": names.get(target) })) {
        if (more) target.setAttribute(name, value);
        else target.removeAttribute(name);
      }
    }
  });

  ready(() => {
    for (const part of document.querySelectorAll("[role=region][tabindex='0'][aria-labelledby]")) {
      names.set(part, part.getAttribute("aria-labelledby"));
      fits.observe(part);
    }
    orders = new WeakMap();
    // An address without its host is of no use elsewhere.
    for (const link of document.querySelectorAll(".citation a")) if (link.textContent.startsWith("/")) link.textContent = link.href;
  });
})();
