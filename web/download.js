// Downloads with progress. Every failure has a message that says in plain words what happened.

/** How long a download may receive nothing before it counts as stalled. */
export const stallMs = 30_000;

export class DownloadError extends Error {
  /**
   * @param {'offline' | 'missing' | 'cut-off' | 'stalled' | 'cancelled'} code
   * @param {string} message
   */
  constructor(code, message) {
    super(message);
    this.name = 'DownloadError';
    this.code = code;
  }
}

/** @param {string} what */
const cutOff = (what) => new DownloadError('cut-off',
  `The download of ${what} was cut off. Check the connection and try again.`);

/** @param {string} what */
const cancelled = (what) => new DownloadError('cancelled', `The download of ${what} was cancelled.`);

/** @param {string} what @param {number} patienceMs */
const stalled = (what, patienceMs) => new DownloadError('stalled',
  `The download of ${what} has stalled: nothing has come for ${Math.round(patienceMs / 1000)} seconds. Check the connection and try again.`);

/**
 * @typedef {object} Patience
 * @property {AbortSignal} [signal] cancels the download
 * @property {number} [patienceMs] how long the download may receive nothing
 */

/**
 * Settles as `work` does, unless that takes too long or is cancelled.
 * @template T
 * @param {Promise<T>} work
 * @param {string} what
 * @param {Patience} options
 * @returns {Promise<T>}
 */
export function withPatience(work, what, { signal, patienceMs = stallMs }) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(stalled(what, patienceMs)), patienceMs);
    const cancel = () => reject(cancelled(what));
    if (signal?.aborted) cancel();
    signal?.addEventListener('abort', cancel);
    work.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
    });
  });
}

/**
 * Returns the server's response, once its headers have arrived.
 * @param {string | URL} url
 * @param {string} what the file in plain words, e.g. "the program"
 * @param {RequestInit & Patience} [options]
 */
export async function request(url, what, { signal, patienceMs, ...options } = {}) {
  const givenUp = new AbortController();
  let response;
  try {
    response = await withPatience(fetch(url, { ...options, signal: givenUp.signal }), what, { signal, patienceMs });
  } catch (error) {
    givenUp.abort();
    if (error instanceof DownloadError) throw error;
    throw new DownloadError('offline', navigator.onLine === false
      ? `There is no internet connection, so ${what} could not be loaded.`
      : `The server could not be reached, so ${what} could not be loaded. Check the connection and try again.`);
  }
  if (!response.ok) {
    throw new DownloadError('missing', `The server does not hand out ${what} (answer ${response.status}). Try again later.`);
  }
  return response;
}

/**
 * Returns `use(stream)` for the body. When the download itself fails, stalls, is cancelled or ends early, that is the error
 * thrown, not the one that `use` throws because its stream breaks off.
 * @template T
 * @param {Response} response
 * @param {string} what
 * @param {{expected?: number, onBytes?: (received: number) => void} & Patience} options `expected`: length in bytes, if known
 * @param {(stream: ReadableStream<Uint8Array<ArrayBuffer>>) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function consumeBody(response, what, { expected, onBytes, ...patience }, use) {
  /** @type {DownloadError | null} */
  let failure = null;
  if (!response.body) throw cutOff(what);
  const reader = response.body.getReader();
  let received = 0;
  /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */
  const counted = new ReadableStream({
    async pull(controller) {
      const part = await withPatience(reader.read(), what, patience)
        .catch((error) => (error instanceof DownloadError ? error : cutOff(what)));
      if (part instanceof DownloadError || (part.done && expected && received !== expected)) {
        failure = part instanceof DownloadError ? part : cutOff(what);
        controller.error(failure);
        reader.cancel(failure).catch(() => {}); // it has failed already
      } else if (part.done) {
        controller.close();
      } else {
        received += part.value.length;
        onBytes?.(received);
        controller.enqueue(part.value);
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
  try {
    return await use(counted);
  } catch (error) {
    throw failure ?? error;
  }
}

/** @param {ReadableStream<Uint8Array>} stream */
export async function readAll(stream) {
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/**
 * Downloads a JSON file.
 * @param {string} url
 * @param {string} what
 * @param {Patience} [patience]
 * @returns {Promise<any>}
 */
export async function fetchJson(url, what, patience = {}) {
  const response = await request(url, what, { cache: 'no-cache', ...patience });
  const bytes = await consumeBody(response, what, patience, readAll);
  return JSON.parse(new TextDecoder().decode(bytes));
}
