// An explainer as one file: opened from the disk, it asks nobody for anything, and all of it works: definitions,
// sources, "as of", filters, tables, downloads. Every link in it leads to a place in it, to the web, or is a file.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { check } from "./accessibility.mjs";
import { program, repository } from "./machine.mjs";

/** Opens a file, and takes down what goes wrong on it. */
async function open(browser, file, options) {
  const context = await browser.newContext({ reducedMotion: "reduce", ...options });
  const tab = await context.newPage();
  const wrong = [];
  const address = pathToFileURL(file).href;
  tab.on("request", (request) => {
    if (request.url() !== address && !request.url().startsWith("data:")) wrong.push(`asks for ${request.url()}`);
  });
  tab.on("console", (message) => message.type() === "error" && wrong.push(`console: ${message.text()}`));
  tab.on("pageerror", (error) => wrong.push(`script: ${error.message}`));
  await tab.goto(address);
  return { context, tab, wrong };
}

/** Links that lead nowhere, ids that are there twice, things that would be loaded. Runs in the browser. */
function astray() {
  const wrong = [];
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  for (const id of new Set(ids.filter((id, at) => ids.indexOf(id) !== at))) wrong.push(`two elements have the id ${id}`);
  const known = new Set([...ids, "", "top"]);
  for (const link of document.querySelectorAll("a[href]")) {
    const address = link.getAttribute("href");
    const inside = address.startsWith("#") && known.has(decodeURIComponent(address.slice(1)));
    if (!inside && !/^(https?:|mailto:|data:)/.test(address)) wrong.push(`\`${address}\` (${link.textContent.trim()}) leads nowhere`);
    if (address.startsWith("data:") && !link.download) wrong.push(`${link.textContent} is a file without a name`);
  }
  for (const element of document.querySelectorAll("[src], [srcset], [poster], link[href]")) {
    const address = element.getAttribute("src") ?? element.getAttribute("poster") ?? element.getAttribute("href");
    if (!address?.startsWith("data:") && element.rel !== "canonical") wrong.push(`<${element.localName}> loads ${address}`);
  }
  for (const name of ["aria-labelledby", "aria-describedby", "aria-controls", "popovertarget", "for"]) {
    for (const element of document.querySelectorAll(`[${name}]`)) {
      for (const id of element.getAttribute(name).split(" ")) if (!known.has(id)) wrong.push(`${name} names ${id}, which isn't there`);
    }
  }
  return wrong;
}

export async function single(temporary, cards, browser, test) {
  const make = (root, name, ...args) => {
    const file = join(temporary, name);
    const env = { ...process.env, SOURCE_DATE_EPOCH: "1777593600" };
    execFileSync(program, ["build", "--single-file", "--root", root, "--out", file, ...args], { env, stdio: ["ignore", "ignore", "pipe"] });
    return file;
  };

  await test("single file: it works without a network", async () => {
    const { context, tab, wrong } = await open(browser, make(repository, "single.html"), { viewport: { width: 1280, height: 900 }, acceptDownloads: true });
    wrong.push(...(await tab.evaluate(astray)));
    const expect = (holds, what) => holds || wrong.push(what);

    await tab.locator("main a.term[data-term]").first().click();
    expect(await tab.locator(".popovers .popover:popover-open").count(), "no definition opens");
    await tab.keyboard.press("Escape");

    const cite = tab.locator(".sections a.cite").first();
    const number = await cite.textContent();
    await cite.click();
    const title = await tab.locator(".source-here:popover-open .source-title").textContent();
    const inList = await tab.locator(`#_sources li[value="${Number.parseInt(number)}"] .source-title`).textContent();
    expect(title === inList, `citation ${number} shows “${title}”, and in the list it is “${inList}”`);
    await tab.locator(".source-here .more a").click();
    expect(await tab.locator("#_sources li:target").count(), "the source doesn't lead to the list");

    const timeline = tab.locator("#_timeline");
    const all = await timeline.locator(".entries > .entry:visible").count();
    await timeline.locator(".filter [data-group]").first().click();
    const some = await timeline.locator(".entries > .entry:visible").count();
    expect(some > 0 && some < all, `a filter shows ${some} of ${all} entries`);
    await timeline.locator(".filter [type=reset]").click();

    const tool = tab.locator("#_terms .as-of-tool").first();
    const columns = () => tab.locator("#_terms table thead th[scope=col]:visible").count();
    const before = await columns();
    await tool.locator("[type=radio]").nth(1).check();
    expect((await columns()) < before, "“as of” shows every edition");
    expect(await timeline.locator(".here").count(), "“as of” isn't shown in the timeline");
    await tool.locator("[type=radio]").first().check();
    expect((await columns()) === before, "“as of” can't be left again");

    await tab.locator("#_terms .choose summary").first().click();
    await tab.locator("#_terms .choose label").first().click();
    expect((await columns()) < before, "the columns can't be chosen");

    const link = tab.locator("a[download$='.csv']").first();
    const [download] = await Promise.all([tab.waitForEvent("download"), link.click()]);
    const text = readFileSync(await download.path(), "utf8");
    expect(text.includes(",") && download.suggestedFilename() === (await link.getAttribute("download")), "the data can't be taken away");

    await tab.locator(".masthead nav a").nth(1).click();
    expect(await tab.locator(".leaf:target").count(), "the navigation leads nowhere");
    await context.close();
    return wrong;
  });

  for (const [width, colorScheme] of [[360, "light"], [1440, "dark"]]) {
    await test(`single file: for everyone at ${width}, ${colorScheme}`, async () => {
      const file = make(cards, "cards.html", "--base-url", "https://example.org/", "--explainer", "deal");
      const { context, tab, wrong } = await open(browser, file, { viewport: { width, height: 900 }, colorScheme });
      wrong.push(...(await tab.evaluate(astray)));
      const sideways = await tab.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (sideways > 0) wrong.push(`is ${sideways} px wider than the window`);
      wrong.push(...(await check(tab)));
      await context.close();
      return wrong;
    });
  }

  await test("single file: without script all of it is there", async () => {
    const { context, tab, wrong } = await open(browser, join(temporary, "cards.html"), { javaScriptEnabled: false });
    for (const part of ["_section-the-terms", "_terms", "_timeline", "_sources"]) {
      if (!(await tab.locator(`#${part}`).isVisible())) wrong.push(`#${part} isn't there`);
    }
    await context.close();
    return wrong;
  });
}
