// The JavaScript API, in the best variant and in the one without threads.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { openLab, pageTest, predictDrawn, useBrowser, withoutReadyModel } from './harness.mjs';

useBrowser();

const small = { architecture: 'mlp', epochs: 2, subset: 10000, validationCount: 1000, seed: 7 };

/** Calls `digitlab.<method>` and returns the error's code, or "none". */
const codeOf = (page, method, ...parameters) => page.evaluate(([name, values]) => window.digitlab[name](...values)
  .then(() => 'none', (error) => {
    if (!(error instanceof Error) || !error.message) return `no Error with a message but ${error}`;
    return error.code;
  }), [method, parameters]);

for (const query of ['', '?variant=single']) {
  pageTest(`train, predict, list, delete ${query}`, {}, async (page) => {
    await withoutReadyModel(page);
    await openLab(page, query);
    const env = await page.evaluate(async () => {
      await window.digitlab.ready; // as a promise, too
      return window.digitlab.env();
    });
    assert.match(env.variant, query ? /^single$/ : /^threads/);
    assert.match(env.version, /^\d+\.\d+\.\d+/);

    const { run, seen } = await page.evaluate(async (spec) => {
      const progress = [];
      const finished = await window.digitlab.train(spec, (one) => progress.push(one));
      return { run: finished, seen: progress };
    }, small);
    assert.equal(run.status, 'finished');
    assert.equal(run.architecture, 'mlp');
    assert.ok(run.test.accuracy > 0.85, `test accuracy ${run.test.accuracy}`);
    assert.equal(run.test.confusion.length, 10);
    assert.equal(run.test.confusion.flat().reduce((sum, count) => sum + count, 0), 10000, 'every test image is counted once');
    assert.ok(seen.length > 2, `${seen.length} progress reports`);
    for (const key of ['epoch', 'epochs', 'batch', 'batches', 'loss', 'accuracy', 'valAccuracy', 'imagesPerSecond', 'elapsedSecs',
      'etaSecs']) {
      assert.equal(typeof seen.at(-1)[key], 'number', `progress.${key}`);
    }
    assert.ok(seen.at(-1).epoch === 2 && seen.at(-1).valAccuracy > 0.8, `last progress ${JSON.stringify(seen.at(-1))}`);

    const models = await page.evaluate(() => window.digitlab.models());
    assert.equal(models.length, 1);
    assert.equal(models[0].id, run.id);
    assert.equal(models[0].testAccuracy, run.test.accuracy);

    const [answer] = await predictDrawn(page, 7);
    assert.equal(answer.digit, 7, JSON.stringify(answer));
    assert.equal(answer.model, run.id);
    assert.equal(answer.probabilities.length, 10);
    assert.ok(Math.abs(answer.probabilities.reduce((sum, one) => sum + one, 0) - 1) < 1e-3, 'probabilities add up to 1');
    assert.equal(answer.confidence, Math.max(...answer.probabilities));

    assert.equal(await codeOf(page, 'deleteRun', 'r-none'), 'unknown-run');
    assert.equal(await codeOf(page, 'deleteRun', run.id), 'none');
    assert.deepEqual(await page.evaluate(() => window.digitlab.runs()), []);
    assert.equal(await codeOf(page, 'predict', Array(784).fill(0.5)), 'no-model');
  });
}

// tests/cli/cli.test.mjs checks the same for the native program. Relaxed SIMD gives up equal bits for speed.
for (const variant of ['threads', 'single']) {
  pageTest(`a run gives the same weights as on every platform, variant ${variant}`, {}, async (page) => {
    const { spec, weightsHash } = JSON.parse(await readFile(new URL('../same_weights.json', import.meta.url)));
    await openLab(page, `?variant=${variant}`);
    const run = await page.evaluate((one) => window.digitlab.train(one), spec);
    assert.equal(run.weightsHash, weightsHash);
  });
}

pageTest('every kind of picture gives the same answer', {}, async (page) => {
  await openLab(page);
  const digits = await page.evaluate(async (spec) => {
    const { digitlab } = window;
    await digitlab.train(spec);
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 200;
    const context = canvas.getContext('2d');
    context.fillRect(0, 0, 200, 200);
    context.strokeStyle = 'white';
    context.lineWidth = 20;
    context.beginPath();
    context.ellipse(100, 100, 45, 65, 0, 0, 2 * Math.PI);
    context.stroke();
    const blob = await new Promise((resolve) => { canvas.toBlob(resolve); });
    const image = new Image();
    image.src = URL.createObjectURL(blob);
    await image.decode();
    const tiny = new OffscreenCanvas(28, 28);
    tiny.getContext('2d').drawImage(canvas, 0, 0, 28, 28);
    const bytes = Uint8Array.from({ length: 784 }, (_, i) => tiny.getContext('2d').getImageData(0, 0, 28, 28).data[4 * i]);
    const inputs = [canvas, context.getImageData(0, 0, 200, 200), blob, image, await createImageBitmap(canvas), bytes, [...bytes],
      Float32Array.from(bytes, (byte) => byte / 255)];
    return Promise.all(inputs.map(async (input) => (await digitlab.predict(input))[0].digit));
  }, small);
  assert.deepEqual(digits, Array(8).fill(0));
});

pageTest('errors have a code and a message', {}, async (page) => {
  await openLab(page);
  assert.equal(await codeOf(page, 'train', { architecture: 'no-such' }), 'unknown-architecture');
  assert.equal(await codeOf(page, 'train', { architecture: 'mlp', epochs: 0 }), 'bad-spec');
  assert.equal(await codeOf(page, 'train', { architecture: 'mlp', epoch: 3 }), 'bad-spec', 'a misspelt key');
  assert.equal(await codeOf(page, 'train', 'mlp'), 'bad-spec');
  assert.equal(await codeOf(page, 'predict', [1, 2, 3]), 'bad-image');
  assert.equal(await codeOf(page, 'predict', Array(784).fill(-1)), 'bad-image');
  assert.equal(await codeOf(page, 'predict', 'seven'), 'bad-image');
  assert.equal(await codeOf(page, 'predict', Array(784).fill('0.5')), 'bad-image');
  assert.equal(await codeOf(page, 'read', Array(784).fill('0.5')), 'bad-image');
  assert.equal(await codeOf(page, 'pause'), 'not-training');
  assert.equal(await codeOf(page, 'stop'), 'not-training');
  assert.equal(await codeOf(page, 'continueRun', 'r-none'), 'unknown-run');
  assert.equal(await codeOf(page, 'importArchive', 'no blob'), 'bad-argument');
  const codes = await page.evaluate(async (spec) => {
    const { digitlab } = window;
    const first = digitlab.train(spec);
    const { status: queued } = await digitlab.train(spec);
    const busy = await digitlab.continueRun((await first).id).catch((error) => error.code);
    const blank = await digitlab.predict(new ImageData(50, 50)).catch((error) => error.code);
    const zeros = await digitlab.predict(new Uint8Array(784)).catch((error) => error.code);
    const sizes = [];
    for (const [width, height] of [[1440, 1080], [1080, 1440], [622, 188], [586, 1]]) {
      sizes.push(await digitlab.predict(new ImageData(width, height)).catch((error) => error.code));
    }
    const unreadable = await digitlab.read(new Blob(['no picture'])).catch((error) => error.code);
    const unknown = await digitlab.predict(Array(784).fill(0.5), { models: ['r-none'] }).catch((error) => error.code);
    const noPicture = await digitlab.predict(new Blob(['no picture'])).catch((error) => error.code);
    return { queued, busy, blank, zeros, sizes, unreadable, unknown, noPicture };
  }, small);
  assert.deepEqual(codes, { queued: 'finished', busy: 'cannot-continue', blank: 'blank', zeros: 'blank', sizes: Array(4).fill('blank'),
    unreadable: 'bad-image', unknown: 'unknown-model', noPicture: 'bad-image' });
});

for (const query of ['', '?variant=single']) {
  pageTest(`models answer during training, whatever the callback does ${query}`, {}, async (page) => {
    await withoutReadyModel(page);
    await openLab(page, query);
    const result = await page.evaluate(async (spec) => {
      const { digitlab } = window;
      await digitlab.train(spec);
      let calls = 0;
      const second = digitlab.train({ ...spec, epochs: 1000, seed: 8 }, () => {
        calls += 1;
        const end = performance.now() + 100;
        while (performance.now() < end); // a slow callback
        if (calls === 2) throw new Error('a callback that throws');
      });
      await window.untilStatus(({ training }) => training.state === 'training');
      const answers = await digitlab.predict(Array.from({ length: 784 }, (_, i) => Number(i % 28 === 14)));
      const { training } = await digitlab.status();
      await digitlab.stop();
      const run = await second;
      return { answers: answers.length, state: training.state, status: run.status };
    }, small);
    assert.deepEqual(result, { answers: 1, state: 'training', status: 'stopped' });
  });
}

pageTest('open() returns the page’s own instance', {}, async (page) => {
  await openLab(page);
  assert.ok(await page.evaluate(async () => {
    const { open } = await import('./digitlab.js');
    return (await open()) === window.digitlab;
  }));
});

pageTest('a custom architecture is trained', {}, async (page) => {
  await openLab(page);
  const architecture = {
    title: 'Two layers',
    layers: [{ type: 'conv', filters: 4, kernel: 5, activation: 'relu' }, { type: 'max-pool', size: 4 }, { type: 'dense', units: 10 }],
  };
  const run = await page.evaluate((spec) => window.digitlab.train(spec), { architecture, epochs: 1, subset: 2000 });
  assert.equal(run.name, 'model_custom_run1');
  assert.equal(run.parameters, 4 * 26 + (4 * 36 + 1) * 10);
  assert.equal(run.spec.architecture.title, 'Two layers');
  architecture.layers[1].size = 28;
  assert.equal(await codeOf(page, 'train', { architecture }), 'bad-architecture');
});

pageTest('on the first visit a ready-made model answers before anything is trained or downloaded', {}, async (page) => {
  await openLab(page);
  const answer = await predictDrawn(page, 7);
  assert.equal(answer.length, 1);
  assert.equal(answer[0].digit, 7, JSON.stringify(answer));
  assert.equal(answer[0].architecture, 'champion');
  const [model] = await page.evaluate(() => window.digitlab.models());
  assert.equal(model.status, 'ready-made');
  assert.ok(model.testAccuracy > 0.99, `its test accuracy is ${model.testAccuracy}`);
  const { data } = await page.evaluate(() => window.digitlab.status());
  assert.equal(data.phase, 'absent', 'the data set has not been downloaded');
});

pageTest('a damaged ready-made model does not keep the page from opening', {}, async (page) => {
  await page.route('**/assets/champion.dglb', (route) => route.fulfill({ body: 'DGLB, but not a model' }));
  await openLab(page);
  assert.deepEqual(await page.evaluate(() => window.digitlab.models()), []);
});

pageTest('the benchmark measures, and refuses bad options', {}, async (page) => {
  await openLab(page);
  const result = await page.evaluate(() => window.digitlab.bench({ architectures: ['mlp'], secs: 0.05, layers: true }));
  assert.equal(result.architectures.length, 1);
  assert.ok(result.architectures[0].trainImagesPerSecond.median > 100);
  assert.equal(result.architectures[0].layers.length, 2);
  assert.ok(result.peakGflops.oneThread > 0.1 && result.kernel.shareOfPeak > 0);
  assert.equal(await codeOf(page, 'bench', { architectures: ['magic'] }), 'unknown-architecture');
  assert.equal(await codeOf(page, 'bench', { secs: -1 }), 'bad-benchmark');
});

pageTest('the heaviest network trains in 256 MB, data set included', {}, async (page) => {
  await openLab(page);
  const spec = { architecture: 'deeper-cnn', batchSize: 128, epochs: 1, subset: 1500, validationCount: 256 };
  const bytes = await page.evaluate(async (one) => {
    const training = window.digitlab.train(one);
    await window.untilStatus(({ training: { batch } }) => batch >= 3);
    await window.digitlab.stop();
    await training;
    return (await window.digitlab.env()).memoryBytes;
  }, spec);
  assert.ok(bytes > 60e6 && bytes < 256e6, `${Math.round(bytes / 1e6)} MB`);
});
