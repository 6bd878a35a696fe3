// Data sets to download: two gzipped files each next to the page, described by data/datasets.json. Each file holds pictures and labels in MNIST's own
// format (src/data/idx.h).

import { consumeBody, DownloadError, readAll, request } from './download.js';

class DamagedError extends Error {}

const damaged = (what) => new DamagedError(`${what} arrived damaged. Try again; if it happens again, the copy on the server is bad.`);

/**
 * Downloads what the program asked for and hands it over; reports progress and failure to the program.
 * @param program
 * @param {string} id of the data set
 * @param {() => void} onChange called whenever the program was told something
 */
export async function loadDataset(program, id, onChange) {
  const say = (tell) => {
    tell();
    onChange();
  };
  try {
    say(() => program.dataProgress(id, 0, 0));
    const list = await (await request('data/datasets.json', 'the list of data sets', { cache: 'no-cache' })).json();
    const halves = list[id];
    if (!halves) throw new DamagedError('This copy of the page lacks the data set. Reload the page, or ask whoever runs it.');
    const received = { train: 0, test: 0 };
    const total = halves.train.compressedBytes + halves.test.compressedBytes;
    const report = (half) => (bytes) => {
      received[half] = bytes;
      say(() => program.dataProgress(id, Math.min(received.train + received.test, total), total));
    };
    // One after the other, so that the larger is out of memory again before the smaller is unpacked.
    for (const half of ['train', 'test']) {
      const bytes = await fetchPacked(halves[half], report(half));
      say(() => {
        const problem = program.dataTake(id, half === 'train', bytes);
        if (problem) throw new DamagedError(problem);
      });
    }
  } catch (error) {
    say(() => program.dataFailed(id, plainWords(error)));
  }
}

function plainWords(error) {
  if (error instanceof DownloadError || error instanceof DamagedError || error.code === 'no-memory') return error.message;
  return `The data set could not be loaded (${error.message}). Try again.`;
}

async function fetchPacked(entry, onBytes) {
  const what = 'the data set';
  const response = await request(new URL(entry.file, new URL('data/', document.baseURI)), what);
  // Servers that unpack on the way (Content-Encoding) make lengths meaningless here; the check below does not need them.
  const unpackedOnTheWay = response.headers.get('content-encoding') !== null;
  const options = { expected: unpackedOnTheWay ? undefined : entry.compressedBytes, onBytes };
  const bytes = await consumeBody(response, what, options, unpackedOnTheWay ? readAll : unpack);
  if (bytes.length !== entry.bytes || !(await hasSha256(bytes, entry.sha256))) throw damaged('The data set');
  return bytes;
}

async function unpack(stream) {
  if (typeof DecompressionStream !== 'function') {
    throw new DamagedError('This browser cannot unpack the data set. Current versions of Chrome, Edge, Firefox and Safari can.');
  }
  try {
    return await readAll(stream.pipeThrough(new DecompressionStream('gzip')));
  } catch {
    throw damaged('The data set');
  }
}

// crypto.subtle exists on secure pages only; elsewhere gzip's own checksum has to do.
async function hasSha256(bytes, expected) {
  if (!expected || !globalThis.crypto?.subtle) return true;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('') === expected;
}
