// Says where in the article the reader is: in the list of contents, and as a line at the top of the window where
// styles alone can't draw it.
(() => {
  "use strict";

  // Browsers leave a link that shows a little where it is; whoever gets there by keyboard wants to read it.
  document.addEventListener("focusin", ({ target }) => {
    if (target.closest(".pages")) target.scrollIntoView({ block: "nearest", inline: "center" });
  });
  const { ready } = globalThis.expound;
  let watcher;

  // Heights of what isn't laid out yet are guessed: a link into the page is followed again when all is laid out.
  const arrive = (again) => {
    const id = location.hash.slice(1);
    let target;
    try {
      target = id && document.getElementById(decodeURIComponent(id));
    } catch {
      // No address that leads anywhere.
    }
    if (!target) return;
    document.documentElement.classList.add("whole");
    if (again) target.scrollIntoView();
  };
  addEventListener("hashchange", () => arrive(true));
  // Who comes back is where they were.
  arrive(performance.getEntriesByType("navigation")[0]?.type === "navigate");

  const mark = (id) => {
    for (const link of document.querySelectorAll(".contents a")) {
      const current = id !== null && link.hash.slice(1) === encodeURIComponent(id);
      if (current) link.setAttribute("aria-current", "location");
      else if (link.getAttribute("aria-current") === "location") link.removeAttribute("aria-current");
    }
  };

  ready(() => {
    // On a phone the pages stand in a line that runs on: the one at hand is in sight.
    const here = document.querySelector(".pages [aria-current]");
    const line = here?.closest("ul");
    // Asked for once the page is laid out: asked now, it would have to be laid out within this script.
    const seen = new ResizeObserver(() => {
      seen.disconnect();
      if (line.scrollWidth <= line.clientWidth) return;
      const [outer, inner] = [line, here].map((part) => part.getBoundingClientRect());
      line.scrollLeft += (inner.left + inner.right - outer.left - outer.right) / 2;
    });
    if (line) seen.observe(line);
    const sections = [...document.querySelectorAll(".sections > section[id]")];
    watcher?.disconnect();
    if (sections.length === 0) return;
    // The section that covers a line in the upper part of the window is the one that is read.
    watcher = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting, boundingClientRect, rootBounds } of entries) {
        if (isIntersecting) mark(target.id);
        // Above the first one none is read yet.
        else if (target === sections[0] && boundingClientRect.top > (rootBounds?.top ?? 0)) mark(null);
      }
    }, { rootMargin: "-30% 0px -69% 0px" });
    for (const section of sections) watcher.observe(section);
  });

  // Where readers ask for less motion nothing may be animated; a line that follows their own scrolling still may.
  if (CSS.supports("animation-timeline: scroll()") && !matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const root = document.documentElement;
  // In a style sheet of its own: the page itself stays as it is.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(":root { --read: 0 }");
  document.adoptedStyleSheets.push(sheet);
  addEventListener("scroll", () => {
    const read = Math.min(1, scrollY / Math.max(1, root.scrollHeight - innerHeight));
    sheet.cssRules[0].style.setProperty("--read", String(read));
  }, { passive: true });
})();
