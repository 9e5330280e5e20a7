// Every page says what it may load and run, that is as little as can be, and keeps to it: nothing on it is blocked, and
// its script runs. https://csp-evaluator.withgoogle.com/ finds nothing to say about the policy.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import evaluator from "csp_evaluator/dist/evaluator.js";
import finding from "csp_evaluator/dist/finding.js";
import parser from "csp_evaluator/dist/parser.js";
import { addressOf } from "./site.mjs";

const { CspEvaluator } = evaluator;
const { CspParser } = parser;
const severities = Object.fromEntries(Object.entries(finding.Severity).map(([name, number]) => [number, name]));

export async function security(site, pages, redirects, browser, test) {
  await test(`${site.name}: policy: every page has a strict one, before anything that is loaded`, () => {
    const wrong = [];
    const judged = new Map();
    for (const page of site.pages) {
      const html = readFileSync(join(site.out, page), "utf8");
      const meta = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(html);
      if (!meta) {
        wrong.push(`${page}: has no policy`);
        continue;
      }
      const policy = meta[1];
      const first = html.search(/<(script|link|style|img)\b/);
      if (first >= 0 && first < meta.index) wrong.push(`${page}: something is loaded before the policy`);
      if (/ style="/.test(html)) wrong.push(`${page}: has a style attribute`);
      for (const [, attributes] of html.matchAll(/<script\b([^>]*)>/g)) {
        const integrity = /integrity="(sha256-[^"]+)"/.exec(attributes)?.[1];
        const isData = attributes.includes('type="application/ld+json"');
        if (!isData && !policy.includes(`'${integrity}'`)) wrong.push(`${page}: the policy doesn't name <script${attributes}>`);
      }
      if (!judged.has(policy)) {
        judged.set(policy, page);
        for (const found of new CspEvaluator(new CspParser(policy).csp).evaluate()) {
          wrong.push(`${page}: ${severities[found.severity]}: ${found.directive}: ${found.description}`);
        }
        for (const part of ["default-src 'none'", "base-uri 'none'", "object-src 'none'", "require-trusted-types-for 'script'"]) {
          if (!policy.split("; ").includes(part)) wrong.push(`${page}: lacks ${part}`);
        }
      }
    }
    return wrong;
  });

  const context = await browser.newContext();
  await context.addInitScript(() => {
    globalThis.blocked = [];
    document.addEventListener("securitypolicyviolation", (event) => {
      globalThis.blocked.push(`${event.effectiveDirective} blocks ${event.blockedURI || event.sourceFile} ${event.sample}`);
    });
  });
  const tab = await context.newPage();
  let said = [];
  tab.on("console", (message) => ["error", "warning"].includes(message.type()) && said.push(`console: ${message.text()}`));
  tab.on("pageerror", (error) => said.push(`script: ${error.message}`));
  for (const page of pages) {
    await test(`${site.name}: policy: nothing on ${page} is blocked`, async () => {
      said = [];
      await tab.goto(site.origin + site.base + addressOf(page), { waitUntil: "load" });
      const ran = () => tab.evaluate(() => !document.querySelector("script[src]") || typeof globalThis.expound === "object");
      const wrong = [];
      if (!(await ran())) wrong.push("its script has not run");
      // Everything that can be opened without leaving the page.
      for (const selector of ["main a.term[data-term]", "main details:not([open]) > summary", "main button:not([popovertarget])"]) {
        for (const part of (await tab.locator(selector).all()).slice(0, 3)) {
          if (!(await part.isVisible())) continue;
          await part.click();
          await tab.keyboard.press("Escape");
        }
      }
      wrong.push(...said, ...(await tab.evaluate(() => globalThis.blocked)));
      return wrong;
    });
  }
  for (const page of redirects) {
    await test(`${site.name}: policy: the old address ${page} leads on`, async () => {
      const address = site.origin + site.base + addressOf(page);
      await tab.goto(address, { waitUntil: "commit" });
      await tab.waitForURL((url) => url.href !== address, { waitUntil: "load" });
      return (await tab.locator("main h1").isVisible()) ? [] : ["to nothing"];
    });
  }
  await test(`${site.name}: policy: what a page must not run is not run`, async () => {
    await tab.goto(site.origin + site.base);
    return tab.evaluate(async () => {
      const wrong = [];
      const script = document.createElement("script");
      try {
        script.text = "globalThis.ran = 1";
      } catch {
        // Trusted Types keep the text out altogether.
      }
      document.body.append(script);
      try {
        document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='globalThis.ran = 1'>");
        wrong.push("a text can be put on the page as HTML");
      } catch {
        // So it should be.
      }
      const loaded = document.createElement("script");
      loaded.async = true;
      const refused = new Promise((resolve) => {
        loaded.onload = () => resolve(false);
        loaded.onerror = () => resolve(true);
      });
      try {
        loaded.src = document.querySelector("script[src]").src;
        document.body.append(loaded);
        if (!(await refused)) wrong.push("a script without its hash is loaded");
      } catch {
        // Neither may a text become the address of a script.
      }
      const styled = document.createElement("p");
      styled.setAttribute("style", "color: rgb(1, 2, 3)");
      document.body.append(styled);
      if (getComputedStyle(styled).color === "rgb(1, 2, 3)") wrong.push("a style attribute counts");
      if (globalThis.ran) wrong.push("a script within the page has run");
      return wrong;
    });
  });
  await context.close();
}
