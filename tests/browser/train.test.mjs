// The way of a person through the page, on the real 60,000 digits: train, draw, reload, find everything again.

import assert from 'node:assert/strict';
import {
  digits, drawDigit, drawDigitByTouch, drawingArea, openLab, pageTest, showView, status, until, untilStatus, useBrowser,
} from './harness.mjs';

useBrowser();

async function trainMlp(page) {
  await showView(page, 'Train');
  await page.getByRole('combobox', { name: 'Architecture' }).selectOption('mlp');
  await page.getByLabel('Epochs').fill('1');
  await page.getByRole('button', { name: 'Start training' }).click();
  await untilStatus(page, 'the start of the training', ({ training }) => training.state !== 'idle', 10_000);
  await untilStatus(page, 'the end of the training', ({ training, save }) => training.state === 'idle' && save.phase === 'saved', 120_000);
  const runs = await page.evaluate(() => window.digitlab.runs());
  const run = runs.at(-1);
  assert.equal(run.status, 'finished', run.failure);
  assert.equal(run.spec.epochs, 1, 'the number of epochs that was typed');
  assert.ok(run.test.accuracy >= 0.95, `test accuracy ${run.test.accuracy}, wanted at least 0.95`);
  return run;
}

/** Draws and waits until the window itself shows the answer. */
async function expectAnswer(page, digit, draw) {
  await draw(page, digit);
  await until(async () => (await shownAnswer(page)) === digit, `the answer to a drawn ${digit} is ${digit}`);
}

// The consensus or best answer is a status of the Draw view.
async function shownAnswer(page) {
  const texts = await page.getByRole('status').allTextContents();
  const found = texts.map((text) => /\b(?:answer|say|agree|digit|is)\D{0,40}?(\d)\b/i.exec(text)).find(Boolean);
  return found ? Number(found[1]) : texts.map((text) => /^\s*(\d)\b/.exec(text)).filter(Boolean).map((m) => Number(m[1])).at(0);
}

const clearDrawing = (page) => page.getByRole('button', { name: 'Clear' }).click();

for (const variant of ['threads', 'single']) {
  pageTest(`train, draw, reload, find it again: ${variant}`, { timeout: 240_000 }, async (page) => {
    await openLab(page, variant === 'single' ? '?variant=single' : '');
    const run = await trainMlp(page);

    await showView(page, 'Draw');
    await expectAnswer(page, 7, drawDigit);
    await clearDrawing(page);
    await expectAnswer(page, 0, drawDigit);

    await page.reload();
    await page.evaluate(async () => { await window.digitlab.ready(); });
    await showView(page, 'History');
    await until(async () => (await page.locator('#mirror').textContent()).includes(run.name), `History shows ${run.name}`);
    const again = (await page.evaluate(() => window.digitlab.runs())).find(({ id }) => id === run.id);
    assert.deepEqual(again.test, run.test, 'the figures after reloading');

    await showView(page, 'Draw');
    await expectAnswer(page, 7, drawDigit);
  });
}

pageTest('on a phone, with a finger', {
  viewport: { width: 390, height: 844 },
  timeout: 120_000,
  context: { hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
}, async (page) => {
  await openLab(page);
  await page.evaluate(() => window.digitlab.train({ architecture: 'mlp', epochs: 1, subset: 20000 }));
  await page.getByRole('tab', { name: 'Draw', exact: true }).tap();
  await until(async () => (await status(page)).view === 'Draw', 'a tap on Draw shows it');
  const box = await drawingArea(page);
  assert.ok(box.x >= 0 && box.x + box.width <= 390, `the drawing area fits the screen: ${JSON.stringify(box)}`);
  assert.ok(digits[7]);
  await expectAnswer(page, 7, drawDigitByTouch);
});
