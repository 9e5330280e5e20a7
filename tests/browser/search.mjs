// The search: nothing of it is loaded before somebody wants it; by keyboard, on a phone, in languages without spaces;
// what is found is shown as text and leads to its place.

import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { check, ofColour } from "./accessibility.mjs";
import { build, repository } from "./machine.mjs";
import { serve } from "./server.mjs";

const hostile = `<img src=x onerror="globalThis.ran = 1">`;

/** A site of two explainers, one of them hostile and with accents, and the first one in Japanese. */
function pair(root) {
  const write = (path, text) => {
    mkdirSync(join(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write("expound.toml", 'title = "Explained"\n');
  write("content/energy/index.md", '+++\ntitle = "Energy"\n+++\n\nWho pays for the grid.\n');
  write("content/energy/10-tariffs.md", `# Tariffs ${hostile}\n\nThe Großverträge of the café.\n\n## A façade\n\nA settlement ${hostile} of accounts.\n`);
  write("content/energy/terms.toml", `[[term]]\nname = "Levy ${hostile.replaceAll('"', "'")}"\ndefinition = "A charge."\n`);
  write("content/energy/index.ja.md", '+++\ntitle = "エネルギー"\n+++\n\n独占ライセンスの期間は二〇三二年まで。\n');
  write("content/energy/index.ar.md", '+++\ntitle = "الطاقة"\n+++\n\nمن يدفع ثمن الشبكة، والعُقود القديمة.\n');
  write("content/water/index.md", '+++\ntitle = "Water"\nlayout = "cards"\n+++\n\nWho owns it.\n');
  write("content/water/10-rights.md", "# Riparian rights\n\nText.\n");
  return root;
}

export async function search(temporary, browser, test) {
  const root = mkdtempSync(join(temporary, "search-"));
  const sites = [repository, pair(join(root, "pair"))].map((from, at) => ({ from, out: join(root, `out-${at}`), base: at ? "/" : "/deal/" }));
  for (const site of sites) {
    build(site.from, site.out, "--base-url", `https://example.org${site.base}`);
    site.server = await serve(site.out, site.base);
    site.origin = site.server.origin;
  }
  const [deal, two] = sites;

  const open = async (site, path, options = {}) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", ...options });
    await context.addInitScript(() => {
      globalThis.blocked = [];
      document.addEventListener("securitypolicyviolation", (event) => globalThis.blocked.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`));
    });
    const tab = await context.newPage();
    tab.asked = [];
    tab.wrong = [];
    tab.on("request", (request) => tab.asked.push(new URL(request.url()).pathname));
    tab.on("pageerror", (error) => tab.wrong.push(`script: ${error.message}`));
    tab.on("console", (message) => message.type() === "error" && tab.wrong.push(`console: ${message.text()}`));
    await tab.goto(site.origin + site.base + path);
    return tab;
  };
  const close = async (tab) => {
    const wrong = [...tab.wrong, ...(await tab.evaluate(() => globalThis.blocked))];
    await tab.context().close();
    return wrong;
  };
  const dialog = (tab) => tab.locator("dialog.search[open]");
  const start = async (tab, words) => {
    await tab.locator(".search-open").click();
    await dialog(tab).waitFor();
    await ask(tab, words);
  };
  /** Types words, and waits until it is said what came of them. */
  const ask = async (tab, words) => {
    await tab.evaluate(() => (document.querySelector("dialog.search .count").textContent = ""));
    await tab.locator("dialog.search [role=combobox]").fill(words);
    await tab.waitForFunction(() => document.querySelector("dialog.search .count").textContent !== "");
  };
  const texts = (tab, selector) => tab.locator(`dialog.search ${selector}`).allTextContents();
  const active = (tab) => tab.evaluate(() => document.querySelector("[role=combobox]").getAttribute("aria-activedescendant"));

  await test("search: nothing is loaded before it is wanted, and the policy allows what is", async () => {
    const tab = await open(deal, "");
    const wrong = tab.asked.filter((path) => path.includes("search")).map((path) => `${path} is loaded at once`);
    if (await tab.locator("dialog.search").count()) wrong.push("the dialog is on the page at once");
    await start(tab, "amazon");
    for (const part of [/\/assets\/search\.\w+\.js$/, /\/assets\/search\.\w+\.css$/, /\/deal\/data\/search\.json$/]) {
      if (tab.asked.filter((path) => part.test(path)).length !== 1) wrong.push(`${part} isn't loaded once: ${tab.asked}`);
    }
    wrong.push(...(await close(tab)));
    const silent = await open(deal, "", { javaScriptEnabled: false });
    if (await silent.locator(".search-open").isVisible()) wrong.push("without script there is a button that does nothing");
    await silent.context().close();
    return wrong;
  });

  await test("search: by keyboard", async () => {
    const wrong = [];
    const tab = await open(deal, "");
    await tab.keyboard.press("/");
    await dialog(tab).waitFor();
    await tab.keyboard.type("exclus");
    await tab.locator("dialog.search [role=option]").first().waitFor();
    if ((await tab.locator("dialog.search [role=combobox]").getAttribute("aria-expanded")) !== "true") wrong.push("the list isn't said to be open");
    if (await active(tab)) wrong.push("something is chosen before anybody has chosen");
    const count = await tab.locator("dialog.search [role=option]").count();
    const steps = [["ArrowDown", 0], ["ArrowDown", 1], ["End", count - 1], ["ArrowDown", null], ["ArrowUp", count - 1], ["Home", 0]];
    for (const [key, at] of steps) {
      await tab.keyboard.press(key);
      const expected = at === null ? null : `_search-${at}`;
      if ((await active(tab)) !== expected) wrong.push(`${key} chooses ${await active(tab)}, not ${expected}`);
      const selected = await tab.locator("dialog.search [aria-selected=true]").evaluateAll((all) => all.map((one) => one.id));
      if (selected.join() !== (expected ?? "")) wrong.push(`after ${key} ${selected} is shown as chosen`);
    }
    const marks = await texts(tab, "mark");
    if (!marks.length || !marks.every((mark) => mark.toLowerCase().startsWith("exclus"))) wrong.push(`marks ${marks}`);
    const groups = await tab.locator("dialog.search [role=group]").evaluateAll((all) => all.map((one) => document.getElementById(one.getAttribute("aria-labelledby"))?.textContent));
    if (!groups.includes("Terms") || groups.length < 3) wrong.push(`groups: ${groups}`);
    await tab.keyboard.press("Escape");
    if (await dialog(tab).count()) wrong.push("Escape doesn't close it");
    await tab.locator(".search-open").focus();
    await tab.keyboard.press("Enter");
    await dialog(tab).waitFor();
    await tab.keyboard.press("Escape");
    if (!(await tab.evaluate(() => document.activeElement.matches(".search-open")))) wrong.push("the focus doesn't return");
    // What was looked for is still there, and Enter goes to the best.
    await tab.keyboard.press("Control+k");
    await dialog(tab).waitFor();
    const best = await tab.locator("dialog.search [role=option]").first().evaluate((link) => link.href);
    await tab.keyboard.press("Enter");
    await tab.waitForURL(best);
    if (!(await tab.evaluate(() => document.querySelector(":target")))) wrong.push(`${best} leads to nothing`);
    return [...wrong, ...(await close(tab))];
  });

  await test("search: every kind of thing leads to its place", async () => {
    const wrong = [];
    const tab = await open(deal, "sources/");
    for (const [words, kind, path] of [
      ["what comes next", "section", "/deal/#"],
      ["exclusivity", "term", "/deal/terms/#"],
      ["gpt-3", "event", "/deal/timeline/#"],
      ["three clouds compared", "table", "/deal/compare/clouds/"],
      ["stake", "fact", "/deal/"],
      ["statement", "source", "/deal/sources/#"],
    ]) {
      if (await dialog(tab).count()) await ask(tab, words);
      else await start(tab, words);
      const [first] = await tab.locator(`dialog.search [aria-labelledby="_search-${kind}"] [role=option]`).evaluateAll((all) => all.map((link) => link.getAttribute("href")));
      if (!first?.includes(path)) wrong.push(`${words}: ${first ?? `nothing among ${await texts(tab, ".kind")}`}`);
    }
    return [...wrong, ...(await close(tab))];
  });

  await test("search: the slash is left to whoever types, and can be turned off", async () => {
    const wrong = [];
    const tab = await open(deal, "timeline/");
    /** Whether the page does something of its own when a key is pressed. */
    const taken = (key) => tab.evaluate((key) => !document.body.dispatchEvent(new KeyboardEvent("keydown", { ...key, bubbles: true, cancelable: true })), key);
    const field = tab.locator(".filter input");
    await field.focus();
    await tab.keyboard.type("a/b");
    if ((await field.inputValue()) !== "a/b") wrong.push(`a field has ${await field.inputValue()}`);
    await field.evaluate((input) => input.blur());
    if (await taken({ key: "/", ctrlKey: true })) wrong.push("it is taken with another key");
    if (!(await taken({ key: "/", shiftKey: true }))) wrong.push("it isn't taken where it needs Shift");
    await tab.reload();
    await start(tab, "amazon");
    await tab.locator("dialog.search [type=checkbox]").uncheck();
    await tab.keyboard.press("Escape");
    if (await taken({ key: "/" })) wrong.push("it is taken though it was turned off");
    await tab.reload();
    if (await taken({ key: "/" })) wrong.push("it is taken though it was turned off before");
    await start(tab, "amazon");
    if (await tab.locator("dialog.search [type=checkbox]").isChecked()) wrong.push("it isn't known that it was turned off");
    return [...wrong, ...(await close(tab))];
  });

  await test("search: what is typed wrongly, otherwise or not at all", async () => {
    const wrong = [];
    const tab = await open(two, "energy/");
    const expected = [
      ["setlement", "settlement"],
      ["settlemnet", "settlement"],
      ["grossvertrage", "Großverträge"],
      ["grossvertraege", "Großverträge"],
      ["GROSSVERTRÄGE", "Großverträge"],
      ["cafe", "café"],
      ["facade", "façade"],
    ];
    for (const [at, [words, mark]] of expected.entries()) {
      if (at) await ask(tab, words);
      else await start(tab, words);
      const marks = await texts(tab, "mark");
      if (!marks.includes(mark)) wrong.push(`${words} marks ${JSON.stringify(marks)}`);
    }
    await ask(tab, "settlement grid");
    if (await tab.locator("dialog.search [role=option]").count()) wrong.push("not every word has to occur");
    await ask(tab, "zzzz");
    const said = await tab.locator("dialog.search .count").textContent();
    if (!said.includes("zzzz")) wrong.push(`says ${said}`);
    const ways = await tab.locator("dialog.search .ways a").evaluateAll((all) => all.filter((link) => link.checkVisibility()).map((link) => link.textContent));
    if (!ways.includes("Terms")) wrong.push(`offers ${ways}`);
    // A hub knows only of its explainers; from an explainer the others come last.
    await ask(tab, "riparian");
    const href = await tab.locator("dialog.search [role=option]").first().getAttribute("href", { timeout: 5000 });
    if (!href?.endsWith("/water/rights/")) wrong.push(`the other explainer's section is at ${href}`);
    if ((await texts(tab, ".kind")).join() !== "Other explainers") wrong.push("it isn't said to be elsewhere");
    await tab.goto(`${two.origin}/`);
    await start(tab, "levy");
    if ((await tab.locator("dialog.search [role=option]").count()) !== 1) wrong.push("the hub doesn't find the term of an explainer");
    return [...wrong, ...(await close(tab))];
  });

  await test("search: what is on the page as text stays text", async () => {
    const tab = await open(two, "energy/");
    await start(tab, "img onerror");
    const wrong = [];
    const names = await texts(tab, ".name");
    if (!names.some((name) => name.includes("<img src=x onerror="))) wrong.push(`names: ${names}`);
    if (await tab.locator("dialog.search img").count()) wrong.push("it has become an element");
    if (await tab.evaluate(() => globalThis.ran)) wrong.push("it was run");
    return [...wrong, ...(await close(tab))];
  });

  await test("search: Japanese, without spaces", async () => {
    const wrong = [];
    const tab = await open(two, "ja/energy/");
    await start(tab, "ライセンス");
    if (!(await texts(tab, "mark")).includes("ライセンス")) wrong.push("a word within a line isn't found");
    await ask(tab, "ライセンス期間");
    if (!(await texts(tab, "mark")).includes("期間")) wrong.push("two words that stand apart aren't found together");
    await ask(tab, "ﾗｲｾﾝｽ");
    if (!(await texts(tab, "mark")).includes("ライセンス")) wrong.push("narrow letters aren't the same as wide ones");
    return [...wrong, ...(await close(tab))];
  });

  await test("search: Arabic, to the left", async () => {
    const wrong = [];
    const tab = await open(two, "ar/energy/", { viewport: { width: 360, height: 700 } });
    await start(tab, "عقود");
    if (!(await texts(tab, "mark")).length) wrong.push("a word behind an article, without its vowels, isn't found");
    const [field, button, result] = await Promise.all(["[role=combobox]", ".search-close", "[role=option]"].map((part) => tab.locator(`dialog.search ${part}`).first().boundingBox()));
    if (button.x > field.x) wrong.push("the button to close it isn't at the left");
    if (result.x < 0 || result.x + result.width > 360) wrong.push("a result is wider than the window");
    wrong.push(...(await check(tab, "dialog.search")));
    return [...wrong, ...(await close(tab))];
  });

  for (const [width, height, colorScheme] of [[360, 700, "light"], [360, 700, "dark"], [1440, 900, "light"], [1440, 900, "dark"]]) {
    await test(`search: for everyone at ${width}, ${colorScheme}`, async () => {
      const tab = await open(deal, "", { viewport: { width, height }, colorScheme, hasTouch: width < 500, isMobile: width < 500 });
      await start(tab, "microsoft");
      await tab.keyboard.press("ArrowDown");
      const rules = colorScheme === "dark" ? ofColour : undefined;
      const wrong = await check(tab, undefined, rules);
      const size = await tab.locator("dialog.search [role=combobox]").evaluate((input) => parseFloat(getComputedStyle(input).fontSize));
      if (size < 16) wrong.push(`letters of ${size} px make a phone zoom`);
      const box = await tab.locator("dialog.search").boundingBox();
      if (width < 500 && (box.x || box.y || box.width !== width || box.height !== height)) wrong.push(`doesn't fill the phone: ${JSON.stringify(box)}`);
      const out = await tab.evaluate(() => [...document.querySelectorAll("dialog.search *")].filter((e) => e.getBoundingClientRect().right > innerWidth + 0.5).map((e) => e.outerHTML.slice(0, 80)));
      wrong.push(...out.map((html) => `is wider than the window: ${html}`));
      await ask(tab, "zzzz");
      wrong.push(...(await check(tab, "dialog.search", rules)));
      return [...wrong, ...(await close(tab))];
    });
  }

  for (const site of sites) await site.server.close();
}
