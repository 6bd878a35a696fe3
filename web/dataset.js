// Downloads data sets. Each is two gzipped files next to the page, described by data/datasets.json. Each file holds images and
// labels in MNIST's own format (src/data/idx.h).

import { consumeBody, DownloadError, fetchJson, readAll, request } from './download.js';
import { messageOf } from './error_message.js';
import { NoMemoryError } from './program.js';

class DamagedError extends Error {}

/** @param {string} what */
const damaged = (what) => new DamagedError(`${what} arrived damaged. Try again; if it happens again, the copy on the server is bad.`);

/**
 * Downloads what the program asked for and hands it over; reports progress and failure to the program. Says nothing more once it
 * is cancelled.
 * @param {import('./program.js').Program} program
 * @param {string} id of the data set
 * @param {() => void} onChange called after each call that changes the program's state
 * @param {AbortSignal} [signal] cancels the download
 */
export async function loadDataset(program, id, onChange, signal) {
  // The program has forgotten a cancelled download, and may have begun another.
  const say = (/** @type {() => void} */ tell) => {
    if (signal?.aborted) return;
    tell();
    onChange();
  };
  try {
    say(() => program.dataProgress(id, 0, 0));
    const list = await fetchJson('data/datasets.json', 'the list of data sets', { signal });
    /** @type {{train: Half, test: Half} | undefined} */
    const halves = list[id];
    if (!halves) throw new DamagedError('This copy of the page lacks the data set. Reload the page, or ask whoever runs it.');
    const received = { train: 0, test: 0 };
    const total = halves.train.compressedBytes + halves.test.compressedBytes;
    const report = (/** @type {'train' | 'test'} */ half) => (/** @type {number} */ bytes) => {
      received[half] = bytes;
      say(() => program.dataProgress(id, Math.min(received.train + received.test, total), total));
    };
    // One after the other, so that the larger is freed before the smaller is unpacked.
    for (const half of /** @type {const} */ (['train', 'test'])) {
      const bytes = await fetchPacked(halves[half], report(half), signal);
      say(() => {
        const problem = program.dataTake(id, half === 'train', bytes);
        if (problem) throw new DamagedError(problem);
      });
    }
  } catch (error) {
    say(() => program.dataFailed(id, plainWords(error)));
  }
}

/** @param {unknown} error */
function plainWords(error) {
  if (error instanceof DownloadError || error instanceof DamagedError || error instanceof NoMemoryError) return error.message;
  return `The data set could not be loaded (${messageOf(error)}). Try again.`;
}

/** @typedef {{file: string, bytes: number, compressedBytes: number, sha256: string}} Half of a data set, in data/datasets.json */

/**
 * @param {Half} entry
 * @param {(received: number) => void} onBytes
 * @param {AbortSignal} [signal]
 */
async function fetchPacked(entry, onBytes, signal) {
  const what = 'the data set';
  const response = await request(new URL(entry.file, new URL('data/', document.baseURI)), what, { signal });
  // If the response is unpacked on the way (Content-Encoding), its length is meaningless; the check below does not need it.
  const unpackedOnTheWay = response.headers.get('content-encoding') !== null;
  const options = { expected: unpackedOnTheWay ? undefined : entry.compressedBytes, onBytes, signal };
  const bytes = await consumeBody(response, what, options, unpackedOnTheWay ? readAll : unpack);
  if (bytes.length !== entry.bytes || !(await hasSha256(bytes, entry.sha256))) throw damaged('The data set');
  return bytes;
}

/** @param {ReadableStream<Uint8Array<ArrayBuffer>>} stream */
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

/**
 * Returns true where crypto.subtle is missing, as on pages that are not served securely: gzip's own checksum has to do there.
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {string} expected
 */
async function hasSha256(bytes, expected) {
  if (!expected || !globalThis.crypto?.subtle) return true;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('') === expected;
}
