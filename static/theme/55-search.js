// The way to the search. Its dialog, its styles and its script wait in a template of the page until somebody wants them.
// They are put on the page as they stand there, so that no text ever becomes the address of a script here.
(() => {
  "use strict";
  const { keep, say } = globalThis.expound;
  const button = () => document.querySelector(".search-open");
  const isButton = (event) => event.target.closest?.(".search-open");
  const apple = /Mac|iP/.test(navigator.platform);
  let loading;
  /** What was put on the page. */
  let there = [];

  const load = () =>
    (loading ??= new Promise((resolve, reject) => {
      const parts = document.importNode(document.getElementById("_search").content, true);
      const all = [...parts.children];
      const files = all.filter((part) => part.matches("script, link"));
      const fail = () => {
        loading = null;
        for (const part of all) part.remove();
        reject();
      };
      Promise.all(files.map((file) => new Promise((...done) => ([file.onload, file.onerror] = done)))).then(() => resolve((there = all)), fail);
      document.body.append(...all);
    }));

  const open = () => load().then(() => globalThis.expound.search(), () => say(button().dataset.failed));

  // The preview may have changed what is in the template.
  document.addEventListener("expound:patch", () => {
    if (!there.length || there.some((part) => part.open)) return;
    for (const part of there.splice(0)) part.remove();
    loading = null;
  });
  document.addEventListener("click", (event) => isButton(event) && open());
  for (const type of ["pointerover", "focusin"]) document.addEventListener(type, (event) => isButton(event) && load().catch(() => {}));

  document.addEventListener("keydown", (event) => {
    const { key, altKey, ctrlKey, metaKey, shiftKey } = event;
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    // The slash is a key with Shift on many keyboards. A reader can turn it off.
    const slash = key === "/" && !ctrlKey && !metaKey && !altKey && !typing && keep.get("slash") !== false;
    const letter = key.toLowerCase() === "k" && (apple ? metaKey && !ctrlKey : ctrlKey && !metaKey) && !altKey && !shiftKey;
    if (!(slash || letter) || event.defaultPrevented || event.isComposing || !button()) return;
    event.preventDefault();
    open();
  });
})();
