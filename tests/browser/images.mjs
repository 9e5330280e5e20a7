// Images: a browser takes the version that fits, nothing moves when it comes, what is further down waits, and drawings
// do nothing but draw.

import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { check } from "./accessibility.mjs";
import { build } from "./machine.mjs";
import { serve } from "./server.mjs";

const photo = join(dirname(fileURLToPath(import.meta.url)), "../images/photo.jpg");
const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="90" onload="document.title='ran'">
<script>document.title = "ran"</script><rect width="300" height="90" fill="#2f7f96"/></svg>\n`;
const text = `# Hills

![Hills under a grey sky](a.jpg "The hills in May"){credit="A. Person"}

${"A paragraph of text, so that the page has a length.\n\n".repeat(60)}

![Hills, as wide as the page](b.jpg "The hills again"){wide}

![A drawing](drawing.svg)
`;

export async function images(temporary, browser, test) {
  const root = join(temporary, "images");
  mkdirSync(join(root, "content"), { recursive: true });
  writeFileSync(join(root, "expound.toml"), 'title = "Images"\n');
  writeFileSync(join(root, "content/index.md"), '+++\ntitle = "Images"\nimage = { src = "lead.jpg", alt = "Hills", credit = "B. Person" }\n+++\n\nThe answer.\n');
  writeFileSync(join(root, "content/10-hills.md"), text);
  writeFileSync(join(root, "content/drawing.svg"), svg);
  for (const name of ["a.jpg", "b.jpg", "lead.jpg"]) copyFileSync(photo, join(root, "content", name));
  const out = join(temporary, "images-out");
  build(root, out);
  const server = await serve(out, "/");
  try {
    for (const [width, scale, colorScheme, wanted] of [
      [360, 1, "light", { lead: 400, a: 400, b: 400 }],
      [360, 2, "dark", { lead: 760, a: 760, b: 760 }],
      [1440, 1, "dark", { lead: 760, a: 640, b: 760 }],
    ]) {
      const context = await browser.newContext({ viewport: { width, height: 800 }, deviceScaleFactor: scale, colorScheme });
      const tab = await context.newPage();
      await test(`images: at ${width} × ${scale}, ${colorScheme}`, async () => {
        const asked = [];
        tab.on("request", (request) => asked.push(new URL(request.url()).pathname));
        await tab.addInitScript(() => {
          globalThis.moved = 0;
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) globalThis.moved += entry.value;
          }).observe({ type: "layout-shift", buffered: true });
        });
        await tab.goto(server.origin, { waitUntil: "load" });
        const wrong = [];
        if (asked.some((path) => path.includes("/b-"))) wrong.push("what is far down was loaded at once");
        const complete = (alt) =>
          tab.waitForFunction((alt) => [...document.images].some((image) => image.alt === alt && image.complete && image.naturalWidth > 0), alt);
        await complete("Hills");
        for (const [name, alt] of [["lead", "Hills"], ["a", "Hills under a grey sky"], ["b", "Hills, as wide as the page"]]) {
          const image = tab.getByRole("img", { name: alt, exact: true });
          await image.scrollIntoViewIfNeeded();
          await complete(alt);
          const source = await image.evaluate((image) => new URL(image.currentSrc).pathname);
          if (!new RegExp(`/assets/${name}-${wanted[name]}\\.[a-z2-7]{10}\\.avif$`).test(source)) wrong.push(`${name} is ${source}, not ${wanted[name]} pixels wide`);
        }
        const figure = tab.getByRole("figure", { name: /The hills in May/ });
        if (!(await figure.textContent()).includes("A. Person")) wrong.push("the credit isn't shown");
        const moved = await tab.evaluate(() => globalThis.moved);
        if (moved > 0.01) wrong.push(`the page moved by ${moved}`);
        const wide = await tab.evaluate(() => document.documentElement.scrollWidth > innerWidth);
        if (wide) wrong.push("the page is wider than the screen");
        wrong.push(...(await check(tab)));
        return wrong;
      });
      await context.close();
    }
    await test("images: a drawing runs nothing", async () => {
      const context = await browser.newContext();
      const tab = await context.newPage();
      await tab.goto(new URL("drawing.svg", server.origin).href);
      const seen = await tab.evaluate(() => [document.title, document.querySelectorAll("script, [onload]").length, document.querySelectorAll("rect").length]);
      await context.close();
      return seen.join() === ",0,1" ? [] : [`the drawing has ${seen}`];
    });
  } finally {
    await server.close();
  }
}
