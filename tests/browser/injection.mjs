// Texts that mean harm, in every field of every kind of file that a site has, as the schemas list them: nothing of them
// runs or becomes an element, on any kind of page and in any file, and every one can still be read. The policy of the
// pages is set aside, so that escaping alone has to hold.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build, program } from "./machine.mjs";
import { serve } from "./server.mjs";
import { addressOf, files, htmlPages } from "./site.mjs";

/** What stands in every text, after a number of its own. Nothing in it means anything in Markdown, where it is typed as it is. */
const harm = '<x-y></script></style></title></textarea>--><script>window.__hit=1</script>" x-y onmouseover="window.__hit=1\' x-y onfocus=\'window.__hit=1<img src=x onerror=window.__hit=1><svg onload=window.__hit=1>{{ 7*7 }}{% x %}]]>&#x3c;x-y&#x3e;‮';

/** What of it is looked for again: typographic quotes and hidden letters may be others. */
const readable = "<x-y></script></style>";

/** Keys that take the id of something else, by what they lead to; and those whose texts are no words. */
const references = { edition: "one", party: "reader", event: "signed", term: "licence", section: "text" };
const lists = { terms: "licence", parties: "reader", editions: "one", sources: "paper", key_facts: "sum" };
const odd = { id: undefined, slug: undefined, override: undefined, draft: undefined, translates: undefined, aliases: undefined, src: "pic.svg" };

/** Values for a schema, with a text of harm in every place for one. */
class Harm {
  /** The number of each text, and the place it stands in. */
  places = new Map();

  text(place) {
    const number = this.places.size + 1;
    this.places.set(number, place);
    return `HARM${number}E${harm}`;
  }

  of(schema, place) {
    const key = place.split(".").at(-1).replace(/\[]$/, "");
    if (schema.anyOf) return this.of(schema.anyOf.at(-1), place);
    if (schema.enum) return schema.enum[0];
    if (schema.const) return schema.const;
    const types = [schema.type].flat();
    if (types.includes("boolean")) return true;
    if (types.includes("array")) {
      if (lists[key]) return [lists[key]];
      return [this.of(schema.items, `${place}[]`)];
    }
    if (types.includes("object")) {
      const value = {};
      for (const [name, property] of Object.entries(schema.properties ?? {})) {
        const inner = name in odd ? odd[name] : this.of(property, `${place}.${name}`);
        if (inner !== undefined) value[name] = inner;
      }
      if (schema.additionalProperties && schema.additionalProperties !== true && key === "cells") value.a = this.of(schema.additionalProperties, `${place}.a`);
      return value;
    }
    if (key === "language") return "fr";
    if (types.includes("string") && types.includes("integer")) return "2020-05-06";
    if (schema.pattern?.includes("{4}-")) return "2020-05-06";
    if (schema.pattern?.includes("://")) return `https://example.org/"><x-y>'x-y=${this.places.size}?a=<script>&lt;x-y&gt;`;
    if (types.includes("integer")) return 3;
    if (references[key]) return references[key];
    return this.text(place);
  }
}

const schemaOf = (kind) => JSON.parse(execFileSync(program, ["schema", kind], { encoding: "utf8" }));

/** A text in JSON, which is a text in TOML too. */
const quoted = (text) => JSON.stringify(text).replaceAll("\u007f", "\\u007f");

/** Values as TOML, in one line each. */
function toml(value) {
  if (Array.isArray(value)) return `[${value.map(toml).join(", ")}]`;
  if (typeof value === "object") return `{ ${Object.entries(value).map(([key, inner]) => `${key} = ${toml(inner)}`).join(", ")} }`;
  return typeof value === "string" ? quoted(value) : String(value);
}
const table = (value) => Object.entries(value).map(([key, inner]) => `${key} = ${toml(inner)}\n`).join("");

/** Writes the site, and says which text stands where. */
function write(root) {
  const harms = new Harm();
  const put = (path, text) => {
    mkdirSync(join(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const ids = { edition: "one", party: "reader", event: "signed", term: "licence", fact: "sum", source: "paper", comparison: "table", column: "a" };

  const known = schemaOf("settings");
  // Words with a meaning are refused where they have none; colours, fonts and places to publish to are no texts.
  for (const name of ["security", "publish"]) delete known.properties[name];
  for (const name of Object.keys(known.properties.theme.properties)) if (!["masthead", "footer"].includes(name)) delete known.properties.theme.properties[name];
  delete known.properties.publisher.properties.logo;
  const settings = harms.of(known, "settings");
  Object.assign(settings, { base_url: "https://example.org/", language: "en", markdown: {}, terms: {}, check: {} });
  for (const rule of ["raw-html", "unsafe-link"]) settings.check[rule] = "off";
  put("expound.toml", table(settings));

  for (const kind of execFileSync(program, ["schema"], { encoding: "utf8" }).trim().split("\n")) {
    const name = kind.trim().split(/\s/)[0];
    if (["settings", "explainer", "section"].includes(name)) continue;
    const schema = schemaOf(name);
    const of = schema.anyOf[0].properties;
    const main = Object.keys(of)[0];
    const record = harms.of(of[main].items, name);
    record.id = ids[main] ?? `${main}-1`;
    if (main === "comparison") record.columns[0].id = "a";
    const more = main === "edition" ? [{ ...record, id: "two", label: harms.text("editions.label"), date: "2021" }] : [];
    if (main === "term") record.state.unshift({ ...record.state[0], edition: "two", value: harms.text("terms.state.value"), standing: harms.text("terms.state.standing") });
    // Changes belong to an explainer, and are found among its own sections.
    for (const folder of main === "change" ? ["cards/", "scroll/"] : [""]) put(`content/${folder}${name}.json`, JSON.stringify([record, ...more]));
  }
  const sheet = (place) => harms.text(place).replaceAll('"', "''").replaceAll(/[,;]/g, "");
  const chart = `year,${sheet("{chart} column")}\n${sheet("{chart} row")},3\nb,4\n`;
  const blocks = ["{timeline}", "{terms}", "{compare}", "{effects}", "{sources}", "{changes}"].map((name) => `\`\`\`${name}\ntitle = ${quoted(harms.text(name))}\n\`\`\`\n`);
  blocks.push(`\`\`\`{compare}\nid = "table"\ntitle = ${quoted(harms.text("{compare} table"))}\n\`\`\`\n`);
  for (const kind of ["bar", "line", "slope"]) {
    blocks.push(`\`\`\`{chart}\nkind = "${kind}"\ntitle = ${quoted(harms.text("{chart}"))}\nsources = ["paper"]\nnote = ${quoted(harms.text("{chart} note"))}\ncaption = ${quoted(harms.text("{chart} caption"))}\nalt = ${quoted(harms.text("{chart} alt"))}\nprefix = ${quoted(harms.text("{chart} prefix"))}\ndata = ${quoted(kind === "slope" ? chart.replace("\n", ",c\n").replace(",3\n", ",3,5\n").replace("b,4", "b,4,6") : kind === "line" ? chart.replace(/\n.*,3\n/, "\n2019,3\n").replace("b,4", "2020,4") : chart)}\n\`\`\`\n`);
  }
  const text = () => {
    const typed = (place) => harms.text(place);
    return `${typed("paragraph")}\n\n## ${typed("heading")}\n\n- ${typed("item")}\n- [${typed("link")}](https://example.org/) [[licence]] [[fact:sum]] [[event:signed]] [@paper]\n\n> ${typed("quotation")}\n\n| ${typed("table")} |\n|---|\n| ${typed("cell")} |\n\n\`${typed("code")}\`\n\n\`\`\`js\n${typed("code block")}\n\`\`\`\n\n\`\`\`<x-y>\ncode\n\`\`\`\n\n![${typed("alternative text").replaceAll("]", "").replaceAll("<", "\\<")}](pic.svg '${"T<x-y>\" x-y=\"".replaceAll("'", "")}')\n\n[j](JavaScript:window.__hit=1) [d](data:text/html,<script>window.__hit=1</script>) <javascript:window.__hit=1> [v](vbscript:x) [s](&#x6a;avascript:window.__hit=1)\n\nA note[^n].\n\n[^n]: ${typed("footnote")}\n\n`;
  };
  for (const [folder, layout] of [["cards", "cards"], ["scroll", "scroll"]]) {
    const about = schemaOf("explainer");
    // Without authors of its own it has those of the settings.
    if (folder === "scroll") delete about.properties.authors;
    const front = harms.of(about, "explainer");
    Object.assign(front, { layout, aliases: [`/old-${folder}/'x-y='&lt;/`], language: "en", key_facts: ["sum", `sum-${folder}`] });
    put(`content/${folder}/index.md`, `+++\n${table(front)}+++\n\n${harms.text("answer")}\n`);
    put(`content/${folder}/pic.svg`, '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>window.__hit=1</script></svg>');
    const section = harms.of(schemaOf("section"), "section");
    put(`content/${folder}/10-text.md`, `+++\n${table(section)}+++\n\n${text()}\n${blocks.join("\n")}`);
    put(`content/${folder}/20-it's <x-y> "x-y=.md`, text());
    put(`content/${folder}/facts.csv`, `id,label,value,note,sources\nsum-${folder},"${harms.text("CSV").replaceAll('"', '""')}","${harms.text("CSV value").replaceAll('"', '""')}",=HYPERLINK(1),paper\n`);
  }
  put("content/pic.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
  return harms;
}

/** The rows of a CSV file. */
function rows(text) {
  const found = [[]];
  for (const [, comma, quoted, plain] of text.matchAll(/(^|,|\r?\n)(?:"((?:[^"]|"")*)"|([^,\r\n]*))/g)) {
    if (comma.endsWith("\n")) found.push([]);
    found.at(-1).push(quoted?.replaceAll('""', '"') ?? plain);
  }
  return found;
}

/** What has become of the texts on a page: elements and attributes made of them, and the numbers of those that are whole. */
function outcome(readable) {
  const wrong = [];
  if (globalThis.__hit) wrong.push("something of it has run");
  for (const element of document.querySelectorAll("*")) {
    if (element.localName === "x-y") wrong.push(`an element of it stands in <${element.parentElement.localName} class="${element.parentElement.className}">`);
    for (const { name, value } of element.attributes) {
      if (name.startsWith("x-y") || /^on/.test(name)) wrong.push(`<${element.localName}> has ${name}`);
      if (["href", "src", "action", "formaction", "xlink:href"].includes(name) && !element.download && /^\s*(javascript|vbscript|data:text)/i.test(value)) wrong.push(`<${element.localName}> leads to ${value}`);
    }
  }
  const whole = new Set();
  const look = (text) => {
    for (const [, number, rest] of text.matchAll(/HARM(\d+)E(.{0,40})/gs)) {
      if (rest.startsWith(readable)) whole.add(Number(number));
      else if (!rest.startsWith("…") && !readable.startsWith(rest.split("…")[0])) wrong.push(`HARM${number}E is followed by ${rest}`);
    }
  };
  const lookWithin = (value) => (typeof value === "string" ? look(value) : value && Object.values(value).forEach(lookWithin));
  for (const data of document.querySelectorAll('script[type="application/ld+json"]')) lookWithin(JSON.parse(data.textContent));
  // Code to embed is HTML as a text.
  const apart = (element) => element.closest("script") || element.closest(".to-copy");
  const walk = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT, (node) => (apart(node.parentElement) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT));
  while (walk.nextNode()) look(walk.currentNode.parentElement.closest("pre")?.textContent ?? walk.currentNode.textContent);
  for (const element of document.querySelectorAll("*")) if (!apart(element)) for (const { value } of element.attributes) look(value);
  return { wrong, whole: [...whole] };
}

export async function injection(temporary, browser, test) {
  const root = join(temporary, "injection");
  const harms = write(root);
  const out = join(temporary, "injection-out");
  let built = "";
  await test("injection: a site full of it is built", () => {
    try {
      build(root, out);
    } catch (error) {
      built = error.stderr?.toString() ?? String(error);
    }
    return built ? [built] : [];
  });
  if (built) return;
  const server = await serve(out, "/");
  const context = await browser.newContext({ bypassCSP: true });
  const tab = await context.newPage();
  tab.on("dialog", (dialog) => dialog.dismiss());
  const whole = new Set();
  const look = async (wrong, page) => {
    const result = await tab.evaluate(outcome, readable);
    wrong.push(...result.wrong.map((line) => `${page}: ${line}`));
    for (const number of result.whole) whole.add(number);
  };
  try {
    await test("injection: nothing of it runs on any page, or becomes a part of one", async () => {
      const wrong = [];
      for (const page of htmlPages(out)) {
        if (readFileSync(join(out, page), "utf8").includes('http-equiv="refresh"')) continue;
        await tab.goto(`${server.origin}/${addressOf(page)}`, { waitUntil: "load" });
        await tab.evaluate(() => {
          for (const details of document.querySelectorAll("details")) details.open = true;
          for (const element of document.querySelectorAll("main a.term[data-term], main button, main input")) {
            element.focus();
            element.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
            if (!/^https?:/.test(element.getAttribute("href") ?? "")) element.click();
          }
        });
        await look(wrong, page);
      }
      return wrong;
    });
    await test("injection: nor in an explainer in one file", async () => {
      const wrong = [];
      const file = join(temporary, "injection.html");
      execFileSync(program, ["build", "--root", root, "--single-file", "--out", file, "--explainer", "scroll"], { stdio: "ignore" });
      await tab.goto(pathToFileURL(file).href, { waitUntil: "load" });
      await look(wrong, "injection.html");
      return wrong;
    });
    // What a party is known for is in the files of its data alone.
    const unseen = ["parties.note"];
    await test("injection: every text can be read somewhere", () =>
      [...harms.places].filter(([number, place]) => !whole.has(number) && !unseen.includes(place)).map(([number, place]) => `${place} (HARM${number})`));
    await test("injection: files for programs are whole", async () => {
      const wrong = [];
      await tab.goto("about:blank");
      for (const path of files(out)) {
        const text = () => readFileSync(join(out, path), "utf8");
        if (path.endsWith(".json")) JSON.parse(text());
        if (/\.(xml|svg)$/.test(path) && !path.includes("/pic.")) {
          const said = await tab.evaluate((xml) => {
            const parsed = new DOMParser().parseFromString(xml, "application/xml");
            const made = parsed.querySelector("x-y, script, [onload], [onerror]");
            return parsed.querySelector("parsererror")?.textContent ?? (made && `holds <${made.localName}>`);
          }, text());
          if (said) wrong.push(`${path}: ${said}`);
        }
        if (path.endsWith(".csv")) {
          const [head, ...others] = rows(text().replace(/^\uFEFF/, "").trimEnd());
          for (const row of others) {
            if (row.length !== head.length) wrong.push(`${path}: a row of ${row.length} cells below ${head.length} columns`);
            for (const cell of row) if (/^[=+@\t\r-]/.test(cell) && !/^-?\d/.test(cell)) wrong.push(`${path}: a spreadsheet runs ${cell}`);
          }
        }
        if (path.endsWith(".html")) {
          for (const [, data] of text().matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)) JSON.parse(data);
        }
      }
      return wrong;
    });
  } finally {
    await context.close();
    await server.close();
  }
}
