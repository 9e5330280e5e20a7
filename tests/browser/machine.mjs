// The program under test and the browser, as this machine has them. EXPOUND names the program, CHROMIUM the browser, which then
// does everything.

import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const repository = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
export const program = process.env.EXPOUND ?? join(repository, "target/debug/expound");

/** Chromium without the windows of a desk, from the same source (Debian's `chromium-headless-shell`): pages are the same, and
 *  cost a third, since most of what a new tab takes otherwise is the frame around it. */
const shell = "/usr/bin/chromium-headless-shell";

function browserPath(whole) {
  const known = [process.env.CHROMIUM, ...(whole ? [] : [shell]), "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
  const found = known.find((path) => path && existsSync(path));
  if (!found) throw new Error("there is no Chromium; name one in CHROMIUM");
  return found;
}

/** What the browser is to leave out. The first draws suggestions below the bar for addresses, in a process of its own for each
 *  window, which takes nearly half of all that a new window costs; the others are what Playwright leaves out, whose list this
 *  replaces. */
const left = ["WebUIOmniboxPopup", "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch"];

/** Starts the browser, without windows where there is such a one, with flags beyond the usual ones. */
export function launch(...more) {
  return start(browserPath(false), more);
}

/** Starts the browser that readers have: for what is measured in time. */
export function launchWhole(...more) {
  return start(browserPath(true), more);
}

function start(executablePath, more) {
  const flags = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
  flags.push("--disable-component-update", "--disable-sync", `--disable-features=${left.join()}`, ...more);
  if (process.getuid?.() === 0) flags.push("--no-sandbox");
  return chromium.launch({ executablePath, args: flags });
}

/** Builds the site in `root` into `out`, as of 1 May 2026. */
export function build(root, out, ...args) {
  const options = { env: { ...process.env, SOURCE_DATE_EPOCH: "1777593600" }, stdio: ["ignore", "ignore", "pipe"] };
  execFileSync(program, ["build", "--root", root, "--out", out, ...args], options);
}
