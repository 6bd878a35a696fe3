// Custom data sets on the real page: picked, dropped and added through the API, saved, trained on, removed.

import assert from 'node:assert/strict';
import { gzipSync, strToU8, zipSync } from 'fflate';
import {
  drawDigit, openLab, pageTest, saidText, showView, status, until, untilStatus, useBrowser, withoutReadyModel,
} from './harness.mjs';

useBrowser();

const names = ['A', 'B', 'C', 'D'];

/** A bright bar whose position tells the class. */
const csv = (rows = 240) => Array.from({ length: rows }, (_, row) => {
  const pixels = Array.from({ length: 784 }, (_, i) => (Math.floor(i / 84) === row % 4 + 2 ? 255 : 0));
  return [names[row % 4], ...pixels].join(',');
}).join('\n');

/** PNG pictures in folders, made in the page. */
const pictures = (page) => page.evaluate(async () => {
  const files = {};
  for (let i = 0; i < 48; i += 1) {
    const canvas = new OffscreenCanvas(40, 40);
    const context = canvas.getContext('2d');
    context.fillStyle = 'white';
    context.fillRect(0, 0, 40, 40);
    context.fillStyle = 'black';
    if (i % 2 === 0) context.fillRect(6, 8 + i % 3, 28, 5);
    else context.fillRect(18, 4, 5, 28 + i % 3);
    files[`${i % 2 === 0 ? 'lying' : 'standing'}/${i}.png`] = [...new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())];
  }
  return files;
});

const zipped = (files) => zipSync(Object.fromEntries(Object.entries(files).map(([path, bytes]) => [`shapes/${path}`, Uint8Array.from(bytes)])));

const add = (page, name, bytes) => page.evaluate(async ([title, numbers]) => {
  try {
    return await window.digitlab.addDataset(title, [new File([Uint8Array.from(numbers)], 'given')]);
  } catch (error) {
    return { code: error.code, message: error.message };
  }
}, [name, [...bytes]]);

pageTest('a data set added through the API is trained on, and is there after a reload', {}, async (page) => {
  await withoutReadyModel(page);
  await openLab(page);
  const added = await add(page, 'My letters', gzipSync(strToU8(csv())));
  assert.equal(added.id, 'my-letters', JSON.stringify(added));
  assert.deepEqual([added.classes, added.rows, added.testRows, added.own, added.stored], [4, 200, 40, true, true]);
  assert.deepEqual(added.classNames, names);
  const run = await page.evaluate(() => window.digitlab.train({ architecture: 'mlp', dataset: 'my-letters', epochs: 3, batchSize: 16 }));
  assert.equal(run.spec.dataset, 'my-letters');
  assert.deepEqual(run.classNames, names);
  assert.ok(run.test.accuracy > 0.9, `test accuracy ${run.test.accuracy}`);
  assert.equal((await status(page)).data.phase, 'absent', 'MNIST was not downloaded for it');

  await openLab(page);
  const sets = await page.evaluate(() => window.digitlab.datasets());
  assert.deepEqual(sets.map(({ id }) => id), ['mnist', 'fashion-mnist', 'my-letters']);
  const row = Array.from({ length: 784 }, (_, i) => (Math.floor(i / 84) === 3 ? 1 : 0));
  const [answer] = await page.evaluate((pixels) => window.digitlab.predict(pixels), row);
  assert.equal(answer.label, 'B');
  await showView(page, 'History');
  await page.getByRole('button', { name: /^Show model_mlp/ }).click();
  await until(async () => /answered A/.test(await saidText(page)), 'the confusion matrix names the classes');
  await page.evaluate(() => window.digitlab.removeDataset('my-letters'));
  await untilStatus(page, 'saving', ({ save }) => save.phase === 'saved');
  await openLab(page);
  assert.equal((await status(page)).datasets.length, 2);
});

pageTest('a ZIP is picked, shown, chosen and removed in the Data view', {}, async (page) => {
  await openLab(page);
  await showView(page, 'Data');
  assert.match(await saidText(page), /2 to 100 classes/);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Add data set' }).click();
  await (await chooser).setFiles({ name: 'Shapes.zip', mimeType: 'application/zip', buffer: Buffer.from(zipped(await pictures(page))) });
  await untilStatus(page, 'the data set', ({ datasets }) => datasets.some(({ id }) => id === 'shapes'));
  await until(async () => /lying: 20 pictures/.test(await saidText(page)), 'the balance of its classes is shown');
  assert.match(await saidText(page), /40 pictures to learn from and 8 to test with, of 2 classes/);
  await showView(page, 'Train');
  assert.equal((await status(page)).dataset, 'shapes', 'it is what is trained on next');
  await showView(page, 'Data');
  await page.getByRole('button', { name: 'Remove data set' }).click();
  assert.equal((await status(page)).datasets.length, 3, 'it asks first');
  await page.getByRole('button', { name: 'Remove for good' }).click();
  await untilStatus(page, 'its removal', ({ datasets, dataset }) => datasets.length === 2 && dataset === 'mnist');
});

pageTest('files dropped in the Data view are read; a bad file is reported with its row, and ignored', {}, async (page) => {
  await openLab(page);
  await showView(page, 'Data');
  const drop = (name, text) => page.evaluate(([title, contents]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([contents], title));
    for (const type of ['dragenter', 'drop']) window.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true }));
  }, [name, text]);
  await drop('letters.csv', `${csv()}\nA,1,2`);
  await untilStatus(page, 'the message', ({ notices }) => notices.some(({ text }) => /letters\.csv, row 241/.test(text)));
  assert.equal((await status(page)).datasets.length, 2);
  await drop('letters.csv', csv());
  await untilStatus(page, 'the data set', ({ datasets }) => datasets.some(({ id }) => id === 'letters'));

  assert.equal((await add(page, 'x', strToU8('PK\x03\x04'))).code, 'bad-zip');
  assert.equal((await add(page, '', strToU8(csv()))).code, 'bad-name');
  assert.equal((await add(page, 'x', strToU8(csv(8)))).code, 'too-few-rows');
  assert.match((await add(page, 'x', gzipSync(new Uint8Array(300 * 1024 * 1024)))).message, /at most 256 MB/);
  assert.equal((await status(page)).datasets.length, 3);
});

pageTest('Fashion-MNIST is downloaded, and its model does not vote on digits', {}, async (page) => {
  await openLab(page);
  const run = await page.evaluate(() => window.digitlab.train({
    architecture: 'softmax', dataset: 'fashion-mnist', epochs: 1, subset: 3000,
  }));
  assert.equal(run.classNames[9], 'Ankle boot');
  assert.ok(run.test.accuracy > 0.6, `test accuracy ${run.test.accuracy}`);
  await showView(page, 'Draw');
  await drawDigit(page, 7);
  await until(async () => /The model says 7/.test(await saidText(page)), 'only the model of digits votes');
  await showView(page, 'Data');
  await page.evaluate(() => window.digitlab.chooseDataset('fashion-mnist'));
  await until(async () => /Ankle boot: 6,000 pictures/.test(await saidText(page)), 'garments are counted by name');
});
