// Hands out the address of the page, and of a heading.
(() => {
  "use strict";
  const { ready, copy } = globalThis.expound;
  const buttons = () => document.querySelectorAll("[data-share]");

  const address = (hash) => {
    const here = new URL(location.href);
    // The day that the page shows belongs to it; what else stands there is the reader's own.
    const day = here.searchParams.get("as-of");
    here.search = day ? new URLSearchParams({ "as-of": day }) : "";
    here.hash = hash;
    return here.href;
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-share]");
    if (button?.dataset.share === "copy") copy(address(""), button.dataset.said);
    else if (button) {
      try {
        await navigator.share({ title: document.title, url: address("") });
      } catch {
        // Closed again without choosing is fine; and there is the button beside it.
      }
    }
    const link = event.target.closest?.(".anchor");
    const [other] = buttons();
    // The link leads there as well: whoever wants only that gets it.
    if (link && other && !(event.ctrlKey || event.metaKey || event.shiftKey)) copy(address(link.hash), other.dataset.said);
  });

  ready(() => {
    for (const button of buttons()) button.hidden = button.dataset.share === "native" && !navigator.share;
  });
})();
