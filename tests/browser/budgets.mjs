// What a reader has to wait for: the sizes of the main page and of what it loads, and that nothing on it moves.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { launchWhole } from "./machine.mjs";
import { addressOf } from "./site.mjs";

/** The most that may be sent, in bytes under brotli at its best. Styles for paper, which no reader waits for, come on top. */
const most = { html: 35_000, css: 12_000, script: 10_000 };
/** A task of the browser that takes longer than this is felt. In milliseconds. */
const long = 50;
/** What a machine of usual speed takes for the plain paragraphs below, in milliseconds. */
const plain = 60;

const sent = (path) => brotliCompressSync(readFileSync(path)).length;

/** How often the style of an element that is shown may be worked out until the page is at rest. Once is needed; pages that
 *  are drawn before all of them has come, and what the script adds, take a little more. */
const styled = { times: 1.1, more: 150 };

export async function budgets(site, pages, test) {
  const browser = await launchWhole();
  try {
    await measure(site, pages, browser, test);
  } finally {
    await browser.close();
  }
}

async function measure(site, pages, browser, test) {
  const context = await browser.newContext({ viewport: { width: 360, height: 780 } });
  const tab = await context.newPage();
  await test(`${site.name}: budget: what the main page sends`, async () => {
    const asked = [];
    tab.on("request", (request) => asked.push(request.url()));
    await tab.goto(site.origin + site.base, { waitUntil: "load" });
    const wrong = asked.filter((url) => !url.startsWith(site.origin) && !url.startsWith("data:")).map((url) => `asks for ${url}`);
    const files = (ending) => asked.filter((url) => url.endsWith(ending)).map((url) => join(site.out, new URL(url).pathname.slice(site.base.length)));
    const sizes = { html: sent(join(site.out, "index.html")), css: 0, script: 0 };
    const paper = new Set(await tab.$$eval('link[media="print"]', (links) => links.map((link) => new URL(link.href).pathname.slice(1))));
    let onPaper = 0;
    for (const file of files(".css")) {
      if ([...paper].some((name) => file.endsWith(name))) onPaper += sent(file);
      else sizes.css += sent(file);
    }
    for (const file of files(".js")) sizes.script += sent(file);
    console.log(`${site.name}: brotli: HTML ${sizes.html} B, CSS ${sizes.css} B, script ${sizes.script} B; for paper ${onPaper} B of CSS`);
    for (const [kind, size] of Object.entries(sizes)) if (!size || size > most[kind]) wrong.push(`${kind}: ${size} of ${most[kind]} bytes`);
    const blocking = await tab.evaluate(() => performance.getEntriesByType("resource").filter((e) => e.renderBlockingStatus === "blocking").map((e) => e.name));
    for (const url of blocking) if (!url.endsWith(".css")) wrong.push(`${url} keeps the page from being drawn`);
    if (blocking.length > 1) wrong.push(`${blocking.length} files keep the page from being drawn: ${blocking}`);
    return wrong;
  });
  await context.close();

  for (const width of [360, 1440]) {
    await test(`${site.name}: budget: nothing moves at ${width}`, async () => {
      const { shifts } = await load(site, browser, width);
      return shifts;
    });
  }
  for (const page of pages) {
    await test(`${site.name}: budget: ${page} is styled once`, async () => {
      const { shown, elements } = await styling(site, page);
      if (!elements || !shown) return [`nothing was counted: ${elements} elements styled, ${shown} shown`];
      const allowed = Math.round(styled.times * shown + styled.more);
      return elements > allowed ? [`the styles of ${elements} elements are worked out, of ${allowed} allowed: ${shown} are shown`] : [];
    });
  }
  await test(`${site.name}: budget: no task is long`, async () => {
    // Whatever else the machine does makes tasks longer, never shorter: the best of some loads is the page's own. A
    // slow machine has longer ones too, so each load is held against plain paragraphs laid out right before it.
    let best;
    for (let turn = 0; turn < 6; turn++) {
      const slower = Math.max(1, (await paragraphs(browser)) / plain);
      const { tasks } = await load(site, browser, 360);
      const over = tasks.filter((time) => time > long * slower).map((time) => `a task of ${time} ms, at ${slower.toFixed(2)} times the usual`);
      if (!best || over.length < best.length) best = over;
      if (!best.length) return [];
    }
    return best;
  });
}

/** What a phone does to show a page: how many elements it shows, and how many times it works out the style of one. */
async function styling(site, page) {
  const browser = await launchWhole();
  try {
    const tracing = await browser.newBrowserCDPSession();
    const events = [];
    tracing.on("Tracing.dataCollected", ({ value }) => events.push(...value));
    const tab = await browser.newPage({ viewport: { width: 412, height: 823 }, isMobile: true, hasTouch: true });
    await tracing.send("Tracing.start", { traceConfig: { includedCategories: ["devtools.timeline"] }, transferMode: "ReportEvents" });
    await tab.goto(site.origin + site.base + addressOf(page), { waitUntil: "load" });
    const shown = await tab.evaluate(async () => {
      await new Promise((resolve) => requestIdleCallback(resolve));
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      return [...document.querySelectorAll("*")].filter((element) => element.checkVisibility({ contentVisibilityAuto: true })).length;
    });
    const complete = new Promise((resolve) => tracing.once("Tracing.tracingComplete", resolve));
    await tracing.send("Tracing.end");
    await complete;
    const { pid } = events.find(({ name, args }) => name === "ParseHTML" && args.beginData?.url.startsWith(site.origin)) ?? {};
    const styles = events.filter((event) => event.pid === pid && event.name === "UpdateLayoutTree");
    return { shown, elements: styles.reduce((sum, { args }) => sum + (args.elementCount ?? 0), 0) };
  } finally {
    await browser.close();
  }
}

/** How long the browser takes for plain paragraphs, in milliseconds: the best of some times. */
async function paragraphs(browser) {
  const tab = await browser.newPage();
  try {
    return await tab.evaluate(() => {
      const times = Array.from({ length: 5 }, (_, turn) => {
        document.body.replaceChildren();
        const start = performance.now();
        for (let number = 0; number < 1500; number++) {
          const paragraph = document.createElement("p");
          paragraph.textContent = `${turn} ${number} ${"some words that have to be broken into lines ".repeat(8)}`;
          document.body.append(paragraph);
        }
        document.body.getBoundingClientRect();
        return performance.now() - start;
      });
      return Math.min(...times);
    });
  } finally {
    await tab.close();
  }
}

/** Loads the main page and scrolls to its end: what moved, and the tasks that were long. */
async function load(site, browser, width) {
  const context = await browser.newContext({ viewport: { width, height: 780 } });
  await context.addInitScript((long) => {
    globalThis.shifts = [];
    globalThis.tasks = [];
    const place = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(" ");
    const name = ({ node, previousRect, currentRect }) => {
      const element = node?.nodeType === Node.TEXT_NODE ? node.parentElement : node;
      return `${element?.outerHTML.slice(0, 120)} from ${place(previousRect)} to ${place(currentRect)}`;
    };
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) globalThis.shifts.push(`moves by ${entry.value}: ${entry.sources.map(name).join(" | ")}`);
    }).observe({ type: "layout-shift", buffered: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (entry.duration > long) globalThis.tasks.push(Math.round(entry.duration));
    }).observe({ type: "longtask", buffered: true });
  }, long);
  try {
    const tab = await context.newPage();
    await tab.goto(site.origin + site.base, { waitUntil: "load" });
    return await tab.evaluate(async () => {
      const drawn = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      await drawn();
      const end = () => scrollY + innerHeight >= document.documentElement.scrollHeight - 1;
      for (let steps = 0; !end() && steps < 500; steps++) {
        scrollBy({ top: innerHeight * 0.9, behavior: "instant" });
        await drawn();
      }
      // Observers are told after the frame.
      await drawn();
      return { shifts: globalThis.shifts, tasks: globalThis.tasks };
    });
  } finally {
    await context.close();
  }
}
