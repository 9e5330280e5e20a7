// Builds this repository's site, and holds the result to what a reader may expect of it: valid HTML, descriptions in the words of
// schema.org, links that lead
// somewhere (at the root of a host and below a path), pages that anyone can use, with script and without, however they
// look at it, that run nothing but their own script, and that are there at once.
//
//   node tests/browser/run.mjs [FILTER]     only tests whose name contains FILTER
//
// Needs Chromium, Java and pdftotext (poppler-utils). EXPOUND names the program, CHROMIUM the browser.

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { accessibility } from "./accessibility.mjs";
import { blocks, sorting } from "./blocks.mjs";
import { adapting, mirrored } from "./adapting.mjs";
import { budgets } from "./budgets.mjs";
import { keyboard } from "./keyboard.mjs";
import { marks } from "./lighthouse.mjs";
import { links } from "./links.mjs";
import { looks } from "./looks.mjs";
import { build, launch, program, repository } from "./machine.mjs";
import { paper } from "./paper.mjs";
import { preview } from "./preview.mjs";
import { reading } from "./reading.mjs";
import { security } from "./security.mjs";
import { serve } from "./server.mjs";
import { htmlPages, onePerKind } from "./site.mjs";
import { timeline } from "./timeline.mjs";
import { validity } from "./validity.mjs";
import { visits } from "./visits.mjs";
import { vocabulary } from "./vocabulary.mjs";

const filter = process.argv[2] ?? "";

/** Each test is a name and a function that throws, or returns a list of what is wrong. */
const results = { passed: 0, failed: 0 };
async function test(name, run) {
  if (!name.includes(filter)) return;
  let wrong;
  try {
    wrong = (await run()) ?? [];
  } catch (error) {
    wrong = [error.stack ?? String(error)];
  }
  results[wrong.length ? "failed" : "passed"] += 1;
  if (wrong.length) {
    console.log(`FAILED ${name}`);
    for (const line of wrong.slice(0, 20)) console.log(`  ${line}`);
    if (wrong.length > 20) console.log(`  … and ${wrong.length - 20} more`);
  }
}

/** A copy of this repository's site with the kinds of page that it doesn't have: a hub, and a page for each section. */
function copy(folder, language) {
  mkdirSync(folder);
  cpSync(join(repository, "content"), join(folder, "content/deal"), { recursive: true });
  const index = join(folder, "content/deal/index.md");
  writeFileSync(index, readFileSync(index, "utf8").replace("+++\n", '+++\nlayout = "cards"\naliases = ["old"]\n'));
  const settings = readFileSync(join(repository, "expound.toml"), "utf8");
  writeFileSync(join(folder, "expound.toml"), settings.replace(/^language = .*$/m, `language = "${language}"`));
  return folder;
}

const temporary = mkdtempSync(join(tmpdir(), "expound-browser-"));
let browser;
try {
  browser = await launch();

  const starter = join(temporary, "starter");
  execFileSync(program, ["new", starter], { stdio: "ignore" });
  const address = "https://example.org/deal/";
  const sites = [
    { name: "site", root: repository, out: join(temporary, "site"), base: "/", args: [] },
    { name: "site below a path", root: repository, out: join(temporary, "below"), base: "/deal/", address, args: ["--base-url", address] },
    { name: "hub", root: copy(join(temporary, "hub"), "en-GB"), out: join(temporary, "hub-out"), base: "/", args: [] },
    { name: "Arabic", root: copy(join(temporary, "arabic"), "ar"), out: join(temporary, "arabic-out"), base: "/", args: [] },
    { name: "starter", root: starter, out: join(temporary, "starter-out"), base: "/", args: [] },
  ];
  for (const site of sites) {
    build(site.root, site.out, ...site.args);
    site.pages = htmlPages(site.out);
    console.log(`${site.name}: ${site.pages.length} pages`);
    if (site.pages.length === 0) throw new Error(`the ${site.name} has no pages`);
  }

  for (const site of sites) {
    const server = await serve(site.out, site.base);
    site.origin = server.origin;
    try {
      const leadsOn = (page) => readFileSync(join(site.out, page), "utf8").includes('http-equiv="refresh"');
      const kinds = onePerKind(site.pages.filter((page) => !leadsOn(page)));
      // Of the copy only what this repository's site doesn't have is looked at in every way.
      const others = site.name === "hub" ? kinds.filter((page) => page === "index.html" || /^deal\/[^/]+\.html$|^deal\/the-terms\//.test(page)) : kinds;
      await security(site, kinds, site.pages.filter(leadsOn), browser, test);
      if (site.name === "Arabic") {
        await mirrored(site, kinds, browser, test);
        continue;
      }
      await validity(site, test);
      await vocabulary(site, test);
      await links(site, browser, test);
      if (site.base === "/") await accessibility(site, others, browser, test);
      if (site.name !== "hub") await reading(site, browser, test);
      if (site.name === "site" || site.name === "hub") {
        await keyboard(site, others, browser, test);
        await adapting(site, others, browser, test);
        await marks(site, others, test);
      }
      if (site.name === "site") await budgets(site, browser, test);
      if (site.name === "site") await blocks(site, browser, test);
    } finally {
      await server.close();
    }
  }
  await looks(temporary, browser, test);
  await sorting(temporary, browser, test);
  await paper(browser, test);
  await preview(browser, test);
  await visits(browser, test, temporary);
  await timeline(temporary, browser, test);
} finally {
  await browser?.close();
  rmSync(temporary, { recursive: true, force: true });
}

console.log(`browser: ${results.passed} passed, ${results.failed} failed`);
process.exitCode = results.failed || results.passed === 0 ? 1 : 0;
