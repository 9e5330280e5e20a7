// Every kind of page passes axe, on a phone and a desk, this repository's also on a tablet, in light and in dark, also with a definition open,
// without sideways scrolling, without errors in the console, and without asking another host for anything. Nothing to
// press is too small for a finger.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { addressOf, layOut } from "./site.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What axe finds on the page, or in a part of it, by the usual rules or by those named. */
export async function check(tab, part, runOnly = { type: "tag", values: tags }) {
  if (!(await tab.evaluate(() => "axe" in globalThis))) await tab.evaluate(axe);
  const run = ([runOnly, part]) => {
    const rules = runOnly.type === "tag" ? { "target-size": { enabled: true } } : {};
    return globalThis.axe.run(part ? document.querySelector(part) : document, { runOnly, rules, resultTypes: ["violations"] });
  };
  const { violations } = await tab.evaluate(run, [runOnly, part]);
  const told = ({ id, help, nodes }) => nodes.slice(0, 3).map((node) => `${id}: ${help}: ${node.html.slice(0, 200)} ${(node.any[0] ?? node.all[0])?.message ?? ""}`);
  return violations.flatMap(told);
}

/** What of it depends on whether the page is light or dark: where it was looked at in light, only this is looked at in dark. */
export const ofColour = { type: "rule", values: ["color-contrast", "link-in-text-block"] };

export async function accessibility(site, pages, browser, test) {
  // Of sites that differ from this repository's in colours and settings, the least and the most room are enough.
  for (const width of site.name === "site" ? [320, 768, 1440] : [320, 1440]) {
    const context = await browser.newContext({ viewport: { width, height: 900 }, reducedMotion: "reduce" });
    const tab = await context.newPage();
    let asked = [];
    tab.on("request", (request) => {
      if (!request.url().startsWith(site.origin) && !request.url().startsWith("data:")) asked.push(`asks for ${request.url()}`);
    });
    tab.on("console", (message) => message.type() === "error" && asked.push(`console: ${message.text()}`));
    tab.on("pageerror", (error) => asked.push(`script: ${error.message}`));
    for (const page of pages) {
      await test(`${site.name}: for everyone: ${page} at ${width}, light and dark`, async () => {
        asked = [];
        await tab.emulateMedia({ colorScheme: "light" });
        await tab.goto(site.origin + site.base + addressOf(page));
        await tab.evaluate(layOut);
        const wrong = asked;
        const wide = async () => {
          const sideways = await tab.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          if (sideways > 0) wrong.push(`is ${sideways} px wider than the window: ${await widest(tab)}`);
        };
        await wide();
        wrong.push(...(await tab.evaluate(squeezed)));
        wrong.push(...(await check(tab)));
        wrong.push(...(await tab.evaluate(small)));
        const term = tab.locator("main a.term[data-term]").first();
        const opened = async (rules) => {
          if (!(await term.count()) || !(await term.isVisible())) return;
          await term.click();
          if (!(await tab.locator("[popover]:popover-open").count())) return;
          wrong.push(...(await check(tab, ":popover-open", rules)).map((line) => `with a definition open: ${line}`));
        };
        await opened();
        await tab.keyboard.press("Escape");
        await tab.emulateMedia({ colorScheme: "dark" });
        await wide();
        const dark = wrong.length;
        wrong.push(...(await check(tab, undefined, ofColour)));
        await opened(ofColour);
        return wrong.map((line, at) => (at < dark ? line : `in the dark: ${line}`));
      });
    }
    await context.close();
  }
}

/** Texts that have so little room that their letters stand below each other. Runs in the browser. */
function squeezed() {
  const wrong = new Set();
  for (const e of document.querySelectorAll("body *")) {
    const own = [...e.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data.trim()).join(" ");
    if (own.length < 12 || e.closest(".vh, svg") || !e.checkVisibility({ visibilityProperty: true })) continue;
    const { width, height } = e.getBoundingClientRect();
    const em = parseFloat(getComputedStyle(e).fontSize);
    if (width > 1 && width < 3 * em && height > 5 * em) wrong.add(`has room for a letter or two: ${e.outerHTML.slice(0, 140).replace(/\s+/g, " ")}`);
  }
  return [...wrong];
}

/** What is to be pressed and is smaller than 24 px one way; links within text are as high as its lines. Runs in the browser. */
function small() {
  const wrong = new Set();
  for (const e of document.querySelectorAll("a[href], button, summary, input, select, textarea, label:has(input), [role=button]")) {
    if (!e.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const rects = [...e.getClientRects()].filter(({ width, height }) => width > 1 && height > 1);
    if (!rects.length) continue;
    const words = e.textContent.trim();
    const beside = e.closest("p, li, td, th, dd, dt, figcaption, blockquote, h1, h2, h3, h4")?.textContent.trim() ?? words;
    if (getComputedStyle(e).display === "inline" && beside.length > words.length) continue;
    // What is drawn for the eye alone, beside a link that does the same.
    if (e.closest("[aria-hidden=true]")) continue;
    // The label of a button that is drawn by it is as good as the button itself.
    if (e.matches("label *")) continue;
    const { width, height } = e.getBoundingClientRect();
    if (width < 23.99 || height < 23.99) wrong.add(`is ${Math.round(width)} × ${Math.round(height)} px: ${e.outerHTML.slice(0, 140).replace(/\s+/g, " ")}`);
  }
  return [...wrong];
}

/** The elements that reach furthest past the window. */
function widest(tab) {
  return tab.evaluate(() => {
    const over = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > window.innerWidth + 1);
    return over.slice(-3).map((e) => e.outerHTML.slice(0, 120).replace(/\s+/g, " ")).join(" | ");
  });
}
