// Builds this repository's site, and holds the result to what a reader may expect of it: valid HTML, links that lead
// somewhere (at the root of a host and below a path), pages that anyone can use, with script and without.
//
//   node tests/browser/run.mjs [FILTER]     only tests whose name contains FILTER
//
// Needs Chromium and Java. EXPOUND names the program, CHROMIUM the browser.

import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { accessibility } from "./accessibility.mjs";
import { links } from "./links.mjs";
import { reading } from "./reading.mjs";
import { serve } from "./server.mjs";
import { htmlPages } from "./site.mjs";
import { validity } from "./validity.mjs";

const repository = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const program = process.env.EXPOUND ?? join(repository, "target/debug/expound");
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

function browserPath() {
  const known = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
  const found = known.find((path) => path && existsSync(path));
  if (!found) throw new Error("there is no Chromium; name one in CHROMIUM");
  return found;
}

function build(root, out, ...args) {
  const options = { env: { ...process.env, SOURCE_DATE_EPOCH: "1777593600" }, stdio: ["ignore", "ignore", "pipe"] };
  execFileSync(program, ["build", "--root", root, "--out", out, ...args], options);
}

const temporary = mkdtempSync(join(tmpdir(), "expound-browser-"));
let browser;
try {
  const flags = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
  flags.push("--disable-component-update", "--disable-sync");
  if (process.getuid?.() === 0) flags.push("--no-sandbox");
  browser = await chromium.launch({ executablePath: browserPath(), args: flags });

  const starter = join(temporary, "starter");
  execFileSync(program, ["new", starter], { stdio: "ignore" });
  const address = "https://example.org/deal/";
  const sites = [
    { name: "site", root: repository, out: join(temporary, "site"), base: "/", args: [] },
    { name: "site below a path", root: repository, out: join(temporary, "below"), base: "/deal/", address, args: ["--base-url", address] },
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
      await validity(site, test);
      await links(site, browser, test);
      if (site.base === "/") await accessibility(site, browser, test);
      await reading(site, browser, test);
    } finally {
      await server.close();
    }
  }
} finally {
  await browser?.close();
  rmSync(temporary, { recursive: true, force: true });
}

console.log(`browser: ${results.passed} passed, ${results.failed} failed`);
process.exitCode = results.failed || results.passed === 0 ? 1 : 0;
