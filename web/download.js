// Fetching with progress, where every way to fail says in plain words what happened.

export class DownloadError extends Error {
  /** @param {'offline' | 'missing' | 'cut-off'} code */
  constructor(code, message) {
    super(message);
    this.name = 'DownloadError';
    this.code = code;
  }
}

const cutOff = (what) => new DownloadError('cut-off',
  `The download of ${what} was cut off. Check the connection and try again.`);

/**
 * The answer of the server, once its header is there.
 * @param {string} what the file in people's words, e.g. "the program"
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
 * The body as a stream that reports how many bytes have come and fails when it ends early.
 * @param {number} [expected] length in bytes, if known
 */
export function countedBody(response, what, expected, onBytes) {
  const reader = response.body.getReader();
  let received = 0;
  return new ReadableStream({
    async pull(controller) {
      let part;
      try {
        part = await reader.read();
      } catch {
        controller.error(cutOff(what));
        return;
      }
      if (part.done) {
        if (expected && received !== expected) controller.error(cutOff(what));
        else controller.close();
        return;
      }
      received += part.value.length;
      onBytes(received);
      controller.enqueue(part.value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

export async function readAll(stream) {
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
