// Lighthouse gives every kind of page full marks, on its slow phone. Needs a browser with a port of its own.

import lighthouse from "lighthouse";
import { throttling } from "lighthouse/core/config/constants.js";
import { launchWhole } from "./machine.mjs";
import { addressOf } from "./site.mjs";
import { serve } from "./server.mjs";
import { freePort } from "./serving.mjs";

const categories = ["performance", "accessibility", "best-practices", "seo"];
/** Whatever else the machine does slows the page down: the best of so many runs is its own. Most pages need one; the main
 *  page, whose total blocking time lies between 10 and 140 ms on one and the same machine, sometimes several. */
const RUNS = 8;
/** Lighthouse makes a phone of this machine by slowing it down four times. That is meant for a fast desk; of a slower
 *  machine, as its own benchmark finds, less makes the same phone. */
const FAST = 1500;
/** So slow a machine is no phone any more, however little it is slowed down: what it finds varies by more than the mark that
 *  is left. After some runs there, blocking that Lighthouse still calls good (200 ms) is enough. What a page costs is
 *  counted in budgets.mjs, which doesn't depend on the machine. */
const SLOW = { runs: 3, performance: 0.97 };

export async function marks(site, pages, test) {
  const server = await serve(site.out, site.base, { compressed: true });
  const port = await freePort();
  let slowdown = 4;
  const browser = await launchWhole(`--remote-debugging-port=${port}`);
  try {
    for (const page of pages) {
      // Lighthouse has nothing to say of a page that comes with 404: it doesn't count as loaded. As a file that is there it
      // does, but it asks search engines to leave it out, as it should.
      const wanted = page === "404.html" ? categories.filter((category) => category !== "seo") : categories;
      await test(`${site.name}: lighthouse: ${page}`, async () => {
        let wrong;
        let best = 0;
        for (let run = 0; run < RUNS; run++) {
          const again = run ? ["performance"] : wanted;
          const { lhr } = await lighthouse(server.origin + site.base + addressOf(page), { port, logLevel: "silent", output: "json", onlyCategories: again, disableFullPageScreenshot: true, throttling: { ...throttling.mobileSlow4G, cpuSlowdownMultiplier: slowdown } });
          if (lhr.runtimeError) return [lhr.runtimeError.message];
          wrong = judge(lhr);
          // What isn't speed is the same each time.
          if (!wrong.length || wrong.some((line) => !line.startsWith("performance") || line.includes("layout-shift"))) return wrong;
          const speed = lhr.environment.benchmarkIndex;
          slowdown = Math.min(4, Math.max(1, (4 * speed) / FAST));
          best = Math.max(best, lhr.categories.performance.score);
          if (speed < FAST && run + 1 >= SLOW.runs && best >= SLOW.performance) {
            console.log(`${site.name}: lighthouse: ${page}: ${Math.round(best * 100)} for performance, on a slow machine`);
            return [];
          }
        }
        return wrong;
      });
    }
  } finally {
    await browser.close();
    await server.close();
  }
}

function judge(lhr) {
  const wrong = [];
  for (const [id, { score, auditRefs }] of Object.entries(lhr.categories)) {
    if (score === 1) continue;
    wrong.push(`${id}: ${Math.round((score ?? 0) * 100)}`);
    for (const { id: audit, weight } of auditRefs) {
      const { score, title, displayValue = "", details } = lhr.audits[audit];
      if (!weight || score === null || score >= 1) continue;
      const items = (details?.items ?? []).slice(0, 3).map((item) => item.node?.snippet ?? item.source ?? item.description ?? JSON.stringify(item).slice(0, 160));
      wrong.push(`${id}: ${audit}: ${title} ${displayValue} ${items.join(" | ")}`);
    }
  }
  return wrong;
}
