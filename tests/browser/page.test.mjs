// The page in the browser: frames, lost contexts, background work.

import assert from 'node:assert/strict';
import {
  awaited, drawDigit, drawingArea, openLab, pageTest, settled, showView, status, until, untilStatus, useBrowser, watchCallbacks,
} from './harness.mjs';

useBrowser();

const callbacksRun = (page) => page.evaluate(() => window.callbacks.ran);

pageTest('an idle page runs no timer and draws no frame, in every view', {}, async (page) => {
  await watchCallbacks(page);
  await openLab(page);
  for (const view of ['Train', 'Draw', 'History', 'Inspect', 'Data', 'About']) {
    await showView(page, view);
    await page.mouse.move(2, 700);
    await settled(page);
    const before = await callbacksRun(page);
    await page.waitForTimeout(2000);
    assert.equal(await callbacksRun(page), before, `timers and frames in 2 s of doing nothing in ${view}`);
  }
});

pageTest('one timer awaits the end of a confirmation', {}, async (page) => {
  await watchCallbacks(page);
  await openLab(page);
  await settled(page);
  const before = await callbacksRun(page);
  await page.evaluate(async () => window.digitlab.importArchive(await window.digitlab.exportArchive()));
  const { notices } = await untilStatus(page, 'the confirmation', (now) => now.notices.length > 0);
  assert.equal(notices[0].error, false);
  await settled(page);
  // Frames settle after the notice has appeared and after it has left; asking ten times a second would take sixty timers more.
  const ran = (await callbacksRun(page)) - before;
  assert.ok(ran < 40, `${ran} timers and frames`);
});

const longTraining = { architecture: 'mlp', epochs: 1000 };

pageTest('training draws a few frames a second, not sixty', {}, async (page) => {
  await watchCallbacks(page);
  await openLab(page);
  await page.evaluate((spec) => { window.running = window.digitlab.train(spec); }, longTraining);
  await untilStatus(page, 'training', ({ training }) => training.batch > 0);
  const seen = () => page.evaluate(() => ({ frames: window.callbacks.framesAsked, ms: performance.now() }));
  const first = await seen();
  await until(async () => (await seen()).frames >= first.frames + 5, 'five frames');
  const last = await seen();
  const perSecond = (1000 * (last.frames - first.frames)) / (last.ms - first.ms);
  assert.ok(perSecond < 25, `${perSecond} frames a second`);
  await page.evaluate(() => window.digitlab.stop());
});

pageTest('a paused training awaits nothing', {}, async (page) => {
  await watchCallbacks(page);
  await openLab(page);
  await page.evaluate((spec) => { window.running = window.digitlab.train(spec); }, longTraining);
  await untilStatus(page, 'training', ({ training }) => training.batch > 0);
  await page.evaluate(() => window.digitlab.pause());
  await settled(page);
  assert.equal((await status(page)).training.standsStill, true);
  await page.evaluate(() => window.digitlab.resume());
  await untilStatus(page, 'training again', ({ training }) => !training.standsStill);
  assert.ok((await awaited(page)).length > 0, 'it asks for progress again');
  await page.evaluate(() => window.digitlab.stop());
  assert.equal((await page.evaluate(() => window.running)).status, 'stopped');
});

for (const variant of ['', '?variant=single']) {
  pageTest(`pause, resume and stop by the buttons ${variant}`, {}, async (page) => {
    await openLab(page, variant);
    await showView(page, 'Train');
    await page.getByLabel('Epochs').fill('1000');
    await page.getByRole('button', { name: 'Start training' }).click();
    await untilStatus(page, 'training', ({ training }) => training.batch > 2);
    await page.getByRole('button', { name: 'Pause' }).click();
    const { training: paused } = await untilStatus(page, 'the pause', ({ training }) => training.state === 'paused' && training.standsStill);
    await showView(page, 'Data');
    await showView(page, 'Train');
    const later = (await status(page)).training;
    assert.deepEqual([later.epoch, later.batch], [paused.epoch, paused.batch], 'nothing is trained during the pause');
    await page.getByRole('button', { name: 'Resume' }).click();
    await untilStatus(page, 'training after the pause', ({ training }) => training.batch !== paused.batch);
    await page.getByRole('button', { name: 'Stop' }).click();
    await untilStatus(page, 'the end', ({ training }) => training.state === 'idle');
    const [run] = await page.evaluate(() => window.digitlab.runs());
    assert.equal(run.status, 'stopped');
  });

  pageTest(`training continues in a hidden tab ${variant}`, {}, async (page) => {
    // A browser gives a tab in the background no frames at all.
    await page.addInitScript(() => {
      const request = window.requestAnimationFrame;
      window.requestAnimationFrame = (callback) => (window.hiddenTab ? 0 : request.call(window, callback));
    });
    await openLab(page, variant);
    await page.evaluate((spec) => { window.running = window.digitlab.train(spec); }, longTraining);
    const before = await untilStatus(page, 'training', ({ training }) => training.batch > 0);
    await page.evaluate(() => { window.hiddenTab = true; });
    await untilStatus(page, 'training without frames', ({ training }) => training.epoch > before.training.epoch
      || training.batch > before.training.batch + 20);
    await page.evaluate(() => window.digitlab.stop());
  });
}

const loseContext = (page) => page.evaluate(() => new Promise((resolve) => {
  const canvas = document.getElementById('canvas');
  canvas.addEventListener('webglcontextlost', resolve, { once: true });
  window.loss = canvas.getContext('webgl2').getExtension('WEBGL_lose_context');
  window.loss.loseContext();
}));

const restoreContext = (page) => page.evaluate(() => new Promise((resolve) => {
  document.getElementById('canvas').addEventListener('webglcontextrestored', resolve, { once: true });
  window.loss.restoreContext();
}));

/** The number of different colours on the screen. */
async function coloursShown(page) {
  const picture = await page.screenshot();
  return page.evaluate(async (base64) => {
    const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext('2d');
    context.drawImage(bitmap, 0, 0);
    return new Set(new Uint32Array(context.getImageData(0, 0, bitmap.width, bitmap.height).data.buffer)).size;
  }, picture.toString('base64'));
}

pageTest('a lost WebGL context is restored during training', {}, async (page) => {
  await openLab(page);
  await showView(page, 'Draw');
  await showView(page, 'Train');
  await page.evaluate((spec) => { window.running = window.digitlab.train(spec); }, longTraining);
  await untilStatus(page, 'training', ({ training }) => training.batch > 0);
  await loseContext(page);
  const lost = (await status(page)).training;
  await untilStatus(page, 'training without a context', ({ training }) => training.epoch > lost.epoch || training.batch > lost.batch + 10);
  await restoreContext(page);
  await page.evaluate(() => window.digitlab.stop());
  await untilStatus(page, 'the end', ({ training }) => training.state === 'idle');
  await until(async () => (await coloursShown(page)) > 20, 'the window is painted again, in many colours');
  await showView(page, 'About');
});

pageTest('painting only the changes gives the same picture as painting everything', {}, async (page) => {
  await watchCallbacks(page);
  await openLab(page);
  await showView(page, 'Draw');
  const box = await drawingArea(page);
  await drawDigit(page, 7);
  await page.mouse.move(box.x + 30, box.y + box.height - 30);
  await page.mouse.wheel(0, 120);
  await showView(page, 'Data');
  await showView(page, 'Draw');
  await page.mouse.move(5, 700);
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    await until(async () => (await page.evaluate(() => document.documentElement.dataset.theme)) === colorScheme, 'the theme');
    await settled(page);
    const bySteps = await page.screenshot();
    await loseContext(page);
    await restoreContext(page);
    await settled(page);
    assert.ok(bySteps.equals(await page.screenshot()), `the ${colorScheme} window`);
  }
});

pageTest('everything can be done by keyboard', {}, async (page) => {
  await openLab(page);
  await page.getByRole('tab', { name: 'Train', exact: true }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await until(async () => (await status(page)).view === 'Draw', 'Enter on the tab Draw shows it');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Space');
  await until(async () => (await status(page)).view === 'Train', 'Space on the tab Train shows it');
  const names = new Set();
  for (let i = 0; i < 40; i += 1) {
    await page.keyboard.press('Tab');
    names.add(await page.evaluate(() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent));
  }
  for (const wanted of ['Epochs', 'Architecture', 'Start training']) assert.ok(names.has(wanted), `Tab reaches ${wanted}; got ${[...names]}`);
});

pageTest('the canvas has exactly the screen’s pixels at every pixel ratio', { context: { deviceScaleFactor: 1.5 } }, async (page) => {
  await openLab(page);
  for (const [width, height] of [[1280, 800], [1001, 701], [390, 844]]) {
    await page.setViewportSize({ width, height });
    await until(() => page.evaluate(([across, down]) => {
      const canvas = document.getElementById('canvas');
      return Math.abs(canvas.width - across) <= 1 && Math.abs(canvas.height - down) <= 1;
    }, [width * 1.5, height * 1.5]), `${width} × ${height} × 1.5 pixels`);
  }
});
