// A site of its own under `expound serve`, and a tab that shows it.

import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { program, repository } from "./machine.mjs";

/** A port that is free now. */
export function freePort() {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** A copy of this repository's site that may be edited, under `expound serve`. */
export class Served {
  constructor(changes = {}) {
    this.root = mkdtempSync(join(tmpdir(), "expound-preview-"));
    for (const path of ["expound.toml", "content"]) cpSync(join(repository, path), join(this.root, path), { recursive: true });
    for (const [path, text] of Object.entries(changes)) this.write(path, text);
  }

  /** Starts the server, and waits until it says its address. */
  async start(...args) {
    this.port ??= await freePort();
    const env = { ...process.env, SOURCE_DATE_EPOCH: "1777593600" };
    this.child = spawn(program, ["serve", "--root", this.root, "--port", String(this.port), ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    this.child.stderr.on("data", (data) => (said += data));
    this.address = await new Promise((resolve, reject) => {
      let out = "";
      this.child.stdout.on("data", (data) => {
        out += data;
        const address = /http:\/\/\S+\/(?=\s)/.exec(out);
        if (address) resolve(address[0]);
      });
      this.child.on("exit", (status) => reject(new Error(`serve ended with ${status}: ${out}${said}`)));
    });
    return this;
  }

  /** Ends the server at once, as a crash would. */
  async kill() {
    if (!this.child || this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.child.on("exit", resolve));
    this.child.kill("SIGKILL");
    await ended;
  }

  async close() {
    await this.kill();
    rmSync(this.root, { recursive: true, force: true });
  }

  read(path) {
    return readFileSync(join(this.root, path), "utf8");
  }

  write(path, text) {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  remove(path) {
    rmSync(join(this.root, path));
  }

  /** Replaces a text that must be there. */
  edit(path, from, to) {
    const text = this.read(path);
    if (!text.includes(from)) throw new Error(`${path} has no “${from}”`);
    this.write(path, text.replace(from, () => to));
  }

  /** A built-in template, from which a site's own is made. */
  static template(name) {
    return readFileSync(join(repository, "templates", name), "utf8");
  }

  has(path) {
    return existsSync(join(this.root, path));
  }
}

/** Opens a page of the site and waits until it is in touch with the server. */
export async function open(context, address) {
  const tab = await context.newPage();
  tab.wrong = [];
  tab.on("pageerror", (error) => tab.wrong.push(`script: ${error.stack}`));
  tab.on("request", (request) => {
    if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).host !== new URL(address).host) tab.wrong.push(`asks for ${request.url()}`);
  });
  await tab.addInitScript(() => {
    window.patches = 0;
    document.addEventListener("expound:patch", () => window.patches++);
  });
  await tab.goto(address);
  await live(tab);
  return tab;
}

/** Waits until a page is in touch with the server. */
export function live(tab) {
  return tab.waitForFunction(() => ["live", "held"].includes(document.querySelector("expound-preview")?.shadowRoot.querySelector(".bar").dataset.state));
}

/** Does something that changes the page, and waits until the page has been patched. */
export async function patched(tab, act) {
  const before = await tab.evaluate(() => window.patches);
  await act();
  await tab.waitForFunction((before) => window.patches > before, before);
}

/** Does something after which the page loads itself anew. */
export async function reloaded(tab, act) {
  await tab.evaluate(() => (window.old = true));
  await act();
  await tab.waitForFunction(() => !window.old);
  await live(tab);
}

/** The whole document but for what the preview adds, and for the marks of where the reader is. */
export function whole(tab) {
  return tab.evaluate(() => {
    const copy = document.documentElement.cloneNode(true);
    copy.querySelector(":scope > expound-preview").remove();
    for (const link of copy.querySelectorAll("[aria-current=location]")) link.removeAttribute("aria-current");
    return copy.outerHTML;
  });
}

/** How a page differs from what a new tab shows at the same address: nothing if it doesn't. */
export async function unlikeFresh(tab) {
  const fresh = await open(tab.context(), tab.url());
  const [is, ought] = [await whole(tab), await whole(fresh)];
  await fresh.close();
  if (is === ought) return [];
  let at = 0;
  while (is[at] === ought[at]) at++;
  const around = (text) => JSON.stringify(text.slice(Math.max(0, at - 80), at + 120));
  return [`the page is ${around(is)}`, `but a fresh one ${around(ought)}`];
}
