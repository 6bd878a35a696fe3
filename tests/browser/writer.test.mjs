// Which of several tabs becomes the writer: web/store.js alone, on https, which has Web Locks, and on http, which does not.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { pageTest, useBrowser } from './harness.mjs';

useBrowser();

const secure = 'https://lab.test/';
const plain = 'http://lab.test/';

async function serve(context) {
  await context.route('**/*.js', async (route) => {
    const script = await readFile(new URL(`../../web${new URL(route.request().url()).pathname}`, import.meta.url), 'utf8');
    await route.fulfill({ contentType: 'text/javascript', body: script });
  });
  await context.route(/lab\.test\/$/, (route) => route.fulfill({ contentType: 'text/html', body: '<title>lab</title>' }));
}

/** Starts `becomeWriter`; `window.writer` is its promise. */
const begin = (page) => page.evaluate(() => {
  window.writer = import('./store.js').then(({ becomeWriter }) => becomeWriter(() => { window.waited = true; }));
  window.freed = window.writer.then(({ freed }) => freed);
});
const reason = (page) => page.evaluate(async () => (await window.writer).readOnlyReason);

async function tabs(context, url, count) {
  const pages = [];
  for (let i = 0; i < count; i += 1) {
    pages.push(await context.newPage());
    await pages[i].goto(url);
    assert.equal(await pages[i].evaluate(() => 'locks' in navigator), url === secure);
  }
  return pages;
}

const writers = async (pages) => (await Promise.all(pages.map(reason))).filter((why) => why === '').length;

for (const url of [secure, plain]) {
  pageTest(`exactly one of several tabs that start together writes, at ${url}`, {}, async (_, context) => {
    await serve(context);
    for (let round = 0; round < 3; round += 1) {
      const pages = await tabs(context, url, 4);
      await Promise.all(pages.map(begin));
      assert.equal(await writers(pages), 1);
      const [late] = await tabs(context, url, 1);
      await begin(late);
      assert.match(await reason(late), /another tab/);
      await Promise.all([...pages, late].map((page) => page.close()));
    }
  });
}

pageTest('a tab waits for a lock that a closing tab still holds, however long, and says so', {}, async (_, context) => {
  await serve(context);
  const [closing, next] = await tabs(context, secure, 2);
  // Holds the lock without answering, like a page that is being closed.
  await closing.evaluate(() => new Promise((held) => {
    navigator.locks.request('digitlab-writer', () => { held(); return new Promise(() => {}); });
  }));
  await begin(next);
  await next.waitForFunction(() => window.waited);
  const known = await next.evaluate(() => Promise.race([window.writer.then(() => 'known'), Promise.resolve('unknown')]));
  assert.equal(known, 'unknown');
  await closing.close();
  assert.equal(await reason(next), '');
});

pageTest('a read-only tab becomes the writer when the writer is closed', {}, async (_, context) => {
  await serve(context);
  const [first, second, third] = await tabs(context, secure, 3);
  await begin(first);
  assert.equal(await reason(first), '');
  for (const page of [second, third]) {
    await begin(page);
    assert.match(await reason(page), /another tab/);
  }
  await first.close();
  await Promise.race([second, third].map((page) => page.evaluate(() => window.freed)));
});

pageTest('without locks, the next tab writes after the writer is gone', {}, async (_, context) => {
  await serve(context);
  const [first, second] = await tabs(context, plain, 2);
  await begin(first);
  assert.equal(await reason(first), '');
  await first.close();
  await begin(second);
  assert.equal(await reason(second), '');
});

pageTest('if IndexedDB is denied, the page says that nothing is kept', {}, async (_, context) => {
  await serve(context);
  const [page] = await tabs(context, plain, 1);
  await page.evaluate(() => { IDBFactory.prototype.open = () => { throw new DOMException('denied', 'SecurityError'); }; });
  await begin(page);
  assert.match(await reason(page), /nothing will be kept/);
});
