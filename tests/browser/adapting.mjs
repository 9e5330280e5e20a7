// A page bends to its reader: enlarged fourfold, with text set wider, in colours of the reader's own, without motion,
// without styles, and in a language that runs to the left.

import { check } from "./accessibility.mjs";
import { addressOf, layOut } from "./site.mjs";

export async function adapting(site, pages, browser, test) {
  // A window costs as much as what is looked at in it: one does for all of a page.
  let context, tab;
  const open = async ({ viewport = { width: 1440, height: 900 }, forcedColors = "none" }, page, run) => {
    context ??= await browser.newContext();
    tab ??= await context.newPage();
    await tab.setViewportSize(viewport);
    await tab.emulateMedia({ forcedColors, reducedMotion: "reduce" });
    await tab.goto(site.origin + site.base + addressOf(page));
    await tab.evaluate(layOut);
    return run(tab);
  };
  for (const page of pages) {
    let whole;
    await test(`${site.name}: adapting: ${page} at 400 %`, async () => {
      whole = await open({}, page, (tab) => tab.evaluate(shown));
      return open({ viewport: { width: 320, height: 256 } }, page, async (tab) => {
        const wrong = await tab.evaluate(sideways);
        const small = await tab.evaluate(shown);
        for (const heading of whole.headings) if (!small.headings.includes(heading)) wrong.push(`the heading “${heading}” is lost`);
        // On a phone a value that is the same as the one above it isn't said again.
        if (small.text < whole.text * 0.85) wrong.push(`shows ${small.text} of ${whole.text} characters`);
        wrong.push(...(await tab.evaluate(inTheWay)));
        return wrong;
      });
    });
    await test(`${site.name}: adapting: ${page} with text twice as large at 360`, () => open({ viewport: { width: 360, height: 740 } }, page, async (tab) => {
      await tab.evaluate(enlarge);
      return tab.evaluate(sideways);
    }));
    for (const width of [320, 1440]) {
      await test(`${site.name}: adapting: ${page} with text set wider at ${width}`, () => open({ viewport: { width, height: 900 } }, page, async (tab) => {
        const before = await tab.evaluate(overlaps);
        await tab.evaluate(spaceOut);
        const wrong = [...(await tab.evaluate(sideways)), ...(await tab.evaluate(clipped))];
        wrong.push(...(await tab.evaluate(overlaps)).map((line) => `${line}${before.includes(line) ? " (without that, too)" : ""}`));
        return wrong;
      }));
    }
    await test(`${site.name}: adapting: ${page} in forced colours`, () => open({ forcedColors: "active" }, page, async (tab) => {
      const wrong = await check(tab);
      wrong.push(...(await tab.evaluate(alike)));
      return wrong;
    }));
    await test(`${site.name}: adapting: ${page} without motion`, () => open({}, page, async (tab) => {
      const term = tab.locator("main a.term[data-term]").first();
      if ((await term.count()) && (await term.isVisible())) await term.click();
      await tab.mouse.wheel(0, 600);
      return tab.evaluate(moving);
    }));
    await test(`${site.name}: adapting: ${page} without styles`, async () => {
      whole ??= await open({}, page, (tab) => tab.evaluate(shown));
      await tab.route(/\.css$/, (route) => route.abort());
      await tab.goto(site.origin + site.base + addressOf(page));
      const bare = await tab.evaluate(shown);
      const wrong = await tab.evaluate(outOfOrder);
      for (const heading of whole.headings) if (!bare.headings.includes(heading)) wrong.push(`the heading “${heading}” is lost`);
      if (bare.text < whole.text * 0.95) wrong.push(`shows ${bare.text} of ${whole.text} characters`);
      return wrong;
    });
    await context?.close();
    context = tab = undefined;
  }
}

/** A site in a language that runs to the left. */
export async function mirrored(site, pages, browser, test) {
  for (const width of [320, 768, 1440]) {
    const context = await browser.newContext({ viewport: { width, height: 900 }, reducedMotion: "reduce" });
    const tab = await context.newPage();
    for (const page of pages) {
      await test(`${site.name}: to the left: ${page} at ${width}`, async () => {
        await tab.goto(site.origin + site.base + addressOf(page));
        const wrong = [...(await tab.evaluate(sideways)), ...(await check(tab))];
        if (await tab.evaluate(() => getComputedStyle(document.body).direction !== "rtl")) wrong.push("runs to the right");
        wrong.push(...(await tab.evaluate(() => {
          const wrong = [];
          const box = (selector) => document.querySelector(selector)?.getBoundingClientRect();
          const [contents, text] = [box(".text > .contents"), box(".sections")];
          if (contents && text && innerWidth >= 1100 && contents.left < text.right - 1) wrong.push("the contents don't stand at the right of the text");
          const heading = document.querySelector("h1").getBoundingClientRect();
          const range = document.createRange();
          range.selectNodeContents(document.querySelector("h1"));
          const line = range.getClientRects()[0];
          if (Math.abs(line.right - heading.right) > 2) wrong.push("the title doesn't begin at the right");
          return wrong;
        })));
        return wrong;
      });
    }
    await context.close();
  }
}

// What follows runs in the browser.

/** The headings and the length of the text that can be seen. */
function shown() {
  const main = document.querySelector("main");
  const headings = [...main.querySelectorAll("h1, h2, h3")].filter((e) => e.checkVisibility({ visibilityProperty: true }));
  const visible = [...main.querySelectorAll("h1, h2, h3, p, li, td, th, dd, dt, figcaption")].filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.querySelector("p, li, td, dd, dt"));
  return { headings: headings.map((e) => e.textContent.replace(/\s+/g, " ").trim()), text: visible.reduce((sum, e) => sum + e.textContent.replace(/\s+/g, " ").length, 0) };
}

function sideways() {
  const over = document.documentElement.scrollWidth - innerWidth;
  if (over <= 0) return [];
  const wide = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1 || e.getBoundingClientRect().left < -1);
  return [`is ${over} px wider than the window: ${wide.slice(-3).map((e) => e.outerHTML.slice(0, 120).replace(/\s+/g, " ")).join(" | ")}`];
}

/** What stays in the window while the page scrolls must leave most of it to the text. */
function inTheWay() {
  const wrong = [];
  scrollTo({ top: document.documentElement.scrollHeight / 2, behavior: "instant" });
  for (const e of document.querySelectorAll("body *")) {
    const { position } = getComputedStyle(e);
    if (position !== "fixed" && position !== "sticky") continue;
    const { top, bottom, width, left, right } = e.getBoundingClientRect();
    const height = Math.min(bottom, innerHeight) - Math.max(top, 0);
    // A column that stays beside others is no bar over the text.
    const across = Math.min(right, innerWidth) - Math.max(left, 0);
    if (width && height > innerHeight / 3 && across > innerWidth / 2) wrong.push(`takes ${Math.round(height)} px of the window: ${e.outerHTML.slice(0, 100)}`);
  }
  return wrong;
}

/** Letters twice as large, as a reader may set them in the browser. */
function enlarge() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("html { font-size: 200% !important }");
  document.adoptedStyleSheets.push(sheet);
}

/** What a reader may set by WCAG 1.4.12. */
function spaceOut() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }");
  document.adoptedStyleSheets.push(sheet);
}

/** Elements that cut off what is in them. */
function clipped() {
  const wrong = [];
  for (const e of document.querySelectorAll("body *")) {
    const style = getComputedStyle(e);
    const cuts = (value) => value === "hidden" || value === "clip";
    if (!e.clientWidth || !e.checkVisibility({ visibilityProperty: true })) continue;
    // What is there for screen readers alone is a dot.
    if (e.clientWidth <= 1 || e.clientHeight <= 1) continue;
    const across = cuts(style.overflowX) && e.scrollWidth > e.clientWidth + 1;
    const down = cuts(style.overflowY) && e.scrollHeight > e.clientHeight + 1;
    if (across || down) wrong.push(`cuts off (${e.scrollWidth} × ${e.scrollHeight} in ${e.clientWidth} × ${e.clientHeight}): ${e.outerHTML.slice(0, 120).replace(/\s+/g, " ")}`);
  }
  return wrong;
}

/** Texts that lie over each other. */
function overlaps() {
  const boxes = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode()); ) {
    const parent = node.parentElement;
    if (!node.data.trim() || !parent.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    if (getComputedStyle(parent).position === "fixed" || parent.closest(".skip, [popover]")) continue;
    // For screen readers alone.
    let hidden = false;
    for (let e = parent; e && e !== document.body; e = e.parentElement) hidden ||= e.clientWidth === 1 || e.clientHeight === 1;
    if (hidden) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const { left, right, top, bottom } of range.getClientRects()) {
      // A line's box is higher than its letters, which is no harm where two lines are near each other.
      const room = (bottom - top) * 0.25;
      if (right - left > 2) boxes.push({ left: left + 1, right: right - 1, top: top + room, bottom: bottom - room, node });
    }
  }
  boxes.sort((a, b) => a.top - b.top);
  const wrong = new Set();
  boxes.forEach((a, at) => {
    for (let next = at + 1; next < boxes.length && boxes[next].top < a.bottom; next++) {
      const b = boxes[next];
      if (a.left < b.right && b.left < a.right && a.node !== b.node) {
        wrong.add(`“${a.node.data.trim().slice(0, 40)}” and “${b.node.data.trim().slice(0, 40)}” lie over each other`);
      }
    }
  });
  return [...wrong];
}

/** Marks of different kinds that have the same shape once colours are gone. */
function alike() {
  const kinds = new Map();
  const wrong = [];
  for (const sign of document.querySelectorAll("main .sign")) {
    const mark = sign.parentElement;
    const kind = [...mark.classList].find((name) => /^(mark|to)-/.test(name)) ?? mark.className;
    const shape = sign.checkVisibility({ visibilityProperty: true }) ? sign.textContent.trim() : "";
    if (!mark.checkVisibility()) continue;
    if (!shape) wrong.push(`${kind} has no shape`);
    const other = kinds.get(shape);
    if (other && other !== kind) wrong.push(`${kind} looks like ${other}: ${mark.outerHTML.slice(0, 120)}`);
    kinds.set(shape, kind);
  }
  return [...new Set(wrong)];
}

/** What moves by itself, or would. */
function moving() {
  // The edge of a table that is cut off fades with the reader's own scrolling, and stands still.
  const wrong = document.getAnimations().filter((a) => a.animationName !== "cut").map((a) => `moves: ${a.effect?.target?.outerHTML.slice(0, 100)}`);
  for (const e of [document.documentElement, document.body, ...document.querySelectorAll("body *")]) {
    if (getComputedStyle(e).scrollBehavior === "smooth") wrong.push(`scrolls smoothly: ${e.outerHTML.slice(0, 80)}`);
  }
  return wrong.slice(0, 5);
}

/** Blocks of text that stand above one that comes before them in the source. */
function outOfOrder() {
  const wrong = [];
  let last;
  for (const e of document.querySelectorAll("body :is(h1, h2, h3, p, li, dt, dd, tr, figcaption)")) {
    if (!e.checkVisibility() || !e.getClientRects().length) continue;
    const { top } = e.getBoundingClientRect();
    if (last && top < last.top - 1) wrong.push(`stands before what it follows: ${e.outerHTML.slice(0, 100).replace(/\s+/g, " ")}`);
    last = { top };
  }
  return wrong;
}
