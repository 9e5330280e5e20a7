// The preview in the browser: a change is patched into the open page exactly, and nothing else on it is touched.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { connecting } from "./preview-connection.mjs";
import { anyChange } from "./preview-patch.mjs";
import { telling } from "./preview-tools.mjs";
import { repository } from "./machine.mjs";
import { Served, open, patched, reloaded, unlikeFresh } from "./serving.mjs";

const section = "content/10-what-changed.md";

/** The built-in frame of every page, with a form, a picture, a style sheet and a script of the site's own. */
const framed = (more = "") =>
  Served.template("base.html").replace("</header>\n{% endblock masthead %}", `<form><input id="note" aria-label="Note"></form><img id="picture" src="{{ page.site.href }}picture.svg" alt="" width="40"><p id="own">${more}</p></header>\n{% endblock masthead %}`)
    .replace("{% block head %}", '<link rel="stylesheet" href="/own.css"><script src="/own.js" defer></script>\n{% block head %}');
const picture = (width) => `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="20"><rect width="${width}" height="20" fill="#888"/></svg>`;
/** The script that a test puts into the page, and what lets it and the script of the site's own run. */
const inline = "window.inline = 1";
const hash = createHash("sha256").update(inline).digest("base64");
const settings = `${readFileSync(join(repository, "expound.toml"), "utf8")}\n[security]\nscript-src = ["'self'", "'sha256-${hash}'"]\n`;
const own = { "expound.toml": settings, "templates/base.html": framed("one"), "static/own.css": "#own { color: rgb(1, 2, 3) }", "static/own.js": "window.own = 1;", "static/picture.svg": picture(40) };

export async function preview(browser, test) {
  await anyChange(browser, test);
  await patching(browser, test);
  await connecting(browser, test);
  await telling(browser, test);
}

async function patching(browser, test) {
  const site = await new Served(own).start();
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" });
  const opened = (path = "") => open(context, site.address + path);
  /** A test on a tab of its own. */
  const on = (name, run, path) => test(`preview: ${name}`, async () => {
    const tab = await opened(path);
    try {
      return [...((await run(tab)) ?? []), ...tab.wrong];
    } finally {
      await tab.close();
    }
  });

  await on("after each of many edits the page is what a new tab shows", async (tab) => {
    const wrong = [];
    await tab.evaluate(() => (window.same = true));
    const after = async (what, edit, ready) => {
      await patched(tab, edit);
      if (ready) await tab.waitForFunction(ready);
      if (!(await tab.evaluate(() => window.same))) wrong.push(`${what}: the page was loaded anew`);
      await tab.evaluate(() => (window.same = true));
      wrong.push(...(await unlikeFresh(tab)).map((line) => `${what}: ${line}`));
    };
    await after("a text", () => site.edit(section, "moved on one Monday", "moved on a single Monday"));
    await after("a paragraph more", () => site.edit(section, "**The licence.**", "A paragraph that [[agi|names a term]] [@volk-2025].\n\n**The licence.**"));
    await after("a paragraph less", () => site.edit(section, "A paragraph that [[agi|names a term]] [@volk-2025].\n\n", ""));
    await after("a section more", () => site.write("content/15-more.md", "+++\ntitle = \"More\"\n+++\n\nIt has words, and [[agi|a term]].\n"));
    await after("a section renamed", () => {
      site.write("content/55-more.md", site.read("content/15-more.md"));
      site.remove("content/15-more.md");
    }, () => document.querySelector(".sections > section:nth-of-type(2)").id !== "more");
    await after("a section less", () => site.remove("content/55-more.md"));
    await after("the state of a term", () => site.edit("content/terms.toml", 'standing = "', 'standing = "newly '));
    await after("the setting of the title", () => site.edit("content/index.md", 'title = "OpenAI and Microsoft, rewritten"', 'title = "Rewritten"'));
    await after("a fact", () => site.edit("content/facts.toml", '$1 billion', '$1.5 billion'));
    await after("a template", () => site.write("templates/base.html", framed("two")));
    await after("the theme's styles", () => site.write("static/theme/99-own.css", ".standfirst { color: rgb(9, 8, 7) }"));
    await after("the language", () => site.edit("expound.toml", 'language = "en-GB"', 'language = "ar"'));
    await after("the language again", () => site.edit("expound.toml", 'language = "ar"', 'language = "en-GB"'));
    const colour = await tab.evaluate(() => getComputedStyle(document.querySelector(".standfirst")).color);
    if (colour !== "rgb(9, 8, 7)") wrong.push(`the new styles aren't in force: ${colour}`);
    return wrong;
  });

  await on("what can be searched is what the page says now", async (tab) => {
    const wrong = [];
    const look = async (words) => {
      await tab.locator(".search-open").click();
      await tab.locator("dialog.search[open] [role=combobox]").fill(words);
      const found = tab.locator("dialog.search [role=option]").first();
      await found.waitFor();
      if (!(await found.textContent()).includes(words)) wrong.push(`${words}: ${await found.textContent()}`);
      await tab.keyboard.press("Escape");
    };
    await look("Three clouds compared");
    await patched(tab, () => site.edit("content/comparisons.toml", "Three clouds compared", "Quagga table"));
    await look("Quagga table");
    if (!(await tab.locator("dialog.search .ways").textContent()).includes("Quagga table")) wrong.push("the dialog names a page as it was called");
    await patched(tab, () => site.edit("content/comparisons.toml", "Quagga table", "Three clouds compared"));
    return wrong;
  });

  await on("other pages are patched as well", async (tab) => {
    await patched(tab, () => site.edit("content/terms.toml", 'definition = "', 'definition = "As edited. '));
    return unlikeFresh(tab);
  }, "terms/");

  await on("what the reader looks at stays where it is", async (tab) => {
    const place = () => tab.evaluate(() => document.getElementById("three-clouds").getBoundingClientRect().top);
    await tab.evaluate(() => document.getElementById("three-clouds").scrollIntoView({ behavior: "instant" }));
    const wrong = [];
    const [top, height] = [await place(), await tab.evaluate(() => document.documentElement.scrollHeight)];
    await patched(tab, () => site.edit(section, "**The money.**", "So much more.\n\nAnd more.\n\n- One\n- Two\n- Three\n\n**The money.**"));
    if ((await tab.evaluate(() => document.documentElement.scrollHeight)) <= height) wrong.push("the page hasn't grown");
    if (Math.abs((await place()) - top) > 1) wrong.push(`it moved from ${top} to ${await place()}`);
    await patched(tab, () => site.edit(section, "So much more.\n\nAnd more.\n\n- One\n- Two\n- Three\n\n", ""));
    if (Math.abs((await place()) - top) > 1) wrong.push(`it moved back from ${top} to ${await place()}`);
    return wrong;
  });

  await on("what is open, selected, focused and typed stays; what has not changed is not touched", async (tab) => {
    await tab.setViewportSize({ width: 800, height: 800 });
    await tab.locator(".contents summary").click();
    await tab.locator("#note").fill("typed");
    const term = tab.locator("#how-we-got-here a.term").first();
    await term.click();
    await tab.evaluate(() => {
      const text = document.querySelector("#what-comes-next p:last-of-type").firstChild;
      getSelection().setBaseAndExtent(text, 2, text, 9);
      window.popover = document.querySelector(":popover-open");
      window.known = new WeakSet(document.querySelectorAll("*"));
    });
    const state = () => tab.evaluate(() => JSON.stringify({
      open: document.querySelector(".contents details").open,
      popover: window.popover?.matches(":popover-open"),
      expanded: document.querySelectorAll("a.term[aria-expanded=true]").length,
      typed: document.getElementById("note").value,
      selected: String(getSelection()),
      focused: document.activeElement === window.popover,
    }));
    const before = await state();
    await patched(tab, () => site.edit(section, "**The trigger.** Rights", "Another paragraph.\n\n**The trigger.** The rights"));
    const after = await state();
    const wrong = before === after ? [] : [`it was ${before}, it is ${after}`];
    if (!JSON.parse(before).popover || !JSON.parse(before).selected) wrong.push(`nothing was open or selected: ${before}`);
    const strange = await tab.evaluate(() => [...document.querySelectorAll("*")].filter((e) => !window.known.has(e)).map((e) => e.outerHTML));
    if (strange.length !== 1 || !strange[0].includes("Another paragraph.")) wrong.push(`new elements: ${strange.join(" ")}`);
    const under = await tab.evaluate(() => {
      const [term, popover] = [document.querySelector("a.term[aria-expanded=true]"), window.popover].map((e) => e.getBoundingClientRect());
      return Math.min(Math.abs(popover.top - term.bottom), Math.abs(term.top - popover.bottom));
    });
    if (under > 60) wrong.push(`the popover is ${under} px from its term`);
    return wrong;
  });

  await on("a term that is new on the page opens its definition", async (tab) => {
    await patched(tab, () => site.edit(section, "**The licence.**", "Of [[agi|a milestone anew]].\n\n**The licence.**"));
    await tab.getByText("a milestone anew").click();
    return (await tab.evaluate(() => document.querySelectorAll(":popover-open").length)) === 1 ? [] : ["no popover is open"];
  });

  await on("new styles come without a flash", async (tab) => {
    await tab.evaluate(() => {
      window.frames_ = new Set();
      const look = () => {
        window.frames_.add(getComputedStyle(document.body).marginTop);
        requestAnimationFrame(look);
      };
      look();
      // Between frames too: whenever the head changes.
      new MutationObserver(() => window.frames_.add(getComputedStyle(document.body).marginTop)).observe(document.head, { childList: true, attributes: true, subtree: true });
    });
    const sheets = await tab.locator("link[rel=stylesheet]").count();
    await patched(tab, () => site.write("static/theme/99-own.css", ".standfirst { color: rgb(3, 2, 1) }"));
    const seen = await tab.evaluate(() => [...window.frames_]);
    const wrong = seen.length === 1 && seen[0] === "0px" ? [] : [`the body's margin was ${seen}`];
    if ((await tab.locator("link[rel=stylesheet]").count()) !== sheets) wrong.push("an old sheet is still there");
    await tab.waitForFunction(() => getComputedStyle(document.querySelector(".standfirst")).color === "rgb(3, 2, 1)");
    return wrong;
  });

  await on("styles and pictures with the same address are fetched anew", async (tab) => {
    await tab.evaluate(() => (window.same = true));
    site.write("static/own.css", "#own { color: rgb(4, 5, 6) }");
    await tab.waitForFunction(() => getComputedStyle(document.getElementById("own")).color === "rgb(4, 5, 6)");
    site.write("static/picture.svg", picture(77));
    await tab.waitForFunction(() => document.getElementById("picture").naturalWidth === 77);
    site.write("static/picture.svg", picture(88));
    await tab.waitForFunction(() => document.getElementById("picture").naturalWidth === 88);
    return (await tab.evaluate(() => window.same)) ? [] : ["the page was loaded anew"];
  });

  await on("a changed script loads the page anew, where it was scrolled to", async (tab) => {
    const place = () => tab.evaluate(() => document.getElementById("three-clouds").getBoundingClientRect().top);
    await tab.evaluate(() => document.getElementById("three-clouds").scrollIntoView({ behavior: "instant" }));
    const top = await place();
    const wrong = [];
    const after = async (what, edit) => {
      await reloaded(tab, edit);
      await tab.waitForFunction(() => document.readyState === "complete");
      if (Math.abs((await place()) - top) > 2) wrong.push(`${what}: what was at ${top} is at ${await place()}`);
      wrong.push(...(await unlikeFresh(tab)));
    };
    await after("a file", () => site.write("static/own.js", "window.own = 2;"));
    if ((await tab.evaluate(() => window.own)) !== 2) wrong.push("the old script has run");
    await after("the theme's", () => site.write("static/theme/own.js", "window.theme = 1;"));
    await after("one within the page", () => site.write("templates/base.html", framed(`<script>${inline}</script>`)));
    await after("gone", () => site.write("templates/base.html", framed("three")));
    return wrong;
  });

  await on("a page without the end of its body is patched too", async (tab) => {
    await patched(tab, () => site.write("templates/base.html", framed("four").replace("</body>", "").replace("</html>", "")));
    await tab.reload();
    await tab.waitForFunction(() => document.querySelector("expound-preview"));
    await patched(tab, () => site.edit(section, "single Monday", "Monday"));
    const wrong = await unlikeFresh(tab);
    await patched(tab, () => site.write("templates/base.html", framed("five")));
    return [...wrong, ...(await unlikeFresh(tab))];
  });

  await on("scripts of the site hear of a patch", async (tab) => {
    await tab.evaluate(() => document.addEventListener("expound:patch", (event) => (window.heard = event.detail.elements.map((e) => e.textContent).join(" "))));
    await patched(tab, () => site.edit(section, "**The licence.**", "**The licence, heard.**"));
    const heard = await tab.evaluate(() => window.heard);
    return heard.includes("licence, heard") ? [] : [`heard ${heard}`];
  });

  await context.close();
  await site.close();
}
