// The preview's patch by itself: pages made at random, changed at random, come out as if they were loaded.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "./machine.mjs";

const parts = ["patch.js", "tree.js"].map((name) => readFileSync(join(repository, "src/shell/serve/page", name), "utf8"));

/** Runs in the browser: returns what came out wrong. */
async function changeAtRandom({ code, seed, rounds }) {
  const OpenPage = new Function(`"use strict";${code}; return OpenPage;`)();
  let state = seed;
  const below = (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  const pick = (list) => list[below(list.length)];
  const words = ["one", "two", "&amp;", "three", "<b>four</b>", "<a id=x href=#>five</a>", "<!-- six -->", "\u{1f642}\u{1f643}", "é", "<img alt=seven>", "<noscript><i>eight</i></noscript>"];
  const text = () => Array.from({ length: below(6) }, () => pick(words)).join(" ");
  let ids = 0;
  const node = (depth) => {
    const name = pick(["div", "section", "p", "ul", "details", "table"]);
    const attributes = `${below(3) ? "" : ` id="i${ids++}"`}${below(3) ? "" : ` class="${pick(["a", "b", "a b"])}"`}${below(4) ? "" : ` data-x="${below(3)}"`}`;
    if (name === "p" || depth > 3) return { open: `<p${attributes}>`, close: "</p>", text: text(), children: [] };
    return { open: `<${name}${attributes}>`, close: `</${name}>`, text: name === "table" ? "" : text(), children: Array.from({ length: below(5) }, () => node(depth + 1)) };
  };
  const write = ({ open, close, text, children }) => {
    const inner = children.map(write).join("\n");
    return open.startsWith("<table") ? `${open}<tr><td>${inner}</td></tr>${close}` : `${open}${text}\n${inner}${close}`;
  };
  const all = (root) => [root, ...root.children.flatMap(all)];
  const change = (root) => {
    const at = pick(all(root));
    const child = below(at.children.length || 1);
    const act = below(6);
    if (act === 0) at.text = at.open.startsWith("<table") ? "" : text();
    if (act === 1 && at.close !== "</p>") at.children.splice(child, 0, node(2));
    if (act === 2) at.children.splice(child, 1);
    if (act === 3) at.open = at.open.replace(/ class="[^"]*"|(?=>)/, pick(["", ' class="c"']));
    if (act === 4) at.children.push(...at.children.splice(child, 1));
    if (act === 5) at.open = at.open.replace(/ data-x="\d"/, "");
  };
  const page = (root) => `<!doctype html><html lang="${pick(["en", "de"])}"><head><meta charset="utf-8"><title>${below(3)}</title>${below(2) ? '<meta name="description" content="x">' : ""}</head><body class="page">\n${write(root)}\n</body></html>\n`;

  const wrong = [];
  const root = { open: "<main>", close: "</main>", text: "", children: Array.from({ length: 6 }, () => node(0)) };
  let html = page(root);
  document.open();
  document.write(html);
  document.close();
  const open = new OpenPage(html, []);
  // What scripts add to the page is left alone.
  document.documentElement.classList.add("js");
  for (let round = 0; round < rounds && wrong.length < 3; round++) {
    for (let i = below(4); i >= 0; i--) change(root);
    html = page(root);
    await open.patch(html, (apply) => apply());
    const copy = document.documentElement.cloneNode(true);
    if (copy.className !== "js") wrong.push(`round ${round}: the script's class is gone`);
    copy.removeAttribute("class");
    const ought = new DOMParser().parseFromString(html, "text/html").documentElement;
    if (copy.outerHTML === ought.outerHTML) continue;
    const [is, should] = [copy.outerHTML, ought.outerHTML];
    let at = 0;
    while (at < is.length && is[at] === should[at]) at++;
    wrong.push(`seed ${seed}, round ${round}: ${is.slice(at - 100, at + 200)} — not ${should.slice(at - 100, at + 200)}`);
  }
  return wrong;
}

export async function anyChange(browser, test) {
  for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
    await test(`preview: any change of a page comes out exact (${seed})`, async () => {
      const tab = await browser.newPage();
      try {
        return await tab.evaluate(changeAtRandom, { code: parts.join("\n"), seed, rounds: 150 });
      } finally {
        await tab.close();
      }
    });
  }
}
