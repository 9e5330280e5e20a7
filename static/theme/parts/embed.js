// Tells the page around it how high the embed is, as pym.js and AMP understand it; `?theme=dark` or `light` sets the mode.
globalThis.expound = (() => {
  "use strict";
  const root = document.documentElement;
  const query = new URLSearchParams(location.search);
  const theme = query.get("theme");
  if (theme === "light" || theme === "dark") root.dataset.mode = theme;

  const tell = () => {
    if (parent === globalThis) return;
    const height = Math.ceil(root.getBoundingClientRect().height);
    parent.postMessage(["pym", query.get("childId") ?? "", "height", height].join("xPYMx"), "*");
    parent.postMessage({ sentinel: "amp", type: "embed-size", height }, "*");
  };

  new ResizeObserver(tell).observe(root);
  // pym's parent says how wide the frame is, and wants to be told the height again.
  addEventListener("message", ({ source, data }) => {
    if (source === parent && /^pymxPYMx.*xPYMxwidthxPYMx/.test(data)) tell();
  });
  return { tell };
})();
