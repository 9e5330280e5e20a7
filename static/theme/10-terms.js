// Opens the definition of a term beside it. Without this script the button after each term does so, and where there
// are no popovers the link leads to the glossary.
(() => {
  "use strict";
  const root = document.documentElement;
  const wide = matchMedia("(min-width: 40.0625rem)");
  const terms = "popover" in HTMLElement.prototype;
  let opener = null;

  // The popover of a term's link.
  const popoverOf = (link) => {
    const button = link.nextElementSibling;
    return button?.matches(".term-open") ? document.getElementById(button.getAttribute("popovertarget")) : null;
  };

  // Puts the popover below the line of the term that was clicked, or above where there is no room below. A term may
  // run over two lines: the one under the pointer counts, else the first. The column of text isn't left.
  const place = (popover, link, event) => {
    popover.classList.toggle("near", wide.matches);
    if (!wide.matches) return;
    const rects = link.getClientRects();
    const over = ({ left, right, top, bottom }) =>
      event?.clientX >= left && event.clientX <= right && event.clientY >= top && event.clientY <= bottom;
    const line = [...rects].find(over) ?? rects[0] ?? link.getBoundingClientRect();
    const size = popover.getBoundingClientRect();
    const gap = 8;
    const column = link.closest("p, ul, ol, dl, blockquote")?.getBoundingClientRect();
    const roomy = column && column.width >= size.width;
    const right = (roomy ? column.right : root.clientWidth - gap) - size.width;
    const left = Math.max(roomy ? column.left : gap, Math.min(line.left + line.width / 2 - size.width / 2, right));
    const below = line.bottom + gap;
    const top = below + size.height <= innerHeight || line.top < size.height ? below : line.top - size.height - gap;
    popover.style.left = `${left + scrollX}px`;
    popover.style.top = `${top + scrollY}px`;
  };

  globalThis.expound.place = place;

  if (terms) {
    document.addEventListener("click", (event) => {
      const link = event.target.closest?.("a.term[data-term]");
      const popover = link && popoverOf(link);
      // A click meant for a new tab or window stays one.
      if (!popover || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      opener?.setAttribute("aria-expanded", "false");
      opener = link;
      popover.showPopover({ source: link });
      place(popover, link, event);
      link.setAttribute("aria-expanded", "true");
      popover.focus({ preventScroll: true });
    });
    // Such events don't bubble, but they can be caught on the way down.
    document.addEventListener("toggle", (event) => {
      const popover = event.target;
      if (event.newState !== "closed" || !opener || popoverOf(opener) !== popover) return;
      opener.setAttribute("aria-expanded", "false");
      if (popover.contains(document.activeElement) || document.activeElement === document.body) {
        opener.focus({ preventScroll: true });
      }
    }, true);
  }

  // Beside the text the contents are always open; say so to those who can't see it.
  const roomy = matchMedia("(min-width: 68.75rem)");
  const unfold = () => {
    const contents = document.querySelector(".contents details");
    if (contents && roomy.matches) contents.open = true;
  };
  roomy.addEventListener("change", unfold);

  // A table that is drawn as cards on a phone loses what its elements mean in some browsers; say it again.
  const roles = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };
  const role = (part) => roles[part.tagName] ?? (part.scope === "col" ? "columnheader" : "rowheader");

  // What elements are given when the page is there, and again when the preview has changed some of them.
  const prepare = () => {
    if (terms) {
      for (const link of document.querySelectorAll("a.term[data-term]")) {
        if (link.hasAttribute("aria-expanded") || !popoverOf(link)) continue;
        link.setAttribute("aria-haspopup", "dialog");
        link.setAttribute("aria-expanded", "false");
      }
    }
    for (const table of document.querySelectorAll("table.cards")) {
      for (const part of [table, ...table.querySelectorAll("thead, tbody, tr, th, td")]) part.setAttribute("role", role(part));
    }
    unfold();
  };
  globalThis.expound.ready(() => {
    prepare();
    // The term may be elsewhere now.
    const popover = opener && popoverOf(opener);
    if (popover?.matches(":popover-open")) place(popover, opener);
  });
})();
