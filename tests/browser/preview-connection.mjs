// The preview's connection: it is made again after anything, and every tab has its own.

import { Served, live, open, patched, reloaded, unlikeFresh } from "./serving.mjs";

const section = "content/10-what-changed.md";
const bar = (tab) => tab.locator("expound-preview .bar");

export async function connecting(browser, test) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" });

  await test("preview: after a kill, an edit and a start the page shows the present state, where it was", async () => {
    const site = await new Served().start();
    try {
      const tab = await open(context, site.address);
      await tab.evaluate(() => scrollTo({ top: 1800, behavior: "instant" }));
      await site.kill();
      await bar(tab).and(tab.locator("[data-state=lost]")).waitFor();
      const wrong = [];
      if (!(await bar(tab).innerText()).includes("Disconnected")) wrong.push("the bar doesn't say that it is disconnected");
      await reloaded(tab, async () => {
        site.edit(section, "on one Monday", "on some Monday");
        await site.start();
      });
      if (!(await tab.locator("main").innerText()).includes("on some Monday")) wrong.push("it shows an old state");
      await tab.waitForFunction(() => document.readyState === "complete");
      if (Math.abs((await tab.evaluate(() => scrollY)) - 1800) > 2) wrong.push(`it is at ${await tab.evaluate(() => scrollY)}`);
      await patched(tab, () => site.edit(section, "on some Monday", "on that Monday"));
      wrong.push(...(await unlikeFresh(tab)), ...tab.wrong);
      await tab.close();
      return wrong;
    } finally {
      await site.close();
    }
  });

  await test("preview: a broken connection is made again, and what was missed is patched in", async () => {
    const site = await new Served().start();
    try {
      const tab = await context.newPage();
      const sockets = [];
      await tab.routeWebSocket(/_expound\/live/, (socket) => {
        sockets.push(socket);
        socket.connectToServer();
      });
      await tab.addInitScript(() => {
        window.patches = 0;
        document.addEventListener("expound:patch", () => window.patches++);
      });
      await tab.goto(site.address);
      await live(tab);
      const wrong = [];
      await patched(tab, async () => {
        await sockets[0].close({ code: 1001 });
        site.edit(section, "on one Monday", "on another Monday");
      });
      if (sockets.length !== 2) wrong.push(`${sockets.length} connections`);
      wrong.push(...(await unlikeFresh(tab)));
      await tab.close();
      return wrong;
    } finally {
      await site.close();
    }
  });

  await test("preview: two tabs are each for themselves", async () => {
    const site = await new Served().start();
    try {
      const [one, two, other] = [await open(context, site.address), await open(context, site.address), await open(context, `${site.address}sources/`)];
      await one.evaluate(() => scrollTo({ top: 900, behavior: "instant" }));
      const wrong = [];
      await Promise.all([
        patched(one, () => {}),
        patched(two, () => site.edit(section, "on one Monday", "on two Mondays")),
      ].map((done) => done));
      wrong.push(...(await unlikeFresh(one)), ...(await unlikeFresh(two)), ...(await unlikeFresh(other)));
      if ((await two.evaluate(() => scrollY)) !== 0) wrong.push("the other tab scrolled");
      if ((await other.evaluate(() => window.patches)) !== 0) wrong.push("a page that hasn't changed was patched");
      // Put away in one tab, it is still there in the other.
      site.edit(section, "[[sales|", "[[salez|");
      await Promise.all([one, two].map((tab) => tab.locator("expound-preview dialog[open]").waitFor()));
      await one.keyboard.press("Escape");
      await one.locator("expound-preview dialog[open]").waitFor({ state: "detached" });
      if (!(await two.locator("expound-preview dialog[open]").isVisible())) wrong.push("Escape closed it in both");
      for (const tab of [one, two, other]) wrong.push(...tab.wrong);
      await Promise.all([one, two, other].map((tab) => tab.close()));
      return wrong;
    } finally {
      await site.close();
    }
  });

  await test("preview: a page that is gone says so, and is shown when it is back", async () => {
    const page = "content/deep/index.md";
    const text = "+++\ntitle = \"Deep\"\n+++\n\nA page below, with some words.\n";
    const site = await new Served({ [page]: text, "content/deep/10-part.md": "+++\ntitle = \"Part\"\n+++\n\nWords of a part.\n" }).start();
    try {
      const tab = await open(context, `${site.address}deep/`);
      const wrong = [];
      site.remove(page);
      site.remove("content/deep/10-part.md");
      const notice = tab.locator("expound-preview .notice");
      await notice.waitFor();
      const link = await notice.locator("a").evaluate((a) => a.href);
      if (link !== site.address) wrong.push(`the link leads to ${link}`);
      site.write("content/deep/10-part.md", "+++\ntitle = \"Part\"\n+++\n\nWords of a part.\n");
      site.write(page, text.replace("some words", "other words"));
      await notice.waitFor({ state: "hidden" });
      await tab.getByText("other words").waitFor();
      wrong.push(...(await unlikeFresh(tab)), ...tab.wrong);
      await tab.goto(`${site.address}later/`);
      await live(tab);
      site.write("content/later/index.md", "+++\ntitle = \"Later\"\n+++\n\nHere at last.\n");
      await tab.getByText("Here at last").waitFor();
      await tab.close();
      return wrong;
    } finally {
      await site.close();
    }
  });

  await test("preview: with --follow the browser goes to what was edited", async () => {
    const site = await new Served().start("--follow");
    try {
      const tab = await open(context, site.address);
      const marked = (id) => tab.waitForFunction((id) => {
        const element = document.getElementById(id);
        const { top } = element?.getBoundingClientRect() ?? {};
        return top >= 0 && top < innerHeight && element.getAnimations().some((a) => a.id === "expound-mark");
      }, id);
      site.edit("content/60-what-comes-next.md", "Two dates are fixed.", "Two dates are set.");
      await marked("what-comes-next");
      site.edit(section, "on one Monday", "on every Monday");
      await marked("what-changed");
      await tab.goto(`${site.address}sources/`);
      await live(tab);
      site.edit("content/60-what-comes-next.md", "Two dates are set.", "Two dates are known.");
      await tab.waitForURL(`${site.address}#what-comes-next`);
      await tab.close();
      return tab.wrong;
    } finally {
      await site.close();
    }
  });

  await context.close();
}
