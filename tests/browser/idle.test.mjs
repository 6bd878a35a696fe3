// A page on which nothing happens does nothing: no view has a frame, a timer or an animation on its way.

import { openLab, pageTest, showView, until, useBrowser } from './harness.mjs';

useBrowser();

/** Runs in the page before its scripts: counts what has been asked for and has not come yet. */
function countPending() {
  const pending = new Set();
  window.pendingWork = () => pending.size;
  const follow = (begin, end, prefix, repeats = false) => {
    const original = window[begin];
    window[begin] = (callback, ...rest) => {
      const id = original((...values) => {
        if (!repeats) pending.delete(`${prefix}${id}`);
        return callback(...values);
      }, ...rest);
      pending.add(`${prefix}${id}`);
      return id;
    };
    const originalEnd = window[end];
    window[end] = (id) => {
      pending.delete(`${prefix}${id}`);
      originalEnd(id);
    };
  };
  follow('requestAnimationFrame', 'cancelAnimationFrame', 'frame ');
  follow('setTimeout', 'clearTimeout', 'timer ');
  follow('setInterval', 'clearInterval', 'timer ', true);
}

const isStill = (page) => page.evaluate(() => window.pendingWork() === 0
  && document.getAnimations().every(({ playState }) => playState !== 'running'));

pageTest('an idle page has nothing on its way, whichever view is shown', {}, async (page) => {
  await page.addInitScript(countPending);
  await openLab(page);
  for (const view of ['Train', 'Draw', 'History', 'Inspect', 'Data', 'About', 'Train']) {
    await showView(page, view);
    // Twice, a turn of the event loop apart: a loop that waits for its own message is seen as well.
    await until(async () => (await isStill(page)) && isStill(page), `nothing is on its way in ${view}`);
  }
});

pageTest('no time is spent on an idle page', {}, async (page) => {
  await openLab(page);
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const figures = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
  };
  for (const view of ['Train', 'Draw', 'History', 'Inspect', 'Data', 'About']) {
    await showView(page, view);
    // Once the page has come to rest, the time spent on scripts stands still from one look to the next.
    let before = await figures();
    await until(async () => {
      await page.waitForTimeout(1000);
      const now = await figures();
      const rests = now.ScriptDuration - before.ScriptDuration < 0.001 && now.LayoutCount === before.LayoutCount;
      before = now;
      return rests;
    }, `scripts and layout rest in ${view}`, 60_000);
  }
});
