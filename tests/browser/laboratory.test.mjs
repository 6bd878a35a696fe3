// Experiments on the real page: presets and links, steps, a queue, a run continued after the page was closed, sweeps and
// archives.

import assert from 'node:assert/strict';
import {
  darkPixels, drawingArea, openLab, pageTest, saidText, settled, showView, siteUrl, status, until, untilStatus, useBrowser, watchCallbacks,
} from './harness.mjs';

useBrowser();

const press = (page, name) => page.getByRole('button', { name, exact: true }).click();
const said = (page, text) => until(async () => (await saidText(page)).includes(text), `the window says “${text}”`);
const runs = (page) => page.evaluate(() => window.digitlab.runs());
const idle = (page, timeout = 120_000) => untilStatus(page, 'the end of all trainings',
  ({ trainings, save }) => trainings.every(({ state }) => state === 'idle') && save.phase === 'saved', timeout);

const small = { architecture: 'mlp', epochs: 2, subset: 3000, validationCount: 500, seed: 3 };

pageTest('a preset and a link fill in the form; a damaged link says so', {}, async (page) => {
  await openLab(page);
  await page.getByRole('combobox', { name: 'Preset' }).selectOption('noisy-labels');
  await said(page, 'Four of ten training digits have a wrong label.');
  assert.equal(await page.getByLabel('Epochs').inputValue(), '20');

  const spec = { ...small, earlyStopping: { patience: 4, metric: 'loss' }, optimizer: 'sgd', learningRate: 0.2 };
  const link = `${siteUrl}#spec=${encodeURIComponent(JSON.stringify(spec))}`;
  await page.goto('about:blank');
  await page.goto(link);
  await page.evaluate(() => window.digitlab.ready());
  await until(async () => (await page.getByLabel('Learning rate', { exact: true }).inputValue()) === '0.2', 'the link’s rate');
  assert.equal(await page.getByLabel('Epochs').inputValue(), '2');
  // Followed on the open page.
  await page.evaluate((text) => { location.hash = `spec=${encodeURIComponent(text)}`; }, JSON.stringify({ ...spec, epochs: 9 }));
  await until(async () => (await page.getByLabel('Epochs').inputValue()) === '9', 'the second link’s epochs');
  await page.evaluate(() => { location.hash = 'spec=%7B%22epochs%22%3A'; });
  await untilStatus(page, 'the notice', ({ notices }) => notices.some(({ text }) => /cut short or damaged/.test(text)));
  assert.equal(await page.getByLabel('Epochs').inputValue(), '9');
});

pageTest('settings are copied as a link that opens them again', { context: { permissions: ['clipboard-read', 'clipboard-write'] } }, async (page) => {
  await openLab(page);
  await page.getByLabel('Epochs').fill('7');
  await page.getByLabel('Batch size').fill('48');
  await until(async () => (await page.getByLabel('Batch size').inputValue()) === '48', 'the batch size');
  await press(page, 'Copy link');
  await untilStatus(page, 'the notice', ({ notices }) => notices.some(({ text, error }) => !error && /link is on the clipboard/.test(text)));
  const link = await page.evaluate(() => navigator.clipboard.readText());
  assert.ok(link.startsWith(siteUrl), link);
  await page.goto('about:blank');
  await page.goto(link);
  await page.evaluate(() => window.digitlab.ready());
  await until(async () => (await page.getByLabel('Batch size').inputValue()) === '48', 'the link’s batch size');
  assert.equal(await page.getByLabel('Epochs').inputValue(), '7');
});

pageTest('theme, settings and a custom network are there after a reload', {}, async (page) => {
  await watchCallbacks(page);
  await openLab(page);
  const dark = () => page.evaluate(() => document.documentElement.dataset.theme);
  await press(page, 'Dark theme');
  await press(page, 'Edit a copy');
  await page.getByLabel('Layer 1 units').fill('32');
  await page.getByLabel('Epochs').fill('7');
  await page.getByLabel('Epochs').press('Enter');
  await said(page, '25,450 parameters');
  assert.equal(await dark(), 'dark');
  await settled(page); // kept once nothing has changed for half a second
  assert.equal((await status(page)).save.phase, 'saved');

  await page.reload();
  await page.evaluate(() => window.digitlab.ready());
  await said(page, '25,450 parameters');
  assert.equal(await page.getByLabel('Epochs').inputValue(), '7');
  assert.equal(await page.getByLabel('Layer 1 units').inputValue(), '32');
  assert.equal(await dark(), 'dark');
});

for (const variant of ['threads', 'single']) {
  pageTest(`a run is paused, stepped, and given another learning rate: ${variant}`, {}, async (page) => {
    await openLab(page, variant === 'single' ? '?variant=single' : '');
    await page.evaluate((spec) => { window.done = window.digitlab.train({ ...spec, epochs: 1000, subset: 12000 }); }, small);
    await untilStatus(page, 'the training', ({ training }) => training.state === 'training' && training.batch > 0, 60_000);
    await press(page, 'Pause');
    const standsStill = async () => {
      const { training } = await untilStatus(page, 'standing still', (now) => now.training.standsStill);
      return { ...training, done: (training.epoch - 1) * training.batches + training.batch };
    };
    const before = await standsStill();
    await press(page, 'One batch');
    await untilStatus(page, 'a batch more', ({ training }) => (training.epoch - 1) * training.batches + training.batch > before.done);
    const after = await standsStill();
    assert.equal(after.done, before.done + 1, 'nothing but the one batch was trained');
    await press(page, 'One epoch');
    await untilStatus(page, 'the next epoch', ({ training }) => training.epoch > after.epoch);
    const next = await standsStill();
    assert.deepEqual([next.epoch, next.batch], [after.epoch + 1, 0]);
    await page.getByLabel('Learning rate from here').fill('0.02');
    await until(async () => (await page.getByLabel('Learning rate from here').inputValue()) === '0.02', 'the rate is taken');
    await press(page, 'One batch');
    await until(async () => (await status(page)).training.batch === 1, 'a batch with it');
    await said(page, 'From the latest mini-batch');
    await press(page, 'Stop');
    const run = await page.evaluate(() => window.done);
    assert.equal(run.status, 'stopped');
    assert.equal(run.learningRateChanges.length, 1);
    assert.equal(run.learningRateChanges[0].learningRate, 0.02);
  });
}

pageTest('runs wait in a queue, two train at once, one is removed', {}, async (page) => {
  await openLab(page);
  await page.evaluate((spec) => {
    for (const more of [{ epochs: 1000, subset: 0 }, { epochs: 1000, subset: 0 }, {}, {}]) {
      void window.digitlab.train({ ...spec, ...more }).catch(() => {});
    }
  }, small);
  await untilStatus(page, 'four trainings', ({ trainings }) => trainings.length === 4, 60_000);
  await said(page, 'model_mlp_run2: waits for its turn');
  await page.getByRole('combobox', { name: 'At once' }).selectOption('2');
  await untilStatus(page, 'two at work', ({ trainings }) => trainings.filter(({ state }) => state === 'training').length === 2, 60_000);
  await press(page, 'Remove model_mlp_run4');
  await untilStatus(page, 'three trainings', ({ trainings }) => trainings.length === 3);
  await press(page, 'Stop model_mlp_run1');
  await untilStatus(page, 'the third has begun', ({ trainings }) => !trainings.some(({ state }) => state === 'queued'), 60_000);
  await press(page, 'Stop model_mlp_run2');
  await idle(page);
  assert.deepEqual((await runs(page)).map((run) => [run.name, run.status]),
    [['model_mlp_run1', 'stopped'], ['model_mlp_run2', 'stopped'], ['model_mlp_run3', 'finished']]);
});

for (const variant of ['threads', 'single']) {
  pageTest(`a run whose tab was closed continues to the same weights: ${variant}`, {}, async (page) => {
    const query = variant === 'single' ? '?variant=single' : '';
    const spec = { architecture: 'two-pool-cnn', epochs: 3, subset: 2500, validationCount: 500, seed: 11, augmentation: 1 };
    await openLab(page, query);
    await page.evaluate((given) => { void window.digitlab.train(given).catch(() => {}); }, spec);
    await untilStatus(page, 'the second epoch', ({ training, save }) => training.epoch === 2 && training.batch > 2 && save.phase === 'saved', 120_000);
    await page.goto('about:blank'); // like closing the tab
    await openLab(page, query);
    const [interrupted] = await runs(page);
    assert.equal(interrupted.status, 'stopped');
    assert.equal(interrupted.metrics.length, 1);
    await showView(page, 'History');
    await press(page, `Show ${interrupted.name}`);
    await press(page, 'Continue');
    await untilStatus(page, 'the training', ({ trainings }) => trainings.some(({ runId }) => runId === interrupted.id), 10_000);
    await idle(page);
    const continued = (await runs(page)).find(({ id }) => id === interrupted.id);
    assert.equal(continued.status, 'finished', continued.failure);
    assert.equal(continued.metrics.length, 3);
    const whole = await page.evaluate((given) => window.digitlab.train(given), spec);
    assert.equal(continued.weightsHash, whole.weightsHash);
    assert.deepEqual(continued.test, whole.test);
  });
}

pageTest('a sweep is set up and started with the visible controls', {}, async (page) => {
  await openLab(page);
  await page.evaluate((text) => { location.hash = `spec=${encodeURIComponent(text)}`; }, JSON.stringify({ ...small, epochs: 1 }));
  await until(async () => (await page.getByLabel('Epochs').inputValue()) === '1', 'the form');
  await press(page, 'Search for good settings');
  await page.getByLabel('Values 1').fill('0.0005, 0.004');
  await page.getByRole('combobox', { name: 'Vary 2' }).selectOption('batchSize');
  await page.getByLabel('Values 2').fill('32, 64');
  await until(async () => (await saidText(page)).includes('Start sweep'), 'the button');
  await press(page, 'Start sweep');
  await untilStatus(page, 'four trainings', ({ trainings }) => trainings.length > 0);
  await idle(page);
  const all = await runs(page);
  assert.equal(all.length, 4);
  assert.ok(all.every((run) => run.status === 'finished' && run.sweep.name === 'sweep'));
  await said(page, 'Settings of each run and what came of it');
});

pageTest('everything goes into an archive and comes back', {}, async (page) => {
  await openLab(page);
  const run = await page.evaluate((spec) => window.digitlab.train(spec), small);
  const bytes = await page.evaluate(async () => [...new Uint8Array(await (await window.digitlab.exportArchive()).arrayBuffer())]);
  const bring = (numbers) => page.evaluate((given) => window.digitlab.importArchive(new Blob([Uint8Array.from(given)]))
    .then(() => 'done', (error) => error.code), numbers);
  assert.equal(await bring(bytes), 'done');
  assert.equal((await runs(page)).length, 1, 'runs already in the history are not added again');
  await page.evaluate((id) => window.digitlab.deleteRun(id), run.id);
  assert.equal(await bring(bytes), 'done');
  const [again] = await runs(page);
  assert.deepEqual([again.name, again.weightsHash, again.test], [run.name, run.weightsHash, run.test]);
  assert.ok((await page.evaluate(() => window.digitlab.models())).some(({ id }) => id === again.id), 'its model answers');
  const damaged = bytes.with(bytes.length >> 1, bytes[bytes.length >> 1] ^ 1);
  assert.equal(await bring(damaged), 'bad-archive');
  assert.equal(await bring(bytes.slice(0, 500)), 'bad-archive');
  assert.equal((await runs(page)).length, 1);

  // With the visible controls.
  await showView(page, 'History');
  const download = page.waitForEvent('download');
  await press(page, 'Export everything');
  const file = await (await download).path();
  await page.evaluate((id) => window.digitlab.deleteRun(id), again.id);
  await press(page, 'Import');
  await page.locator('#archive-file').setInputFiles(file, { noWaitAfter: true });
  await until(async () => (await runs(page)).length === 1, 'the run is back');
});

pageTest('ink and answers appear while deeper-cnn trains, and it trains on', {}, async (page) => {
  await openLab(page);
  await page.evaluate(() => { window.done = window.digitlab.train({ architecture: 'deeper-cnn', epochs: 1000, subset: 20000 }); });
  const trained = ({ training }) => (training.epoch - 1) * training.batches + training.batch;
  await untilStatus(page, 'the training', (now) => now.training.batch > 3);
  await showView(page, 'Draw');
  const box = await drawingArea(page);
  const blank = await darkPixels(page, box);
  const before = trained(await status(page));
  await page.mouse.move(box.x + 40, box.y + 40);
  await page.mouse.down();
  for (let step = 0; step < 60; step += 1) await page.mouse.move(box.x + 40 + step * 2, box.y + 40 + step * 3);
  await until(async () => (await darkPixels(page, box)) > blank + 500, 'ink while the pen is down');
  await page.mouse.up();
  await said(page, 'The model says');
  await untilStatus(page, 'more batches', (now) => trained(now) > before);
  await page.evaluate(() => window.digitlab.stop());
  await page.evaluate(() => window.done);
});
