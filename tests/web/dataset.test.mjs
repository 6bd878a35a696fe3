// Downloading a data set: what the program hears of it.

import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { loadDataset } from '../../web/dataset.js';
import { stallMs } from '../../web/download.js';
import { noteCalls, pretendTimers } from './dom.mjs';

const begin = new Uint8Array(gzipSync(Buffer.alloc(1000, 7))).subarray(0, 10);
const half = (file) => ({ file, bytes: 1000, compressedBytes: 500, sha256: '' });
const real = { fetch: globalThis.fetch, document: globalThis.document };
let timers;

/** A server that sends the first ten bytes of a file and then nothing. */
beforeEach(() => {
  timers = pretendTimers();
  globalThis.navigator ??= { onLine: true };
  globalThis.document = { baseURI: 'https://lab.example/' };
  globalThis.fetch = async (url) => new Response(String(url).endsWith('.json')
    ? JSON.stringify({ mnist: { train: half('train.gz'), test: half('test.gz') } })
    : new ReadableStream({ start: (controller) => controller.enqueue(begin) }));
});
afterEach(() => {
  timers.restore();
  Object.assign(globalThis, real);
});

/** Starts a download; `begun` settles when the first bytes have arrived. */
function start(signal) {
  let tell;
  const begun = new Promise((resolve) => { tell = resolve; });
  const heard = noteCalls({ dataProgress: (_id, received) => { if (received > 0) tell(); } });
  return { heard, begun, done: loadDataset(heard.program, 'mnist', () => {}, signal) };
}

test('a download that receives nothing for half a minute fails, and the program is told why', async () => {
  const { heard, begun, done } = start();
  await begun;
  await new Promise((resolve) => { setImmediate(resolve); }); // the wait for the next bytes has begun
  assert.equal(stallMs, 30_000);
  timers.advance(stallMs - 1);
  await new Promise((resolve) => { setImmediate(resolve); });
  assert.ok(!heard.calls.some(([name]) => name === 'dataFailed'));
  timers.advance(1);
  await done;
  const [name, id, message] = heard.calls.at(-1);
  assert.deepEqual([name, id], ['dataFailed', 'mnist']);
  assert.equal(message, 'The download of the data set has stalled: nothing has come for 30 seconds. Check the connection and try again.');
});

test('the program hears nothing more of a cancelled download', async () => {
  const canceller = new AbortController();
  const { heard, begun, done } = start(canceller.signal);
  await begun;
  heard.take();
  canceller.abort();
  await done;
  assert.deepEqual(heard.calls, []);
});

test('a download that is cancelled before its turn is never heard of', async () => {
  const { heard, done } = start(AbortSignal.abort());
  await done;
  assert.deepEqual(heard.calls, []);
});
