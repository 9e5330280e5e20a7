// Takes the pictures of this repository's site for the README: docs/pictures/.
//
//   node tests/browser/pictures.mjs
//
// Needs Chromium. EXPOUND names the program, CHROMIUM the browser.

import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, launch, repository } from "./machine.mjs";
import { serve } from "./server.mjs";
import { Served, open } from "./serving.mjs";

const pictures = join(repository, "docs/pictures");
const temporary = mkdtempSync(join(tmpdir(), "expound-pictures-"));
mkdirSync(pictures, { recursive: true });
let browser;
try {
  browser = await launch();
  const out = join(temporary, "site");
  build(repository, out);
  let site = await serve(out, "/");

  /** A picture of a window: of a place on a page, after something was done there. */
  const picture = async (name, { path = "", width, height, colorScheme = "light", place, act }) => {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme, reducedMotion: "reduce" });
    const tab = await context.newPage();
    await tab.goto(`${site.origin}/${path}`);
    if (place) await tab.locator(place).first().evaluate((element) => element.scrollIntoView({ block: "start" }));
    await act?.(tab);
    await tab.screenshot({ path: join(pictures, `${name}.png`) });
    await context.close();
  };

  // The front page as it comes, at three widths, light and dark.
  const heights = { 360: 760, 768: 960, 1440: 900 };
  for (const width of [360, 768, 1440]) {
    for (const colorScheme of ["light", "dark"]) {
      await picture(`explainer-${width}-${colorScheme}`, { width, height: heights[width], colorScheme });
    }
  }
  // What can be done with it.
  const define = (tab) => tab.locator("#what-changed a.term").nth(1).click();
  await picture("definition", { width: 1280, height: 800, place: "#what-changed", act: define });
  await picture("source", { width: 1280, height: 800, place: "#how-we-got-here", act: (tab) => tab.locator("#how-we-got-here a.cite").nth(2).click() });
  await picture("as-of", { width: 1280, height: 860, path: "terms/?as-of=2025-10-28" });
  await picture("terms-360", { width: 360, height: 760, place: "figure.sheet" });
  await picture("timeline-1440-dark", { width: 1440, height: 900, path: "timeline/", colorScheme: "dark" });
  await picture("timeline-360", { width: 360, height: 760, path: "timeline/", place: ".timeline" });
  const ask = async (tab) => {
    await tab.keyboard.press("/");
    await tab.locator("dialog.search [role=combobox]").fill("exclusive");
    await tab.locator("dialog.search mark").first().waitFor();
  };
  await picture("search", { width: 1280, height: 800, act: ask });
  await picture("comparison-768", { width: 768, height: 800, path: "compare/clouds/" });
  // The cards are files of the site.
  for (const card of ["explainer", "timeline"]) copyFileSync(join(out, `cards/${card}.png`), join(pictures, `card-${card}.png`));
  await site.close();

  // The other look, from the same files.
  const briefing = join(temporary, "briefing");
  mkdirSync(briefing);
  cpSync(join(repository, "content"), join(briefing, "content"), { recursive: true });
  writeFileSync(join(briefing, "expound.toml"), `${readFileSync(join(repository, "expound.toml"), "utf8")}\n[theme]\nlook = "briefing"\n`);
  build(briefing, `${out}-briefing`);
  site = await serve(`${out}-briefing`, "/");
  await picture("briefing-1440-light", { width: 1440, height: 900 });
  copyFileSync(join(`${out}-briefing`, "cards/compare/clouds.png"), join(pictures, "card-briefing.png"));
  await picture("briefing-360-dark", { width: 360, height: 760, colorScheme: "dark" });
  await site.close();

  // The example, and its beginning in a language that runs to the left and in one without spaces.
  const example = join(temporary, "example");
  cpSync(join(repository, "examples/common-charger"), example, { recursive: true });
  for (const language of ["ar", "ja"]) {
    copyFileSync(join(repository, `tests/browser/translations/index.${language}.md`), join(example, `content/index.${language}.md`));
  }
  build(example, `${out}-example`);
  site = await serve(`${out}-example`, "/");
  await picture("example-1440-light", { width: 1440, height: 900 });
  await picture("example-german-360-dark", { path: "de/", width: 360, height: 760, colorScheme: "dark" });
  await picture("chart-768", { path: "de/", width: 768, height: 620, place: "figure.chart" });
  for (const [language, name] of [["ar", "arabic"], ["ja", "japanese"]]) {
    await picture(`${name}-1440-light`, { path: `${language}/`, width: 1440, height: 900 });
    await picture(`${name}-360-light`, { path: `${language}/`, width: 360, height: 760 });
    copyFileSync(join(`${out}-example`, `${language}/cards/explainer.png`), join(pictures, `card-${name}.png`));
  }
  await site.close();

  // The preview, with mistakes in a text.
  const preview = await new Served().start();
  try {
    const section = "content/20-how-we-got-here.md";
    preview.write(section, `${preview.read(section).trimEnd()} The [[licens]] ended [@voelk-2025].\n`);
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" });
    const tab = await open(context, preview.address);
    await tab.locator("expound-preview dialog[open]").waitFor();
    await tab.screenshot({ path: join(pictures, "preview.png") });
    await context.close();
  } finally {
    await preview.close();
  }
} finally {
  await browser?.close();
  rmSync(temporary, { recursive: true, force: true });
}
