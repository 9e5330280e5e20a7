// The list of findings as a dialog: it comes by itself with an error, and goes when that is mended.

/** More than these are a matter for the terminal. */
const MOST = 100;

class Overlay {
  #open;
  #items = new Map();
  #findings = [];
  /** Opened by itself, not from the bar. */
  #unasked = false;
  /** Errors that the author has seen and put away. */
  #dismissed = new Set(memory.get("dismissed") ?? []);

  constructor(openPlace) {
    this.#open = openPlace;
    this.title = make("h2", { id: "title", tabindex: "-1" });
    this.held = make("p", { class: "held" });
    this.list = make("ol", { role: "list" });
    this.more = make("p", { class: "more" });
    this.said = make("p", { class: "vh", role: "status" });
    const close = make("button", { type: "button", class: "close", "aria-label": "Close", title: "Close (Escape)", onclick: () => this.dialog.close() }, make("span", { "aria-hidden": "true", text: "×" }));
    this.dialog = make("dialog", { "aria-labelledby": "title", "aria-describedby": "held" },
      make("div", { class: "top" }, this.title, close), this.held, this.list, this.more, this.said);
    this.held.id = "held";
    this.dialog.addEventListener("close", () => this.#closed());
    // A click beside it closes it too.
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
  }

  show({ findings, held_back: held, checked }) {
    const all = checked ? findings : this.#known(findings);
    const errors = all.filter(({ severity }) => severity === "error");
    const warnings = all.filter(({ severity }) => severity !== "error");
    this.#fill([...errors, ...warnings]);
    this.counts = { errors: errors.length, warnings: warnings.length };
    const words = inWords(this.counts);
    if (this.title.textContent && this.title.textContent !== words && this.dialog.open) this.said.textContent = `Now ${words.toLowerCase()}.`;
    this.title.textContent = words;
    this.held.textContent = held
      ? "The page behind is the last good one: this is not in it yet."
      : errors.length ? "The page behind is as it is now, with what is wrong in it." : "";
    this.held.hidden = !this.held.textContent;
    const identities = errors.map(identity);
    this.#dismissed = new Set(identities.filter((error) => this.#dismissed.has(error)));
    if (identities.some((error) => !this.#dismissed.has(error))) this.open(true);
    else if (this.dialog.open && (this.#unasked ? !errors.length : !all.length)) this.dialog.close();
    memory.set("dismissed", [...this.#dismissed]);
  }

  /** Until every rule has been run nothing is known to be mended. */
  #known(findings) {
    const now = new Set(findings.map(identity));
    return [...findings, ...this.#findings.filter((finding) => !now.has(identity(finding)))];
  }

  /** Replaces only the items that differ, so that the one in use stays. */
  #fill(findings) {
    this.#findings = findings;
    const old = this.#items;
    this.#items = new Map();
    for (const finding of findings.slice(0, MOST)) {
      const key = JSON.stringify(finding);
      this.#items.set(key, old.get(key) ?? findingItem(finding, this.#open));
    }
    const focused = this.list.contains(this.list.getRootNode().activeElement);
    for (const [key, item] of old) if (!this.#items.has(key)) item.remove();
    let at = this.list.firstChild;
    for (const item of this.#items.values()) {
      if (item === at) at = at.nextSibling;
      else this.list.insertBefore(item, at);
    }
    if (focused && !this.list.contains(this.list.getRootNode().activeElement)) this.title.focus();
    const more = findings.length - MOST;
    this.more.textContent = more > 0 ? `And ${count(more, "more problem")}: expound check lists them all.` : "";
    this.more.hidden = more <= 0;
  }

  open(unasked = false) {
    if (this.dialog.open) return;
    this.#unasked = unasked;
    this.said.textContent = "";
    this.dialog.showModal();
    this.dialog.scrollTop = 0;
    this.title.focus({ preventScroll: true });
  }

  /** Whether the author has put it away or the errors are gone is known by what is still there. */
  #closed() {
    for (const finding of this.#findings) if (finding.severity === "error") this.#dismissed.add(identity(finding));
    memory.set("dismissed", [...this.#dismissed]);
  }
}
