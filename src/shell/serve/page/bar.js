// The author's bar at the bottom of the window: how it stands, what the page holds, and where that is written.

class Tools {
  #open;
  #about = "";
  #state = "live";
  #had = null;

  constructor(openPlace) {
    this.#open = openPlace;
    this.overlay = new Overlay(openPlace);
    this.state = make("p", { class: "state" }, make("span", { class: "dot", "aria-hidden": "true" }), (this.stateText = make("span", { role: "status" })));
    this.draft = make("p", { class: "draft", text: "Draft" });
    this.words = make("p", { class: "words" });
    this.notice = make("p", { class: "notice", role: "status" });
    this.parts = this.#menu("parts", "Parts");
    this.unsourced = this.#menu("unsourced", "");
    this.findings = make("button", { type: "button", class: "findings", "aria-haspopup": "dialog", onclick: () => this.overlay.open() });
    const hide = make("button", { type: "button", class: "hide", "aria-label": "Hide the bar", "aria-keyshortcuts": "Alt+Shift+E", title: "Hide (Alt+Shift+E)", onclick: () => this.toggle(true) }, make("span", { "aria-hidden": "true", text: "▾" }));
    this.row = make("div", { class: "row" }, this.state, this.draft, this.words,
      make("div", { class: "menus" }, this.parts.button, this.unsourced.button, this.findings), hide);
    this.tab = make("button", { type: "button", class: "tab", "aria-label": "Show the preview’s bar", "aria-keyshortcuts": "Alt+Shift+E", title: "Show (Alt+Shift+E)", onclick: () => this.toggle(false) },
      make("span", { class: "dot", "aria-hidden": "true" }), make("span", { class: "mark", "aria-hidden": "true" }), make("span", { "aria-hidden": "true", text: "▴" }));
    this.bar = make("section", { class: "bar", "aria-label": "Preview" }, this.notice, this.parts.panel, this.unsourced.panel, this.row, this.tab);

    this.host = make("expound-preview", { lang: "en", dir: "ltr" });
    const root = this.host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS_TEXT);
    root.adoptedStyleSheets = [sheet];
    root.append(this.bar, this.overlay.dialog);
    this.#reserve();
    // Beside the body, not in it: whatever the site's styles make of that.
    document.documentElement.append(this.host);

    this.notice.hidden = true;
    for (const part of [this.draft, this.words, this.parts.button, this.unsourced.button]) part.hidden = true;
    this.findings.append((this.count = make("span", { class: "full", text: "Checking…" })), (this.signs = make("span", { class: "short", "aria-hidden": "true" })));
    this.findings.disabled = true;
    this.connection("connecting");
    this.#setHidden(this.#remembered());
    addEventListener("storage", (event) => event.key === "expound:bar" && this.#setHidden(event.newValue === "hidden"));
    addEventListener("keydown", (event) => {
      if (event.altKey && event.shiftKey && event.code === "KeyE" && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        this.toggle(!this.row.hidden);
      }
    });
    root.addEventListener("keydown", (event) => event.key === "Escape" && this.#closeMenus());
    addEventListener("pointerdown", (event) => event.composedPath().includes(this.host) || this.#closeMenus());
  }

  /** Leaves as much room at the end of the page as the bar covers. */
  #reserve() {
    const room = new CSSStyleSheet();
    document.adoptedStyleSheets.push(room);
    new ResizeObserver(() => {
      const height = Math.ceil(this.bar.getBoundingClientRect().height);
      this.host.style.setProperty("--room", `${height}px`);
      // What is gone to by keyboard doesn't end up below the bar.
      room.replaceSync(`:where(html) { --foot: ${height}px; scroll-padding-block-end: ${height + 8}px; }`);
    }).observe(this.bar);
  }

  /** A button of the bar with a list above it. */
  #menu(id, name) {
    const panel = make("div", { class: "panel", id, role: "group", "aria-label": name, tabindex: "-1" });
    const button = make("button", { type: "button", "aria-expanded": "false", "aria-controls": id, text: name });
    panel.hidden = true;
    const menu = { button, panel };
    button.addEventListener("click", () => {
      const open = panel.hidden;
      this.#closeMenus();
      panel.hidden = !open;
      button.setAttribute("aria-expanded", String(open));
    });
    return menu;
  }

  #closeMenus() {
    for (const { button, panel } of [this.parts, this.unsourced]) {
      if (panel.hidden) continue;
      const focused = panel.contains(this.host.shadowRoot.activeElement);
      panel.hidden = true;
      button.setAttribute("aria-expanded", "false");
      if (focused) button.focus();
    }
  }

  #remembered() {
    try {
      return localStorage.getItem("expound:bar") === "hidden";
    } catch {
      return false;
    }
  }

  /** Hides the bar or brings it back, and keeps that. */
  toggle(hidden) {
    try {
      localStorage.setItem("expound:bar", hidden ? "hidden" : "shown");
    } catch {
      // Then it is for this page alone.
    }
    const focused = this.bar.contains(this.host.shadowRoot.activeElement);
    this.#closeMenus();
    this.#setHidden(hidden);
    if (focused) (hidden ? this.tab : this.row.lastElementChild).focus();
  }

  #setHidden(hidden) {
    this.row.hidden = hidden;
    this.tab.hidden = !hidden;
    this.bar.classList.toggle("folded", hidden);
  }

  /** Says how the connection stands. */
  connection(state) {
    this.#state = state;
    this.#sayState();
  }

  #sayState() {
    const states = { live: "Live", connecting: "Connecting…", lost: "Disconnected, trying again" };
    const state = this.#state === "live" && this.held ? "held" : this.#state;
    const text = state === "held" ? "Last good version" : states[state];
    if (this.stateText.textContent !== text) this.stateText.textContent = text;
    this.bar.dataset.state = state;
  }

  /** Shows what the server says. */
  show(update) {
    this.held = update.held_back;
    this.#sayState();
    this.overlay.show(update);
    this.#showFindings(update.checked);
    const about = JSON.stringify(update.about);
    if (about !== this.#about) this.#showAbout(update.about);
    this.#about = about;
    const gone = update.etag === null;
    if (gone !== !this.notice.hidden) {
      this.notice.replaceChildren(...(gone ? ["This page is no longer in the site. ", make("a", { href: startPage(), text: "Go to the start page" })] : []));
      this.notice.hidden = !gone;
    }
  }

  #showFindings(checked) {
    const { errors, warnings } = this.overlay.counts;
    const any = errors + warnings > 0;
    this.findings.disabled = !any;
    this.findings.className = `findings ${errors ? "error" : warnings ? "warning" : "none"}`;
    this.bar.dataset.findings = errors ? "error" : warnings ? "warning" : "none";
    const text = any || checked ? inWords(this.overlay.counts) : "Checking…";
    if (this.count.textContent !== text) this.count.textContent = text;
    this.signs.textContent = [errors && `✕ ${errors}`, warnings && `△ ${warnings}`].filter(Boolean).join(" ") || (checked ? "✓" : "…");
    if (checked) {
      // The overlay can't say that it has gone.
      if (this.#had && !errors) this.stateText.textContent = "All errors are mended";
      this.#had = errors;
    }
  }

  #showAbout(about) {
    const { draft = false, words = 0, minutes = 0, parts = [], unsourced = [] } = about ?? {};
    const length = `${count(words, "word")} · ${minutes} min`;
    // A page that is one, or a page that is none but has some in it.
    const drafts = parts.filter((part) => part.draft).length;
    this.draft.hidden = !draft && !drafts;
    this.draft.textContent = draft ? "Draft" : count(drafts, "draft");
    this.words.hidden = !about;
    this.words.textContent = length;
    this.parts.button.hidden = !parts.length;
    this.#fillPanel(this.parts, "Parts of this page", length, parts.map((part) => make("li", {},
      make("span", { class: "name" }, part.id ? make("a", { href: `#${encodeURIComponent(part.id)}`, dir: "auto", text: visibly(part.title) }) : make("bdi", { text: visibly(part.title) }), part.draft ? make("span", { class: "draft", text: "Draft" }) : null),
      make("span", { class: "length", text: count(part.words, "word") }),
      make("span", { class: "where" }, ...placeButton({ file: part.place.file, line: part.place.line }, this.#open)))));
    this.unsourced.button.hidden = !unsourced.length;
    this.unsourced.button.textContent = `${unsourced.length} unsourced`;
    if (!unsourced.length) this.unsourced.panel.hidden = true;
    this.#fillPanel(this.unsourced, "On this page without a source", "", unsourced.map(({ kind, name, place }) => make("li", {},
      make("span", { class: "name" }, make("bdi", { text: visibly(name) })),
      make("span", { class: "length", text: kind }),
      make("span", { class: "where" }, ...placeButton(place, this.#open)))));
  }

  #fillPanel({ panel }, title, note, items) {
    const focused = panel.contains(this.host.shadowRoot.activeElement);
    const scroll = panel.scrollTop;
    panel.setAttribute("aria-label", title);
    panel.replaceChildren(make("p", { class: "title" }, make("b", { text: title }), note && make("span", { class: "note", text: note })), make("ul", { role: "list" }, ...items));
    panel.scrollTop = scroll;
    if (focused && !panel.hidden) panel.focus();
  }
}
