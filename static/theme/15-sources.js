// Shows the source of a statement where it is cited: in the gutter where there is one, else below the line. It is a
// copy of the entry in the list at the end; without this script, and on a second look, the citation leads there.
(() => {
  "use strict";
  if (!("popover" in HTMLElement.prototype)) return;
  const gutter = matchMedia("(min-width: 68.75rem)");
  let here = null;

  const make = (texts) => {
    const popover = document.createElement("div");
    popover.className = "popover source-here";
    popover.popover = "auto";
    popover.tabIndex = -1;
    popover.role = "dialog";
    const close = document.createElement("button");
    close.type = "button";
    close.className = "close";
    close.textContent = "×";
    close.ariaLabel = texts.close;
    close.addEventListener("click", () => popover.hidePopover());
    popover.append(document.createElement("div"), close);
    popover.addEventListener("toggle", (event) => {
      if (event.newState === "closed") popover.opener?.setAttribute("aria-expanded", "false");
    });
    document.body.append(popover);
    return popover;
  };

  /** What the popover says: the entry of the list, how sure the statement is, the way to the list. */
  const tell = (content, entry, cite, texts) => {
    content.replaceChildren();
    for (const part of entry.querySelectorAll(".source-title, .source-about, .note")) content.append(part.cloneNode(true));
    const status = cite.closest(".cites").dataset.status;
    if (status) {
      const line = document.createElement("p");
      line.className = "of-statement";
      line.textContent = `${texts.statement} ${status}`;
      content.append(line);
    }
    const more = document.createElement("p");
    const link = document.createElement("a");
    link.href = cite.getAttribute("href");
    link.textContent = texts.list;
    more.className = "more";
    more.append(link);
    content.append(more);
  };

  /** In the gutter beside the line, if the text has one. */
  const place = (popover, cite, event) => {
    const prose = gutter.matches && cite.closest(".sections .prose");
    const text = prose && !cite.closest(".block, .side-note, .table-scroll") && cite.closest("p, ul, ol, dl, blockquote");
    popover.classList.toggle("beside", Boolean(text));
    if (!text) return globalThis.expound.place(popover, cite, event);
    const [outer, column, line] = [prose, text, cite].map((part) => part.getBoundingClientRect());
    const gap = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) * 2;
    const rtl = getComputedStyle(prose).direction === "rtl";
    const width = Math.min(rtl ? column.left - outer.left : outer.right - column.right, gap * 9.5) - gap;
    popover.classList.add("near");
    popover.style.inlineSize = `${width}px`;
    popover.style.left = `${(rtl ? column.left - gap - width : column.right + gap) + scrollX}px`;
    const top = Math.min(line.top - 8, innerHeight - popover.offsetHeight - 8);
    popover.style.top = `${Math.max(top, 8) + scrollY}px`;
  };

  document.addEventListener("click", (event) => {
    const cite = event.target.closest?.("a.cite");
    if (!cite || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const entry = document.getElementById(decodeURIComponent(cite.hash.slice(1)));
    const list = entry?.closest(".references");
    // One within a definition leads to the list: two layers over the text are one too many.
    if (!list || cite.closest("[popover]") || cite.origin + cite.pathname !== location.origin + location.pathname) return;
    event.preventDefault();
    here ??= make(list.dataset);
    here.ariaLabel = cite.ariaLabel;
    tell(here.firstChild, entry, cite, list.dataset);
    here.style.inlineSize = "";
    here.opener?.setAttribute("aria-expanded", "false");
    here.opener = cite;
    cite.setAttribute("aria-expanded", "true");
    here.showPopover({ source: cite });
    place(here, cite, event);
    here.focus({ preventScroll: true });
  });
})();
