// Every kind of page passes axe, on a phone and on a desk, in light and in dark, without sideways scrolling, without
// errors in the console, and without asking another host for anything.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { addressOf, onePerKind } from "./site.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

export async function accessibility(site, browser, test, widths = [360, 1440]) {
  for (const width of widths) {
    for (const colorScheme of ["light", "dark"]) {
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, reducedMotion: "reduce" });
      const tab = await context.newPage();
      let asked = [];
      tab.on("request", (request) => {
        if (!request.url().startsWith(site.origin) && !request.url().startsWith("data:")) asked.push(`asks for ${request.url()}`);
      });
      tab.on("console", (message) => message.type() === "error" && asked.push(`console: ${message.text()}`));
      tab.on("pageerror", (error) => asked.push(`script: ${error.message}`));
      for (const page of onePerKind(site.pages)) {
        await test(`${site.name}: for everyone: ${page} at ${width}, ${colorScheme}`, async () => {
          asked = [];
          await tab.goto(site.origin + site.base + addressOf(page));
          const wrong = asked;
          const sideways = await tab.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          if (sideways > 0) wrong.push(`is ${sideways} px wider than the window: ${await widest(tab)}`);
          await tab.evaluate(axe);
          const { violations } = await tab.evaluate((values) => globalThis.axe.run(document, { runOnly: { type: "tag", values }, resultTypes: ["violations"] }), rules);
          for (const { id, help, nodes } of violations) {
            for (const node of nodes.slice(0, 3)) wrong.push(`${id}: ${help}: ${node.html.slice(0, 200)} ${(node.any[0] ?? node.all[0])?.message ?? ""}`);
          }
          return wrong;
        });
      }
      await context.close();
    }
  }
}

/** The elements that reach furthest past the window. */
function widest(tab) {
  return tab.evaluate(() => {
    const over = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > window.innerWidth + 1);
    return over.slice(-3).map((e) => e.outerHTML.slice(0, 120).replace(/\s+/g, " ")).join(" | ");
  });
}
