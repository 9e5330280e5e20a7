// What the theme's scripts share. Each of them may be put to use again, when the preview has changed the page.
globalThis.expound = (() => {
  "use strict";

  /** Does something to the page now, and again to what the preview has changed. */
  const ready = (prepare) => {
    prepare();
    document.addEventListener("expound:patch", prepare);
  };

  /** Writes values into a text of the templates: `fill("{n} of {total}", { n: 1, total: 2 })`. */
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

  let timer = 0;
  /** Says something to everyone: at the foot of the window for a while, and aloud. */
  const say = (text) => {
    let note = document.querySelector(".said");
    if (!note) {
      note = document.createElement("p");
      note.className = "said";
      note.role = "status";
      document.body.append(note);
    }
    note.textContent = text;
    clearTimeout(timer);
    timer = setTimeout(() => (note.textContent = ""), 5000);
  };

  /** Puts a text on the clipboard, and says so. */
  const copy = async (text, said) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Without encryption there is no clipboard, but an old way to it.
      const field = document.createElement("textarea");
      field.value = text;
      field.className = "vh";
      document.body.append(field);
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      if (!done) return;
    }
    say(said);
  };

  /** What this browser keeps for the site; nothing where the reader doesn't allow it. */
  const keep = {
    get: (key) => {
      try {
        return JSON.parse(localStorage.getItem(`expound:${key}`));
      } catch {
        return null;
      }
    },
    set: (key, value) => {
      try {
        localStorage.setItem(`expound:${key}`, JSON.stringify(value));
      } catch {
        // Private windows and full disks: the page works without.
      }
    },
  };

  return { ready, fill, say, copy, keep };
})();
