// Makes each frame that shows an embed of this site as high as what is in it. For the pages that embed; asks no one else.
(() => {
  "use strict";
  const { origin } = new URL(document.currentScript.src);
  if (window.expoundEmbeds?.[origin]) return;
  (window.expoundEmbeds ??= {})[origin] = true;

  addEventListener("message", (event) => {
    const [, height] = /^pymxPYMx.*xPYMxheightxPYMx(\d+)$/.exec(event.data) ?? [];
    if (!height || event.origin !== origin) return;
    for (const frame of document.querySelectorAll("iframe")) {
      if (frame.contentWindow === event.source) frame.height = height;
    }
  });

  // A frame that was there before this script has told its height to nobody.
  const ask = () => {
    for (const frame of document.querySelectorAll("iframe")) {
      if (frame.src.startsWith(`${origin}/`)) frame.contentWindow?.postMessage(`pymxPYMxxPYMxwidthxPYMx${frame.clientWidth}`, origin);
    }
  };
  ask();
  addEventListener("load", ask);
})();
