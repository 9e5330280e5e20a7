// The look "briefing" on every kind of page, and a site with every setting of the theme: for everyone, at any width, in
// light and in dark; and what the settings do to the page.

import { execFileSync } from "node:child_process";
import { appendFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { accessibility } from "./accessibility.mjs";
import { build, program, repository } from "./machine.mjs";
import { serve } from "./server.mjs";
import { htmlPages, onePerKind } from "./site.mjs";

const everySetting = `
[theme]
look = "briefing"
mode = "auto"
accent = "#7a1f4b"
accent_dark = "#f0a5c8"
background = "#fffdf8"
background_dark = "#141014"
text = "#201a1d"
text_dark = "#efe6ea"
neutral = "warm"
radius = "large"
density = "compact"
font_body = "Georgia, serif"
font_heading = "Verdana, sans-serif"
font_ui = "Arial, sans-serif"
font_code = "Courier, monospace"
logo = "static/logo.svg"
masthead = "Lindenbrook Research"
footer = "A line at the foot."
`;

// What the other pages of the tests have little of.
const everything = `# Everything at once

A paragraph with \`code\`, ~~struck~~ words, <https://example.org/> and a note.[^note]

> A quotation, of two lines
> at the least.

> [!NOTE]
> A note.

> [!TIP]
> A tip.

> [!IMPORTANT]
> Important.

> [!WARNING]
> A warning.

> [!CAUTION]
> Caution.

- [x] done
- [ ] to do

| left | right |
|:-----|------:|
| one  |     1 |
| two  |     2 |
| three  |     3 |

\`\`\`rust
// A comment.
fn main() { let text = "a\\n"; println!("{}", 1 + 2); }
\`\`\`

## A heading of the third level

Term
: What it means.

[^note]: The note itself.
`;

const logo = '<svg xmlns="http://www.w3.org/2000/svg" width="96" height="32" viewBox="0 0 96 32"><path fill="#c66" d="M0 0h96v32H0z"/></svg>';

export async function looks(temporary, browser, test) {
  const briefing = join(temporary, "briefing");
  mkdirSync(briefing);
  cpSync(join(repository, "content"), join(briefing, "content"), { recursive: true });
  cpSync(join(repository, "expound.toml"), join(briefing, "expound.toml"));
  appendFileSync(join(briefing, "expound.toml"), '\n[theme]\nlook = "briefing"\n');

  const settings = join(temporary, "settings");
  execFileSync(program, ["new", settings], { stdio: "ignore" });
  const change = (file, from, to) => {
    const path = join(settings, file);
    const text = readFileSync(path, "utf8");
    if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
    writeFileSync(path, text.replace(from, to));
  };
  // A language that runs to the left, with a page a section, and an explainer below.
  change("expound.toml", 'language = "en"', 'language = "ar"');
  appendFileSync(join(settings, "expound.toml"), everySetting);
  change("content/index.md", "title =", 'layout = "cards"\ntitle =');
  writeFileSync(join(settings, "content/40-everything.md"), everything);
  mkdirSync(join(settings, "content/below"));
  writeFileSync(join(settings, "content/below/index.md"), '+++\ntitle = "Below"\nstandfirst = "Another explainer."\n+++\n\nShort.\n');
  writeFileSync(join(settings, "content/below/10-everything.md"), everything);
  mkdirSync(join(settings, "static"), { recursive: true });
  writeFileSync(join(settings, "static/logo.svg"), logo);

  for (const [name, root] of [["briefing", briefing], ["every setting", settings]]) {
    const site = { name, out: join(temporary, `${name} out`), base: "/" };
    build(root, site.out);
    site.pages = htmlPages(site.out);
    console.log(`${name}: ${site.pages.length} pages`);
    const server = await serve(site.out, site.base);
    site.origin = server.origin;
    try {
      await accessibility(site, onePerKind(site.pages), browser, test);
      await (name === "briefing" ? shape : set)(site, browser, test);
    } finally {
      await server.close();
    }
  }
}

/** The briefing is no recolouring. */
async function shape(site, browser, test) {
  await test(`${site.name}: the band is as wide as the window, and only the window`, async () => {
    const tab = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await tab.goto(site.origin);
    const wrong = [];
    const band = await tab.locator(".head").evaluate((e) => getComputedStyle(e).backgroundColor);
    // Beside the column of text, where only what reaches past it is seen.
    for (const part of [".masthead", ".head"]) {
      const box = await tab.locator(part).boundingBox();
      const pixel = await tab.screenshot({ clip: { x: 4, y: box.y + box.height / 2, width: 1, height: 1 } });
      const there = await tab.evaluate(async (data) => {
        const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
        const picture = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
        const canvas = new OffscreenCanvas(1, 1).getContext("2d");
        canvas.drawImage(picture, 0, 0);
        return [...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)];
      }, pixel.toString("base64"));
      const page = await tab.evaluate(() => getComputedStyle(document.body).backgroundColor);
      if (there.every((channel) => channel > 200)) wrong.push(`${part} ends before the window: ${there} (band ${band}, page ${page})`);
    }
    await tab.close();
    return wrong;
  });
  await test(`${site.name}: sections have numbers, heads of tables are filled`, async () => {
    const tab = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await tab.goto(site.origin);
    const wrong = await tab.evaluate(() => {
      const wrong = [];
      const style = (selector, pseudo) => getComputedStyle(document.querySelector(selector), pseudo);
      if (!style(".sections > section > h2", "::before").content.includes("counter(")) wrong.push("a section has no number");
      const [page, head] = [style("body").backgroundColor, style(".cards thead th").backgroundColor];
      if (page === head || head === "rgba(0, 0, 0, 0)") wrong.push("the head of a table is not filled");
      if (/serif/.test(style("body").fontFamily.replaceAll("sans-serif", ""))) wrong.push("text is in serif");
      return wrong;
    });
    await tab.close();
    return wrong;
  });
}

/** Each setting reaches the page. */
async function set(site, browser, test) {
  await test(`${site.name}: each reaches the page`, async () => {
    const tab = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await tab.goto(site.origin);
    const home = tab.locator(".masthead .home");
    const wrong = [];
    if ((await home.innerText()).trim() !== "Lindenbrook Research") wrong.push(`the masthead says ${await home.innerText()}`);
    if (!(await home.locator("img").evaluate((e) => e.complete && e.naturalWidth > 0))) wrong.push("the logo is not there");
    if ((await home.locator("img").getAttribute("alt")) !== "New rules at the library") wrong.push("the logo doesn't say the site's name");
    if (!(await tab.locator(".colophon").innerText()).includes("A line at the foot.")) wrong.push("the footer is not there");
    const values = await tab.evaluate(() => {
      const root = getComputedStyle(document.documentElement);
      const of = (name) => root.getPropertyValue(`--${name}`).trim();
      const text = getComputedStyle(document.querySelector(".answer p"));
      return {
        background: getComputedStyle(document.body).backgroundColor,
        link: getComputedStyle(document.querySelector(".answer h2")).color,
        text: text.color,
        body: text.fontFamily,
        heading: getComputedStyle(document.querySelector("h1")).fontFamily,
        ui: getComputedStyle(document.querySelector(".masthead")).fontFamily,
        code: of("font-code"),
        radius: of("radius"),
        density: of("density"),
        neutral: of("neutral"),
      };
    });
    const wanted = {
      background: "rgb(255, 253, 248)",
      link: "rgb(122, 31, 75)",
      text: "rgb(32, 26, 29)",
      body: "Georgia, serif",
      heading: "Verdana, sans-serif",
      ui: "Arial, sans-serif",
      code: "Courier, monospace",
      radius: ".75rem",
      density: ".7",
      neutral: "#897a63",
    };
    for (const [name, value] of Object.entries(wanted)) {
      if (values[name] !== value) wrong.push(`${name} is ${values[name]}, not ${value}`);
    }
    await tab.close();
    return wrong;
  });
}
