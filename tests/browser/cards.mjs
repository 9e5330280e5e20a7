// The card that a page names is there: a PNG of the size that the page says.

import { mkdtempSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build, repository } from "./machine.mjs";
import { serve } from "./server.mjs";
import { htmlPages } from "./site.mjs";

export async function cards(temporary, browser, test) {
  const out = join(mkdtempSync(join(temporary, "cards-")), "site");
  const server = await serve(out, "/deal/");
  build(repository, out, "--base-url", `${server.origin}/deal/`);
  const pages = htmlPages(out).filter((page) => !page.includes("embed/") && page !== "404.html");
  const context = await browser.newContext();
  const tab = await context.newPage();
  try {
    await test("cards: every page names one, and it is what the page says", async () => {
      const wrong = [];
      for (const page of pages) {
        const html = readFileSync(join(out, page), "utf8");
        const said = (name) => new RegExp(`property="og:image${name}" content="([^"]*)"`).exec(html)?.[1];
        const answer = await tab.request.get(said("") ?? server.origin);
        if (answer.status() !== 200 || answer.headers()["content-type"] !== "image/png") wrong.push(`${page}: ${said("")} answers ${answer.status()} ${answer.headers()["content-type"]}`);
        if (!said(":alt")) wrong.push(`${page}: the card has no text`);
        const size = await tab.goto(said("")).then(() => tab.evaluate(() => [document.images[0].naturalWidth, document.images[0].naturalHeight]));
        if (`${size}` !== `${said(":width")},${said(":height")}` || `${size}` !== "1200,630") wrong.push(`${page}: ${size}`);
      }
      return wrong;
    });
  } finally {
    await context.close();
    await server.close();
  }
}
