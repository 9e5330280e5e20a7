// Takes the pictures of this repository's site for the README: docs/pictures/.
//
//   node tests/browser/pictures.mjs
//
// Needs Chromium. EXPOUND names the program, CHROMIUM the browser.

import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
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
  const site = await serve(out, "/");

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

  const define = (tab) => tab.locator("main a.term").first().click();
  await picture("explainer", { width: 1280, height: 800, act: define });
  await picture("phone", { width: 360, height: 760, place: "figure.sheet" });
  await picture("terms", { width: 1280, height: 800, path: "terms/" });
  await picture("timeline-dark", { width: 1280, height: 800, path: "timeline/", colorScheme: "dark" });
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
