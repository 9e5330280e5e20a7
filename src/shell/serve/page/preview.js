// The preview's part on the page: keeps in touch with the server, and shows what it says.

const script = document.currentScript;
const embed = JSON.parse(script.dataset.expound);
takeOut(script);

/** A page within another one shows itself; what there is to say is said by the outer one. */
const outermost = window.top === window;
const tools = outermost ? new Tools(openInEditor) : null;
let page = null;
let etag = embed.etag;
let build = embed.build;

resumeScroll();
resumeMark();

// The page's script changes the page too, so its HTML is asked for again, to tell what is whose.
const prepared = fetchPage()
  .then(({ text, run, etag: served }) => {
    if (run === embed.run && served === etag) page = new OpenPage(text, tools ? [tools.host] : []);
  })
  .catch(() => {});

/** The page as it is served now, and what is said of it there. */
async function fetchPage() {
  const response = await fetch(location.href, { cache: "no-store", headers: { accept: "text/html" } });
  const text = await response.text();
  const added = parse(text).querySelector("script[data-expound]");
  return { ok: response.ok, text, ...(added && JSON.parse(added.dataset.expound)) };
}

/** Opens a place in the author's editor; gives a sentence if that fails. */
async function openInEditor({ file, line, column }) {
  const place = { file, line: line ?? 1, column: column ?? 1 };
  try {
    const response = await fetch(`/_expound/open?token=${encodeURIComponent(embed.token)}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(place),
    });
    return response.ok ? null : (await response.text()) || `The server answers ${response.status}.`;
  } catch {
    return "The preview’s server can’t be reached.";
  }
}

// One update at a time. Each says all there is but for what changed since the last one, which is gathered here.
let waiting = null;
let busy = false;

async function take(update) {
  waiting = {
    ...update,
    html: update.html ?? waiting?.html ?? null,
    files: [...new Set([...(waiting?.files ?? []), ...update.files])],
    follow: update.follow ?? waiting?.follow ?? null,
  };
  if (busy) return;
  busy = true;
  try {
    await prepared;
    while (waiting) {
      const next = waiting;
      waiting = null;
      await show(next);
    }
  } catch (error) {
    if (!(error instanceof Inexact)) console.error(error);
    reload();
    return;
  }
  busy = false;
}

/** Shows the present state. */
async function show(update) {
  if (update.run !== embed.run) throw new Inexact("the server is another one");
  if (update.build > build && embed.path === "404.html") await comeBack();
  // Gathered before the patch: what that adds is loaded as it is now.
  if (update.files.length) {
    if (!page) throw new Inexact("the page's HTML isn't known");
    await refreshFiles(page, update.files, update.build);
  }
  build = update.build;
  if (update.html !== null && update.etag !== null && update.etag !== etag) {
    if (!page) throw new Inexact("the page's HTML isn't known");
    const elements = await page.patch(update.html, steadily);
    etag = update.etag;
    document.dispatchEvent(new CustomEvent("expound:patch", { detail: { elements } }));
  }
  tools?.show(update);
  if (update.follow && outermost) goTo(update.follow);
}

/** On the page that says that there is none: looks whether there is one by now. */
async function comeBack() {
  const there = await fetchPage().catch(() => null);
  if (there?.path && there.path !== embed.path) throw new Inexact("the page has come back");
}

/** The start page's address, from this page's address and its path within the site. */
function startPage() {
  const path = encodeURI(embed.path.replace(/(^|\/)index\.html$/, "$1"));
  return location.pathname.endsWith(path) ? location.pathname.slice(0, location.pathname.length - path.length) : "/";
}

const live = new Live({
  address: `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/_expound/live?token=${encodeURIComponent(embed.token)}`,
  hello: () => ({ path: embed.path, etag, run: embed.run, build }),
  take,
  say: (state) => tools?.connection(state),
  // A server that was started anew has other tokens, so this page can't talk to it.
  async there() {
    const { run } = await fetchPage();
    if (run && run !== embed.run) reload();
  },
});
live.start();
