// A timeline can be looked over, filtered, searched and shared: by pointer and by keyboard, at any width, and it is all
// there without script.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { build } from "./machine.mjs";
import { serve } from "./server.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const small = [
  ["built", "2019-07-22", "The bridge is built", "Works", "key", "Of stone from Évora."],
  ["surveyed", "2020-09", "It is surveyed", "Works", "normal", ""],
  ["toll", "2021", "A toll is asked for", "Money", "minor", "A penny."],
  ["flood", "2023-01-23", "The flood", "Weather", "key", "Two arches fall."],
  ["rebuilt", "2023-11-02", "It is rebuilt", "Works", "normal", "The toll pays for it."],
  ["listed", "2025-05-01", "It is listed", "Money", "normal", ""],
  ["closed", "2025-10-28", "It is closed to carts", "Works", "key", ""],
  ["opened", "2030", "It is to be opened again", "Works", "normal", ""],
];
const eras = `[[era]]\nid = "stone"\nlabel = "The stone bridge"\nstart = "2019-07-22"\nend = "2023-01-23"\n
[[era]]\nid = "new"\nlabel = "The new bridge"\nstart = "2023-11-02"\n`;

/** Writes a site with these events, builds it, and serves it. */
async function site(root, events, more) {
  mkdirSync(join(root, "content"), { recursive: true });
  writeFileSync(join(root, "expound.toml"), 'title = "The bridge"\nlanguage = "en-GB"\n');
  writeFileSync(join(root, "content/index.md"), '+++\ntitle = "The bridge"\n+++\n\nIt stands.\n');
  writeFileSync(join(root, "content/10-story.md"), "# The story\n\nIt began with [[event:built]].\n\n```{timeline}\n```\n");
  const record = ([id, date, title, group, importance, body]) =>
    `[[event]]\nid = "${id}"\ndate = "${date}"\ntitle = "${title}"\ngroup = "${group}"\nimportance = "${importance}"\nstatus = "unknown"\n${body && `body = "${body}"\n`}\n`;
  writeFileSync(join(root, "content/events.toml"), events.map(record).join("") + more);
  build(root, join(root, "dist"));
  return serve(join(root, "dist"), "/");
}

/** The ids of the events that can be seen. */
const seen = (tab) => tab.locator(".entries > .event:visible").evaluateAll((entries) => entries.map((entry) => entry.id));
const status = (tab) => tab.locator(".filter [role='status']").innerText();
const query = (tab) => tab.evaluate(() => location.search);
const place = (tab) => tab.evaluate(() => location.hash);
const button = (tab, name) => tab.locator(".filter").getByRole("button", { name });

/** What is wrong, where one value should be another. */
function differs(wrong, what, is, should) {
  const [a, b] = [JSON.stringify(is), JSON.stringify(should)];
  if (a !== b) wrong.push(`${what}: ${a} instead of ${b}`);
}

export async function timeline(temporary, browser, test) {
  const server = await site(join(temporary, "bridge"), small, eras);
  const page = `${server.origin}/timeline/`;
  const ids = small.map(([id]) => id);
  const context = await browser.newContext({ viewport: { width: 320, height: 800 }, reducedMotion: "reduce" });
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: server.origin });
  const tab = await context.newPage();
  const errors = [];
  tab.on("pageerror", (error) => errors.push(error.message));

  await test("timeline: the columns of the strip lead to entries, and are wide enough", async () => {
    const wrong = [];
    for (const width of [320, 768, 1440]) {
      await tab.setViewportSize({ width, height: 800 });
      await tab.goto(page);
      const links = tab.locator(".strip").getByRole("link");
      differs(wrong, `${width}: names`, await links.allInnerTexts(), [
        "2019: 1 entry", "2020: 1 entry", "2021: 1 entry", "2023: 2 entries", "2025: 2 entries", "2030: 1 entry",
      ]);
      for (const link of await links.all()) {
        const { width: w, height: h } = await link.boundingBox();
        if (w < 24 || h < 24) wrong.push(`${width}: a column is ${w} by ${h}`);
      }
      await links.nth(3).click();
      differs(wrong, `${width}: address`, await place(tab), "#flood");
      const { top, bar } = await tab.evaluate(() => ({
        top: document.getElementById("flood").getBoundingClientRect().top,
        bar: document.querySelector(".strip").getBoundingClientRect().bottom,
      }));
      if (top < 0 || top > 400) wrong.push(`${width}: the entry is at ${top}`);
      if (top < bar) wrong.push(`${width}: the strip covers the entry: ${top} < ${bar}`);
      await tab.locator(".strip a[aria-current='location']").waitFor();
      differs(wrong, `${width}: where the reader is`, await tab.locator(".strip a[aria-current]").innerText(), "2023: 2 entries");
    }
    return wrong;
  });

  await test("timeline: filters by group, importance and words, and says how much is left", async () => {
    const wrong = [];
    await tab.goto(page);
    differs(wrong, "at first", [await seen(tab), await status(tab)], [ids, "8 entries"]);
    await button(tab, "Works").click();
    differs(wrong, "a group", [await seen(tab), await status(tab)], [["built", "surveyed", "rebuilt", "closed", "opened"], "5 of 8 entries shown"]);
    await button(tab, "Money").click();
    differs(wrong, "two groups", (await seen(tab)).length, 7);
    await button(tab, "Key events only").click();
    differs(wrong, "and importance", [await seen(tab), await status(tab)], [["built", "closed"], "2 of 8 entries shown"]);
    differs(wrong, "years", await tab.locator(".timeline .year:visible").allInnerTexts(), ["2019", "2023", "2025"]);
    differs(wrong, "gaps", await tab.locator(".timeline .gap:visible").allInnerTexts(), ["2024: nothing listed"]);
    differs(wrong, "to come", await tab.locator(".timeline .to-come:visible").count(), 0);
    differs(wrong, "eras of what is left", await tab.locator(".entries > .era:visible").evaluateAll((all) => all.map((e) => e.id)), ["stone", "new"]);
    differs(wrong, "marks", await tab.locator(".strip .mark:not(.dim)").evaluateAll((all) => all.map((e) => e.getAttribute("href"))), ["#built", "#closed"]);
    differs(wrong, "columns", await tab.locator(".strip").getByRole("link").allInnerTexts(), ["2019: 1 of 1 entry", "2025: 1 of 2 entries"]);
    differs(wrong, "a column's way", await tab.locator(".strip").getByRole("link").last().getAttribute("href"), "#closed");
    await button(tab, "Works").click();
    await button(tab, "Money").click();
    await button(tab, "Hide minor events").click();
    differs(wrong, "of how much is left out, one holds", await tab.locator(".filter [aria-pressed='true']").allInnerTexts(), ["Hide minor events"]);
    differs(wrong, "without details", [await seen(tab), await status(tab)], [ids.filter((id) => id !== "toll"), "7 of 8 entries shown"]);
    await tab.locator(".filter [type='reset']").click();
    differs(wrong, "shown again", [await seen(tab), await status(tab)], [ids, "8 entries"]);
    differs(wrong, "the focus", await tab.evaluate(() => document.activeElement.name), "find");
    for (const [words, expected] of [["evora", ["built"]], ["TOLL", ["toll", "rebuilt"]], ["toll pays", ["rebuilt"]], ["2025", ["listed", "closed"]], ["weather", ["flood"]]]) {
      await tab.getByRole("searchbox").fill(words);
      differs(wrong, words, await seen(tab), expected);
    }
    await tab.getByRole("searchbox").fill("a dragon");
    differs(wrong, "nothing", [await seen(tab), await status(tab)], [[], "No entry matches"]);
    await tab.keyboard.press("Escape");
    differs(wrong, "after Escape", [await seen(tab), await status(tab)], [ids, "8 entries"]);
    return wrong;
  });

  await test("timeline: the address keeps what was asked for", async () => {
    const wrong = [];
    await tab.goto(`${page}?from=letter`);
    await button(tab, "Works").click();
    await button(tab, "Weather").click();
    await tab.getByRole("searchbox").fill("arches");
    differs(wrong, "search", await query(tab), "?from=letter&group=Works&group=Weather&find=arches");
    await tab.reload();
    differs(wrong, "after loading again", [await seen(tab), await tab.getByRole("searchbox").inputValue()], [["flood"], "arches"]);
    differs(wrong, "pressed", await tab.locator(".filter [aria-pressed='true']").evaluateAll((all) => all.map((e) => e.dataset.group)), ["Works", "Weather"]);
    await tab.locator(".filter [type='reset']").click();
    differs(wrong, "after a reset", await query(tab), "?from=letter");
    await tab.goto(`${page}?importance=key#flood`);
    differs(wrong, "beside a place", await seen(tab), ["built", "flood", "closed"]);
    await tab.goto(`${server.origin}/`);
    await button(tab, "Works").click();
    differs(wrong, "in the text", [(await seen(tab)).length, await query(tab)], [5, ""]);
    return wrong;
  });

  await test("timeline: a link to a hidden entry shows it", async () => {
    const wrong = [];
    await tab.goto(`${page}?group=Money#flood`);
    differs(wrong, "on arrival", [await seen(tab), await query(tab)], [ids, ""]);
    await button(tab, "Money").click();
    await tab.evaluate(() => { location.hash = "closed"; });
    await tab.locator("#closed").waitFor();
    differs(wrong, "later", await seen(tab), ids);
    await button(tab, "Money").click();
    // The same address once more: nothing changes but what is wanted.
    await tab.evaluate(() => document.querySelector('.mark[href="#closed"]').dispatchEvent(new MouseEvent("click", { bubbles: true })));
    differs(wrong, "once more", await seen(tab), ids);
    return wrong;
  });

  await test("timeline: the address of an entry can be copied", async () => {
    const wrong = [];
    await tab.setViewportSize({ width: 1440, height: 800 });
    await tab.goto(`${page}?group=Weather`);
    const copy = tab.getByRole("button", { name: "Copy link to “The flood”" });
    await copy.click();
    await tab.locator(".said", { hasText: "Link copied" }).waitFor();
    differs(wrong, "copied", await tab.evaluate(() => navigator.clipboard.readText()), `${page}#flood`);
    const { width, height } = await copy.boundingBox();
    if (width < 24 || height < 24) wrong.push(`the button is ${width} by ${height}`);
    differs(wrong, "the date's way", await tab.locator("#flood .when a").getAttribute("href"), "#flood");
    return wrong;
  });

  await test("timeline: everything by keyboard", async () => {
    const wrong = [];
    await tab.goto(page);
    await tab.locator(".strip a").first().focus();
    const stops = [];
    for (let n = 0; n < 13; n += 1) {
      stops.push(await tab.evaluate(() => {
        const { tagName, name, dataset } = document.activeElement;
        return name || dataset.column || dataset.group || dataset.importance || tagName;
      }));
      await tab.keyboard.press("Tab");
    }
    differs(wrong, "order", stops.slice(0, 13), ["1", "2", "3", "5", "7", "12", "find", "Works", "Money", "Weather", "key", "normal", "A"]);
    await button(tab, "Weather").focus();
    await tab.keyboard.press("Space");
    differs(wrong, "Space", await seen(tab), ["flood"]);
    await tab.keyboard.press("Enter");
    differs(wrong, "Enter", await seen(tab), ids);
    await tab.locator("#flood .copy-link").focus();
    differs(wrong, "seen while it has the focus", await tab.locator("#flood .copy-link").evaluate((e) => getComputedStyle(e).opacity), "1");
    await tab.keyboard.press("Enter");
    await tab.locator(".said", { hasText: "Link copied" }).waitFor();
    await tab.getByRole("searchbox").focus();
    await tab.keyboard.type("toll");
    await tab.keyboard.press("Enter");
    differs(wrong, "Enter in the search field", [await seen(tab), await query(tab)], [["toll", "rebuilt"], "?find=toll"]);
    return wrong;
  });

  await test("timeline: for everyone, filtered or not", async () => {
    const wrong = [];
    for (const [width, colorScheme] of [[320, "light"], [1440, "dark"]]) {
      await tab.setViewportSize({ width, height: 800 });
      await tab.emulateMedia({ colorScheme });
      for (const asked of ["", "?group=Works&importance=key", "?find=dragon"]) {
        await tab.goto(page + asked);
        await tab.evaluate(axe);
        const { violations } = await tab.evaluate((values) => globalThis.axe.run(document, { runOnly: { type: "tag", values }, resultTypes: ["violations"] }), rules);
        for (const { id, nodes } of violations) wrong.push(`${width} ${asked}: ${id}: ${nodes[0].html.slice(0, 200)}`);
        const sideways = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (sideways > 0) wrong.push(`${width} ${asked}: ${sideways} px too wide`);
      }
    }
    return wrong.concat(errors);
  });

  await test("timeline: without script all of it is there, and no tools are", async () => {
    const wrong = [];
    const without = await browser.newContext({ javaScriptEnabled: false });
    const still = await without.newPage();
    await still.goto(`${page}?group=Money`);
    differs(wrong, "entries", await seen(still), ids);
    differs(wrong, "tools", await still.locator(".timeline .tools:visible").count(), 0);
    await still.locator(".strip").getByRole("link").last().click();
    differs(wrong, "address", new URL(still.url()).hash, "#opened");
    await without.close();
    return wrong;
  });

  await context.close();
  await server.close();
  await test("timeline: five hundred events", () => many(join(temporary, "many"), browser));
}

/** A long timeline: its strip still fits, and it can be filtered. */
async function many(root, browser) {
  const wrong = [];
  const groups = ["North", "South", "East", "West"];
  const events = Array.from({ length: 500 }, (_, n) => [
    `e${n}`, `${1870 + Math.floor(n * 0.3)}-${String((n % 12) + 1).padStart(2, "0")}-${String((n % 28) + 1).padStart(2, "0")}`,
    `Event ${n}`, groups[n % 4], n % 10 ? "normal" : "key", "",
  ]);
  const server = await site(root, [["built", "1869", "The first", "North", "key", ""], ...events], "");
  const tab = await browser.newPage({ viewport: { width: 320, height: 800 } });
  try {
    await tab.goto(`${server.origin}/timeline/`);
    const { height } = await tab.locator(".strip").boundingBox();
    if (height > 180) wrong.push(`the strip is ${height} px high`);
    for (const link of await tab.locator(".strip").getByRole("link").all()) {
      const { width } = await link.boundingBox();
      if (width < 24) wrong.push(`a column is ${width} wide`);
    }
    // A word is typed letter by letter: what is shown afterwards is what the whole word asks for.
    await tab.getByRole("searchbox").pressSequentially("event 1999");
    differs(wrong, "found", [await seen(tab), await status(tab)], [["e432", "e433", "e430", "e431"], "4 of 501 entries shown"]);
    await button(tab, "East").click();
    differs(wrong, "in a group", await seen(tab), ["e430"]);
    await tab.locator(".filter [type='reset']").click();
    differs(wrong, "all", await status(tab), "501 entries");
  } finally {
    await tab.close();
    await server.close();
  }
  return wrong;
}
