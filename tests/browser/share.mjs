// Embeds tell the pages of other sites how high they are, and what can be handed out is: code, citations, addresses of
// the page, of headings and of rows.

import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { check, ofColour } from "./accessibility.mjs";
import { build, repository } from "./machine.mjs";
import { serve } from "./server.mjs";
import { files } from "./site.mjs";

const embeds = ["embed/timeline/", "embed/terms/", "embed/compare/clouds/", "embed/effects/"];

export async function share(temporary, browser, test) {
  const root = mkdtempSync(join(temporary, "share-"));
  const [out, outside] = [join(root, "site"), join(root, "outside")];
  // What embeds say of their address has to be where they are served.
  const server = await serve(out, "/deal/");
  const home = `${server.origin}/deal/`;
  build(repository, out, "--base-url", home);
  mkdirSync(outside);
  const other = await serve(outside, "/");
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce" });
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: server.origin });
  const tab = await context.newPage();
  const errors = [];
  tab.on("pageerror", (error) => errors.push(error.message));
  tab.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  const clipboard = () => tab.evaluate(() => navigator.clipboard.readText());
  const copied = async (press) => {
    await tab.evaluate(() => navigator.clipboard.writeText(""));
    await press();
    await tab.locator(".said:not(:empty)").waitFor();
    return clipboard();
  };

  /** A page of another site with this in it. */
  const parent = async (name, html, query = "") => {
    writeFileSync(join(outside, name), `<!doctype html><meta charset="utf-8"><title>Another site</title><link rel="icon" href="data:,"><script>heard = []; addEventListener("message", (e) => heard.push([e.origin, e.data]))</script>${html}`);
    await tab.goto(`${other.origin}/${name}${query}`);
  };
  const inner = () => tab.frames()[1].evaluate(() => Math.ceil(document.documentElement.getBoundingClientRect().height));
  const outer = () => tab.locator("iframe").evaluate((frame) => frame.clientHeight);
  const fits = async () => {
    await tab.frameLocator("iframe").locator(".colophon").waitFor();
    const end = Date.now() + 5000;
    for (;;) {
      const [a, b] = [await inner(), await outer()];
      if (a === b && a > 300) return a;
      if (Date.now() > end) throw new Error(`the frame is ${b} px high, what is in it ${a}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  await test("share: the code beside a table makes a frame that is as high as the table", async () => {
    const wrong = [];
    await tab.goto(`${home}compare/clouds/`);
    await tab.getByText("Embed this").click();
    const buttons = tab.locator("details[open] button.copy");
    const alone = await copied(() => buttons.first().click());
    if (!/^<iframe src="[^"]+\/deal\/embed\/compare\/clouds\/" title="[^"]+" width="100%" height="\d+" loading="lazy" style="border:0"><\/iframe>$/.test(alone)) wrong.push(`the frame is ${alone}`);
    const fitted = await copied(() => buttons.nth(1).click());
    await parent("fitted.html", `<p>Before</p>${fitted}`);
    const wide = await fits();
    await tab.setViewportSize({ width: 400, height: 900 });
    await tab.waitForFunction((before) => document.querySelector("iframe").clientHeight > before + 50, wide);
    await fits();
    // What opens in it makes it higher.
    const before = await outer();
    await tab.frameLocator("iframe").locator("details.references > summary").click();
    await tab.waitForFunction((before) => document.querySelector("iframe").clientHeight > before + 50, before);
    await fits();
    await tab.setViewportSize({ width: 1440, height: 900 });
    return wrong.concat(errors.splice(0));
  });

  await test("share: an embed speaks as pym.js and AMP listen", async () => {
    const wrong = [];
    await parent("pym.html", `<iframe src="${home}embed/timeline/?childId=part-1&amp;initialWidth=600&amp;parentWidth=600&amp;parentUrl=x" title="x" width="600" height="300"></iframe>`);
    await tab.waitForFunction(() => heard.length >= 2);
    const heard = await tab.evaluate(() => heard);
    const height = await inner();
    const pym = heard.find(([, data]) => data === `pymxPYMxpart-1xPYMxheightxPYMx${height}`);
    if (pym?.[0] !== server.origin) wrong.push(`to pym: ${JSON.stringify(heard)}`);
    if (!heard.some(([, data]) => data.sentinel === "amp" && data.type === "embed-size" && data.height === height)) wrong.push(`to AMP: ${JSON.stringify(heard)}`);
    const asked = await tab.evaluate(() => {
      heard.length = 0;
      document.querySelector("iframe").contentWindow.postMessage("pymxPYMxpart-1xPYMxwidthxPYMx600", "*");
      return new Promise((resolve) => addEventListener("message", (event) => resolve(event.data), { once: true }));
    });
    if (asked !== `pymxPYMxpart-1xPYMxheightxPYMx${height}`) wrong.push(`asked again it says ${JSON.stringify(asked)}`);
    return wrong.concat(errors.splice(0));
  });

  await test("share: links of an embed open pages of their own, those within it don't", async () => {
    const wrong = [];
    await parent("links.html", `<iframe src="${home}embed/compare/clouds/?theme=dark" title="x" width="800" height="600"></iframe>`);
    const frame = tab.frameLocator("iframe");
    const opened = context.waitForEvent("page");
    await frame.getByRole("link", { name: /^Read more/ }).click();
    const page = await opened;
    await page.waitForLoadState();
    if (page.url() !== `${home}compare/clouds/`) wrong.push(`leads to ${page.url()}`);
    if (await page.evaluate(() => opener)) wrong.push("the page knows who opened it");
    await page.close();
    await frame.locator("a.cite").first().click();
    if (!new URL(tab.frames()[1].url()).hash.startsWith("#source-")) wrong.push(`a citation leads to ${tab.frames()[1].url()}`);
    await frame.locator(":target").waitFor();
    const scheme = await tab.frames()[1].evaluate(() => getComputedStyle(document.documentElement).colorScheme);
    if (scheme !== "dark") wrong.push(`the mode is ${scheme}`);
    return wrong.concat(errors.splice(0));
  });

  await test("share: embeds are for everyone, at 320 px and dark, and run one small script", async () => {
    const wrong = [];
    for (const path of embeds) {
      for (const [width, colorScheme] of [[320, "light"], [320, "dark"], [1000, "dark"]]) {
        await tab.setViewportSize({ width, height: 800 });
        await tab.emulateMedia({ colorScheme });
        await tab.goto(home + path);
        wrong.push(...(await check(tab, undefined, width === 320 && colorScheme === "dark" ? ofColour : undefined)).map((line) => `${path} at ${width}, ${colorScheme}: ${line}`));
        const sideways = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (sideways > 0) wrong.push(`${path} is ${sideways} px too wide at ${width}`);
        if (await tab.locator("button:visible, input:visible").count()) wrong.push(`${path} has tools`);
      }
      const scripts = await tab.locator("script").evaluateAll((all) => all.map((script) => script.src));
      const said = await tab.locator(".references > summary").innerText();
      if (!/^Sources: .+ and .+/.test(said)) wrong.push(`${path} names its sources as “${said}”`);
      const titles = await tab.locator("h1, .block-head .title").filter({ visible: true }).count();
      if (titles !== 1) wrong.push(`${path} has ${titles} titles`);
      if (scripts.length !== 1 || !scripts[0].includes("/assets/embed.")) wrong.push(`${path} runs ${scripts}`);
    }
    const script = files(out).find((path) => /^assets\/embed\..*\.js$/.test(path));
    if (readFileSync(join(out, script)).length > 1024) wrong.push("the script is larger than 1 kB");
    await tab.setViewportSize({ width: 1440, height: 900 });
    await tab.emulateMedia({ colorScheme: "light" });
    return wrong.concat(errors.splice(0));
  });

  await test("share: a page says where its oEmbed description is, and that is one", async () => {
    const wrong = [];
    for (const page of ["timeline/", "embed/timeline/", "embed/terms/", "embed/effects/", "compare/clouds/"]) {
      await tab.goto(home + page);
      const about = await tab.evaluate(async () => (await fetch(document.querySelector('link[type="application/json+oembed"]').href)).json());
      const { version, type, width, height, html, title, provider_name, provider_url } = about;
      if (version !== "1.0" || type !== "rich" || !(width > 0) || !(height > 0) || !title || !provider_name || provider_url !== home) wrong.push(`${page}: ${JSON.stringify(about)}`);
      const src = /src="([^"]+)"/.exec(html)?.[1];
      if (src !== home + (page.startsWith("embed/") ? page : `embed/${page}`)) wrong.push(`${page}: ${html}`);
    }
    return wrong.concat(errors.splice(0));
  });

  await test("share: the page's address, a heading's by keyboard, a row's, and citations", async () => {
    const wrong = [];
    const is = (what, seen, wanted) => seen === wanted || wrong.push(`${what}: ${seen} instead of ${wanted}`);
    await tab.goto(`${home}?from=elsewhere#sources`);
    is("the page", await copied(() => tab.getByRole("button", { name: "Copy link", exact: true }).click()), home);
    if (await tab.getByRole("button", { name: "Share", exact: true }).count()) wrong.push("sharing is offered where there is none");

    const anchor = tab.locator(".sections .anchor").first();
    const id = await anchor.evaluate((link) => link.hash);
    const opacity = () => anchor.evaluate((link) => getComputedStyle(link).opacity);
    is("unseen at first", await opacity(), "0");
    await tab.locator(`${id} > h2`).scrollIntoViewIfNeeded();
    await tab.keyboard.press("Tab");
    await anchor.focus();
    is("seen with the focus", await opacity(), "1");
    const { width, height } = await anchor.boundingBox();
    if (width < 24 || height < 24) wrong.push(`the link of a heading is ${width} × ${height} px`);
    is("a heading", await copied(() => tab.keyboard.press("Enter")), home + id);
    is("and the page is there", new URL(tab.url()).hash, id);
    if (!(await tab.getByRole("region", { name: await tab.locator(`${id} > h2`).innerText(), exact: true }).count())) wrong.push("the name of the section is not its title");

    await tab.locator(".cite-page summary").click();
    for (const [name, file] of [["BibTeX", "cite.bib"], ["CSL-JSON", "cite.csl.json"]]) {
      const text = await copied(() => tab.getByRole("button", { name: `Copy as ${name}` }).click());
      is(name, text, readFileSync(join(out, file), "utf8").trim());
    }

    await tab.goto(`${home}compare/clouds/`);
    const row = tab.locator(".row-link").first();
    await row.click();
    if (!(await tab.locator("tr:target").filter({ has: row }).count())) wrong.push(`a row leads to ${tab.url()}`);
    await tab.emulateMedia({ media: "print" });
    if (await tab.locator(".share, .cite-this, .anchor").filter({ visible: true }).count()) wrong.push("it is printed");
    await tab.emulateMedia({ media: "screen" });
    return wrong.concat(errors.splice(0));
  });

  await test("share: where the browser can share, page and entries of the timeline are shared", async () => {
    const wrong = [];
    const phone = await browser.newContext({ viewport: { width: 360, height: 800 }, hasTouch: true, isMobile: true, reducedMotion: "reduce" });
    await phone.addInitScript(() => {
      globalThis.shared = [];
      navigator.share = async (what) => void globalThis.shared.push(what);
    });
    const page = await phone.newPage();
    await page.goto(`${home}timeline/?group=Microsoft`);
    await page.getByRole("button", { name: "Share", exact: true }).click();
    const entry = page.locator(".entries > .event:visible").first();
    await entry.locator(".copy-link").click();
    await page.waitForFunction(() => globalThis.shared.length === 2);
    const id = await entry.getAttribute("id");
    const [whole, one] = await page.evaluate(() => globalThis.shared);
    if (whole.url !== `${home}timeline/` || whole.title !== (await page.title())) wrong.push(`the page: ${JSON.stringify(whole)}`);
    if (one.url !== `${home}timeline/#${id}` || !one.title) wrong.push(`an entry: ${JSON.stringify(one)}`);
    await phone.close();
    return wrong;
  });

  await test("share: without script", async () => {
    const wrong = [];
    const still = await browser.newContext({ javaScriptEnabled: false });
    const page = await still.newPage();
    await page.goto(home);
    if (await page.locator(".tools").filter({ visible: true }).count()) wrong.push("tools are shown");
    await page.locator(".sections .anchor").first().focus();
    await page.keyboard.press("Enter");
    if (!new URL(page.url()).hash) wrong.push("the link of a heading leads nowhere");
    await page.locator(".cite-page summary").click();
    if (!(await page.getByText("@online{").isVisible())) wrong.push("the citation can't be read");
    for (const path of embeds) {
      await page.goto(home + path);
      if (!(await page.locator(".block").first().isVisible())) wrong.push(`${path} is empty`);
      if (await page.locator("button, .popover").filter({ visible: true }).count()) wrong.push(`${path} offers what does nothing`);
    }
    await still.close();
    return wrong;
  });

  await context.close();
  await server.close();
  await other.close();
}
