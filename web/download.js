// Fetches with progress; every way to fail says in plain words what happened.

export class DownloadError extends Error {
  /**
   * @param {'offline' | 'missing' | 'cut-off'} code
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

/**
 * Returns the server's answer, once its header is there.
 * @param {string | URL} url
 * @param {string} what the file in people's words, e.g. "the program"
 * @param {RequestInit} [options]
 */
export async function request(url, what, options) {
  let response;
  try {
    response = await fetch(url, options);
  } catch {
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
 * Returns what `use(stream)` makes of the body. When the download itself fails or ends early, that is the error, whatever `use` made
 * of its stream breaking off.
 * @template T
 * @param {Response} response
 * @param {string} what
 * @param {{expected?: number, onBytes: (received: number) => void}} options `expected`: length in bytes, if known
 * @param {(stream: ReadableStream<Uint8Array<ArrayBuffer>>) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function consumeBody(response, what, { expected, onBytes }, use) {
  /** @type {DownloadError | null} */
  let failure = null;
  if (!response.body) throw cutOff(what);
  const reader = response.body.getReader();
  let received = 0;
  /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */
  const counted = new ReadableStream({
    async pull(controller) {
      const part = await reader.read().catch(() => null);
      if (!part || (part.done && expected && received !== expected)) {
        failure = cutOff(what);
        controller.error(failure);
      } else if (part.done) {
        controller.close();
      } else {
        received += part.value.length;
        onBytes(received);
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
