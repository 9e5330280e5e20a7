// The Nu Html Checker finds nothing wrong in any page.

import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const jar = join(dirname(createRequire(import.meta.url).resolve("vnu-jar/package.json")), "build/dist/vnu.jar");

export async function validity(site, test) {
  let found;
  const check = () => {
    if (found) return found;
    // Pages are few: a compiler that thinks longer, and several collectors of garbage, would take longer than they save.
    const args = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss4m", "-jar", jar, "--format", "json", "--stdout", "--exit-zero-always", "--skip-non-html", "--also-check-svg", site.out];
    const run = spawnSync("java", args, { encoding: "utf8", maxBuffer: 1 << 28 });
    if (run.status !== 0) throw new Error(`the checker did not run: ${run.error ?? run.stderr}`);
    found = new Map();
    for (const message of JSON.parse(run.stdout).messages) {
      const serious = message.type === "error" || message.type === "non-document-error";
      if (!serious) continue;
      const file = message.url ? relative(site.out, fileURLToPath(message.url)) : "";
      const list = found.get(file) ?? [];
      list.push({ what: message.message, where: `${file}:${message.lastLine}: ${(message.extract ?? "").replace(/\s+/g, " ")}` });
      found.set(file, list);
    }
    return found;
  };
  await test(`${site.name}: only pages have errors, if any`, () => {
    const pages = new Set(site.pages);
    return [...check()].filter(([file]) => !pages.has(file)).flatMap(([, list]) => once(list));
  });
  for (const page of site.pages) {
    await test(`${site.name}: valid: ${page}`, () => once(check().get(page) ?? []));
  }
}

/** Each kind of error once, with how often it is there and the first place. */
function once(list) {
  const kinds = new Map();
  for (const { what, where } of list) {
    const kind = kinds.get(what) ?? { where, count: 0 };
    kind.count += 1;
    kinds.set(what, kind);
  }
  return [...kinds].map(([what, { where, count }]) => `${what}${count > 1 ? ` (${count} times)` : ""} — ${where}`);
}
