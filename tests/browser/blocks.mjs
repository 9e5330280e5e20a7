// What a reader can do with the blocks of this repository's site, and with a table made to be sorted.

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { build } from "./machine.mjs";
import { serve } from "./server.mjs";

const equal = (wrong, what, seen, wanted) => {
  const [a, b] = [JSON.stringify(seen), JSON.stringify(wanted)];
  if (a !== b) wrong.push(`${what}: ${a} instead of ${b}`);
};

/** The names of the columns that can be seen. */
const columns = (figure) => figure.locator("thead th:visible:not(.corner) .label").allInnerTexts();
/** The names of the rows that can be seen, in order. */
const rows = (figure) => figure.locator("tbody th[scope=row]:visible").allInnerTexts();

export async function blocks(site, browser, test) {
  const wide = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce", permissions: ["clipboard-read", "clipboard-write"] });
  const tab = await wide.newPage();
  const go = (path = "") => tab.goto(site.origin + site.base + path);
  const clipboard = () => tab.evaluate(() => navigator.clipboard.readText());
  const asOf = () => new URL(tab.url()).searchParams.get("as-of");

  await test("as of: a step shows the terms then in force", async () => {
    const wrong = [];
    await go("terms/");
    const sheet = tab.locator("figure.sheet").first();
    equal(wrong, "all columns at first", await columns(sheet), ["2019", "2023", "January 2025", "October 2025", "April 2026"]);
    await sheet.getByText("October 2025", { exact: true }).first().click();
    equal(wrong, "columns", await columns(sheet), ["October 2025"]);
    equal(wrong, "address", asOf(), "2025-10-28");
    const status = await sheet.locator(".as-of-tool [role=status]").innerText();
    if (!status.startsWith("The version “October 2025”, in force from 28 October 2025.") || !status.includes("5 terms changed")) wrong.push(`status: ${status}`);
    equal(wrong, "what is said of all versions", await sheet.locator(".block-head .sub:visible").count(), 0);
    if ((await sheet.locator("td:visible .mark-changed").count()) === 0) wrong.push("it doesn't say what changed at that step");
    // A term that isn't public in that version says what was last made public.
    const gap = sheet.locator("tr", { hasText: "Microsoft to OpenAI" }).locator("td:visible .last");
    if (!(await gap.isVisible())) wrong.push("what was last made public is not there");
    await tab.reload();
    equal(wrong, "columns after loading the address again", await columns(sheet), ["October 2025"]);
    // The steps are radio buttons: arrows move.
    await sheet.locator(".as-of-tool [type=radio]:checked").focus();
    await tab.keyboard.press("ArrowRight");
    equal(wrong, "columns after an arrow key", await columns(sheet), ["April 2026"]);
    await sheet.getByText("All versions", { exact: true }).click();
    equal(wrong, "columns in the end", (await columns(sheet)).length, 5);
    equal(wrong, "address in the end", asOf(), null);
    return wrong;
  });

  await test("as of: any day, and a day before the first version", async () => {
    const wrong = [];
    await go("terms/?as-of=2024-02-29");
    const sheet = tab.locator("figure.sheet").first();
    equal(wrong, "columns", await columns(sheet), ["2023"]);
    const told = await sheet.locator(".as-of-tool [role=status]").innerText();
    if (!told.startsWith("In force on 29 February 2024: the version “2023”.")) wrong.push(`told: ${told}`);
    await sheet.locator("[type=date]").fill("2018-01-01");
    equal(wrong, "columns before the first version", await columns(sheet), []);
    const status = await sheet.locator(".as-of-tool [role=status]").innerText();
    if (!/no version was in force/.test(status)) wrong.push(`status: ${status}`);
    equal(wrong, "tools that have nothing to act on", await sheet.locator(".table-tools:visible, [data-copy=markdown]:visible").count(), 0);
    // Wherever the reader is, the page says that it shows a day, and the way back is one click.
    const chip = tab.locator(".as-of-chip");
    // Whoever is handed the page's address sees that day too.
    await tab.getByRole("button", { name: "Copy link", exact: true }).first().click();
    equal(wrong, "the link", await clipboard(), `${site.origin}${site.base}terms/?as-of=2018-01-01`);
    if (!(await chip.innerText()).includes("Terms and events as of 1 January 2018")) wrong.push(`the chip: ${await chip.innerText()}`);
    await chip.getByRole("button", { name: "All versions" }).click();
    equal(wrong, "columns after the way back", (await columns(sheet)).length, 5);
    equal(wrong, "chips", await chip.count(), 0);
    equal(wrong, "the focus", await tab.evaluate(() => document.activeElement.name), await sheet.locator(".as-of-tool [type=radio]").first().getAttribute("name"));
    for (const bad of ["2025-13-40", "yesterday", "%3Cscript%3E", "2025-02-30"]) {
      await go(`terms/?as-of=${bad}`);
      equal(wrong, `columns for “${bad}”`, (await columns(sheet)).length, 5);
    }
    return wrong;
  });

  await test("as of: the timeline marks where that is", async () => {
    const wrong = [];
    await go("timeline/?as-of=2025-10-28");
    const here = tab.locator(".timeline .here");
    if (!(await here.isVisible())) return ["there is no mark"];
    const [before, after] = await here.evaluate((e) => {
      const all = [...document.querySelectorAll(".entries > [data-day], .here")];
      const at = all.indexOf(e);
      return [all[at - 1]?.dataset.day, all[at + 1]?.dataset.day];
    });
    if (!(before <= "2025-10-28" && after > "2025-10-28")) wrong.push(`it stands between ${before} and ${after}`);
    const apart = await tab.evaluate(() => [...document.querySelectorAll(".strip .mark")].filter((mark) => mark.matches(".later") !== (document.getElementById(mark.getAttribute("href").slice(1)).dataset.day > "2025-10-28")).length);
    equal(wrong, "marks that aren't as their entries", apart, 0);
    // A day before all years, and one between two of them, stand above the heading of the year that follows.
    for (const [day, year] of [["2018-01-01", "2019"], ["2022-05-01", "2023"]]) {
      await go(`timeline/?as-of=${day}`);
      const next = await here.evaluate((e) => {
        const all = [...document.querySelectorAll(".timeline .year, .here")];
        return e.checkVisibility() && all[all.indexOf(e) + 1]?.textContent.trim();
      });
      equal(wrong, `the year after ${day}`, next, year);
    }
    return wrong;
  });

  await test("a link to an entry lands on it, however long the timeline is", async () => {
    const wrong = [];
    for (const width of [360, 1440]) {
      for (const id of ["first-refusal", "definitive-agreement", "amended"]) {
        const fresh = await browser.newContext({ viewport: { width, height: 800 } });
        const page = await fresh.newPage();
        await page.goto(`${site.origin}${site.base}timeline/#${id}`);
        // It stays where it is for a second: nothing above it is laid out later.
        const top = await page.evaluate(async (id) => {
          const entry = document.getElementById(id);
          let [last, since] = [null, performance.now()];
          for (;;) {
            await new Promise(requestAnimationFrame);
            const now = Math.round(entry.getBoundingClientRect().top);
            if (now !== last) [last, since] = [now, performance.now()];
            else if (performance.now() - since > 1000) return now;
          }
        }, id);
        if (top < 0 || top > 250) wrong.push(`${id} is ${top} px below the top at ${width} px`);
        await fresh.close();
      }
    }
    return wrong;
  });

  await test("as of: the glossary says what held on that day, and the other pages keep to it", async () => {
    const wrong = [];
    const marks = () => tab.locator(".history .in-force:visible").evaluateAll((all) => all.map((mark) => [mark.closest("[data-edition]").dataset.edition, mark.textContent]));
    await go("terms/");
    const now = await marks();
    if (now.length === 0 || now.some(([edition]) => edition !== "apr-2026")) wrong.push(`now: ${JSON.stringify(now)}`);
    await go("terms/?as-of=2025-11-01");
    const then = await marks();
    if (then.length === 0 || then.some(([edition, text]) => edition !== "oct-2025" || text !== "As of 1 November 2025")) wrong.push(`then: ${JSON.stringify(then)}`);
    equal(wrong, "later versions that are stepped back", [...new Set(await tab.locator(".history > .later").evaluateAll((all) => all.map((item) => item.dataset.edition)))], ["apr-2026"]);
    await tab.locator(".pages a", { hasText: "Timeline" }).click();
    await tab.waitForURL(/timeline/);
    equal(wrong, "the day on the timeline", asOf(), "2025-11-01");
    await tab.locator(".as-of-chip button").click();
    await tab.locator(".pages a", { hasText: "Terms" }).click();
    await tab.waitForURL(/terms/);
    equal(wrong, "the day after the way back", asOf(), null);
    return wrong;
  });

  await test("as of: a table of chosen versions says that it shows the same on any day", async () => {
    const wrong = [];
    const told = tab.getByText("This table shows the same versions on any day.");
    await go("");
    equal(wrong, "said without a day", await told.filter({ visible: true }).count(), 0);
    await go("?as-of=2024-02-29");
    // The sheet of two versions, and the table of gains.
    equal(wrong, "said with a day", await told.filter({ visible: true }).count(), 2);
    return wrong;
  });

  await test("only a table that can be scrolled is a stop of the keyboard", async () => {
    const wrong = [];
    const stops = () => tab.locator(".block > .scroll[tabindex='0'][role=region]").count();
    for (const width of [360, 1440]) {
      await tab.setViewportSize({ width, height: 900 });
      await go("terms/");
      await tab.waitForFunction(() => !document.querySelector(".block > .scroll[tabindex]")).catch(() => wrong.push(`${width} px: a table that fits is a stop`));
    }
    // Words that can't be broken make it wider than its place.
    await tab.evaluate(() => {
      for (const cell of document.querySelectorAll(".block td")) cell.style.minWidth = "30rem";
    });
    await tab.waitForFunction(() => document.querySelector(".block > .scroll[tabindex='0'][role=region][aria-labelledby]")).catch(() => wrong.push("a table that has to be scrolled is no stop"));
    if ((await stops()) === 0) wrong.push("there are none");
    return wrong;
  });

  await test("a sheet tells what changed between the columns that are left", async () => {
    const wrong = [];
    await go("terms/");
    const sheet = tab.locator("figure.sheet").first();
    const cell = sheet.locator("tr", { hasText: "OpenAI’s own computing" }).locator("td").nth(4);
    await sheet.locator(".choose summary").click();
    for (const name of ["2023", "January 2025", "October 2025"]) await sheet.locator(".choose label", { hasText: name }).click();
    equal(wrong, "columns", await columns(sheet), ["2019", "April 2026"]);
    if (!(await cell.locator(".mark-changed").isVisible())) wrong.push("the change from 2019 to April 2026 isn't marked");
    const counted = await sheet.locator(".table-tools [role=status]").innerText();
    if (!/from 2019 to April 2026: \d of 8/.test(counted)) wrong.push(`count: ${counted}`);
    const licence = sheet.locator("tr", { hasText: "What happens at AGI" }).locator("td").nth(4);
    equal(wrong, "what was public in between", (await licence.locator(".mark").innerText()).trim().replace(/^\S+\s+/, ""), "Made public after 2019");
    await tab.keyboard.press("Escape");
    if (await sheet.locator(".choose fieldset").isVisible()) wrong.push("Escape doesn't close the list of columns");
    // All eight have changed by then, or were first told of: there is nothing to leave out.
    equal(wrong, "rows that changed alone are offered", await sheet.locator(".only:visible").count(), 0);
    return wrong;
  });

  await test("only what changed", async () => {
    const wrong = [];
    const sheet = tab.locator("figure.sheet").first();
    // In 2023 one term was first made public; another was said again in other words.
    const first = ["Where OpenAI’s products may be sold"];
    const only = async (what) => {
      equal(wrong, `${what}: rows at first`, (await rows(sheet)).length, 8);
      await sheet.locator("[name=only]").check();
      equal(wrong, `${what}: rows`, await rows(sheet), first);
      equal(wrong, `${what}: groups`, await sheet.locator("tr.group:visible").allInnerTexts(), ["Cloud"]);
    };
    await go("terms/?as-of=2023-01-23");
    await only("as of 2023");
    await go("terms/");
    await sheet.locator(".choose summary").click();
    for (const name of ["January 2025", "October 2025", "April 2026"]) await sheet.locator(".choose label", { hasText: name }).click();
    await only("2019 and 2023");
    const counted = await sheet.locator(".table-tools [role=status]").innerText();
    if (!counted.includes("from 2019 to 2023: 0 of 8")) wrong.push(`count: ${counted}`);
    await go("terms/?as-of=2025-10-28");
    await sheet.locator("[name=only]").check();
    const alone = await sheet.locator(".table-tools [role=status]").innerText();
    if (!alone.includes("from January 2025 to October 2025: 5 of 8")) wrong.push(`count of a version alone: ${alone}`);
    return wrong;
  });

  await test("a table can be taken away", async () => {
    const wrong = [];
    await go("compare/clouds/");
    const figure = tab.locator("figure.comparison");
    await figure.getByRole("button", { name: "Copy as Markdown" }).click();
    const markdown = await clipboard();
    if (!/^\|  \| Microsoft Azure \| Amazon Web Services \| Google Cloud \|$/m.test(markdown)) wrong.push(`heading: ${markdown.slice(0, 200)}`);
    if (!/^\| What OpenAI has promised to spend there \| A further \$250 billion(\[\^\d+\])+ \(as of /m.test(markdown)) wrong.push(`rows: ${markdown}`);
    if (!markdown.includes(`${site.origin}/compare/clouds/`)) wrong.push("the address of the source is missing");
    for (const [, number] of markdown.matchAll(/\[\^(\d+)\](?!:)/g)) if (!markdown.includes(`\n[^${number}]: `)) wrong.push(`there is no note ${number}`);
    if (!/^\[\^\d+\]: .+<https:\/\/.+>$/m.test(markdown)) wrong.push("no source is copied with its address");
    if (!(await tab.locator(".said").innerText()).includes("Copied")) wrong.push("nobody is told");
    await figure.locator(".choose summary").click();
    await figure.locator(".choose label", { hasText: "Google Cloud" }).click();
    await figure.getByRole("button", { name: "Copy as Markdown" }).click();
    if ((await clipboard()).includes("Gemini")) wrong.push("a column that was put away is copied");
    await figure.getByText("Cite this table").click();
    const citation = await figure.locator(".citation").innerText();
    if (!/“Three clouds compared”.*6 May 2026.*compare\/clouds\//.test(citation)) wrong.push(`citation: ${citation}`);
    await figure.getByRole("button", { name: "Copy", exact: true }).click();
    equal(wrong, "the copied citation", await clipboard(), citation);
    for (const format of ["CSV", "JSON"]) {
      const href = await figure.getByRole("link", { name: `as ${format}` }).evaluate((e) => e.href);
      if (!(await wide.request.get(href)).ok()) wrong.push(`${format} leads nowhere`);
    }
    return wrong;
  });

  await test("no table makes the page wider than the window", async () => {
    const wrong = [];
    for (const width of [600, 700, 768, 1000, 1100, 1130, 1160, 1200, 1240, 1300]) {
      await tab.setViewportSize({ width, height: 700 });
      await go("");
      const over = await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (over > 0) wrong.push(`${over} px at ${width}`);
    }
    return wrong;
  });

  await test("a version alone is all there, and the list of columns says so", async () => {
    const wrong = [];
    await tab.setViewportSize({ width: 360, height: 700 });
    await go("terms/?as-of=2026-05-01");
    const sheet = tab.locator("figure.sheet").first();
    const checked = () => sheet.locator("[name=column]").evaluateAll((boxes) => boxes.map((box) => box.checked));
    equal(wrong, "columns", await checked(), [false, false, false, false, true]);
    // On a phone what is the same as above isn't said again; here nothing is above.
    const silent = await sheet.locator("tbody td:visible").evaluateAll((cells) => cells.filter((cell) => !cell.matches(".none") && !cell.querySelector(".value, .not-public")?.checkVisibility()).map((cell) => cell.innerText));
    equal(wrong, "cells that say nothing", silent, []);
    // Where versions stand below each other there are no columns to choose.
    await tab.setViewportSize({ width: 1280, height: 700 });
    await sheet.locator(".choose summary").click();
    await sheet.locator(".choose label").first().click();
    equal(wrong, "a column more", await checked(), [true, false, false, false, true]);
    await go("terms/?as-of=2018-01-01");
    if (await sheet.locator("table").isVisible()) wrong.push("a table of nothing before the first version");
    await go("terms/");
    if (!(await sheet.locator("table").isVisible())) wrong.push("no table");
    return wrong;
  });

  await test("a term sheet is copied part by part", async () => {
    const wrong = [];
    await tab.setViewportSize({ width: 1280, height: 900 });
    await go("terms/");
    await tab.locator("figure.sheet").first().getByRole("button", { name: "Copy as Markdown" }).click();
    const markdown = await clipboard();
    if (!/ \| \*\*first refusal\*\* \(Changed\): Microsoft may take[^|]*asked\[\^\d+\] \|/.test(markdown)) wrong.push(`cells: ${markdown.slice(0, 900)}`);
    if (!/end of 2030(\[\^\d+\])+, up to a total cap, [^|(]*\(reported\)(\[\^\d+\])+/.test(markdown)) wrong.push("doubt and notes don't stand where they stood");
    if (/(\[\^\d+\])\1/.test(markdown)) wrong.push("a source is named twice at one place");
    if (/\(\(|not public Last/.test(markdown)) wrong.push(`words run together: ${markdown}`);
    return wrong;
  });

  await test("a table is cards until its columns fit, and scrolls by itself neither way", async () => {
    const wrong = [];
    for (const width of [360, 650, 700, 768, 833, 900, 1000, 1100, 1130, 1200, 1440]) {
      await tab.setViewportSize({ width, height: 700 });
      for (const path of ["", "terms/", "compare/clouds/"]) {
        await go(path);
        const found = await tab.evaluate(() => {
          const wrong = [];
          for (const scroll of document.querySelectorAll(".block > .scroll")) {
            const { overflowX, overflowY } = getComputedStyle(scroll);
            if (overflowX !== "visible" || overflowY !== "visible") wrong.push(`${scroll.parentElement.id} scrolls`);
            const over = scroll.firstElementChild.getBoundingClientRect().right - scroll.getBoundingClientRect().right;
            if (over > 1) wrong.push(`${scroll.parentElement.id} is ${Math.round(over)} px too wide`);
            for (const badge of scroll.querySelectorAll(".standing")) {
              for (const { 0: word, index } of badge.firstChild.data.matchAll(/[^\s-]+-?/g)) {
                const range = document.createRange();
                range.setStart(badge.firstChild, index);
                range.setEnd(badge.firstChild, index + word.length);
                if (new Set([...range.getClientRects()].map(({ bottom }) => Math.round(bottom / 8))).size > 1) wrong.push(`“${word}” breaks`);
              }
            }
          }
          return wrong;
        });
        wrong.push(...found.map((line) => `${path || "main"} at ${width}: ${line}`));
      }
    }
    await tab.setViewportSize({ width: 1440, height: 900 });
    return wrong;
  });

  await test("the head of a table that stays is that of its columns’ names, and what is said of a column isn't part of it", async () => {
    const wrong = [];
    for (const path of ["", "terms/"]) {
      await go(path);
      for (const table of await tab.locator("table.cards").all()) {
        await table.locator("tbody tr").last().evaluate((row) => row.scrollIntoView({ block: "end" }));
        const { y, height } = await table.locator("thead tr").first().locator("th").last().boundingBox();
        if (y < -1 || height > 90) wrong.push(`${path}: ${height} px high at ${y}`);
      }
    }
    return wrong;
  });

  await test("the heads of a table stay in sight", async () => {
    const wrong = [];
    for (const width of [1440, 1000]) {
      await tab.setViewportSize({ width, height: 700 });
      await go("terms/");
      const sheet = tab.locator("figure.sheet").first();
      // The last row but one, with its head far above: by the page, or within the table's own window.
      await sheet.locator("tbody tr").last().evaluate((row) => row.scrollIntoView({ block: "end", inline: "end" }));
      const head = await sheet.locator("thead tr").first().locator("th").last().boundingBox();
      if (!(head && head.y >= -1 && head.y < 700)) wrong.push(`at ${width} the head of the column is out of sight: ${head?.y}`);
      const name = await sheet.locator("tbody tr").last().locator("th").boundingBox();
      if (!(name && name.x >= 0)) wrong.push(`at ${width} the head of the row is out of sight: ${name?.x}`);
    }
    await tab.setViewportSize({ width: 1440, height: 900 });
    return wrong;
  });

  await test("a citation opens its source", async () => {
    const wrong = [];
    await go();
    const cite = tab.locator("#how-we-got-here a.cite").first();
    await cite.click();
    const source = tab.locator(".source-here");
    if (!(await source.isVisible())) return ["nothing opens"];
    if (!/OpenAI.*22 July 2019/s.test(await source.innerText())) wrong.push(`it says ${await source.innerText()}`);
    const [line, box] = [await cite.boundingBox(), await source.boundingBox()];
    const column = await tab.locator("#how-we-got-here > p").first().boundingBox();
    if (!(box.x >= column.x + column.width)) wrong.push("it covers the text, though there is a gutter");
    if (Math.abs(box.y - line.y) > 60) wrong.push(`it stands ${Math.round(box.y - line.y)} px from its line`);
    await tab.keyboard.press("Escape");
    if (await source.isVisible()) wrong.push("Escape doesn't close it");
    if (!(await cite.evaluate((e) => e === document.activeElement))) wrong.push("the focus is not where it was");
    await cite.press("Enter");
    if (!(await source.isVisible())) wrong.push("Enter doesn't open it");
    await source.getByRole("link", { name: "In the list of sources" }).click();
    if (!new URL(tab.url()).hash.startsWith("#source-")) wrong.push("there is no way to the list");
    // In a table the status of the statement is told.
    await go("compare/clouds/");
    await tab.locator("td", { hasText: "In limited preview" }).locator("a.cite").first().click();
    if (!/reported/i.test(await source.innerText())) wrong.push(`the status is missing: ${await source.innerText()}`);
    return wrong;
  });

  await test("a note stands beside its paragraph, and below it on a phone", async () => {
    const wrong = [];
    await go();
    const note = tab.locator(".side-note").first();
    const paragraph = tab.locator("p:has(.footnote-mark)").first();
    let [n, p] = [await note.boundingBox(), await paragraph.boundingBox()];
    if (!(n.x >= p.x + p.width && Math.abs(n.y - p.y) < 20)) wrong.push(`beside: ${JSON.stringify([n, p])}`);
    await tab.setViewportSize({ width: 360, height: 700 });
    [n, p] = [await note.boundingBox(), await paragraph.boundingBox()];
    if (!(n.y >= p.y + p.height - 1 && n.x >= p.x)) wrong.push(`below: ${JSON.stringify([n, p])}`);
    await tab.setViewportSize({ width: 1440, height: 900 });
    return wrong;
  });

  await test("the contents say which section is read", async () => {
    const wrong = [];
    await go();
    for (const id of ["the-terms", "what-changed"]) {
      await tab.locator(`#${id}`).evaluate((e) => e.scrollIntoView());
      await tab.locator(`.contents a[href$="#${id}"][aria-current=location]`).waitFor({ timeout: 5000 });
      equal(wrong, "marked", await tab.locator(".contents [aria-current]").count(), 1);
    }
    await tab.evaluate(() => scrollTo({ top: 0, behavior: "instant" }));
    await tab.waitForFunction(() => !document.querySelector(".contents [aria-current]"), undefined, { timeout: 5000 });
    return wrong;
  });
  await wide.close();

  await test("a line grows with what has been read", async () => {
    const wrong = [];
    for (const reducedMotion of ["no-preference", "reduce"]) {
      const context = await browser.newContext({ viewport: { width: 360, height: 700 }, reducedMotion });
      const page = await context.newPage();
      await page.goto(site.origin + site.base);
      const length = () => page.evaluate(() => new DOMMatrix(getComputedStyle(document.body, "::after").transform).a);
      if ((await length()) > 0.02) wrong.push(`${reducedMotion}: it is there before anything has been read`);
      await page.evaluate(() => scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" }));
      await page.waitForFunction(() => new DOMMatrix(getComputedStyle(document.body, "::after").transform).a > 0.98, undefined, { timeout: 5000 });
      await context.close();
    }
    return wrong;
  });

  await test("without script the tables are whole, and nothing is offered that would do nothing", async () => {
    const wrong = [];
    const bare = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1440, height: 900 } });
    const page = await bare.newPage();
    for (const path of ["terms/?as-of=2019-07-22", "compare/clouds/", "timeline/", ""]) {
      await page.goto(site.origin + site.base + path);
      for (const tool of await page.locator(".tools").all()) if (await tool.isVisible()) wrong.push(`${path}: ${await tool.evaluate((e) => e.className)} can be seen`);
    }
    await page.goto(`${site.origin}${site.base}terms/?as-of=2019-07-22`);
    equal(wrong, "columns", (await columns(page.locator("figure.sheet").first())).length, 5);
    await page.goto(site.origin + site.base);
    await page.locator("a.cite").first().click();
    if (!new URL(page.url()).hash.startsWith("#source-")) wrong.push("a citation leads nowhere");
    await bare.close();
    return wrong;
  });
}

/** A site with a table of dates, sums and shares, out of order. */
export async function sorting(temporary, browser, test) {
  const root = join(temporary, "sorting");
  const write = (path, text) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write("expound.toml", 'title = "Sorting"\n');
  write("content/index.md", '+++\ntitle = "Sorting"\nkind = "Explainer"\n+++\n\nSee [[compare:funds]] and [[compare:wide]].\n');
  const row = (name, since, sum, share, note) =>
    `[[comparison.row]]\nlabel = "${name}"\n[comparison.row.cells]\nsince = "${since}"\n${sum ? `sum = "${sum}"\n` : ""}share = "${share}"\nnote = "${note}"\n`;
  write("content/comparisons.toml", `[[comparison]]
id = "funds"
title = "Funds"
columns = [{ id = "since", label = "Since" }, { id = "sum", label = "Sum" }, { id = "share", label = "Share" }, { id = "note", label = "Note" }]
${row("Beta", "3 March 2024", "$1.2 billion", "9%", "fund 10")}
${row("Alpha", "12 January 2024", "$900 million", "27.5%", "Fund 9")}
${row("Gamma", "2019", "", "about 10%", "élan")}
${row("delta", "December 2023", "$20 billion", "3%", "zebra")}
[[comparison]]
id = "wide"
title = "Wide"
columns = [${[..."abcdefghi"].map((id) => `{ id = "${id}", label = "Column ${id}" }`).join(", ")}]
${["One", "Two", "Three"].map((label) => `[[comparison.row]]\nlabel = "${label}"\n[comparison.row.cells]\n${[..."abcdefghi"].map((id) => `${id} = "${label} says ${id} of it"`).join("\n")}\n`).join("")}
`);
  const out = join(temporary, "sorting-out");
  build(root, out);
  const server = await serve(out, "/");
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 } });
  const tab = await context.newPage();
  try {
    await test("a table sorts by what its columns are", async () => {
      const wrong = [];
      await tab.goto(`${server.origin}/compare/funds/`);
      const figure = tab.locator("figure.comparison");
      const by = async (name) => {
        await figure.getByRole("button", { name }).click();
        return (await rows(figure)).join(" ");
      };
      equal(wrong, "dates", await by("Since"), "Gamma delta Alpha Beta");
      equal(wrong, "dates, the other way", await by("Since"), "Beta Alpha delta Gamma");
      equal(wrong, "aria-sort", await figure.locator("th[aria-sort]").getAttribute("aria-sort"), "descending");
      equal(wrong, "money", await by("Sum"), "Alpha Beta delta Gamma");
      equal(wrong, "money, the other way: nothing still comes last", await by("Sum"), "delta Beta Alpha Gamma");
      equal(wrong, "percentages", await by("Share"), "delta Beta Gamma Alpha");
      await by("Share");
      equal(wrong, "a third time: as it came", await by("Share"), "Beta Alpha Gamma delta");
      equal(wrong, "nothing is sorted", await figure.locator("[aria-sort]").count(), 0);
      equal(wrong, "what can be sorted", await figure.locator(".sort").allInnerTexts(), ["Since", "Sum", "Share"]);
      await figure.getByRole("button", { name: "Share" }).press("Enter");
      equal(wrong, "by keyboard", (await rows(figure)).join(" "), "delta Beta Gamma Alpha");
      return wrong;
    });
    await test("as cards a table is sorted by a choice, and a table without what can be sorted offers none", async () => {
      const wrong = [];
      await tab.setViewportSize({ width: 360, height: 700 });
      await tab.goto(`${server.origin}/compare/funds/`);
      const figure = tab.locator("figure.comparison");
      equal(wrong, "buttons", await figure.locator(".sort:visible").count(), 0);
      await figure.getByLabel("Sort by").selectOption("Share, descending");
      equal(wrong, "rows", (await rows(figure)).join(" "), "Alpha Gamma Beta delta");
      await figure.getByLabel("Sort by").selectOption("As listed");
      equal(wrong, "as it came", (await rows(figure)).join(" "), "Beta Alpha Gamma delta");
      await tab.goto(`${server.origin}/compare/wide/`);
      equal(wrong, "a choice of nothing", await tab.locator("select").count(), 0);
      equal(wrong, "rows that differ, where all do", await tab.locator(".only:visible").count(), 0);
      return wrong;
    });

    await test("a table that is cut off fades there, whatever moves", async () => {
      const wrong = [];
      for (const reducedMotion of ["no-preference", "reduce"]) {
        await tab.emulateMedia({ reducedMotion });
        await tab.setViewportSize({ width: 900, height: 700 });
        await tab.goto(`${server.origin}/compare/wide/`);
        const scroll = tab.locator("figure.comparison .scroll");
        const cut = () => scroll.evaluate((e) => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(getComputedStyle(e).getPropertyValue("--cut"))))));
        if (Number.parseFloat(await cut()) === 0) wrong.push(`${reducedMotion}: no sign that there is more`);
        await scroll.evaluate((e) => e.scrollTo({ left: e.scrollWidth, behavior: "instant" }));
        equal(wrong, `${reducedMotion}: at the end`, await cut(), "0px");
        await tab.setViewportSize({ width: 600, height: 700 });
        equal(wrong, `${reducedMotion}: as cards`, await cut(), "0px");
      }
      await tab.emulateMedia({ reducedMotion: "reduce" });
      return wrong;
    });
  } finally {
    await context.close();
    await server.close();
    rmSync(root, { recursive: true, force: true });
  }
}
