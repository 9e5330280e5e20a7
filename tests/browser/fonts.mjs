// Fonts of the site's own: pages are drawn with them, nothing moves when they come late or not at all, the policy lets
// them through, nobody else is asked for them; and in an explainer in one file they are inside.

import { execFileSync } from "node:child_process";
import { appendFileSync, cpSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build, program, repository } from "./machine.mjs";
import { serve } from "./server.mjs";

/** A paragraph of running text. */
const paragraph = "main .sections p:not([class])";

const settings = `
[theme.fonts]
body = ["fonts/NotoSans-Regular.ttf", "fonts/NotoSans-Bold.ttf"]
heading = "fonts/NotoSerif-Bold.ttf"
`;

/** This repository's site, with fonts. */
function copy(folder) {
  mkdirSync(folder);
  cpSync(join(repository, "content"), join(folder, "content"), { recursive: true });
  cpSync(join(repository, "expound.toml"), join(folder, "expound.toml"));
  appendFileSync(join(folder, "expound.toml"), settings);
  appendFileSync(join(folder, "content/index.md"), "\nSome words are **bold**.\n");
  for (const name of ["NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoSerif-Bold.ttf"]) {
    cpSync(join(repository, "src/render/cards/fonts", name), join(folder, "fonts", name));
  }
  return folder;
}

/** Takes down what moves, from the start. Runs in the browser. */
function watch() {
  window.moved = 0;
  const add = (list) => list.getEntries().forEach((entry) => (window.moved += entry.value));
  new PerformanceObserver(add).observe({ type: "layout-shift", buffered: true });
}

/** The fonts that the first element of a kind is drawn with, and whether they are the site's own. */
async function drawnWith(tab, selector) {
  const session = await tab.context().newCDPSession(tab);
  await session.send("DOM.enable");
  await session.send("CSS.enable");
  const { root } = await session.send("DOM.getDocument");
  const { nodeId } = await session.send("DOM.querySelector", { nodeId: root.nodeId, selector });
  const { fonts } = await session.send("CSS.getPlatformFontsForNode", { nodeId });
  const names = fonts.map((font) => `${font.familyName}${font.isCustomFont ? " (the site's)" : ""}`);
  return [...new Set(names)].sort().join(", ");
}

/** Opens a page and takes down what goes wrong on it. `late`: milliseconds that fonts take. */
async function open(browser, address, late) {
  const context = await browser.newContext({ reducedMotion: "reduce", viewport: { width: 1280, height: 900 } });
  const tab = await context.newPage();
  const wrong = [];
  tab.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith("data:") && new URL(url).origin !== new URL(address).origin) wrong.push(`asks for ${url}`);
  });
  tab.on("console", (message) => message.type() === "error" && wrong.push(`console: ${message.text()}`));
  if (late) {
    await tab.route("**/*.woff2", async (route) => {
      await new Promise((done) => setTimeout(done, late));
      await route.continue().catch(() => {});
    });
  }
  await tab.addInitScript(watch);
  await tab.goto(address, { waitUntil: "load" });
  await tab.waitForTimeout(500 + (late ?? 0));
  return { context, tab, wrong };
}

export async function fonts(temporary, browser, test) {
  const root = copy(join(temporary, "fonts"));
  const out = join(temporary, "fonts-out");
  build(root, out);
  const server = await serve(out, "/");
  const height = (tab) => tab.evaluate(() => document.querySelector("#_main").getBoundingClientRect().height);
  try {
    let whole;
    await test("fonts: pages are drawn with the site's own, and nothing moves", async () => {
      // Whoever has been here before has them.
      const { context, tab, wrong } = await open(browser, `${server.origin}/`);
      await tab.reload({ waitUntil: "load" });
      await tab.waitForTimeout(500);
      const [text, heading, menu] = [await drawnWith(tab, paragraph), await drawnWith(tab, "h1"), await drawnWith(tab, "nav a")];
      if (!text.includes("Noto Sans (the site's)")) wrong.push(`text is in ${text}`);
      if (heading !== "Noto Serif (the site's)") wrong.push(`the heading is in ${heading}`);
      const bold = await drawnWith(tab, "main strong");
      if (bold !== "Noto Sans (the site's)") wrong.push(`what is bold is in ${bold}`);
      if (menu.includes("the site's")) wrong.push(`the menu is in ${menu}`);
      const moved = await tab.evaluate(() => window.moved);
      if (moved !== 0) wrong.push(`things move by ${moved}`);
      whole = await height(tab);
      await context.close();
      return wrong;
    });
    await test("fonts: a first visit with slow fonts moves nothing, and takes as much room", async () => {
      const { context, tab, wrong } = await open(browser, `${server.origin}/`, 1500);
      const moved = await tab.evaluate(() => window.moved);
      if (moved !== 0) wrong.push(`things move by ${moved}`);
      const text = await drawnWith(tab, paragraph);
      if (!text || text.includes("the site's")) wrong.push(`text is in ${text || "nothing"}`);
      const now = await height(tab);
      if (Math.abs(now / whole - 1) > 0.03) wrong.push(`the page is ${now} px high without the fonts, and ${whole} px with them`);
      await context.close();
      return wrong;
    });
    await test("fonts: those that a page begins with are asked for in its head, each once", async () => {
      const names = readdirSync(join(out, "assets")).filter((name) => name.endsWith(".woff2"));
      const asked = [];
      const context = await browser.newContext();
      const tab = await context.newPage();
      tab.on("request", (request) => request.url().endsWith(".woff2") && asked.push(request.url()));
      await tab.goto(`${server.origin}/`, { waitUntil: "load" });
      await tab.waitForTimeout(300);
      const first = await tab.locator('link[rel="preload"][as="font"]').count();
      await context.close();
      const wrong = names.length === 3 ? [] : [`there are ${names.length} fonts`];
      if (first !== 3) wrong.push(`${first} fonts are asked for in the head`);
      if (new Set(asked).size !== asked.length) wrong.push(`asked for twice: ${asked.join(", ")}`);
      return wrong;
    });
    await test("fonts: an explainer in one file has them inside", async () => {
      const file = join(temporary, "fonts.html");
      execFileSync(program, ["build", "--single-file", "--root", root, "--out", file], { stdio: ["ignore", "ignore", "pipe"] });
      const { context, tab, wrong: found } = await open(browser, pathToFileURL(file).href);
      // Looking at fonts makes the browser complain about files.
      const wrong = [...found];
      const [text, heading] = [await drawnWith(tab, paragraph), await drawnWith(tab, "h1")];
      if (!text.includes("Noto Sans (the site's)")) wrong.push(`text is in ${text}`);
      if (heading !== "Noto Serif (the site's)") wrong.push(`the heading is in ${heading}`);
      const moved = await tab.evaluate(() => window.moved);
      // Browsers take a moment to unpack a font, and may draw before that: then a line of the text may break elsewhere.
      if (moved > 0.02) wrong.push(`things move by ${moved}`);
      if (await tab.locator('link[rel="preload"]').count()) wrong.push("a font is asked for in the head");
      await context.close();
      return wrong;
    });
  } finally {
    await server.close();
    rmSync(root, { recursive: true, force: true });
  }
}
