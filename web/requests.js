// Carries out the program's requests to the page, by kind (src/app/platform_requests.h). If a handler throws an Error, its
// message becomes a notice.

import { chooseArchive, saveArchive } from './archive_files.js';
import { loadDataset } from './dataset.js';
import { download, drawingsFile } from './drawing_files.js';
import { messageOf } from './error_message.js';
import { copySettings } from './links.js';

/** @typedef {import('./page.js').Page} Page */
/** @typedef {keyof typeof handlers} RequestKind */
/** @typedef {{id: number, kind: RequestKind} & Record<string, any>} Request */

const handlers = {
  'pick-picture': (/** @type {Page} */ page) => page.upload.choose(),
  'pick-archive': (/** @type {Page} */ page) => chooseArchive(page),
  'pick-dataset-files': (/** @type {Page} */ page) => page.datasetFiles.choose(),
  'save-drawings': saveDrawings,
  'save-archive': (/** @type {Page} */ page) => saveArchive(page),
  'copy-settings': (/** @type {Page} */ page, /** @type {any} */ { format, text }) => copySettings(page, format, text),
  'download-dataset': downloadInTurn,
  'persist-storage': persistStorage,
  'cancel-download': cancelDownload,
};

/**
 * @param {Page} page
 * @param {Request} request
 */
export const handle = (page, request) => handlers[request.kind](page, request);

/**
 * @param {Page} page
 * @param {any} request
 */
async function saveDrawings(page, { format }) {
  const call = (/** @type {string} */ method, /** @type {unknown} */ parameters = null) => page.call(method, parameters);
  try {
    download(await drawingsFile(call, format));
  } catch (error) {
    throw new Error(`The file could not be made. ${messageOf(error)}`);
  }
}

let lastDownload = Promise.resolve();

/** @type {Map<string, AbortController>} cancels the latest download of each data set */
const cancellers = new Map();

/**
 * Downloads data sets one after the other, which is as fast and takes less memory.
 * @param {Page} page
 * @param {any} request
 */
function downloadInTurn(page, { dataset }) {
  const canceller = new AbortController();
  cancellers.set(dataset, canceller);
  lastDownload = lastDownload.then(() => loadDataset(page.program, dataset, () => page.changed(), canceller.signal));
  return lastDownload;
}

/**
 * Reports whether the browser keeps what is stored when its disk runs full.
 * @param {Page} page
 * @param {any} request
 */
async function persistStorage(page, { ask }) {
  page.call('reportPersistence', { answer: await persistence(ask).catch(() => 'unsupported') });
}

/** @param {boolean} ask whether to ask for it, if it has not been promised yet */
async function persistence(ask) {
  const { storage } = navigator; // missing where pages are not served securely
  if (!storage?.persist) return 'unsupported';
  return await storage.persisted() || (ask && await storage.persist()) ? 'granted' : 'denied';
}

/**
 * @param {Page} _page
 * @param {any} request
 */
async function cancelDownload(_page, { dataset }) {
  cancellers.get(dataset)?.abort();
}
