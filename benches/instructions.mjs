// How many instructions a build takes, under callgrind: a measure that no busy machine changes. The count of a fixed
// site is kept in `instructions.json`; one that is more than a few per cent above it is a slowdown, and an error.
//
//   node benches/instructions.mjs            compares (after `cargo build`)
//   UPDATE=1 node benches/instructions.mjs   keeps the new count
//
// Needs valgrind. The program is the one that tests use: unoptimised in its own code, so the count says whether more is
// done than before, and `cargo bench --bench compare` how long it takes. Another compiler has another count.

import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** How much more than the count that is kept is taken for the same: hash tables are seeded anew in each run. */
const ALLOWED = 1.04;

const here = dirname(fileURLToPath(import.meta.url));
const kept = join(here, "instructions.json");
const program = process.env.EXPOUND ?? join(here, "../target/debug/expound");

/** Numbers that are the same in each run (a linear congruential generator, as in ISO C). */
let state = 1;
const next = (below) => {
  state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
  return (state >> 8) % below;
};
const WORDS = "law court port cable charter review session panel notice treaty term grant clause appeal budget".split(" ");
const words = (count) => Array.from({ length: count }, () => WORDS[next(WORDS.length)]).join(" ");

/** Two explainers of ten sections, with terms, events and sources. */
function write(root) {
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, "expound.toml"), 'title = "Fixed"\nbase_url = "https://example.org/"\n[cards]\nenabled = false\n');
  for (const name of ["one", "two"]) {
    const folder = join(root, "content", name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "index.md"), `+++\ntitle = "${words(3)}"\npublished = 2026-05-04\nlayout = "cards"\n+++\n\n${words(60)}.\n`);
    for (let section = 10; section < 20; section++) {
      const parts = Array.from({ length: 4 }, (_, part) => {
        const list = Array.from({ length: 5 }, () => `- ${words(8)}`).join("\n");
        const code = part === 2 ? `\n\`\`\`rust\nfn ${words(1)}() -> u32 { ${next(99)} }\n\`\`\`\n` : "";
        return `## ${words(4)}\n\n${words(50)} [[t${next(12)}]] ${words(40)} [@s${next(20)}].\n\n${list}\n${code}`;
      });
      writeFileSync(join(folder, `${section}-part-${section}.md`), `# ${words(3)}\n\n${parts.join("\n")}\n`);
    }
    const editions = [2019, 2023, 2026].map((year) => `[[edition]]\nid = "e${year}"\nlabel = "${year}"\ndate = "${year}-02-03"\nsources = ["s1"]\n`);
    const terms = Array.from({ length: 12 }, (_, term) => {
      const states = [2019, 2023, 2026].map((year) => `[[term.state]]\nedition = "e${year}"\nvalue = "${words(5)}"\nsources = ["s${next(20)}"]\n`);
      return `[[term]]\nid = "t${term}"\nname = "${words(2)} ${term}"\ndefinition = "${words(12)}"\n${states.join("")}`;
    });
    writeFileSync(join(folder, "terms.toml"), [...editions, ...terms].join("\n"));
    const events = Array.from({ length: 15 }, (_, event) => `[[event]]\nid = "v${event}"\ndate = "20${10 + event}-03-04"\ntitle = "${words(4)}"\nbody = "${words(20)}"\nsources = ["s${next(20)}"]\n`);
    writeFileSync(join(folder, "events.toml"), events.join("\n"));
    const sources = Array.from({ length: 20 }, (_, source) => `[[source]]\nid = "s${source}"\ntitle = "${words(5)}"\nurl = "https://example.org/${source}"\ndate = "2026-01-02"\n`);
    writeFileSync(join(folder, "sources.toml"), sources.join("\n"));
  }
}

/** The instructions of one run. */
function count(root, ...args) {
  const env = { ...process.env, RAYON_NUM_THREADS: "1", SOURCE_DATE_EPOCH: "1777593600", EXPOUND_CACHE: "" };
  const run = spawnSync("valgrind", ["--tool=callgrind", "--callgrind-out-file=/dev/null", program, ...args], { cwd: root, env, encoding: "utf8", maxBuffer: 1 << 26 });
  const found = /Collected : (\d+)/.exec(run.stderr ?? "");
  if (!found || run.status !== 0) throw new Error(`valgrind gave no count: ${run.error ?? run.stderr}`);
  return Number(found[1]);
}

const temporary = mkdtempSync(join(tmpdir(), "expound-instructions-"));
try {
  write(temporary);
  const compiler = execFileSync("rustc", ["--version"], { encoding: "utf8" }).trim();
  const now = { compiler, build: count(temporary, "build") };
  const before = JSON.parse(readFileSync(kept, "utf8"));
  const ratio = now.build / before.build;
  console.log(`instructions: ${(now.build / 1e6).toFixed(0)} million, ${ratio.toFixed(3)} times those kept`);
  if (process.env.UPDATE) {
    writeFileSync(kept, `${JSON.stringify(now, null, 2)}\n`);
  } else if (before.compiler !== compiler) {
    console.log(`they were counted with ${before.compiler}, and this is ${compiler}: not compared`);
  } else if (ratio > ALLOWED) {
    console.log("that is a slowdown: find it, or keep the new count with UPDATE=1 and say why");
    process.exitCode = 1;
  } else if (ratio < 2 - ALLOWED) {
    console.log("keep the new count with UPDATE=1, so that nobody loses it again");
  }
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
