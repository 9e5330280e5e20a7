// Findings as elements. All that comes from files is set as text, never as HTML.

/** Makes an element. Properties are attributes, but for `text` and listeners (`onclick`). */
function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "text") element.textContent = value;
    else if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

const count = (number, word) => `${number.toLocaleString("en")} ${word}${number === 1 ? "" : "s"}`;

/** "2 errors, 1 warning". */
function inWords({ errors, warnings }) {
  return [errors && count(errors, "error"), warnings && count(warnings, "warning")].filter(Boolean).join(", ") || "No problems";
}

/** A finding stays the same one while lines move. */
const identity = ({ rule, file, message }) => JSON.stringify([rule, file, message]);

/** Characters that show nothing, or turn round the text after them, are shown as a sign. */
const visibly = (text) => text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, "\ufffd");

/** Text in which what stands between backticks is code. */
function prose(name, properties, text) {
  const parts = visibly(text).split(/`([^`]+)`/);
  return make(name, { dir: "auto", ...properties }, ...parts.map((part, at) => (at % 2 ? make("code", { text: part }) : part)));
}

/** A place as a button that opens it in the editor, and what is said if that fails. */
function placeButton(place, open) {
  const where = [place.file, place.line, place.column].filter((part) => part !== null && part !== undefined).join(":");
  const failed = make("span", { class: "failed", role: "alert" });
  const button = make("button", { type: "button", class: "place", title: "Open in the editor" }, make("bdi", { text: visibly(where) }));
  button.addEventListener("click", async () => {
    failed.textContent = "";
    failed.textContent = (await open(place)) ?? "";
  });
  return [button, failed];
}

/** How much of a long line is shown on either side of what is marked. */
const AROUND = 120;

/** The source line with its span marked. Columns count characters, from 1. */
function excerpt({ line, column, end_line: endLine, end_column: endColumn, source_line: text }) {
  if (text === null || text === undefined || line === null || line === undefined) return null;
  const letters = [...text];
  const start = Math.min(Math.max((column ?? 1) - 1, 0), letters.length);
  const end = endLine > line ? letters.length : Math.min(Math.max((endColumn ?? column ?? 1) - 1, start), letters.length);
  const [from, to] = [Math.max(0, start - AROUND), Math.min(letters.length, end + AROUND)];
  const part = (from, to) => visibly(letters.slice(from, to).join(""));
  const marked = make("mark", { class: end === start ? "point" : null, text: part(start, end) });
  const code = make("code", {}, from > 0 ? "…" : "", part(from, start), marked, part(end, to), to < letters.length || endLine > line ? "…" : "");
  return make("pre", { dir: "ltr" }, make("span", { class: "number", "aria-label": `line ${line}:`, role: "img", text: String(line) }), code);
}

/** One finding as an item of a list. */
function findingItem(finding, open) {
  const serious = finding.severity === "error";
  const notes = (finding.labels ?? []).map((label) =>
    make("li", {}, prose("span", {}, label.message), " ", ...placeButton(label, open)));
  return make("li", { class: serious ? "error" : "warning" },
    make("p", { class: "what" }, make("b", { text: serious ? "Error" : "Warning" }), " ", make("code", { text: finding.rule })),
    prose("p", { class: "message" }, finding.message),
    make("p", { class: "where" }, ...placeButton(finding, open)),
    excerpt(finding),
    ...(finding.help ?? []).map((help) => make("p", { class: "help" }, make("b", { text: "Help" }), " ", prose("span", {}, help))),
    notes.length ? make("ul", { class: "notes" }, ...notes) : null,
  );
}
