// Downloads from a real server that imitates failing servers and networks.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { consumeBody, fetchJson, readAll, request } from '../../web/download.js';

globalThis.navigator ??= { onLine: true }; // absent in older versions of Node.js

const body = Buffer.alloc(200_000, 7);
const patienceMs = 100; // nothing in these tests is slow enough to reach this limit by accident

let server;
let address;
before(async () => {
  server = createServer((asked, answer) => {
    const part = () => {
      answer.writeHead(200, { 'Content-Length': body.length });
      answer.write(body.subarray(0, 1000));
    };
    const answers = {
      '/whole': () => answer.end(body),
      '/json': () => answer.end('{"one": 1}'),
      '/missing': () => answer.writeHead(404).end(),
      '/silent': () => {},
      '/stalled': part,
      '/cut': () => {
        part();
        setTimeout(() => answer.destroy(), 10);
      },
    };
    answers[asked.url]();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  address = `http://127.0.0.1:${server.address().port}`;
});
after(() => {
  server.closeAllConnections();
  server.close();
});

async function download(path, options = {}) {
  return consumeBody(await request(address + path, 'the thing', options), 'the thing', options, readAll);
}

const failure = (promise) => promise.then(() => assert.fail('it did not fail'), ({ code, message }) => ({ code, message }));

test('a file arrives, and its progress is reported', async () => {
  const told = [];
  const bytes = await download('/whole', { expected: body.length, onBytes: (received) => told.push(received) });
  assert.deepEqual(Buffer.from(bytes), body);
  assert.equal(told.at(-1), body.length);
  assert.deepEqual(await fetchJson(`${address}/json`, 'the thing'), { one: 1 });
});

for (const path of ['/silent', '/stalled']) {
  test(`a stalled download fails and says what to do: ${path}`, async () => {
    const { code, message } = await failure(download(path, { patienceMs }));
    assert.equal(code, 'stalled');
    assert.match(message, /the thing has stalled: nothing has come for .* seconds\. Check the connection and try again\./);
  });

  test(`a download can be cancelled: ${path}`, async () => {
    const controller = new AbortController();
    const cancelled = failure(download(path, { signal: controller.signal }));
    setTimeout(() => controller.abort(), 20);
    assert.equal((await cancelled).code, 'cancelled');
  });
}

test('a download that was cancelled before it began does not begin', async () => {
  assert.equal((await failure(download('/silent', { signal: AbortSignal.abort() }))).code, 'cancelled');
});

test('a slow reader is not a stalled download', async () => {
  const response = await request(`${address}/whole`, 'the thing');
  const bytes = await consumeBody(response, 'the thing', { patienceMs }, async (stream) => {
    const reader = stream.getReader();
    let sum = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return sum;
      if (sum === 0) await new Promise((resolve) => { setTimeout(resolve, 3 * patienceMs); });
      sum += value.length;
    }
  });
  assert.equal(bytes, body.length);
});

test('cut-off, missing and unreachable files have different errors', async () => {
  assert.equal((await failure(download('/cut', { expected: body.length }))).code, 'cut-off');
  assert.equal((await failure(download('/json', { expected: 11 }))).code, 'cut-off');
  assert.equal((await failure(download('/missing'))).code, 'missing');
  assert.equal((await failure(request('http://127.0.0.1:1/', 'the thing'))).code, 'offline');
});
