// What stands in an output folder.

import { readdirSync } from "node:fs";
import { join } from "node:path";

/** Every file below `dir`, with `/` between parts, sorted. */
export function files(dir, below = "") {
  const found = [];
  for (const entry of readdirSync(join(dir, below), { withFileTypes: true })) {
    const path = below ? `${below}/${entry.name}` : entry.name;
    if (entry.isDirectory()) found.push(...files(dir, path));
    else found.push(path);
  }
  return found.sort();
}

/** Every HTML page below `dir`. */
export function htmlPages(dir) {
  return files(dir).filter((path) => path.endsWith(".html"));
}

/** The address path of a file: that of its folder for an `index.html`. */
export function addressOf(path) {
  return encodeURI(path.replace(/(^|\/)index\.html$/, "$1"));
}

/**
 * One page of each kind, so that a site of a thousand pages is still looked at in reasonable time: pages that differ
 * only in the last folder of their address are of one kind, and two of a kind are enough.
 */
export function onePerKind(pages) {
  const kinds = new Map();
  for (const page of pages) {
    const kind = page.split("/").slice(0, -2).join("/") + "/" + page.split("/").at(-1);
    const seen = kinds.get(kind) ?? [];
    // The pages right below the root are each of a kind of their own: terms, timeline, sources.
    if (page.split("/").length <= 2 || seen.length < 2) seen.push(page);
    kinds.set(kind, seen);
  }
  return [...kinds.values()].flat().slice(0, 60);
}

/**
 * Lays out all of a page. What is far from the window waits with that until it comes near, as it does for a reader who
 * scrolls there: until then it has a guessed size, and no text of its own. Runs in the browser.
 */
export function layOut() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { content-visibility: visible !important }");
  document.adoptedStyleSheets.push(sheet);
}
