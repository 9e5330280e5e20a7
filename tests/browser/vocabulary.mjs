// The descriptions for search engines (JSON-LD) say only what schema.org's vocabulary has: every type, every property of
// it, and what each property may hold, by the vocabulary as `schema-dts` ships it and TypeScript's compiler checks it.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const compiler = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc");

/** The descriptions in a page. */
function descriptions(html) {
  const scripts = html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs);
  return [...scripts].map(([, text]) => JSON.parse(text));
}

/** What is wrong with descriptions, by name; each is a page's whole `@graph`. */
export function wrong(graphs) {
  const names = [];
  let program = "";
  for (const [name, graph] of graphs) {
    if (graph["@context"] !== "https://schema.org") return [`${name}: no @context of schema.org`];
    for (const node of graph["@graph"] ?? [graph]) {
      // The vocabulary's types have one type each: a node of several has to be right as each of them.
      for (const type of [node["@type"]].flat()) {
        if (!/^[A-Za-z0-9]+$/.test(type ?? "")) return [`${name}: ${type} is no type`];
        program += `export const n${names.length}: schema.${type} = ${JSON.stringify({ ...node, "@type": type })};\n`;
        names.push(`${name}: ${type}`);
      }
    }
  }
  // Beside this file, from where the compiler finds the vocabulary.
  const folder = mkdtempSync(join(here, "vocabulary-"));
  try {
    writeFileSync(join(folder, "descriptions.ts"), `import type * as schema from "schema-dts";\n${program}`);
    const args = [compiler, "--noEmit", "--strict", "--skipLibCheck", "--pretty", "false", "--module", "nodenext", "--target", "esnext", "--types", "", join(folder, "descriptions.ts")];
    const run = spawnSync(process.execPath, args, { encoding: "utf8", maxBuffer: 1 << 26 });
    if (run.error) throw run.error;
    const found = run.stdout.split("\n").filter((line) => line.trim());
    if (run.status !== 0 && found.length === 0) throw new Error(`the compiler did not run: ${run.stderr}`);
    return found.map((line) => line.replace(/^.*descriptions\.ts\((\d+),\d+\): error /, (_, at) => `${names[at - 2]}: `));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** That this would find something. */
export async function lacking(test) {
  await test("a word that schema.org lacks is found", () => {
    const node = { "@type": "NewsArticle", headline: "x", author: [{ "@type": "Person", logo: "x" }] };
    const found = wrong([["page", { "@context": "https://schema.org", "@graph": [node] }]]);
    return found.some((line) => line.startsWith("page: NewsArticle: ") && line.includes("logo")) ? [] : ["it isn't", ...found];
  });
}

export async function vocabulary(site, test) {
  const graphs = site.pages.flatMap((page) => descriptions(readFileSync(join(site.out, page), "utf8")).map((graph) => [page, graph]));
  await test(`${site.name}: described in schema.org's words`, () => (graphs.length ? wrong(graphs) : ["no page is described"]));
}
