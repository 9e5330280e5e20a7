// Opens the definition of a term beside it. Without this script the button after each term does so, and where there
// are no popovers the link leads to the glossary.
(() => {
  "use strict";
  const root = document.documentElement;
  const wide = matchMedia("(min-width: 40.0625rem)");

  if ("popover" in HTMLElement.prototype) {
    root.classList.add("js");
    let opener = null;

    // Puts the popover below the line of the term that was clicked, or above where there is no room below.
    const place = (popover, link) => {
      popover.classList.toggle("near", wide.matches);
      if (!wide.matches) return;
      const rects = link.getClientRects();
      const line = rects[rects.length - 1] ?? link.getBoundingClientRect();
      const size = popover.getBoundingClientRect();
      const gap = 8;
      const right = root.clientWidth - size.width - gap;
      const left = Math.max(gap, Math.min(line.left + line.width / 2 - size.width / 2, right));
      const below = line.bottom + gap;
      const top = below + size.height <= innerHeight || line.top < size.height ? below : line.top - size.height - gap;
      popover.style.left = `${left + scrollX}px`;
      popover.style.top = `${top + scrollY}px`;
    };

    for (const link of document.querySelectorAll("a.term[data-term]")) {
      const button = link.nextElementSibling;
      const popover = button?.matches(".term-open") && document.getElementById(button.getAttribute("popovertarget"));
      if (!popover) continue;
      link.setAttribute("aria-haspopup", "dialog");
      link.setAttribute("aria-expanded", "false");
      link.addEventListener("click", (event) => {
        // A click meant for a new tab or window stays one.
        if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        opener = link;
        popover.showPopover({ source: link });
        place(popover, link);
        link.setAttribute("aria-expanded", "true");
        popover.focus({ preventScroll: true });
      });
      popover.addEventListener("toggle", (event) => {
        if (event.newState !== "closed" || opener !== link) return;
        link.setAttribute("aria-expanded", "false");
        if (popover.contains(document.activeElement) || document.activeElement === document.body) {
          link.focus({ preventScroll: true });
        }
      });
    }
  }

  // A table that is drawn as cards on a phone loses what its elements mean in some browsers; say it again.
  const roles = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };
  const role = (part) => roles[part.tagName] ?? (part.scope === "col" ? "columnheader" : "rowheader");
  for (const table of document.querySelectorAll("table.cards")) {
    for (const part of [table, ...table.querySelectorAll("thead, tbody, tr, th, td")]) part.setAttribute("role", role(part));
  }

  // Beside the text the contents are always open; say so to those who can't see it.
  const contents = document.querySelector(".contents details");
  const roomy = matchMedia("(min-width: 68.75rem)");
  const unfold = () => contents && roomy.matches && (contents.open = true);
  roomy.addEventListener("change", unfold);
  unfold();
})();
