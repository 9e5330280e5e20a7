// A reader who comes back is told what is new, changed or corrected since the visit before: just that, in words, without
// anything moving, and until it is hidden.

import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { build, repository } from "./machine.mjs";
import { serve } from "./server.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const first = new Date("2026-05-04T10:00:00Z");
const later = new Date("2026-05-08T10:00:00Z");

/** Replaces a text in a file of the site; it must be there. */
function edit(root, name, from, to) {
  const file = join(root, "content", name);
  const text = readFileSync(file, "utf8");
  if (!text.includes(from)) throw new Error(`${name} has no ${from}`);
  writeFileSync(file, text.replace(from, to));
}

/** What is marked on the page: keys with the word. Runs in the browser. */
const marked = () =>
  [...document.querySelectorAll(".news")].map((mark) => {
    const [key] = mark.closest("[data-print]").dataset.print.split(" ");
    return `${key}: ${mark.firstElementChild.textContent.trim().split(" ")[1]}`;
  });

/** Where everything stands. Runs in the browser. */
const places = () =>
  [...document.querySelectorAll("main *:not(.news, .news *)")].map((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return `${element.tagName} ${[x, y + scrollY, width, height].map(Math.round)}`;
  });

const differ = (is, ought, what) =>
  JSON.stringify(is) === JSON.stringify(ought) ? [] : [`${what}: ${JSON.stringify(is)}, not ${JSON.stringify(ought)}`];

/** The text of the notice, or that there is none. */
const notice = async (tab) => ((await tab.locator(".visits").isVisible()) ? (await tab.locator(".visits summary").innerText()).replaceAll("\u00a0", " ") : "");

export async function visits(browser, test, temporary) {
  const [root, out] = [join(temporary, "visited"), join(temporary, "visited-out")];
  mkdirSync(root);
  for (const name of ["content", "expound.toml"]) cpSync(join(repository, name), join(root, name), { recursive: true });
  build(root, out);
  const server = await serve(out, "/");

  const settings = { timezoneId: "UTC", locale: "en-GB", reducedMotion: "reduce" };
  const read = async (options = {}) => {
    const context = await browser.newContext({ ...settings, viewport: { width: 1440, height: 900 }, ...options });
    const tab = await context.newPage();
    const errors = [];
    tab.on("pageerror", (error) => errors.push(`script: ${error.message}`));
    // Several visits at times of their own.
    const open = async (path, time) => {
      await context.clock.setFixedTime(time);
      await tab.goto(`${server.origin}/${path}`);
    };
    return { context, tab, errors, open };
  };

  try {
    const desk = await read();
    const { context, tab, errors, open } = desk;
    const brief = await read();
    const phone = await read({ viewport: { width: 360, height: 740 }, colorScheme: "dark" });
    const plain = await read({ javaScriptEnabled: false });

    await test("visits: on the first visit nothing is told", async () => {
      const wrong = [];
      for (const path of ["", "terms/", "timeline/"]) {
        await open(path, first);
        wrong.push(...differ(await tab.evaluate(marked), [], path), ...differ(await notice(tab), "", path));
      }
      await brief.open("", first);
      await phone.open("", first);
      return wrong;
    });

    edit(root, "terms.toml", "before any other supplier is asked", "before any other supplier is asked, for a year");
    edit(root, "events.toml", "but OpenAI’s public API goes on serving its customers", "but the public API goes on");
    edit(root, "changes.toml", "[[change]]", '[[change]]\ndate = "2026-05-07"\nkind = "correction"\nnote = "It was the other way round."\nsection = "what-changed"\n\n[[change]]');
    build(root, out);

    await test("visits: a visit goes on until half an hour without a page", async () => {
      await brief.open("", new Date("2026-05-04T10:29:00Z"));
      return [...differ(await brief.tab.evaluate(marked), [], "marked"), ...differ(await notice(brief.tab), "", "told")];
    });

    const front = ["section:what-changed: Corrected", "event:gpt3-licence: Updated", "state:cloud:jan-2025: Updated"];
    await test("visits: what changed since is marked and listed, and nothing else", async () => {
      await open("", later);
      const wrong = differ(await tab.evaluate(marked), front, "marked");
      wrong.push(...differ(await notice(tab), "3 things here are new or changed since your visit on 4 May 2026", "told"));
      await tab.locator(".visits summary").click();
      const listed = await tab.locator(".visits li").allInnerTexts();
      wrong.push(...differ(listed.map((text) => text.replace(/\s+/g, " ")), ["What changed ✓ Corrected", "GPT-3 is licensed to Microsoft alone ◐ Updated", "OpenAI’s own computing, January 2025 ◐ Updated"], "listed"));
      const heading = tab.getByRole("heading", { name: "What changed Corrected since your last visit" });
      if ((await heading.count()) !== 1) wrong.push("the heading doesn’t say it to who listens");
      await tab.locator(".visits li a").nth(1).click();
      await tab.waitForFunction(() => scrollY > 500);
      if (await tab.locator(".visits ol").isVisible()) wrong.push("the list stays where a link of it was followed");
      if (!(await tab.locator("li.event .news").evaluate((mark) => { const { top } = mark.getBoundingClientRect(); return top > 0 && top < innerHeight; }))) wrong.push("the link doesn’t lead to what changed");
      return wrong;
    });

    await test("visits: it holds on the other pages of the visit", async () => {
      await open("terms/", later);
      // The table and the glossary both say it; the list names it once.
      const wrong = differ(await tab.evaluate(marked), ["state:cloud:jan-2025: Updated", "state:cloud:jan-2025: Updated"], "terms");
      wrong.push(...differ(await notice(tab), "One thing here is new or changed since your visit on 4 May 2026", "told"));
      // On a page that was never opened nothing is new.
      await open("compare/clouds/", later);
      wrong.push(...differ(await tab.evaluate(marked), [], "compare"));
      await open("", later);
      return [...wrong, ...differ(await tab.evaluate(marked), front, "back on the first page")];
    });

    await test("visits: a patch is no visit", async () => {
      await context.clock.setFixedTime(new Date("2026-05-09T10:00:00Z"));
      await tab.evaluate(() => document.dispatchEvent(new Event("expound:patch")));
      return differ(await tab.evaluate(marked), front, "marked");
    });

    await test("visits: what has the focus is never covered", async () => {
      // The notice is fixed: where it stands doesn't depend on what is scrolled.
      const covered = await tab.evaluate(() => {
        const { top } = document.querySelector(".visits").getBoundingClientRect();
        const all = [...document.querySelectorAll("main a, main summary, .colophon a")].filter((e) => e.checkVisibility());
        scrollTo(0, 0);
        return all.filter((element) => {
          element.focus();
          return element.getBoundingClientRect().bottom > top;
        }).map((element) => element.outerHTML.slice(0, 100));
      });
      return covered.slice(0, 5);
    });

    await test("visits: a phone tells it too, and anyone can use it", async () => {
      const wrong = [];
      await phone.open("", later);
      await open("", later);
      for (const tab of [phone.tab, desk.tab]) {
        wrong.push(...differ(await tab.evaluate(marked), front, "marked"));
        await tab.locator(".visits summary").click();
        await tab.evaluate(axe);
        const { violations } = await tab.evaluate((values) => globalThis.axe.run(document, { runOnly: { type: "tag", values }, resultTypes: ["violations"] }), rules);
        wrong.push(...violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes[0].html.slice(0, 200)}`));
        const sideways = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (sideways > 0) wrong.push(`the page is ${sideways} px too wide`);
        await tab.keyboard.press("Escape");
        if (await tab.locator(".visits ol").isVisible()) wrong.push("Escape doesn’t fold the list");
      }
      return wrong;
    });

    await test("visits: nothing moves for it", async () => {
      const wrong = [];
      for (const tab of [phone.tab, desk.tab]) {
        await tab.evaluate(() => { document.activeElement.blur(); scrollTo(0, 0); });
        const told = await tab.evaluate(places);
        await tab.evaluate(() => { for (const e of document.querySelectorAll(".news, .visits")) e.remove(); });
        const bare = await tab.evaluate(places);
        const at = told.findIndex((place, n) => place !== bare[n]);
        if (at >= 0) wrong.push(`${told[at]} is ${bare[at]} without`);
      }
      return wrong;
    });

    await test("visits: hidden is hidden", async () => {
      await open("", later);
      await tab.locator(".visits-hide").click();
      const wrong = [...differ(await tab.evaluate(marked), [], "after the click"), ...differ(await notice(tab), "", "after the click")];
      if (await tab.evaluate(() => document.activeElement.tagName) !== "MAIN") wrong.push("the focus is lost with the button");
      await tab.reload();
      return [...wrong, ...differ(await tab.evaluate(marked), [], "loaded again"), ...differ(await notice(tab), "", "loaded again")];
    });

    await test("visits: what is kept may be spoilt", async () => {
      const wrong = [];
      for (const spoilt of ["{", "7", "[]", '{"last":"x"}', '{"last":1,"seen":{"prints":[],"pages":{}},"before":null}', '{"last":1,"seen":{"prints":{},"pages":{"":"x"}},"before":7}']) {
        await tab.evaluate((value) => localStorage.setItem("expound:visits:/", value), spoilt);
        await open("", later);
        wrong.push(...differ(await notice(tab), "", spoilt));
      }
      return [...wrong, ...errors];
    });

    await test("visits: without script there is nothing of it", async () => {
      await plain.open("", later);
      return (await plain.tab.locator(".visits").isVisible()) ? ["the notice shows"] : [];
    });

    for (const reader of [context, brief.context, phone.context, plain.context]) await reader.close();
    await cards(test, read, root, out);
  } finally {
    await server.close();
  }
}

/** With a page a section the explainer's page says which of them are new. */
async function cards(test, read, root, out) {
  await test("visits: a new section is seen in the list of sections", async () => {
    edit(root, "index.md", "+++\n", '+++\nlayout = "cards"\n');
    build(root, out);
    const { context, tab, open } = await read();
    await open("", first);
    await open("the-terms/", first);
    edit(root, "60-what-comes-next.md", "standfirst = \"", "standfirst = \"In short: ");
    writeFileSync(join(root, "content/70-a-new-one.md"), "# A new one\n\nIts text.\n");
    build(root, out);
    await open("", later);
    const wrong = differ(await tab.evaluate(marked), ["section:what-comes-next: Updated", "section:a-new-one: New"], "listed");
    await open("what-comes-next/", later);
    wrong.push(...differ(await tab.evaluate(marked), ["section:what-comes-next: Updated"], "on its page"));
    await open("a-new-one/", later);
    wrong.push(...differ(await tab.evaluate(marked), ["section:a-new-one: New"], "on the new page"));
    await context.close();
    return wrong;
  });
}
