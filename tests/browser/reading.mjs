// A site is whole without script: every heading and all text are there, links work, terms explain themselves.

import { addressOf, layOut, onePerKind } from "./site.mjs";

export async function reading(site, browser, test) {
  const without = await browser.newContext({ javaScriptEnabled: false });
  const tab = await without.newPage();
  const scripted = await browser.newPage();
  for (const page of onePerKind(site.pages)) {
    await test(`${site.name}: without script: ${page}`, async () => {
      const wrong = [];
      const address = site.origin + site.base + addressOf(page);
      await Promise.all([tab.goto(address), scripted.goto(address)]);
      if (!(await tab.locator("h1").first().isVisible())) wrong.push("has no visible h1");
      if (!(await tab.title()).trim()) wrong.push("has no title");
      // What is hidden with script too (notes for print, closed popovers) is hidden on purpose.
      await Promise.all([tab.evaluate(layOut), scripted.evaluate(layOut)]);
      const [bare, full] = [await tab.evaluate(visible), await scripted.evaluate(visible)];
      for (const heading of full.headings) if (!bare.headings.includes(heading)) wrong.push(`the heading “${heading}” is hidden`);
      if (bare.text < 20) wrong.push("says next to nothing");
      if (bare.text < full.text * 0.95) wrong.push(`shows ${bare.text} of ${full.text} characters`);
      return wrong;
    });
  }
  await scripted.close();
  await test(`${site.name}: a missing page says so`, async () => {
    const response = await tab.goto(`${site.origin}${site.base}nothing/of/this/name/`);
    const wrong = response.status() === 404 ? [] : [`status ${response.status()}`];
    if (!(await tab.locator("h1").first().isVisible())) wrong.push("has no visible h1");
    for (const link of await tab.locator("main a[href], nav a[href], header a[href]").all()) {
      const address = await link.evaluate((e) => e.href);
      if (!address.startsWith(site.origin)) continue;
      const there = await without.request.get(address);
      if (!there.ok()) wrong.push(`${address} leads nowhere`);
    }
    return wrong;
  });
  await test(`${site.name}: a term explains itself by keyboard`, async () => {
    await tab.goto(site.origin + site.base);
    const button = tab.locator("main button[popovertarget]").first();
    if ((await button.count()) === 0) return ["the front page has no term with a popover"];
    const popover = tab.locator(`[id="${await button.getAttribute("popovertarget")}"]`);
    const open = () => popover.evaluate((e) => e.matches(":popover-open"));
    const wrong = [];
    if (await open()) wrong.push("it is open before it was asked for");
    await button.focus();
    await tab.keyboard.press("Enter");
    if (!(await open())) wrong.push("Enter does not open it");
    if (!(await popover.innerText()).trim()) wrong.push("it says nothing");
    await tab.keyboard.press("Escape");
    if (await open()) wrong.push("Escape does not close it");
    return wrong;
  });
  await without.close();
}

/** The headings that can be seen, and how much text. Runs in the browser. */
function visible() {
  const main = document.querySelector("main");
  const headings = [...main.querySelectorAll("h1, h2, h3")].filter((e) => e.checkVisibility({ visibilityProperty: true }));
  // What needs script is nothing to read.
  const tools = [...main.querySelectorAll(".tools")].filter((e) => e.checkVisibility() && !e.parentElement.closest(".tools")).map((e) => e.innerText.trim().length);
  const text = main.innerText.trim().length - tools.reduce((sum, length) => sum + length + 1, 0);
  return { headings: headings.map((e) => e.innerText.trim()), text };
}
