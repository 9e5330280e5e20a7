// Charts: what is written in them can be read at any width, light and dark, in languages of either direction, and their
// numbers are there as a table and as a file.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { check, ofColour } from "./accessibility.mjs";
import { build } from "./machine.mjs";
import { serve } from "./server.mjs";

const sheet = `year,Roads,Rail,Cycling and walking\n${[2018, 2019, 2020, 2021, 2022, 2023, 2024].map((year, at) => `${year},${12 + (at % 3)},${8 + at},${at === 3 ? "" : at / 3}`).join("\n")}\n`;
const block = (title, options, data) => `\`\`\`{chart}\ntitle = "${title}"\nsources = ["s"]\n${options}\ndata = ${data ? `"""\n${data}"""` : '"sheet.csv"'}\n\`\`\`\n`;
const charts = [
  block("Lines", 'kind = "line"\nsuffix = " bn"\nannotation = [{ at = "2022", text = "The new law" }, { at = "2023", text = "Another law that followed" }]'),
  block("Bars", 'highlight = ["France"]', "Country,Share\nGermany,24.7\nFrance,17.1\nThe United Kingdom of Great Britain and Northern Ireland,12.3\nElsewhere,-3.2\nNowhere,\n"),
  block("Grouped", 'y = ["Roads", "Rail"]'),
  block("Dots", 'kind = "dot"', "Region,2019,2024\nNorth,31,44\nSouth,52,49\nWest,,29\n"),
  block("Slope", 'kind = "slope"', "Party,2019,2024\nGreens,20.5,11.9\nConservatives,28.9,30\nSocial Democrats,15.8,13.9\nLiberals,5.4,5.2\nLeft,5.5,2.7\n"),
  block("Areas", 'kind = "area"\ny = ["Roads", "Rail"]'),
];

/** Texts that lie on each other, or run out of the drawing. Runs in the browser. */
function clashes() {
  const wrong = [];
  for (const svg of document.querySelectorAll(".chart svg")) {
    if (!svg.checkVisibility()) continue;
    const frame = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll("text")].map((text) => ({ words: text.textContent, box: text.getBoundingClientRect() }));
    for (const [at, { words, box }] of texts.entries()) {
      if (box.left < frame.left - 2 || box.right > frame.right + 2) wrong.push(`“${words}” runs out of the drawing`);
      for (const other of texts.slice(at + 1)) {
        const across = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
        const down = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
        if (across > 1 && down > 4) wrong.push(`“${words}” and “${other.words}” lie on each other`);
      }
    }
  }
  return wrong;
}

export async function drawn(temporary, browser, test) {
  for (const language of ["en", "ar"]) {
    const root = join(temporary, `charts-${language}`);
    mkdirSync(join(root, "content"), { recursive: true });
    writeFileSync(join(root, "expound.toml"), `title = "Charts"\nlanguage = "${language}"\nbase_url = "https://charts.example/"\n`);
    writeFileSync(join(root, "content/sources.toml"), '[[source]]\nid = "s"\ntitle = "A report"\n');
    writeFileSync(join(root, "content/sheet.csv"), sheet);
    writeFileSync(join(root, "content/index.md"), `+++\ntitle = "Charts"\n+++\n\n${charts.join("\n")}`);
    const out = join(temporary, `charts-${language}-out`);
    build(root, out);
    const server = await serve(out, "/");
    try {
      for (const width of [320, 768, 1440]) {
        for (const colorScheme of width === 768 ? ["light"] : ["light", "dark"]) {
          const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, javaScriptEnabled: true });
          const tab = await context.newPage();
          await test(`charts: ${language} at ${width}, ${colorScheme}`, async () => {
            await tab.goto(server.origin);
            const seen = await tab.locator(".chart svg:visible").count();
            const wrong = seen === charts.length ? [] : [`${seen} drawings are seen of ${charts.length}`];
            wrong.push(...(await tab.evaluate(clashes)), ...(await check(tab, undefined, colorScheme === "dark" ? ofColour : undefined)));
            const sideways = await tab.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
            if (sideways > 0) wrong.push(`is ${sideways} px wider than the window`);
            return wrong;
          });
          await context.close();
        }
      }
      const context = await browser.newContext({ viewport: { width: 360, height: 800 }, javaScriptEnabled: false });
      const tab = await context.newPage();
      await test(`charts: ${language}: the numbers without script`, async () => {
        await tab.goto(server.origin);
        const figure = tab.locator(".chart").nth(1);
        await figure.locator(".numbers summary").click();
        const cells = await figure.locator("tbody tr").nth(1).innerText();
        const file = await tab.request.get(new URL(await figure.locator("a[download]").getAttribute("href"), server.origin).href);
        const wrong = [];
        if (!cells.includes("France")) wrong.push(`the second row says ${JSON.stringify(cells)}`);
        if (!(await file.text()).includes("France,17.1")) wrong.push("the file lacks the numbers");
        const described = await figure.locator("svg").first().getAttribute("aria-labelledby");
        const words = await tab.locator(`[id="${described}"]`).textContent();
        // Alone, for the page of another site: the same drawing, described, with its title once.
        await figure.locator(".cite-this summary").click();
        const alone = new URL(await figure.locator("a[href*='/embed/chart/']").getAttribute("href")).pathname;
        await tab.goto(server.origin + alone);
        if ((await tab.locator(".chart svg:visible text", { hasText: "France" }).count()) !== 1) wrong.push(`${alone} shows no drawing`);
        if ((await tab.getByText("Bars", { exact: true }).filter({ visible: true }).count()) !== 1) wrong.push(`${alone} doesn't have its title once`);
        wrong.push(...(await tab.evaluate(clashes)));
        await tab.goBack();
        if (!words.includes("24")) wrong.push(`the drawing is described as ${JSON.stringify(words)}`);
        return wrong;
      });
      await context.close();
    } finally {
      await server.close();
    }
  }
}
