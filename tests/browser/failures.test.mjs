// If something is missing or breaks, the page says so in plain words and never stays blank.

import assert from 'node:assert/strict';
import { stallMs } from '../../web/download.js';
import { openLab, pageTest, showView, siteUrl, status, until, untilStatus, useBrowser } from './harness.mjs';

useBrowser();

async function shownFailure(page) {
  const failure = page.locator('#failure');
  await failure.waitFor({ state: 'visible' });
  return { text: await failure.innerText(), retry: page.getByRole('button', { name: 'Retry' }) };
}

pageTest('without WebGL 2 the page says so', {}, async (page) => {
  await page.addInitScript(() => { HTMLCanvasElement.prototype.getContext = () => null; });
  await page.goto(siteUrl);
  const { text, retry } = await shownFailure(page);
  assert.match(text, /WebGL 2 is not available/);
  assert.ok(await retry.isVisible(), 'there is a Retry button');
});

pageTest('without WebAssembly the page says so', {}, async (page) => {
  await page.addInitScript(() => { delete globalThis.WebAssembly; });
  await page.goto(siteUrl);
  assert.match((await shownFailure(page)).text, /WebAssembly is not available/);
});

pageTest('without SIMD the page says so', {}, async (page) => {
  await page.addInitScript(() => { WebAssembly.validate = () => false; });
  await page.goto(siteUrl);
  assert.match((await shownFailure(page)).text, /too old/);
});

pageTest('without memory the page says so', {}, async (page) => {
  await page.addInitScript(() => {
    WebAssembly.Memory = class { constructor() { throw new RangeError('could not allocate memory'); } };
  });
  await page.goto(new URL('?variant=threads', siteUrl).href);
  assert.match((await shownFailure(page)).text, /not enough memory/i);
});

pageTest('with less memory it still starts', {}, async (page) => {
  await page.addInitScript(() => {
    const Memory = WebAssembly.Memory;
    WebAssembly.Memory = class extends Memory {
      constructor(limits) {
        if (limits.initial > 4096) throw new RangeError('could not allocate memory');
        super(limits);
      }
    };
  });
  await openLab(page, '?variant=threads');
  assert.equal((await page.evaluate(() => window.digitlab.env())).variant, 'threads');
});

pageTest('a program download that is cut off is reported, and Retry loads it', {}, async (page) => {
  let cut = true;
  await page.route('**/*.wasm', async (route) => {
    if (!cut) return route.continue();
    const response = await route.fetch();
    const body = await response.body();
    return route.fulfill({ status: 200, contentType: 'application/wasm', body: body.subarray(0, body.length >> 1) });
  });
  await page.goto(siteUrl);
  const { text, retry } = await shownFailure(page);
  assert.match(text, /cut off/);
  const code = await page.evaluate(() => window.digitlab.ready().then(() => 'none', (error) => error.code));
  assert.equal(code, 'cut-off', 'the API rejects with the same reason');
  cut = false;
  await retry.click();
  await until(() => page.locator('#opening').isHidden(), 'the page opens after Retry');
});

/** Cuts down the time after which a download counts as stalled. */
const soonStalled = (page) => page.addInitScript((longMs) => {
  const { setTimeout } = window;
  window.setTimeout = (callback, ms, ...values) => setTimeout(callback, ms === longMs ? 500 : ms, ...values);
}, stallMs);

pageTest('a program download that stalls is reported, and Retry loads it', {}, async (page) => {
  let stalls = true;
  await soonStalled(page);
  await page.route('**/*.wasm', (route) => (stalls ? undefined : route.continue()));
  await page.goto(siteUrl);
  const { text, retry } = await shownFailure(page);
  assert.match(text, /has stalled/);
  assert.equal(await page.evaluate(() => window.digitlab.ready().then(() => 'none', (error) => error.code)), 'stalled');
  stalls = false;
  await retry.click();
  await until(() => page.locator('#opening').isHidden(), 'the page opens after Retry');
});

pageTest('a stalled data set fails the run that waits for it; a stalled ready-made model delays nothing', {}, async (page) => {
  await soonStalled(page);
  await page.route('**/data/*.gz', () => {});
  await page.route('**/assets/champion.dglb', () => {});
  await openLab(page, '?variant=single');
  const message = await page.evaluate(() => window.digitlab.train({ architecture: 'softmax' }).catch((error) => error.message));
  assert.match(message, /The download of the data set has stalled/);
});

pageTest('a download that goes nowhere is cancelled on the Data view and on the Train view, and then begun again', {}, async (page) => {
  let silent = true;
  await page.route('**/data/*.gz', (route) => (silent ? undefined : route.continue()));
  await openLab(page);
  const press = (name) => page.getByRole('button', { name, exact: true }).click();
  await showView(page, 'Data');
  await press('Download data set');
  await untilStatus(page, 'the download', ({ data }) => data.phase === 'loading');
  await press('Cancel download');
  await untilStatus(page, 'no download', ({ data }) => data.phase === 'absent');

  await showView(page, 'Train');
  await page.evaluate(() => { window.done = window.digitlab.train({ architecture: 'mlp', epochs: 1, subset: 640, validationCount: 64 }); });
  await untilStatus(page, 'the wait for the data set', ({ training, data }) => training.state === 'waiting-for-data' && data.phase === 'loading');
  await press('Cancel download');
  const run = await page.evaluate(() => window.done);
  assert.equal(run.status, 'stopped');
  assert.deepEqual((await status(page)).notices, [], 'what the user has asked for is no error');

  silent = false;
  const { status: ended } = await page.evaluate(() => window.digitlab.train({ architecture: 'mlp', epochs: 1, subset: 640, validationCount: 64 }));
  assert.equal(ended, 'finished');
});

pageTest('when the program dies, waiting promises are rejected', { expectedErrors: /died on purpose/ }, async (page) => {
  // An exception from below ends the program, as a trap would.
  await page.addInitScript(() => {
    const { clear, drawElements } = WebGL2RenderingContext.prototype;
    for (const [name, real] of Object.entries({ clear, drawElements })) {
      WebGL2RenderingContext.prototype[name] = function dying(...values) {
        if (window.dieNow) throw new WebAssembly.RuntimeError('died on purpose');
        return real.apply(this, values);
      };
    }
  });
  await openLab(page);
  await page.evaluate(() => {
    const { digitlab } = window;
    const outcome = (promise) => promise.then(() => 'settled', (error) => error.code);
    window.outcomes = Promise.all([outcome(digitlab.train({ architecture: 'mlp', epochs: 1000 })), outcome(digitlab.train({ epochs: 1000 }))]);
  });
  await untilStatus(page, 'both trainings', ({ trainings }) => trainings.length === 2);
  await page.evaluate(() => { window.dieNow = true; });
  await page.setViewportSize({ width: 1000, height: 700 }); // it draws
  assert.match((await shownFailure(page)).text, /has stopped/);
  assert.deepEqual(await page.evaluate(() => window.outcomes), ['crashed', 'crashed']);
  assert.equal(await page.evaluate(() => window.digitlab.status().catch((error) => error.code)), 'not-running');
});

pageTest('a server that cannot be reached is reported', {}, async (page) => {
  await page.route('**/*.wasm', (route) => route.abort('connectionrefused'));
  await page.goto(siteUrl);
  assert.match((await shownFailure(page)).text, /could not be reached/);
});

pageTest('?variant= chooses the build', {}, async (page) => {
  for (const variant of ['threads', 'single']) {
    await openLab(page, `?variant=${variant}`);
    const env = await page.evaluate(() => window.digitlab.env());
    assert.equal(env.variant, variant);
    assert.equal(env.threads > 1, variant !== 'single' && env.hardwareConcurrency > 1, 'threads in use');
  }
});

pageTest('a data set that arrives damaged or not at all is reported, and can be requested again', {}, async (page) => {
  let how = 'abort';
  await page.route('**/data/*.gz', async (route) => {
    if (how === 'abort') return route.abort('internetdisconnected');
    if (how === 'whole') return route.continue();
    const response = await route.fetch();
    const body = Buffer.from(await response.body());
    body[body.length >> 1] ^= 0xff;
    return route.fulfill({ status: 200, contentType: 'application/gzip', body });
  });
  await openLab(page, '?variant=single');
  const trained = () => page.evaluate(() => window.digitlab.train({ architecture: 'mlp', epochs: 1, subset: 640, validationCount: 64 })
    .then((run) => run.status, (error) => `${error.code}: ${error.message}`));
  assert.match(await trained(), /^failed: .*(could not be reached|no internet)/);
  how = 'flip';
  assert.match(await trained(), /^failed: .*damaged/);
  how = 'whole';
  assert.equal(await trained(), 'finished');
});

pageTest('a failed flush is shown as not saved', {}, async (page) => {
  await page.addInitScript(() => {
    IDBObjectStore.prototype.put = () => { throw new DOMException('The quota has been exceeded.', 'QuotaExceededError'); };
  });
  await openLab(page, '?variant=single');
  await page.evaluate(() => window.digitlab.train({ architecture: 'mlp', epochs: 1, subset: 640, validationCount: 64 }));
  const { save } = await untilStatus(page, 'the failed save', (now) => now.save.phase === 'failed');
  assert.match(save.message, /Not saved.*full/);
  await until(async () => /not saved/i.test(await page.locator('#mirror').textContent()), 'the window says that it is not saved');
});

pageTest('without IndexedDB the page works and says that nothing is kept', {}, async (page) => {
  await page.addInitScript(() => { IDBFactory.prototype.open = () => { throw new DOMException('denied', 'SecurityError'); }; });
  await openLab(page, '?variant=single');
  const { save } = await status(page);
  assert.equal(save.phase, 'read-only');
  assert.match(save.message, /nothing will be kept/);
});
