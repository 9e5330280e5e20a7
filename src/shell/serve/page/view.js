// What the reader sees while the page changes: the scroll that stays, files that are fetched anew, the place to go to.

const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** The tab's own store; a browser that is told to keep nothing has none. */
const memory = {
  get(key) {
    try {
      return JSON.parse(sessionStorage.getItem(`expound:${key}`));
    } catch {
      return null;
    }
  },
  set(key, value) {
    try {
      if (value === null) sessionStorage.removeItem(`expound:${key}`);
      else sessionStorage.setItem(`expound:${key}`, JSON.stringify(value));
    } catch {
      // Then it isn't kept.
    }
  },
};

/** Elements whose place is what the reader looks at, from the top of the window down. */
function landmarks() {
  const found = [];
  const look = (element) => {
    for (const child of element.children) {
      const { top, bottom, width } = child.getBoundingClientRect();
      if (bottom <= 0 || top >= innerHeight || !width || child.matches("[popover], dialog")) continue;
      if (["fixed", "sticky", "absolute"].includes(getComputedStyle(child).position)) continue;
      if (top >= 0) found.push({ element: child, top });
      else look(child);
      if (found.length >= 8) return;
    }
  };
  look(document.body);
  return found;
}

/** Does all visible changes at once, and keeps what the reader looks at where it is. */
function steadily(change) {
  if (scrollY === 0) return change();
  const before = landmarks();
  const y = scrollY;
  // The browser's own anchoring, where it has one, must not correct the same shift again.
  const still = new CSSStyleSheet();
  still.replaceSync("html, body { overflow-anchor: none !important; }");
  document.adoptedStyleSheets.push(still);
  change();
  const kept = before.find(({ element }) => element.isConnected && element.getBoundingClientRect().width);
  const shift = kept ? kept.element.getBoundingClientRect().top - kept.top : y - scrollY;
  if (Math.abs(shift) >= 1) scrollBy({ top: shift, behavior: "instant" });
  requestAnimationFrame(() => requestAnimationFrame(() => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== still);
  }));
}

/** Loads the page again, where a patch would not be exact. */
function reload() {
  const near = landmarks()[0]?.element.closest("main [id]");
  memory.set("scroll", { path: location.pathname, y: scrollY, id: near?.id, top: near?.getBoundingClientRect().top });
  // The browser would go by pixels, and later than this script.
  history.scrollRestoration = "manual";
  location.reload();
}

/** After [`reload`]: back to where the reader was. */
function resumeScroll() {
  const kept = memory.get("scroll");
  memory.set("scroll", null);
  if (!kept) return;
  const back = () => {
    if (kept.path !== location.pathname || kept.y === 0) return;
    const near = kept.id && document.getElementById(kept.id);
    const top = near ? scrollY + near.getBoundingClientRect().top - kept.top : kept.y;
    scrollTo({ top, behavior: "instant" });
  };
  // Pictures without a size make the page longer when they are there.
  const whenLoaded = () => {
    back();
    setTimeout(() => (history.scrollRestoration = "auto"));
  };
  back();
  if (document.readyState === "complete") whenLoaded();
  else addEventListener("load", whenLoaded, { once: true });
}

const ADDRESSES = "img[src], img[srcset], source[src], source[srcset], video, audio[src], track[src], embed[src], object[data], input[src], image, use, link[rel~=icon]";
const ATTRIBUTES = ["src", "srcset", "poster", "data", "href", "xlink:href"];

/** Has the page show the present bytes of files whose address is still the same. */
async function refreshFiles(page, files, build) {
  const known = new Set(files.map((file) => new URL(file, location).href));
  const isKnown = (address) => known.has(whole(address)?.split(/[?#]/)[0]);
  const done = new Set();
  if ([...page.base.querySelectorAll("script[src]")].some((script) => isKnown(script.getAttribute("src")))) throw new Inexact("a script has changed");
  for (const sheet of page.base.querySelectorAll("link[rel~=stylesheet][href]")) {
    if (!isKnown(sheet.getAttribute("href"))) continue;
    done.add(whole(sheet.getAttribute("href")));
    await page.reloadSheet(sheet);
  }
  for (const element of page.base.querySelectorAll(ADDRESSES)) {
    for (const name of ATTRIBUTES) {
      const value = element.getAttribute(name);
      if (value === null) continue;
      let found = false;
      const fresh = value.replace(/[^\s,]+/g, (address) => {
        if (!isKnown(address)) return address;
        found = true;
        done.add(whole(address).split(/[?#]/)[0]);
        const [path, fragment] = address.split("#");
        return `${path}${path.includes("?") ? "&" : "?"}expound=${build}${fragment === undefined ? "" : `#${fragment}`}`;
      });
      if (!found) continue;
      // Loaded and decoded before it is shown, so that the old one stays until then.
      if (name === "src" && element.nodeName === "IMG") await Object.assign(new Image(), { src: fresh }).decode().catch(() => {});
      page.node(element).setAttribute(name, fresh);
    }
  }
  // A picture or font of a style sheet, say, or data that a script has asked for.
  const others = performance.getEntriesByType("resource").filter(({ name }) => isKnown(name) && !done.has(name.split(/[?#]/)[0]));
  if (others.some(({ initiatorType }) => !["iframe", "navigation"].includes(initiatorType))) throw new Inexact("a file within a style sheet or script has changed");
}

/** A whole address. */
function whole(address) {
  return URL.canParse(address, document.baseURI) ? new URL(address, document.baseURI).href : undefined;
}

/** Goes to what was just edited. */
function goTo(address) {
  const url = new URL(address, location);
  if (url.pathname !== location.pathname) {
    memory.set("mark", url.pathname);
    location.assign(url);
    return;
  }
  const element = document.getElementById(decodeURIComponent(url.hash.slice(1)));
  if (!element) return;
  element.scrollIntoView({ behavior: calm.matches ? "instant" : "smooth", block: "start" });
  mark(element);
}

/** After [`goTo`] led to this page. */
function resumeMark() {
  const path = memory.get("mark");
  memory.set("mark", null);
  const element = path === location.pathname && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (element) mark(element);
}

/** Draws a line around an element for a moment. An animation leaves no trace in the document. */
function mark(element) {
  const on = { outline: "2px solid color-mix(in oklab, currentcolor 60%, transparent)", outlineOffset: "0.5rem" };
  const off = { ...on, outlineColor: "transparent" };
  element.animate(calm.matches ? [on, on] : [on, { ...on, offset: 0.6 }, off], { id: "expound-mark", duration: 1800 });
}
