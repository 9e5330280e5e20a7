// The open page beside the HTML that it came from: which node of one is which of the other, and how a plan is done.

/** The open page, and the HTML that it shows. */
class OpenPage {
  /** `foreign` are nodes of the open page that aren't the site's. */
  constructor(html, foreign) {
    this.base = parsePage(html);
    this.nodes = new WeakMap();
    this.foreign = foreign;
    this.#align(this.base.documentElement, document.documentElement);
  }

  /** The node of the open page for a node of the HTML. */
  node(of) {
    const node = this.nodes.get(of);
    if (!node?.isConnected) throw new Inexact(`${of.nodeName} isn't there any more`);
    return node;
  }

  /** Finds the nodes of the HTML in the open page, in which scripts may have added, moved and taken away some. */
  #align(base, live) {
    this.nodes.set(base, live);
    if (base.nodeName === "NOSCRIPT" || base.nodeName === "TEMPLATE") return;
    const [those, these] = [[...base.childNodes], [...live.childNodes].filter((node) => !this.foreign.includes(node))];
    const alike = (a, b) => a.nodeName === b.nodeName && (a.id ?? "") === (b.id ?? "");
    const same = those.length === these.length && those.every((node, at) => alike(node, these[at]));
    const weigh = (i, j) => {
      if (!alike(those[i], these[j])) return 0;
      return those[i].nodeType === ELEMENT ? (those[i].textContent === these[j].textContent ? 9 : 5) : those[i].data === these[j].data ? 9 : 1;
    };
    const pairs = same ? [...these.keys()] : pairUp(those, these, weigh);
    pairs.forEach((from, at) => {
      if (from < 0) return;
      if (those[from].nodeType === ELEMENT) this.#align(those[from], these[at]);
      else this.nodes.set(those[from], these[at]);
    });
  }

  /**
   * Makes the open page into what `html` would show. `around` is given a function that does all visible changes at
   * once, and calls it. Returns the elements that changed; throws [`Inexact`] before anything is changed.
   */
  async patch(html, around) {
    const next = parsePage(html);
    const plan = planPatch(this.base, next);
    const needed = [...plan.attributes, ...plan.texts, ...plan.asText, ...plan.stocks].map(([a]) => a);
    needed.push(...plan.children.map(({ a }) => a), ...plan.sheets.map(({ instead, within }) => instead ?? within));
    for (const { children } of plan.children) needed.push(...children.filter((child) => child.moved).map((child) => child.from));
    needed.forEach((node) => this.node(node));
    // New sheets are loaded beside the old ones first, so that the page is never without styles.
    const ready = new Map(plan.sheets.map((sheet) => [sheet.next, this.#loadSheet(sheet)]));
    await Promise.all([...ready.values()].map((sheet) => sheet.loaded));
    const changed = new Set();
    around(() => this.#apply(plan, ready, changed));
    this.base = next;
    return [...changed].filter((node) => node.isConnected);
  }

  /** Loads other bytes of the same style sheet, and has it take the place of the one that is there. */
  async reloadSheet(of) {
    const old = this.node(of);
    const sheet = old.cloneNode();
    const { loaded, use } = insertSheet(sheet, of, () => old.after(sheet));
    await loaded;
    use();
    old.remove();
    this.nodes.set(of, sheet);
  }

  #loadSheet({ next, instead, within, after }) {
    const sheet = document.importNode(next, true);
    return insertSheet(sheet, next, () => {
      if (instead) this.node(instead).after(sheet);
      else place(sheet, this.nodes.get(after) ?? null, this.node(within));
    });
  }

  #apply(plan, ready, changed) {
    for (const [a, b] of plan.pairs) {
      const node = this.nodes.get(a);
      if (node) this.nodes.set(b, node);
    }
    for (const [a, b] of plan.attributes) {
      changeAttributes(a, b, this.node(b));
      changed.add(this.node(b));
    }
    for (const [a, b] of plan.texts) {
      changeText(this.node(b), a.data, b.data);
      changed.add(this.node(b).parentElement);
    }
    for (const [, b] of plan.asText) this.node(b).textContent = b.innerHTML;
    for (const [, b] of plan.stocks) this.node(b).content.replaceChildren(document.importNode(b.content, true));
    for (const { next, instead } of plan.sheets) {
      const { sheet, use } = ready.get(next);
      if (instead) this.nodes.get(instead).remove();
      use();
      this.nodes.set(next, sheet);
    }
    for (const { b, removed, children } of plan.children) {
      const parent = this.node(b);
      for (const node of removed) this.nodes.get(node)?.remove();
      let before = null;
      for (const { node, moved } of children) {
        if (moved || !this.nodes.has(node)) {
          const placed = this.nodes.get(node) ?? this.#import(node);
          place(placed, before, parent);
          if (placed.nodeType === ELEMENT) changed.add(placed);
        }
        // What a script has taken elsewhere says nothing about the order here.
        if (this.nodes.get(node)?.parentNode === parent) before = this.nodes.get(node);
      }
      changed.add(parent);
    }
  }

  #import(next) {
    const node = document.importNode(next, true);
    const pair = (of, node) => {
      this.nodes.set(of, node);
      // It was parsed where scripts don't run, and stands where they do.
      if (of.nodeName === "NOSCRIPT") node.textContent = of.innerHTML;
      else of.childNodes.forEach((child, at) => pair(child, node.childNodes[at]));
    };
    pair(next, node);
    return node;
  }
}

/** Puts a node after a sibling, or first. */
function place(node, before, parent) {
  const after = before?.parentNode === parent ? before.nextSibling : parent.firstChild;
  if (node === after) return;
  // What is open, focused or playing stays so where the browser can move an element as it is.
  if (node.isConnected && parent.moveBefore) parent.moveBefore(node, after);
  else parent.insertBefore(node, after);
}

/** Inserts a style sheet that counts for nothing until `use` is called. */
function insertSheet(sheet, of, insert) {
  sheet.media = "not all";
  const loaded = new Promise((resolve) => {
    sheet.addEventListener("load", resolve, { once: true });
    sheet.addEventListener("error", resolve, { once: true });
    setTimeout(resolve, 3000);
  });
  insert();
  const use = () => (of.hasAttribute("media") ? sheet.setAttribute("media", of.getAttribute("media")) : sheet.removeAttribute("media"));
  return { sheet, loaded, use };
}

function changeAttributes(a, b, live) {
  for (const name of new Set([...a.getAttributeNames(), ...b.getAttributeNames()])) {
    const [was, is] = [a.getAttribute(name), b.getAttribute(name)];
    if (was === is) continue;
    if (name === "class" && live.getAttribute("class") !== was) {
      // A script has added classes of its own.
      const [out, into] = [a.classList, b.classList].map((list) => [...list]);
      live.classList.remove(...out.filter((name) => !into.includes(name)));
      live.classList.add(...into);
    } else if (is === null) {
      live.removeAttribute(name);
    } else {
      live.setAttributeNS(b.getAttributeNode(name).namespaceURI, name, is);
    }
  }
}

/** Replaces only what differs, so that a selection before or after it stays. */
function changeText(live, was, is) {
  if (live.data !== was) {
    live.data = is;
    return;
  }
  let start = 0;
  let end = 0;
  const most = Math.min(was.length, is.length);
  while (start < most && was[start] === is[start]) start++;
  while (end < most - start && was[was.length - 1 - end] === is[is.length - 1 - end]) end++;
  live.replaceData(start, was.length - start - end, is.slice(start, is.length - end));
}
