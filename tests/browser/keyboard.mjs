// Everything by keyboard: Tab goes through a page in the order of its source, each stop shows that it has the focus,
// and none is hidden below something else.

import { addressOf } from "./site.mjs";

/** Stops that are looked at on a page; a long one has the same kinds of them all the way down. */
const most = 150;

export async function keyboard(site, pages, browser, test) {
  for (const options of [{ width: 1440 }, { width: 360 }, { width: 1440, forcedColors: "active" }]) {
    const { width, forcedColors } = options;
    const context = await browser.newContext({ viewport: { width, height: 800 }, reducedMotion: "reduce", forcedColors });
    const tab = await context.newPage();
    for (const page of forcedColors ? pages.slice(0, 1) : pages) {
      await test(`${site.name}: keyboard: ${page} at ${width}${forcedColors ? ", forced colours" : ""}`, async () => {
        await tab.goto(site.origin + site.base + addressOf(page));
        const wrong = [];
        let stops = 0;
        for (; stops < most; stops++) {
          await tab.keyboard.press("Tab");
          const found = await tab.evaluate(look);
          if (!found) break;
          wrong.push(...found);
        }
        if (stops < 3) wrong.push(`has ${stops} stops`);
        return wrong;
      });
    }
    await context.close();
  }
}

/** What is wrong with the element that has the focus; nothing where the focus has left the page. Runs in the browser. */
function look() {
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return null;
  const name = element.outerHTML.replace(/\s+/g, " ").slice(0, 140);
  const wrong = [];
  const before = globalThis.lastStop;
  globalThis.lastStop = element;
  // A date has a stop for each of its parts.
  if (before && before !== element && !(before.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING)) wrong.push(`comes too late: ${name}`);
  const style = getComputedStyle(element);
  const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1 && style.outlineColor !== "rgba(0, 0, 0, 0)";
  // The button in a field for dates has a focus that the field is not told of.
  const focused = element.matches(":focus-visible, input[type=date]:focus-within");
  if (!focused || !outlined) wrong.push(`doesn't show that it has the focus: ${name}`);
  // A link may run over several lines: its first piece has to be there.
  const piece = [...element.getClientRects()].find(({ width, height }) => width && height);
  if (!piece) {
    wrong.push(`can't be seen: ${name}`);
    return wrong;
  }
  // What is higher than the window shows its part within it.
  const middle = (start, end, size) => (Math.max(0, start) + Math.min(size, end)) / 2;
  const [x, y] = [middle(piece.left, piece.right, innerWidth), middle(piece.top, piece.bottom, innerHeight)];
  const there = document.elementFromPoint(x, y);
  if (!there || !(there === element || there.contains(element) || element.contains(there))) {
    wrong.push(`is below ${there?.outerHTML.slice(0, 80) ?? "nothing: outside the window"}: ${name}`);
  }
  return wrong;
}
