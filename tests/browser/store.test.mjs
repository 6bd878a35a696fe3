// Which tab may save, and what happens to the work of the others.

import assert from 'node:assert/strict';
import { drawDigit, openLab, pageTest, saidText, showView, status, until, untilStatus, useBrowser } from './harness.mjs';

useBrowser();

const withoutLocks = (target) => target.addInitScript(() => { delete Navigator.prototype.locks; });

const phase = async (page) => (await status(page)).save.phase;

async function drawAndLabel(page, digit) {
  await page.bringToFront();
  const before = (await status(page)).drawings;
  await showView(page, 'Draw');
  await drawDigit(page, digit);
  await until(async () => {
    await page.keyboard.press(String(digit));
    return (await status(page)).drawings === before + 1;
  }, 'the drawing is in the log');
}

const labels = (page) => page.evaluate(async () => (await window.digitlab.drawings()).map(({ label }) => label).sort());

pageTest('a slow start does not make the only tab read-only', {}, async (page) => {
  await page.addInitScript(() => {
    const { setTimeout } = window;
    const request = LockManager.prototype.request;
    const takesLong = () => /Waiting for another tab/.test(document.getElementById('opening-text')?.textContent ?? '');
    LockManager.prototype.request = async function late(...given) {
      while (!takesLong()) await new Promise((resolve) => { setTimeout(resolve, 20); });
      return request.apply(this, given);
    };
  });
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await openLab(page, '?variant=single');
  assert.equal(await phase(page), 'saved');
});

pageTest('a tab that was reloaded is the writer again', {}, async (page) => {
  await openLab(page, '?variant=single');
  for (let i = 0; i < 3; i += 1) {
    await page.reload();
    await page.evaluate(() => window.digitlab.ready());
    await untilStatus(page, 'it may save', ({ save }) => save.phase === 'saved');
  }
});

pageTest('once something is stored, the browser is asked once to keep it, and About says what it answered', {}, async (page) => {
  await page.addInitScript(() => {
    window.asked = 0;
    StorageManager.prototype.persisted = async () => false;
    StorageManager.prototype.persist = async () => { window.asked += 1; return false; };
  });
  await openLab(page);
  assert.equal((await status(page)).storage.persistence, 'unknown');
  await drawAndLabel(page, 7);
  await untilStatus(page, 'the browser’s answer', ({ storage }) => storage.persistence === 'denied');
  await drawAndLabel(page, 1);
  await showView(page, 'About');
  await until(async () => (await saidText(page)).includes('The browser may delete this data'), 'About says what it means');
  assert.equal(await page.evaluate(() => window.asked), 1);
  await untilStatus(page, 'both drawings are saved', ({ save }) => save.phase === 'saved');

  await page.reload();
  await page.evaluate(() => window.digitlab.ready());
  await untilStatus(page, 'the answer of the next visit', ({ storage }) => storage.persistence === 'denied');
  assert.equal(await page.evaluate(() => window.asked), 0);
});

pageTest('a second tab takes over when the first is closed, and saves the work of both', {}, async (page, context) => {
  await openLab(page, '?variant=single');
  const second = await context.newPage();
  await openLab(second, '?variant=single');
  const { save } = await status(second);
  assert.equal(save.phase, 'read-only');
  assert.match(save.message, /another tab/);
  await drawAndLabel(second, 7);
  const run = await second.evaluate(() => window.digitlab.train({ architecture: 'mlp', epochs: 1, subset: 640, validationCount: 64 }));
  await drawAndLabel(page, 1);
  await untilStatus(page, 'the first has saved', (now) => now.save.phase === 'saved');
  await page.close();
  await untilStatus(second, 'the second may save', (now) => now.save.phase === 'saved');
  assert.deepEqual(await labels(second), [1, 7]);
  await second.close();

  const third = await context.newPage();
  await openLab(third, '?variant=single');
  assert.deepEqual(await labels(third), [1, 7]);
  const [kept] = await third.evaluate(() => window.digitlab.runs());
  assert.equal(kept.id, run.id);
  assert.equal(kept.weightsHash, run.weightsHash);
  assert.ok((await status(third)).models.includes(run.id));
});

pageTest('without locks, exactly one of two tabs opened at the same time can save', {}, async (page, context) => {
  await withoutLocks(context);
  const second = await context.newPage();
  await Promise.all([page, second].map((tab) => openLab(tab, '?variant=single')));
  assert.deepEqual((await Promise.all([phase(page), phase(second)])).sort(), ['read-only', 'saved']);
});

pageTest('without locks, the next tab can save after the previous one was closed', {}, async (page, context) => {
  await withoutLocks(context);
  await openLab(page, '?variant=single');
  assert.equal(await phase(page), 'saved');
  await page.close();
  const second = await context.newPage();
  await openLab(second, '?variant=single');
  assert.equal(await phase(second), 'saved');
  const third = await context.newPage();
  await openLab(third, '?variant=single');
  assert.equal(await phase(third), 'read-only');
});

pageTest('if nothing can be stored, everything is exported with its weights', {}, async (page) => {
  await page.addInitScript(() => { IDBFactory.prototype.open = () => { throw new DOMException('denied', 'SecurityError'); }; });
  await openLab(page, '?variant=single');
  assert.equal(await phase(page), 'read-only');
  await page.evaluate(() => window.digitlab.train({ architecture: 'softmax', epochs: 1, subset: 640, validationCount: 64 }));
  const bytes = await page.evaluate(async () => (await window.digitlab.exportArchive()).size);
  assert.ok(bytes > 15_000, `${bytes} bytes`);
});
