// The page in the browser: frames, lost contexts, background work.

import assert from 'node:assert/strict';
import { drawDigit, drawingArea, openLab, pageTest, showView, status, until, untilStatus, useBrowser } from './harness.mjs';

useBrowser();

const countFrames = (page) => page.addInitScript(() => {
  window.framesAsked = 0;
  const request = window.requestAnimationFrame;
  window.requestAnimationFrame = (callback) => {
    window.framesAsked += 1;
    return request.call(window, callback);
  };
});

const framesIn = async (page, ms) => {
  await page.evaluate(() => { window.framesAsked = 0; });
  await page.waitForTimeout(ms);
  return page.evaluate(() => window.framesAsked);
};

pageTest('an idle page draws nothing, in every view', {}, async (page) => {
  await countFrames(page);
  await openLab(page);
  for (const view of ['Train', 'Draw', 'History', 'Data', 'About']) {
    await showView(page, view);
    await page.mouse.move(2, 700);
    await page.waitForTimeout(1000); // hover effects and tooltips may end
    assert.equal(await framesIn(page, 2000), 0, `frames in 2 s of doing nothing in ${view}`);
  }
});

const longTraining = { architecture: 'mlp', epochs: 1000 };

pageTest('training draws a few frames a second, not sixty', {}, async (page) => {
  await countFrames(page);
  await openLab(page);
  await page.evaluate((spec) => { window.running = window.digitlab.train(spec); }, longTraining);
  await untilStatus(page, 'training', ({ training }) => training.batch > 0);
  const frames = await framesIn(page, 2000);
  assert.ok(frames >= 2 && frames <= 50, `${frames} frames in 2 s of training`);
  await page.evaluate(() => window.digitlab.stop());
});

for (const variant of ['', '?variant=single']) {
  pageTest(`pause, resume and stop by the buttons ${variant}`, {}, async (page) => {
    await openLab(page, variant);
    await showView(page, 'Train');
    await page.getByLabel('Epochs').fill('1000');
    await page.getByRole('button', { name: 'Start training' }).click();
    await untilStatus(page, 'training', ({ training }) => training.batch > 2);
    await page.getByRole('button', { name: 'Pause' }).click();
    await untilStatus(page, 'the pause', ({ training }) => training.state === 'paused');
    await page.waitForTimeout(500);
    const paused = (await status(page)).training;
    await page.waitForTimeout(1000);
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

pageTest('a lost WebGL context is restored during training', {}, async (page) => {
  await openLab(page);
  await showView(page, 'Draw');
  await showView(page, 'Train');
  await page.evaluate((spec) => { window.running = window.digitlab.train(spec); }, longTraining);
  await untilStatus(page, 'training', ({ training }) => training.batch > 0);
  await page.evaluate(() => {
    window.loss = document.getElementById('canvas').getContext('webgl2').getExtension('WEBGL_lose_context');
    window.loss.loseContext();
  });
  const lost = (await status(page)).training;
  await untilStatus(page, 'training without a context', ({ training }) => training.epoch > lost.epoch || training.batch > lost.batch + 10);
  await page.evaluate(() => window.loss.restoreContext());
  await page.waitForTimeout(500);
  await page.evaluate(() => window.digitlab.stop());
  await untilStatus(page, 'the end', ({ training }) => training.state === 'idle');
  // The window is painted again: many colours, not one.
  const picture = await page.screenshot();
  const colours = await page.evaluate(async (base64) => {
    const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext('2d');
    context.drawImage(bitmap, 0, 0);
    return new Set(new Uint32Array(context.getImageData(0, 0, bitmap.width, bitmap.height).data.buffer)).size;
  }, picture.toString('base64'));
  assert.ok(colours > 20, `the restored window shows ${colours} colours`);
  await showView(page, 'About');
});

pageTest('painting only the changes gives the same picture as painting everything', {}, async (page) => {
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
    await page.waitForTimeout(1500); // hover effects and tooltips may end
    const bySteps = await page.screenshot();
    await page.evaluate(() => {
      window.loss = document.getElementById('canvas').getContext('webgl2').getExtension('WEBGL_lose_context');
      window.loss.loseContext();
    });
    await page.waitForTimeout(200);
    await page.evaluate(() => window.loss.restoreContext());
    await page.waitForTimeout(1000);
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
    await page.waitForTimeout(200);
    const size = await page.evaluate(() => {
      const canvas = document.getElementById('canvas');
      return [canvas.width, canvas.height];
    });
    assert.ok(Math.abs(size[0] - width * 1.5) <= 1 && Math.abs(size[1] - height * 1.5) <= 1, `${size} for ${width} × ${height} × 1.5`);
  }
});
