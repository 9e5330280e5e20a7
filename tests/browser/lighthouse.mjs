// Lighthouse gives every kind of page full marks, on its slow phone. Needs a browser with a port of its own.

import lighthouse from "lighthouse";
import { throttling } from "lighthouse/core/config/constants.js";
import { launch } from "./machine.mjs";
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

export async function marks(site, pages, test) {
  const server = await serve(site.out, site.base, { compressed: true });
  const port = await freePort();
  let slowdown = 4;
  const browser = await launch(`--remote-debugging-port=${port}`);
  try {
    for (const page of pages) {
      // Lighthouse has nothing to say of a page that comes with 404: it doesn't count as loaded. As a file that is there it
      // does, but it asks search engines to leave it out, as it should.
      const wanted = page === "404.html" ? categories.filter((category) => category !== "seo") : categories;
      await test(`${site.name}: lighthouse: ${page}`, async () => {
        let wrong;
        for (let run = 0; run < RUNS && !(wrong && !wrong.length); run++) {
          const again = run ? ["performance"] : wanted;
          const { lhr } = await lighthouse(server.origin + site.base + addressOf(page), { port, logLevel: "silent", output: "json", onlyCategories: again, throttling: { ...throttling.mobileSlow4G, cpuSlowdownMultiplier: slowdown } });
          if (lhr.runtimeError) return [lhr.runtimeError.message];
          wrong = judge(lhr);
          slowdown = Math.min(4, Math.max(1, (4 * lhr.environment.benchmarkIndex) / FAST));
          // What isn't speed is the same each time.
          if (wrong.some((line) => !line.startsWith("performance"))) return wrong;
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
