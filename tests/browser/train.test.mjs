// A user's way through the page, with the real 60,000 digits: train, draw, reload, and everything is still there.

import assert from 'node:assert/strict';
import {
  digits, drawDigit, drawDigitByTouch, drawingArea, openLab, pageTest, saidText, showView, status, until, untilStatus, useBrowser,
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

const said = (page, text) => until(async () => (await saidText(page)).includes(text), `the window says “${text}”`);

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
  pageTest(`a model is trained, answers a drawing, and is there after a reload: ${variant}`, {}, async (page) => {
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

for (const processors of [8, 12]) {
  for (const query of ['', '?variant=single']) {
    pageTest(`two trainings at once and a benchmark on a browser that claims ${processors} processors ${query}`, {}, async (page) => {
      await page.addInitScript((count) => {
        Object.defineProperty(Navigator.prototype, 'hardwareConcurrency', { get: () => count });
      }, processors);
      await openLab(page, query);
      const { ended, threads, benchmark } = await page.evaluate(async () => {
        const { digitlab } = window;
        await digitlab.setAtOnce(2);
        const spec = { epochs: 2, subset: 2000, validationCount: 500 };
        const runs = await Promise.all(['mlp', 'two-pool-cnn'].map((architecture) => digitlab.train({ ...spec, architecture })));
        return {
          ended: runs.map((run) => run.status),
          threads: (await digitlab.env()).threads,
          benchmark: await digitlab.bench({ architectures: ['mlp'], secs: 0.05 }),
        };
      });
      assert.deepEqual(ended, ['finished', 'finished']);
      assert.equal(threads, query ? 1 : 8, 'no more threads than are of use');
      assert.ok(benchmark.architectures[0].trainImagesPerSecond.median > 0);
      assert.deepEqual((await status(page)).notices, []);
    });
  }
}

pageTest('on a phone, with a finger', {
  viewport: { width: 390, height: 844 },
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

pageTest('a custom network is built and trained with the visible controls', {}, async (page) => {
  await openLab(page);
  const architecture = page.getByRole('combobox', { name: 'Architecture', exact: true });
  await architecture.selectOption('mlp');
  await page.getByRole('button', { name: 'Edit a copy' }).click();
  await until(async () => (await architecture.inputValue()) === 'custom', 'the copy is chosen');
  await page.getByLabel('Layer 1 units').fill('32');
  await page.getByLabel('Epochs').fill('1');
  await said(page, '25,450 parameters');
  await page.getByRole('button', { name: 'Start training' }).click();
  await untilStatus(page, 'the start of the training', ({ training }) => training.state !== 'idle', 10_000);
  await untilStatus(page, 'the end of the training', ({ training, save }) => training.state === 'idle' && save.phase === 'saved', 60_000);
  const run = (await page.evaluate(() => window.digitlab.runs())).at(-1);
  assert.equal(run.status, 'finished', run.failure);
  assert.equal(run.name, 'model_custom_run1');
  assert.equal(run.parameters, 784 * 32 + 32 + 32 * 10 + 10);
  assert.equal(run.spec.architecture.title, 'Custom, from Multi-layer perceptron');
  assert.ok(run.test.accuracy > 0.9, `test accuracy ${run.test.accuracy}`);

  await page.reload();
  await page.evaluate(() => window.digitlab.ready());
  const model = (await page.evaluate(() => window.digitlab.models())).find(({ id }) => id === run.id);
  assert.equal(model?.parameters, 25450, 'its model answers after reloading');
});

pageTest('layers are added, moved and removed by keyboard, and a network that does not fit cannot be started', {}, async (page) => {
  await openLab(page);
  const start = page.getByRole('button', { name: 'Start training' });
  const press = async (name) => {
    await page.getByRole('button', { name, exact: true }).focus();
    await page.keyboard.press('Enter');
  };
  await press('Edit a copy');
  await said(page, '101,770 parameters');
  await press('Add a layer after the input');
  await until(async () => (await page.getByLabel('Layer 1 type').inputValue()) === 'conv', 'a convolution comes first');
  await page.getByLabel('Layer 1 type').selectOption('dropout');
  await until(async () => (await page.getByLabel('Layer 1 rate').count()) === 1, 'dropout has a rate');
  await press('Move layer 1 down');
  await press('Move layer 2 down');
  await said(page, 'Layer 3 (dropout) is the last');
  assert.equal(await start.getAttribute('aria-disabled'), 'true');
  assert.match(await start.getAttribute('aria-description'), /Layer 3/);
  await press('Remove layer 3');
  await until(async () => (await start.getAttribute('aria-disabled')) === null, 'it fits again');

  const text = page.getByLabel('Architecture as JSON');
  assert.equal(JSON.parse(await text.inputValue()).layers.length, 2);
  await text.fill('{"title": "Tiny", "layers": [{"type": "dense", "units": 10}');
  await text.press('Control+Enter');
  await said(page, 'This is not valid JSON');
  await text.press('End');
  await text.pressSequentially(']}');
  await text.press('Control+Enter');
  await said(page, '7,850 parameters');
});

pageTest('text is checked when it is complete, not while it is typed', {}, async (page) => {
  await openLab(page);
  const epochs = page.getByLabel('Epochs');
  await epochs.press('Control+A');
  const began = Date.now();
  await epochs.pressSequentially('ten', { delay: 50 });
  const saidAtOnce = (await saidText(page)).includes('is not a whole number');
  assert.ok(!saidAtOnce || Date.now() - began > 600, 'nothing is said between two keys');
  await said(page, '“ten” is not a whole number');
  await epochs.blur();
  await until(async () => (await epochs.inputValue()) === '3', 'the field shows what is kept');
  await epochs.fill('4');
  await epochs.press('Enter');
  await until(async () => !(await saidText(page)).includes('is not a whole number'), 'the problem is gone');
});
