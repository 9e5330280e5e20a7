// Every address in the site's own pages leads to something that is there, and no page asks another host for anything.

import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { addressOf, files } from "./site.mjs";

/** What a page refers to, found by the browser's own parser. Runs in the browser. */
function harvest(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const links = [];
  const add = (kind, address) => {
    if (address !== null && address !== undefined) links.push({ kind, address });
  };
  for (const e of page.querySelectorAll("a[href], area[href]")) add("link", e.getAttribute("href"));
  for (const e of page.querySelectorAll("link[href]")) {
    const rel = (e.getAttribute("rel") ?? "").split(/\s+/);
    add(rel.some((r) => ["stylesheet", "icon", "manifest", "preload", "modulepreload"].includes(r)) ? "part" : "link", e.getAttribute("href"));
  }
  for (const e of page.querySelectorAll("[src]")) add("part", e.getAttribute("src"));
  for (const e of page.querySelectorAll("[poster]")) add("part", e.getAttribute("poster"));
  for (const e of page.querySelectorAll("[srcset]")) {
    for (const part of e.getAttribute("srcset").split(",")) add("part", part.trim().split(/\s+/)[0]);
  }
  for (const e of page.querySelectorAll("use")) add("part", e.getAttribute("href"));
  for (const e of page.querySelectorAll("meta[property='og:image'], meta[property='og:url']")) add("link", e.getAttribute("content"));
  const ids = [...page.querySelectorAll("[id]")].map((e) => e.id);
  const structured = [...page.querySelectorAll("script[type='application/ld+json']")].map((e) => e.textContent);
  const styles = [...page.querySelectorAll("style")].map((e) => e.textContent).concat([...page.querySelectorAll("[style]")].map((e) => e.getAttribute("style")));
  const base = page.querySelector("base")?.getAttribute("href") ?? null;
  return { links, ids, structured, styles, base };
}

export async function links(site, browser, test) {
  const tab = await browser.newPage();
  const pages = new Map();
  for (const path of site.pages) {
    pages.set(path, await tab.evaluate(harvest, readFileSync(join(site.out, path), "utf8")));
  }
  const root = site.address ?? `http://site.example${site.base}`;
  const origin = new URL(root).origin;

  /** What is wrong with an address on a page; nothing if it is right or leads to another site. */
  const judge = (from, { kind, address }) => {
    let url;
    try {
      url = new URL(address, root + addressOf(from));
    } catch {
      return `${from}: \`${address}\` is no address`;
    }
    if (!["http:", "https:"].includes(url.protocol)) {
      return ["mailto:", "tel:"].includes(url.protocol) || (kind === "part" && url.protocol === "data:") ? undefined : `${from}: \`${address}\` has an unexpected scheme`;
    }
    if (url.origin !== origin) return kind === "part" ? `${from}: loads \`${address}\` from another host` : undefined;
    const base = new URL(root).pathname;
    if (!url.pathname.startsWith(base)) return `${from}: \`${address}\` leads out of ${base}`;
    let path = decodeURIComponent(url.pathname.slice(base.length));
    const isFolder = (path) => existsSync(join(site.out, path)) && statSync(join(site.out, path)).isDirectory();
    if (path === "" || path.endsWith("/")) path += "index.html";
    else if (isFolder(path)) return `${from}: \`${address}\` lacks its final /`;
    if (!existsSync(join(site.out, path))) return `${from}: \`${address}\` leads nowhere`;
    const fragment = decodeURIComponent(url.hash.slice(1));
    const target = pages.get(path);
    if (fragment && fragment !== "top" && target && !target.ids.includes(fragment)) {
      return `${from}: \`${address}\` leads to no place on that page`;
    }
    return undefined;
  };

  for (const [path, page] of pages) {
    await test(`${site.name}: links: ${path}`, () => {
      const wrong = page.links.map((link) => judge(path, link)).filter(Boolean);
      if (page.base) wrong.push(`${path}: has a <base>, which changes where its links lead`);
      for (const id of new Set(page.ids.filter((id, at) => page.ids.indexOf(id) !== at))) wrong.push(`${path}: two elements have the id ${id}`);
      for (const text of page.structured) JSON.parse(text);
      for (const text of page.styles) wrong.push(...cssAddresses(text).map((a) => judge(path, { kind: "part", address: a })).filter(Boolean));
      return wrong;
    });
  }

  for (const path of files(site.out)) {
    const read = () => readFileSync(join(site.out, path), "utf8");
    if (path.endsWith(".css")) {
      await test(`${site.name}: addresses: ${path}`, () => cssAddresses(read()).map((a) => judge(path, { kind: "part", address: a })).filter(Boolean));
    } else if (path.endsWith(".json")) {
      await test(`${site.name}: JSON: ${path}`, () => void JSON.parse(read()));
    } else if (path.endsWith(".xml") || path.endsWith(".svg")) {
      await test(`${site.name}: XML: ${path}`, async () => {
        const { error, addresses } = await tab.evaluate((text) => {
          const parsed = new DOMParser().parseFromString(text, "application/xml");
          const addresses = [...parsed.querySelectorAll("loc")].map((e) => e.textContent.trim());
          for (const e of parsed.querySelectorAll("feed > link[href], entry > link[href]")) addresses.push(e.getAttribute("href"));
          return { error: parsed.querySelector("parsererror")?.textContent, addresses };
        }, read());
        if (error) return [error];
        return addresses.map((address) => judge(path, { kind: "link", address })).filter(Boolean);
      });
    }
  }
  await tab.close();
}

function cssAddresses(text) {
  const found = [...text.matchAll(/url\(\s*(?:"([^"]*)"|'([^']*)'|([^)'"]*))\s*\)/g)];
  const imports = [...text.matchAll(/@import\s+(?:"([^"]*)"|'([^']*)')/g)];
  return [...found, ...imports].map((m) => m[1] ?? m[2] ?? m[3]).filter((address) => address && !address.startsWith("data:"));
}
