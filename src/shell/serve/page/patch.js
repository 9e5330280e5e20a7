// The patch: what differs between the page as it was served before and as it is served now is done to the open page.
//
// Three trees take part: `base`, the page's HTML as it was served before, parsed; `next`, as it is served now; and the
// open page. Only what differs between the first two is changed in the third, so whatever readers and scripts did to
// the page stays: what is unfolded, opened, typed, selected, and what the theme's script has added.
// First all is planned, then it is done, so that a change that can't be done exactly leaves the page as it was.

/** Says that a change can't be done exactly on the open page. */
class Inexact extends Error {}

const ELEMENT = Node.ELEMENT_NODE;

/** These stay the same element whatever their class; all others are chosen by their class, in styles and scripts. */
const CONTAINERS = new Set("HTML HEAD BODY MAIN ARTICLE SECTION HEADER FOOTER NAV ASIDE DIV FORM DETAILS DIALOG".split(" "));

/** The types of scripts that do something; all others hold data. */
const EXECUTABLE = /^$|^module$|^importmap$|^speculationrules$|^(text|application)\/(x-)?(java|ecma)script$/i;

/** A template of the theme's own: what is in it is put on the page later, as it stands there then. */
const isStock = (node) => node.nodeName === "TEMPLATE" && node.id.startsWith("_");
const isScript = (node) => node.nodeName.toLowerCase() === "script" && EXECUTABLE.test(node.getAttribute("type") ?? "");
const isSheet = (node) => node.nodeName === "LINK" && node.relList.contains("stylesheet") && !node.hasAttribute("disabled");
const isFixed = (node) => isScript(node) || node.nodeName === "BASE" || node.nodeName === "TEMPLATE" || node.matches("meta[http-equiv]");
const FIXED = "script, base, template, meta[http-equiv]";

// The site's policy asks that HTML be vouched for; what the server sends is the site itself, and is parsed, not shown.
const vouched = globalThis.trustedTypes?.createPolicy("expound-preview", { createHTML: (html) => html });

/** Parses HTML as a browser would, without running its scripts. */
const parse = (html) => new DOMParser().parseFromString(vouched?.createHTML(html) ?? html, "text/html");

/** Parses a page, without the element that the preview adds. */
function parsePage(html) {
  const page = parse(html);
  for (const script of page.querySelectorAll("script[data-expound]")) takeOut(script);
  return page;
}

/** Removes an element as if it had never been there: the text before and after it becomes one again. */
function takeOut(element) {
  const { previousSibling: before, nextSibling: after } = element;
  element.remove();
  if (before?.nodeType !== Node.TEXT_NODE || after?.nodeType !== Node.TEXT_NODE) return;
  before.appendData(after.data);
  after.remove();
}

/** Everything that a node is, as a string; used for equality alone. */
const content = (node) => (node.nodeType === ELEMENT ? node.outerHTML : `${node.nodeType}${node.data}`);

/** How much two siblings have to do with each other, from 1 to 100; 0 if one can't become the other. */
function likeness(a, b, equal) {
  if (a.nodeName !== b.nodeName) return 0;
  if (a.nodeType !== ELEMENT) return equal ? 10 : 1;
  if (equal) return 100;
  if (a.getAttribute("rel") !== b.getAttribute("rel") && a.nodeName === "LINK") return 0;
  if (a.id !== b.id) return 0;
  const sameClass = a.getAttribute("class") === b.getAttribute("class");
  if (!sameClass && !CONTAINERS.has(a.nodeName)) return 0;
  return a.id ? 50 : (sameClass ? 2 : 1) + 7 * overlap(a, b);
}

const words = new WeakMap();

/** Which part of the words of two elements is in both, from 0 to 1. */
function overlap(a, b) {
  const [these, those] = [a, b].map((element) => {
    if (!words.has(element)) words.set(element, new Set(element.textContent.match(/\S+/g)));
    return words.get(element);
  });
  if (!these.size || !those.size) return 0;
  let both = 0;
  for (const word of these) if (those.has(word)) both++;
  return both / Math.max(these.size, those.size);
}

/**
 * Pairs two lists of siblings, in order, so that as much as possible of them pairs with its like.
 * Returns for each of `next` its index in `base`, or -1.
 */
function pairUp(base, next, weigh) {
  const pairs = new Array(next.length).fill(-1);
  let start = 0;
  let [baseEnd, nextEnd] = [base.length, next.length];
  while (start < baseEnd && start < nextEnd && weigh(start, start) >= 10) pairs[start] = start++;
  while (start < baseEnd && start < nextEnd && weigh(baseEnd - 1, nextEnd - 1) >= 10) pairs[--nextEnd] = --baseEnd;
  const [rows, columns] = [baseEnd - start, nextEnd - start];
  // A table for siblings by the thousand would take too long: then they are paired one by one.
  if (rows * columns > 250_000) {
    for (let i = 0; i < Math.min(rows, columns); i++) if (weigh(start + i, start + i)) pairs[start + i] = start + i;
    return pairs;
  }
  // best[i][j]: what pairing the siblings from i and j on is worth.
  const best = Array.from({ length: rows + 1 }, () => new Float64Array(columns + 1));
  const weights = Array.from({ length: rows }, () => new Float64Array(columns));
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = columns - 1; j >= 0; j--) {
      const weight = (weights[i][j] = weigh(start + i, start + j));
      best[i][j] = Math.max(best[i + 1][j], best[i][j + 1], weight ? weight + best[i + 1][j + 1] : 0);
    }
  }
  for (let i = 0, j = 0; i < rows && j < columns; ) {
    const weight = weights[i][j];
    if (weight && best[i][j] === weight + best[i + 1][j + 1]) pairs[start + j++] = start + i++;
    else if (best[i][j] === best[i + 1][j]) i++;
    else j++;
  }
  return pairs;
}

/** Adds to `plan` what makes `a` of the base into `b`. */
function compare(a, b, plan, equal = content(a) === content(b)) {
  plan.pairs.push([a, b]);
  if (a.nodeType !== ELEMENT) {
    if (a.data !== b.data) plan.texts.push([a, b]);
    return;
  }
  if (equal) {
    a.childNodes.forEach((child, at) => compareEqual(child, b.childNodes[at], plan));
    return;
  }
  if (isStock(a) && isStock(b) && !attributesDiffer(a, b)) {
    plan.stocks.push([a, b]);
    return;
  }
  if (isFixed(a) || isFixed(b)) throw new Inexact(`<${a.localName}> has changed`);
  if (isSheet(a) || isSheet(b)) {
    plan.sheets.push({ next: b, instead: a });
    return;
  }
  if (attributesDiffer(a, b)) plan.attributes.push([a, b]);
  if (a.nodeName === "NOSCRIPT") {
    plan.asText.push([a, b]);
    return;
  }
  compareChildren(a, b, plan);
}

/** Notes the pairs within two trees that are known to be equal. */
function compareEqual(a, b, plan) {
  plan.pairs.push([a, b]);
  a.childNodes.forEach((child, at) => compareEqual(child, b.childNodes[at], plan));
}

function attributesDiffer(a, b) {
  return a.attributes.length !== b.attributes.length || [...a.attributes].some(({ name, value }) => b.getAttribute(name) !== value);
}

function compareChildren(a, b, plan) {
  const [base, next] = [[...a.childNodes], [...b.childNodes]];
  const [was, is] = [base.map(content), next.map(content)];
  const pairs = pairUp(base, next, (i, j) => likeness(base[i], next[j], was[i] === is[j]));
  const left = new Set(base.keys());
  for (const i of pairs) left.delete(i);
  const children = next.map((node, j) => ({ node, from: base[pairs[j]], equal: pairs[j] >= 0 && was[pairs[j]] === is[j], moved: false }));
  // An element with an id that isn't where it was has moved.
  for (const child of children) {
    if (child.from || !child.node.id) continue;
    const i = [...left].find((i) => likeness(base[i], child.node, false) === 50);
    if (i === undefined) continue;
    left.delete(i);
    Object.assign(child, { from: base[i], moved: true });
  }
  const removed = [...left].map((i) => base[i]);
  for (const node of [...removed, ...children.filter((child) => !child.from).map((child) => child.node)]) {
    if (node.nodeType !== ELEMENT) continue;
    const fixed = [node, ...node.querySelectorAll(FIXED)].find(isFixed);
    if (fixed) throw new Inexact(`<${fixed.localName}> has come or gone`);
  }
  if (removed.length || children.some((child) => !child.from || child.moved)) plan.children.push({ a, b, removed, children });
  children.forEach((child, at) => {
    if (child.from) compare(child.from, child.node, plan, child.equal);
    else if (isSheet(child.node)) plan.sheets.push({ next: child.node, within: a, after: children.slice(0, at).findLast((c) => c.from)?.from });
  });
}

/** What makes the page `base` into the page `next`. */
function planPatch(base, next) {
  const plan = { pairs: [], attributes: [], texts: [], asText: [], stocks: [], children: [], sheets: [] };
  const doctype = (page) => (page.doctype ? `${page.doctype.name} ${page.doctype.publicId} ${page.doctype.systemId}` : "");
  if (doctype(base) !== doctype(next)) throw new Inexact("the doctype has changed");
  compare(base.documentElement, next.documentElement, plan);
  return plan;
}
