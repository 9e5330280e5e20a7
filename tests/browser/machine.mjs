// The program under test and the browser, as this machine has them. EXPOUND names the program, CHROMIUM the browser.

import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const repository = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
export const program = process.env.EXPOUND ?? join(repository, "target/debug/expound");

function browserPath() {
  const known = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
  const found = known.find((path) => path && existsSync(path));
  if (!found) throw new Error("there is no Chromium; name one in CHROMIUM");
  return found;
}

/** What the browser is to leave out. The first draws suggestions below the bar for addresses, in a process of its own for each
 *  window, which takes nearly half of all that a new window costs; the others are what Playwright leaves out, whose list this
 *  replaces. */
const left = ["WebUIOmniboxPopup", "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch"];

/** Starts the browser, with flags beyond the usual ones. */
export function launch(...more) {
  const flags = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
  flags.push("--disable-component-update", "--disable-sync", `--disable-features=${left.join()}`, ...more);
  if (process.getuid?.() === 0) flags.push("--no-sandbox");
  return chromium.launch({ executablePath: browserPath(), args: flags });
}

/** Builds the site in `root` into `out`, as of 1 May 2026. */
export function build(root, out, ...args) {
  const options = { env: { ...process.env, SOURCE_DATE_EPOCH: "1777593600" }, stdio: ["ignore", "ignore", "pipe"] };
  execFileSync(program, ["build", "--root", root, "--out", out, ...args], options);
}
