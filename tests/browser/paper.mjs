// What comes out of a printer: PDFs that the browser makes, read back with the places of their words.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "./machine.mjs";
import { serve } from "./server.mjs";

const address = "https://example.org/deal/";
/** The margin of a page at its sides, in points. */
const margin = (16 / 25.4) * 72;

/** A site with whatever is hard to print: a table of many rows, one of many columns, links, a long timeline. */
function write(root) {
  const words = (n) => Array.from({ length: 6 + (n % 5) * 4 }, (_, i) => ["what", "was", "agreed", "about", "it"][i % 5]).join(" ");
  const state = (edition, n) => `[[term.state]]\nedition = "${edition}"\nvalue = "begin${edition}${n} ${words(n)} end${edition}${n}"\nsources = ["paath"]\n`;
  const terms = (editions, count) => [
    ...editions.map((id, n) => `[[edition]]\nid = "${id}"\nlabel = "Version${n + 1}"\ndate = "${2010 + n}-03-01"\nsources = ["paath"]\n`),
    ...Array.from({ length: count }, (_, n) => `[[term]]\nid = "term-${n}"\nname = "Term${n}"\ndefinition = "Defined as number${n}."\nsources = ["paath"]\n${editions.map((id) => state(id, n)).join("")}`),
  ].join("\n");
  const events = Array.from({ length: 30 }, (_, n) => `[[event]]\nid = "event-${n}"\ndate = "${1990 + n}-05-01"\ntitle = "Opens${n}"\nbody = "${words(n)} ${words(n + 1)} closes${n}."\nsources = ["paath"]\n`).join("\n");
  const files = {
    "expound.toml": 'title = "The Gazette"\nlanguage = "en-GB"\nlicense = "CC-BY-4.0"\n[theme]\naccent = "#0b5fff"\nbackground = "#fffbe8"\n',
    "content/index.md": `+++\ntitle = "A deal, explained"\nstandfirst = "What it says."\nauthors = ["Ana Lima"]\npublished = 2026-04-01\nupdated = 2026-04-28\n+++\n\nThe short answer [@paath].\n`,
    "content/10-terms.md": "# What it says\n\nSee [the register](https://register.example.org/entry) and [[term-3]].\n\n```{compare}\neditions = [\"a\", \"b\", \"c\"]\n```\n",
    "content/20-how.md": "# How it came about\n\n```{timeline}\n```\n",
    "content/terms.toml": terms(["a", "b", "c"], 40),
    "content/events.toml": events,
    "content/sources.toml": '[[source]]\nid = "paath"\ntitle = "The announcement"\npublisher = "Paath"\ndate = "2026-04-27"\nurl = "https://paath.example.org/announced"\n',
    "content/wide/index.md": '+++\ntitle = "Many versions"\n+++\n\nThe short answer.\n',
    "content/wide/10-all.md": '# All of them\n\nText before.\n\n```{compare}\neditions = ["d", "e", "f", "g", "h", "i", "j", "k"]\nterms = ["term-50"]\n```\n\nText after.\n',
    "content/wide/terms.toml": terms(["d", "e", "f", "g", "h", "i", "j", "k"], 3).replaceAll("term-", "term-5").replaceAll("Term", "Wide"),
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/** The pages of a PDF: size, and words with their places, from the start of the page at the top. */
function read(file) {
  const xml = execFileSync("pdftotext", ["-bbox", file, "-"], { encoding: "utf8", maxBuffer: 1 << 26 });
  const plain = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
  return xml.split("<page ").slice(1).map((page) => {
    const [, width, height] = page.match(/width="([\d.]+)" height="([\d.]+)"/).map(Number);
    const words = [...page.matchAll(/<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)<\/word>/g)];
    return { width, height, words: words.map(([, ...at]) => ({ x: +at[0], y: +at[1], end: +at[2], foot: +at[3], text: plain(at[4]) })) };
  });
}

const textOf = (page) => page.words.map((word) => word.text).join(" ");

/** Words that stand outside the page's margins. */
function outside(pages) {
  return pages.flatMap((page, n) => page.words
    .filter((word) => word.x < margin - 1 || word.end > page.width - margin + 1)
    .map((word) => `page ${n + 1}: “${word.text}” stands at ${word.x.toFixed()}–${word.end.toFixed()} of ${page.width.toFixed()}`));
}

/** The number of the page on which a word stands that contains `text`; 0 if none does. */
const pageWith = (pages, text) => pages.findIndex((page) => page.words.some((word) => word.text.includes(text))) + 1;

export async function paper(browser, test) {
  const folder = mkdtempSync(join(tmpdir(), "expound-paper-"));
  let server, tab;
  const print = async (path, options = {}) => {
    const file = join(folder, "print.pdf");
    await tab.goto(server.origin + "/deal/" + path);
    await tab.pdf({ path: file, format: "A4", ...options });
    return read(file);
  };
  try {
    write(folder);
    build(folder, join(folder, "dist"), "--base-url", address);
    server = await serve(join(folder, "dist"), "/deal/");
    tab = await browser.newPage();

    for (const format of ["A4", "Letter", "A5"]) {
      await test(`paper: a long table on ${format}`, async () => {
        const pages = await print("terms/", { format });
        const wrong = outside(pages);
        if (pages.length < 3) wrong.push(`it has only ${pages.length} pages`);
        for (let n = 0; n < 40; n += 1) {
          const words = ["a", "b", "c"].flatMap((id) => [`begin${id}${n}`, `end${id}${n}`]);
          const places = words.map((word) => pages.findIndex((page) => page.words.some((other) => other.text === word)) + 1);
          if (places.includes(0)) wrong.push(`a part of row ${n} is missing`);
          if (new Set(places).size > 1) wrong.push(`row ${n} stands on the pages ${[...new Set(places)]}`);
          const head = pages[places[0] - 1]?.words.filter((word) => /^Version[123]$/.test(word.text)) ?? [];
          if (!["Version1", "Version2", "Version3"].every((name) => head.some((word) => word.text === name))) wrong.push(`the page of row ${n} has no head`);
          // Side by side, not one below the other.
          const starts = ["a", "b", "c"].map((id) => pages[places[0] - 1]?.words.find((word) => word.text === `begin${id}${n}`)?.x);
          if (!(starts[0] + 20 < starts[1] && starts[1] + 20 < starts[2])) wrong.push(`the cells of row ${n} begin at ${starts}`);
        }
        return wrong;
      });
    }

    await test("paper: no head of a table without a row below it", async () => {
      const wrong = [];
      // Somewhere here the first page ends between the head of the table and its first row.
      for (let height = 125; height <= 165; height += 5) {
        const pages = await print("", { format: undefined, width: "210mm", height: `${height}mm`, pageRanges: "1-2" });
        pages.forEach((page, n) => {
          const beside = (word, text) => page.words.some((other) => other.text === text && Math.abs(other.y - word.y) < 1);
          const heads = page.words.filter((word) => word.text === "Version3" && beside(word, "Version1"));
          const below = (head) => page.words.some((word) => word.text.startsWith("beginc") && word.y > head.y);
          if (heads.some((head) => !below(head))) wrong.push(`${height} mm: page ${n + 1} ends with a head`);
        });
      }
      return wrong;
    });

    await test("paper: what is for paper alone isn't on the screen", async () => {
      await tab.goto(server.origin + "/deal/");
      return (await tab.locator(".paper-only").first().isVisible()) ? ["it is"] : [];
    });

    await test("paper: a table of many columns lies on its side", async () => {
      const pages = await print("wide/", { preferCSSPageSize: true });
      const wrong = outside(pages);
      const at = pageWith(pages, "begink0");
      if (!at) return ["the last column is missing"];
      if (pages[at - 1].width <= pages[at - 1].height) wrong.push("its page stands upright");
      const before = pages[pageWith(pages, "before.") - 1];
      if (!(before?.width < before?.height)) wrong.push("the text before it doesn't stand upright");
      return wrong;
    });

    await test("paper: an article is a handout", async () => {
      const pages = await print("");
      const wrong = outside(pages);
      const [first, all, last] = [textOf(pages[0]), pages.map(textOf).join(" "), textOf(pages.at(-1))];
      for (const text of ["The Gazette", "A deal, explained", "Ana Lima", "28 April 2026", address]) {
        if (!first.includes(text)) wrong.push(`the first page doesn't say “${text}”`);
      }
      for (const text of ["the register (https://register.example.org/entry)", "Terms on this page", "Defined as number3.", "The announcement https://paath.example.org/announced"]) {
        if (!all.includes(text)) wrong.push(`it doesn't say “${text}”`);
      }
      for (const text of ["Skip to", "Back to top", "Contents", "CSV", "JSON", "Markdown", "Full history", "×", "↩"]) {
        if (all.includes(text)) wrong.push(`it says “${text}”`);
      }
      if (all.split("https://paath.example.org/announced").length > 2) wrong.push("the address of the source stands there twice");
      if (all.indexOf("Terms on this page") > all.indexOf("The announcement https:")) wrong.push("the definitions stand after the sources");
      if (!last.includes("CC-BY-4.0")) wrong.push("the licence is missing");
      if (!last.includes(`${pages.length} / ${pages.length}`)) wrong.push(`the last page doesn't say that it is page ${pages.length}`);
      for (let n = 0; n < 30; n += 1) {
        const [from, to] = [pageWith(pages, `Opens${n}`), pageWith(pages, `closes${n}.`)];
        if (!from || from !== to) wrong.push(`the event ${n} stands on the pages ${from} and ${to}`);
      }
      return wrong;
    });

    await test("paper: other pages say what they belong to, and of when they are", async () => {
      const first = textOf((await print("timeline/"))[0]);
      const said = ["The Gazette", "A deal, explained", "28 April 2026", `${address}timeline/`];
      return said.filter((text) => !first.includes(text)).map((text) => `the first page doesn't say “${text}”`);
    });

    await test("paper: black on white, whatever the screen is like", async () => {
      const dark = await browser.newPage({ colorScheme: "dark" });
      try {
        await dark.goto(server.origin + "/deal/");
        await dark.emulateMedia({ media: "print", colorScheme: "dark" });
        const colours = (mode) => dark.evaluate((mode) => {
          document.documentElement.dataset.mode = mode;
          const style = getComputedStyle(document.body);
          return [style.backgroundColor, style.color].join(" on ");
        }, mode);
        const expected = "rgb(255, 255, 255) on rgb(0, 0, 0)";
        const found = [await colours("dark"), await colours("light"), await colours("")];
        return found.filter((colour) => colour !== expected).map((colour) => `it is ${colour}`);
      } finally {
        await dark.close();
      }
    });

    await test("paper: a definition that is open isn't printed where it lies", async () => {
      await tab.goto(server.origin + "/deal/");
      await tab.locator("a.term[data-term]").first().click();
      const file = join(folder, "open.pdf");
      await tab.pdf({ path: file, format: "A4" });
      const pages = read(file);
      const [open, list] = [pageWith(pages, "number3."), pages.findIndex((page) => textOf(page).includes("Terms on this page")) + 1];
      return open === list ? [] : [`it is on page ${open}, the list of definitions on page ${list}`];
    });
  } finally {
    await tab?.close();
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
