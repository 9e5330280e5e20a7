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
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { accessibility } from "./accessibility.mjs";
import { blocks, sorting } from "./blocks.mjs";
import { cards } from "./cards.mjs";
import { drawn } from "./charts.mjs";
import { adapting, mirrored } from "./adapting.mjs";
import { budgets } from "./budgets.mjs";
import { fonts } from "./fonts.mjs";
import { images } from "./images.mjs";
import { injection } from "./injection.mjs";
import { keyboard } from "./keyboard.mjs";
import { marks } from "./lighthouse.mjs";
import { links } from "./links.mjs";
import { looks } from "./looks.mjs";
import { build, launch, program, repository } from "./machine.mjs";
import { paper } from "./paper.mjs";
import { preview } from "./preview.mjs";
import { reading } from "./reading.mjs";
import { search } from "./search.mjs";
import { security } from "./security.mjs";
import { serve } from "./server.mjs";
import { share } from "./share.mjs";
import { single } from "./single.mjs";
import { htmlPages, onePerKind } from "./site.mjs";
import { timeline } from "./timeline.mjs";
import { validity } from "./validity.mjs";
import { visits } from "./visits.mjs";
import { lacking, vocabulary } from "./vocabulary.mjs";

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

/** Runs jobs, each a name and a function, as many at a time as the machine has cores, and says how long each took. */
async function runAll(jobs, atATime) {
  const waiting = [...jobs];
  const work = async () => {
    for (let job = waiting.shift(); job; job = waiting.shift()) {
      const start = Date.now();
      await job.run();
      if (!filter) console.log(`${job.name}: ${Math.round((Date.now() - start) / 1000)} s`);
    }
  };
  await Promise.all(Array.from({ length: atATime }, work));
}

/** What is tried of a site, beside what measures its speed. */
function ofSite(site, others, kinds, leadsOn, browser) {
  const jobs = [{ name: `${site.name}: security`, run: () => security(site, kinds, site.pages.filter(leadsOn), browser, test) }];
  const add = (name, run) => jobs.push({ name: `${site.name}: ${name}`, run });
  if (site.name === "Arabic") {
    add("mirrored", () => mirrored(site, kinds, browser, test));
    return jobs;
  }
  add("validity", () => validity(site, test));
  add("vocabulary", () => vocabulary(site, test));
  add("links", () => links(site, browser, test));
  if (site.base === "/") add("accessibility", () => accessibility(site, others, browser, test));
  if (site.name !== "hub") add("reading", () => reading(site, browser, test));
  if (site.name === "site" || site.name === "hub") {
    add("keyboard", () => keyboard(site, others, browser, test));
    add("adapting", () => adapting(site, others, browser, test));
  }
  return jobs;
}

const temporary = mkdtempSync(join(tmpdir(), "expound-browser-"));
let browser;
const servers = [];
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
    { name: "example", root: join(repository, "examples/common-charger"), out: join(temporary, "example-out"), base: "/", args: ["--strict"] },
  ];
  for (const site of sites) {
    build(site.root, site.out, ...site.args);
    site.pages = htmlPages(site.out);
    console.log(`${site.name}: ${site.pages.length} pages`);
    if (site.pages.length === 0) throw new Error(`the ${site.name} has no pages`);
  }

  const together = [];
  // What is measured in time has the machine for itself.
  const alone = [];
  for (const site of sites) {
    const server = await serve(site.out, site.base);
    servers.push(server);
    site.origin = server.origin;
    const leadsOn = (page) => readFileSync(join(site.out, page), "utf8").includes('http-equiv="refresh"');
    const kinds = onePerKind(site.pages.filter((page) => !leadsOn(page)));
    // Of the copy only what this repository's site doesn't have is looked at in every way.
    const main = ["index.html", "de/index.html"];
    const others = site.name === "example" ? main : site.name === "hub" ? kinds.filter((page) => page === "index.html" || /^deal\/[^/]+\.html$|^deal\/the-terms\//.test(page)) : kinds;
    together.push(...ofSite(site, others, kinds, leadsOn, browser));
    if (site.name === "site") alone.push({ name: `${site.name}: budgets`, run: () => budgets(site, others, test) });
    if (site.name === "site" || site.name === "hub") alone.push({ name: `${site.name}: lighthouse`, run: () => marks(site, others, test) });
  }
  const more = {
    preview: () => preview(browser, test),
    looks: () => looks(temporary, browser, test),
    // One after the other: there is one clipboard.
    copying: async () => {
      await blocks(sites[0], browser, test);
      await timeline(temporary, browser, test);
      await share(temporary, browser, test);
    },
    paper: () => paper(browser, test),
    single: () => single(temporary, join(temporary, "hub"), browser, test),
    images: () => images(temporary, browser, test),
    fonts: () => fonts(temporary, browser, test),
    cards: () => cards(temporary, browser, test),
    charts: () => drawn(temporary, browser, test),
    search: () => search(temporary, browser, test),
    injection: () => injection(temporary, browser, test),
    sorting: () => sorting(temporary, browser, test),
    visits: () => visits(browser, test, temporary),
    "a wrong word": () => lacking(test),
  };
  together.unshift(...Object.entries(more).map(([name, run]) => ({ name, run })));
  await runAll(together, availableParallelism());
  await browser.close();
  await runAll(alone, 1);
} finally {
  await browser?.close();
  for (const server of servers) await server.close();
  rmSync(temporary, { recursive: true, force: true });
}

console.log(`browser: ${results.passed} passed, ${results.failed} failed`);
process.exitCode = results.failed || results.passed === 0 ? 1 : 0;
