// The log of drawings on the real page: labelled by click and key, kept, exported as files, trained on.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { unzipSync } from 'fflate';
import { drawDigit, openLab, pageTest, saidText, settled, showView, status, until, untilStatus, useBrowser, watchCallbacks } from './harness.mjs';

useBrowser();

const drawings = (page) => page.evaluate(async () => (await window.digitlab.drawings())
  .map((drawing) => ({ ...drawing, pixels: [...drawing.pixels] })));

const saved = (page) => untilStatus(page, 'saving', ({ save }) => save.phase === 'saved');

const clear = (page) => page.getByRole('button', { name: 'Clear', exact: true }).click();

/** Draws a digit and waits until the page asks for its true label. */
async function drawAndWait(page, digit) {
  await drawDigit(page, digit);
  await until(async () => /Press a button, or a key/.test(await saidText(page)), 'the page asks for the true label');
}

const inLogAs = (page, label) => until(async () => (await saidText(page)).includes(`In the log as a ${label}.`), `labelled ${label}`);

pageTest('a drawing is labelled by click and by key, and is there after a reload', {}, async (page) => {
  await openLab(page);
  await showView(page, 'Draw');
  await drawAndWait(page, 7);
  assert.equal((await status(page)).drawings, 0, 'a stroke is not enough');
  await page.getByRole('button', { name: '7', exact: true }).first().click();
  await inLogAs(page, 7);
  await clear(page);
  await drawAndWait(page, 1);
  await page.keyboard.press('4');
  await inLogAs(page, 4);
  await page.keyboard.press('1'); // corrected
  await inLogAs(page, 1);
  await clear(page);
  await drawAndWait(page, 0);
  await clear(page);
  await untilStatus(page, 'three drawings', (now) => now.drawings === 3);
  await saved(page);

  await openLab(page);
  const kept = await drawings(page);
  assert.deepEqual(kept.map(({ label }) => label), [7, 1, null]);
  assert.deepEqual(kept.map(({ source }) => source), ['drawn', 'drawn', 'drawn']);
  assert.ok(kept[0].answers.length > 0 && kept[0].answers[0].name, 'the answers are kept');
  assert.equal(kept[0].pixels.length, 784);
  const [answer] = await page.evaluate((pixels) => window.digitlab.predict(pixels), kept[0].pixels);
  assert.equal(answer.digit, kept[0].answers[0].digit, 'the kept pixels get the same answer');

  await showView(page, 'Draw');
  assert.match(await saidText(page), /3 drawings, 2 labelled/);
  await page.evaluate((id) => window.digitlab.labelDrawing(id, 0), kept[2].id);
  await page.getByRole('button', { name: /^Drawing d-0003: a 0/ }).click();
  await page.getByRole('button', { name: 'Remove drawing' }).click();
  await untilStatus(page, 'two drawings', (now) => now.drawings === 2);
  await page.getByRole('button', { name: 'Remove all' }).click();
  assert.equal((await status(page)).drawings, 2, 'it asks first');
  await page.getByRole('button', { name: 'Remove for good' }).click();
  await untilStatus(page, 'no drawings', (now) => now.drawings === 0);
  await saved(page);
  await openLab(page);
  assert.deepEqual(await drawings(page), []);
});

pageTest('digits typed into a list, with Ctrl or in another view label nothing', {}, async (page) => {
  await watchCallbacks(page);
  await openLab(page);
  await showView(page, 'Draw');
  await drawAndWait(page, 7);
  await page.getByRole('button', { name: 'Why this answer?' }).click();
  await page.getByLabel('Digit to explain').focus();
  await page.keyboard.press('3');
  await page.getByRole('button', { name: 'Why this answer?' }).focus();
  await page.keyboard.press('Alt+4');
  await showView(page, 'Train');
  await page.getByLabel('Epochs').press('5');
  await page.getByRole('button', { name: 'Start training' }).focus();
  await page.keyboard.press('6');
  await settled(page);
  assert.equal((await status(page)).drawings, 0);
  await showView(page, 'Draw');
  await page.keyboard.press('7');
  await untilStatus(page, 'the label', (now) => now.drawings === 1);
});

pageTest('a second tab shows the log, and does not save what it adds', {}, async (page, context) => {
  await openLab(page);
  await showView(page, 'Draw');
  await drawAndWait(page, 7);
  await page.keyboard.press('7');
  await saved(page);
  const other = await context.newPage();
  await openLab(other);
  assert.equal((await drawings(other)).length, 1);
  await showView(other, 'Draw');
  await drawAndWait(other, 1);
  await other.keyboard.press('1');
  await untilStatus(other, 'two drawings', (now) => now.drawings === 2);
  assert.equal((await status(other)).save.phase, 'read-only');
  await other.close();
  await openLab(page);
  assert.equal((await drawings(page)).length, 1);
});

pageTest('the log is saved as CSV, with pixels, and as pictures', {}, async (page) => {
  await openLab(page);
  await showView(page, 'Draw');
  for (const digit of [7, 1]) {
    await drawAndWait(page, digit);
    await page.keyboard.press(String(digit));
    await inLogAs(page, digit);
    await clear(page);
  }
  await drawAndWait(page, 0);
  await clear(page);
  await untilStatus(page, 'three drawings', (now) => now.drawings === 3);

  const fileOf = async (name) => {
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name, exact: true }).click();
    const download = await coming;
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  };
  const csv = await fileOf('CSV');
  assert.match(csv.name, /^digit-lab-drawings-\d{4}-\d\d-\d\d\.csv$/);
  const lines = csv.bytes.toString('utf8').split('\r\n');
  assert.equal(lines.length, 5);
  assert.match(lines[0], /^id,date,source,label,vote,right,.+ digit,.+ confidence$/);
  assert.match(lines[1], /^d-0001,\d{4}-.*Z,drawn,7,\d,[01],\d,0?\.?\d/);
  const withPixels = (await fileOf('CSV with pixels')).bytes.toString('utf8').split('\r\n');
  assert.equal(withPixels[1].split(',').length, 8 + 784);
  assert.ok(withPixels[1].split(',').slice(8).some((ink) => Number(ink) === 255));

  const zip = await fileOf('Images');
  assert.match(zip.name, /\.zip$/);
  const files = unzipSync(new Uint8Array(zip.bytes));
  assert.deepEqual(Object.keys(files).sort(), ['1/1-d-0002.png', '7/7-d-0001.png', 'unlabelled/d-0003.png']);
  // Read back by the browser, the picture still shows a 7.
  const seven = Buffer.from(files['7/7-d-0001.png']).toString('base64');
  const dark = await page.evaluate(async (base64) => {
    const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext('2d');
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    let count = 0;
    for (let i = 0; i < data.length; i += 4) count += data[i] < 64 ? 1 : 0;
    return { share: count / (bitmap.width * bitmap.height), width: bitmap.width, height: bitmap.height };
  }, seven);
  assert.ok(dark.share > 0.05 && dark.share < 0.7, JSON.stringify(dark));
  assert.ok(Math.max(dark.width, dark.height) <= 112);

  const types = await page.evaluate(async () => Promise.all(['csv', 'csv-pixels', 'images'].map(async (format) => {
    const blob = await window.digitlab.exportDrawings({ format });
    return [blob.type, blob.size > 100];
  })));
  assert.deepEqual(types, [['text/csv;charset=utf-8', true], ['text/csv;charset=utf-8', true], ['application/zip', true]]);
  const code = await page.evaluate(() => window.digitlab.exportDrawings({ format: 'pdf' }).catch((error) => error.code));
  assert.equal(code, 'bad-argument');
});

for (const variant of ['', '?variant=single']) {
  pageTest(`training on corrections makes a new model, testing on drawings counts ${variant}`, {}, async (page) => {
    await openLab(page, variant);
    await page.evaluate(() => window.digitlab.train({ architecture: 'mlp', epochs: 1, subset: 6000 }));
    const [parent] = (await page.evaluate(() => window.digitlab.runs())).map(({ id }) => id);
    await showView(page, 'Draw');
    for (const digit of [7, 1, 0]) {
      await drawAndWait(page, digit);
      await page.keyboard.press('8'); // every drawing is labelled 8, as if by odd handwriting
      await inLogAs(page, 8);
      await clear(page);
    }
    await page.getByLabel('Model to test or train').selectOption(parent);
    await page.getByRole('button', { name: 'Test on my drawings' }).click();
    await until(async () => /model_mlp_run1: \d of 3 right/.test(await saidText(page)), 'the test is counted');
    await page.getByRole('button', { name: 'Train on my corrections' }).click();
    await untilStatus(page, 'the training', ({ training }) => training.state !== 'idle');
    await untilStatus(page, 'the end of the training', ({ training }) => training.state === 'idle', 180_000);
    await until(async () => (await page.evaluate(() => window.digitlab.runs())).at(-1).fineTune?.trained.rightAfter !== null,
      'the new model is tested');
    const runs = await page.evaluate(() => window.digitlab.runs());
    assert.equal(runs.length, 2);
    const { status: ended, fineTune, spec, test } = runs[1];
    assert.equal(ended, 'finished');
    assert.equal(spec.startFrom, parent);
    assert.equal(fineTune.parent, parent);
    assert.equal(fineTune.trained.count, 3);
    // Thousands of MNIST's sevens, ones and zeros say otherwise.
    assert.ok(fineTune.trained.rightAfter > fineTune.trained.rightBefore, JSON.stringify(fineTune));
    assert.ok(test.accuracy > runs[0].test.accuracy - 0.03, `${runs[0].test.accuracy} before, ${test.accuracy} after`);
    await until(async () => /MNIST test accuracy: .*→/.test(await saidText(page)), 'the effect on accuracy is shown');
    await saved(page);
  });
}

pageTest('why: a heat map at once, like digits once the data set is there', {}, async (page) => {
  await openLab(page);
  await showView(page, 'Draw');
  await page.getByRole('button', { name: 'Why this answer?' }).click();
  await drawAndWait(page, 7);
  await until(async () => /Heat map of what speaks for a \d/.test(await saidText(page)), 'the heat map');
  await until(async () => /Without its most telling patch of ink it would be/.test(await saidText(page)), 'the effect in words', 30_000);
  await page.getByLabel('Digit to explain').selectOption('1');
  await until(async () => /takes it for a 1 with/.test(await saidText(page)), 'another class');
  await page.getByRole('button', { name: 'Get the data set' }).click();
  await untilStatus(page, 'the data set', ({ data }) => data.phase === 'ready');
  await until(async () => /Nearest of 10,000 training digits/.test(await saidText(page)), 'all are looked at', 60_000);
  assert.equal((await saidText(page)).match(/Similar training digit, labelled \d/g).length, 5);
});
