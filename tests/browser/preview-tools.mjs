// What the preview says to the author: the overlay with errors, the list of warnings, the bar.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { check, ofColour } from "./accessibility.mjs";
import { Served, live, open } from "./serving.mjs";

const section = "content/10-what-changed.md";
const hostile = "<img src=x onerror=hacked=1></script><script>hacked=1</script>";

const dialog = (tab) => tab.locator("expound-preview dialog");
const opens = (tab) => tab.locator("expound-preview dialog[open]").waitFor();
const closes = (tab) => tab.locator("expound-preview dialog:not([open])").waitFor({ state: "attached" });
const badge = (tab) => tab.locator("expound-preview .findings");
const says = (tab, text) => badge(tab).getByText(text).or(badge(tab).filter({ hasText: text })).first().waitFor();

export async function telling(browser, test) {
  const site = new Served();
  const record = join(site.root, "opened.txt");
  const editor = join(site.root, "editor.mjs");
  writeFileSync(editor, `import { appendFileSync } from "node:fs";\nappendFileSync(${JSON.stringify(record)}, process.argv.slice(2).join(" ") + "\\n");\n`);
  await site.start("--drafts", "--editor", `${process.execPath} ${editor} {file}:{line}:{column}`);
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" });
  const sound = site.read(section);

  /** A test on a tab of its own; the site is sound before and after. */
  const on = (name, run) => test(`preview: ${name}`, async () => {
    const tab = await open(context, site.address);
    try {
      return [...((await run(tab)) ?? []), ...tab.wrong];
    } finally {
      site.write(section, sound);
      await says(tab, "No problems");
      await tab.close();
    }
  });
  const wrongly = (...references) => site.write(section, `${sound}\n${references.map((name) => `Of [[${name}]].`).join("\n")}\n`);

  await on("an error is laid over the page, escaped, and goes when it is mended", async (tab) => {
    await tab.locator("main a").first().focus();
    wrongly(hostile.replaceAll("]", ""));
    await opens(tab);
    const wrong = [];
    const text = await dialog(tab).innerText();
    for (const part of ["1 error", "unknown-reference", `${section}:`, hostile]) if (!text.includes(part)) wrong.push(`it doesn't say ${part}: ${text}`);
    if ((await dialog(tab).locator("mark").first().innerText()) !== hostile) wrong.push("the span isn't marked");
    if (await dialog(tab).locator("img, script").count()) wrong.push("the text became elements");
    if (!(await tab.evaluate(() => document.querySelector("expound-preview").shadowRoot.activeElement?.closest("dialog")))) wrong.push("the focus is elsewhere");
    site.write(section, sound);
    await closes(tab);
    if (!(await tab.evaluate(() => document.activeElement === document.querySelector("main a")))) wrong.push("the focus isn't given back");
    if (await tab.evaluate(() => "hacked" in window)) wrong.push("a script in a text has run");
    return wrong;
  });

  await on("a broken value leaves the last good page in place, and says so", async (tab) => {
    const wrong = [];
    const terms = site.read("content/terms.toml");
    const before = await tab.locator("main").innerText();
    site.write("content/terms.toml", terms.replace('status = "reported"', `status = "${hostile}"`).replace('definition = "', 'definition = "Held back. '));
    await opens(tab);
    const text = await dialog(tab).innerText();
    for (const part of ["the last good one", hostile, "bad-value", "content/terms.toml:"]) if (!text.includes(part)) wrong.push(`it doesn't say ${part}: ${text}`);
    if ((await tab.locator("main").innerText()) !== before) wrong.push("the page has changed");
    await tab.locator("expound-preview .bar[data-state=held]").waitFor();
    site.write("content/terms.toml", terms);
    await closes(tab);
    await tab.locator("expound-preview .bar[data-state=live]").waitFor();
    return wrong;
  });

  await on("Escape puts the same errors away, but not new ones; the bar brings them back", async (tab) => {
    const wrong = [];
    wrongly("nothing-a");
    await opens(tab);
    await tab.keyboard.press("Escape");
    await closes(tab);
    // The same error on another line, beside a mended text.
    site.write(section, `${sound}\nA line.\n\nOf [[nothing-a]].\n`);
    await tab.waitForFunction((line) => document.querySelector("expound-preview").shadowRoot.querySelector("dialog .place").textContent.includes(`:${line}:`), sound.split("\n").length + 3);
    if (await dialog(tab).isVisible()) wrong.push("it came back for the same error");
    await tab.reload();
    await live(tab);
    await says(tab, "1 error");
    if (await dialog(tab).isVisible()) wrong.push("it came back after a reload");
    await badge(tab).click();
    await opens(tab);
    await tab.keyboard.press("Escape");
    await closes(tab);
    if (!(await tab.evaluate(() => document.querySelector("expound-preview").shadowRoot.activeElement?.matches(".findings")))) wrong.push("the focus isn't given back to the bar");
    wrongly("nothing-a", "nothing-b");
    await opens(tab);
    if (!(await dialog(tab).innerText()).includes("2 errors")) wrong.push("it doesn't list both");
    return wrong;
  });

  await on("warnings are a badge, and its list opens places in the editor", async (tab) => {
    const wrong = [];
    const facts = site.read("content/facts.toml");
    site.write("content/facts.toml", `${facts}\n[[fact]]\nid = "never-used"\nvalue = "7 seas"\nlabel = "Nobody names it"\n`);
    await says(tab, "warning");
    if (await dialog(tab).isVisible()) wrong.push("a warning is laid over the page");
    await badge(tab).click();
    await opens(tab);
    const place = dialog(tab).locator(".place").first();
    const where = await place.innerText();
    const answer = tab.waitForResponse(/_expound\/open/);
    await place.click();
    if ((await answer).status() !== 204) wrong.push(`the server answers ${(await answer).status()}: ${await (await answer).text()}`);
    const deadline = Date.now() + 5000;
    let opened = "";
    while (!opened.endsWith("\n") && Date.now() < deadline) {
      await tab.evaluate(() => new Promise(requestAnimationFrame));
      opened = site.has("opened.txt") ? readFileSync(record, "utf8") : "";
    }
    if (opened.trim() !== join(site.root, where) && opened.trim() !== where) wrong.push(`the editor was given ${opened}, not ${where}`);
    await tab.route(/_expound\/open/, (route) => route.fulfill({ status: 500, body: "no <b>editor</b> here" }));
    await place.click();
    await dialog(tab).getByText("no <b>editor</b> here").waitFor();
    site.write("content/facts.toml", facts);
    await closes(tab);
    return wrong;
  });

  await on("the bar tells of the page, and is hidden and shown by key", async (tab) => {
    const wrong = [];
    const bar = tab.locator("expound-preview .row");
    await tab.locator("expound-preview .words").filter({ hasText: /[1-9][\d,]* words · \d+ min/ }).waitFor();
    await tab.getByRole("button", { name: "Parts" }).click();
    const parts = await tab.locator("expound-preview #parts").innerText();
    for (const part of ["content/index.md:", "What changed", `${section}:`]) if (!parts.includes(part)) wrong.push(`the parts lack ${part}: ${parts}`);
    await tab.locator("expound-preview #parts .place").first().focus();
    await tab.keyboard.press("Escape");
    if (await tab.locator("expound-preview #parts").isVisible()) wrong.push("Escape leaves the parts open");
    site.write("content/70-idea.md", "+++\ntitle = \"An idea\"\ndraft = true\n+++\n\nNot for readers yet.\n");
    await tab.locator("expound-preview .row .draft").waitFor();
    site.remove("content/70-idea.md");
    await tab.locator("expound-preview .row .draft").waitFor({ state: "hidden" });
    const facts = site.read("content/facts.toml");
    site.edit("content/facts.toml", 'sources = ["openai-2019"]\n', "");
    await tab.getByRole("button", { name: "1 unsourced" }).click();
    const unsourced = await tab.locator("expound-preview #unsourced").innerText();
    if (!unsourced.includes("first investment") || !unsourced.includes("content/facts.toml:")) wrong.push(`without a source: ${unsourced}`);
    site.write("content/facts.toml", facts);
    await tab.getByRole("button", { name: "1 unsourced" }).waitFor({ state: "hidden" });
    await tab.keyboard.press("Alt+Shift+E");
    if (await bar.isVisible()) wrong.push("the key doesn't hide it");
    await tab.reload();
    await live(tab);
    if (await bar.isVisible()) wrong.push("that isn't remembered");
    await tab.locator("expound-preview .tab").click();
    if (!(await bar.isVisible())) wrong.push("the tab doesn't bring it back");
    await tab.emulateMedia({ media: "print" });
    if (await bar.isVisible()) wrong.push("it is printed");
    await tab.emulateMedia({ media: null });
    return wrong;
  });

  for (const [width, height] of [[360, 740], [1440, 900]]) {
    for (const colorScheme of ["light", "dark"]) {
      await on(`bar, lists and overlay are for everyone at ${width}, ${colorScheme}`, async (tab) => {
        const wrong = [];
        await tab.setViewportSize({ width, height });
        await tab.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        const look = async (what) => {
          const sideways = await tab.evaluate(() => [document.documentElement, ...document.querySelector("expound-preview").shadowRoot.querySelectorAll("*")].filter((e) => e.scrollWidth > e.clientWidth + 1 && !e.closest(".vh, .full, .state, .words") && getComputedStyle(e).display !== "inline").map((e) => `${e.localName}.${e.className}`));
          if (sideways.length) wrong.push(`${what}: wider than it may be: ${sideways}`);
          // The page itself doesn't change with what is opened.
          const part = what === "bar" ? undefined : "expound-preview";
          wrong.push(...(await check(tab, part, colorScheme === "dark" ? ofColour : undefined)).map((line) => `${what}: ${line}`));
        };
        await look("bar");
        // The end of the page isn't below the bar.
        await tab.evaluate(() => scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" }));
        const covered = await tab.evaluate(() => document.querySelector(".colophon").getBoundingClientRect().bottom - document.querySelector("expound-preview").shadowRoot.querySelector(".bar").getBoundingClientRect().top);
        if (covered >= 1) wrong.push(`the bar covers ${covered} px of the page's end`);
        await tab.getByRole("button", { name: "Parts" }).click();
        await look("parts");
        wrongly(`nothing${"-at-all".repeat(30)}`, "nothing-b");
        await opens(tab);
        await look("overlay");
        return wrong;
      });
    }
  }

  await context.close();
  await site.close();
}
