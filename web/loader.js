// Opens the page: finds out what the browser supports, downloads the matching build of the program, and says in plain words
// what is wrong if that fails.

import { Api } from './api.js';
import { Connection } from './connection.js';
import { consumeBody, DownloadError, fetchJson, readAll, request, withPatience } from './download.js';
import { messageOf } from './error_message.js';
import { findObstacle, usableVariants } from './features.js';
import { Page } from './page.js';
import { wrapProgram } from './program.js';
import { becomeWriter } from './store.js';

/**
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} id
 */
const $ = (id) => /** @type {T} */ (document.getElementById(id));
const canvas = /** @type {HTMLCanvasElement} */ ($('canvas'));
const progress = /** @type {HTMLProgressElement} */ ($('opening-progress'));

/**
 * The content of site.json (tools/site.mjs): the sizes of each variant's files.
 * @typedef {{version: string, variants: Record<string, Record<string, number>>}} Site
 * @typedef {Awaited<ReturnType<typeof becomeWriter>>} Writer
 * @typedef {import('./program.js').Module} Module
 */

const MiB = 1024 * 1024;
const memorySizes = [1024 * MiB, 512 * MiB, 256 * MiB];
const wasmPage = 65536;
const mostThreads = 8; // more do not make these small networks train faster
const mostAtOnce = 4; // runs; `most_at_once` in app/state.h
// Runs share the threads, but each has at least one. As many threads again may belong to a benchmark, or to runs that have just
// ended or got a smaller share. A run that finds too few continues with fewer.
const workersFor = (/** @type {number} */ threads) => Math.max(threads, mostAtOnce) + threads + 1;
const startPatienceMs = 60_000;

class OpeningError extends Error {
  /**
   * @param {string} code
   * @param {string} title
   * @param {string} message
   */
  constructor(code, title, message) {
    super(message);
    this.code = code;
    this.title = title;
  }
}

const patienceMs = 1500; // for the ready-made model, once the program runs

const connection = new Connection();
globalThis.digitlab = new Api(connection);

async function open() {
  const obstacle = findObstacle();
  if (obstacle) throw new OpeningError('unsupported', obstacle.title, obstacle.text);

  /** @type {Site} */
  const site = await fetchJson('site.json', 'the program');
  const writer = becomeWriter(() => say('Waiting for another tab of Digit Lab …'));
  const readyModel = fetchReadyModel();
  const module = await startBest(usableVariants(Object.keys(site.variants)), site, await writer);
  const program = wrapProgram(module, crash);
  const page = new Page(program, { stage: $('stage'), canvas, mirror: $('mirror'), dropHint: $('drop-hint') });
  running = page;
  const modelAdded = readyModel.then((bytes) => addReadyModel(page, program, bytes));
  await Promise.race([modelAdded, new Promise((resolve) => setTimeout(resolve, patienceMs))]);
  connection.connect(page, program);
  $('opening').hidden = true;
  (await writer).freed.then(() => program.takeOverStore());
}

/** Downloads the model that answers before anything has been trained. Returns null on failure: the page opens without it. */
async function fetchReadyModel() {
  try {
    const what = 'the ready-made model';
    return await consumeBody(await request('assets/champion.dglb', what, { cache: 'no-cache' }), what, {}, readAll);
  } catch (error) {
    console.warn(`The ready-made model could not be loaded. ${messageOf(error)} Models you train answer all the same.`);
    return null;
  }
}

/**
 * @param {Page} page
 * @param {import('./program.js').Program} program
 * @param {Uint8Array | null} bytes
 */
function addReadyModel(page, program, bytes) {
  const problem = bytes && program.addReadyModel(bytes);
  if (problem) console.warn(`The ready-made model cannot answer: ${problem}`);
  page.changed();
}

/**
 * Starts the first variant that can be started. If the browser rejects one after all, or gives it no memory, the next is tried.
 * @param {string[]} variants
 * @param {Site} site
 * @param {Writer} writer
 * @returns {Promise<Module>}
 */
async function startBest(variants, site, writer) {
  for (const variant of variants) {
    try {
      return await start(variant, site, writer);
    } catch (error) {
      const surmountable = isDamaged(error) || (error instanceof OpeningError && error.code === 'no-memory');
      if (!surmountable || variant === variants.at(-1)) throw error;
      console.warn(`Variant ${variant} does not start (${messageOf(error)}); trying the next.`);
    }
  }
  throw new Error('There is no variant to start.');
}

/**
 * @param {string} variant
 * @param {Site} site
 * @param {Writer} writer
 * @returns {Promise<Module>}
 */
async function start(variant, site, writer) {
  const threads = variant === 'single' ? 1 : Math.min(navigator.hardwareConcurrency || 1, mostThreads);
  const memory = variant === 'single' ? undefined : sharedMemory();
  const folder = new URL(`variants/${variant}/`, document.baseURI);
  const [wasm, { default: createDigitLab }] = await Promise.all([
    download(folder, site.variants?.[variant]?.['digitlab.wasm']),
    importScript(new URL('digitlab.js', folder)),
  ]);
  say('Starting …');
  // SDL finds and uses this context. A frame paints only what has changed (shell/web/renderer.h), so the rest must be
  // preserved.
  canvas.getContext('webgl2', { alpha: false, depth: false, antialias: false, preserveDrawingBuffer: true });
  const options = { variant, version: site.version, threads, readOnlyReason: writer.readOnlyReason };

  let resolveOpened = () => {};
  let rejectOpened = (/** @type {unknown} */ _error) => {};
  /** @type {Promise<void>} */
  const opened = new Promise((resolve, reject) => {
    resolveOpened = resolve;
    rejectOpened = reject;
  });
  const slow = setTimeout(() => rejectOpened(new OpeningError('crashed', 'Digit Lab does not start',
    'The program was loaded but did not start within a minute. Close other tabs and try again.')), startPatienceMs);
  /** @type {Promise<Module>} */
  const created = createDigitLab({
    canvas,
    arguments: [JSON.stringify(options)],
    pthreadPoolSize: workersFor(threads),
    ...(memory && { wasmMemory: memory }),
    instantiateWasm(/** @type {WebAssembly.Imports} */ imports, /** @type {(...made: unknown[]) => void} */ use) {
      WebAssembly.instantiate(wasm, imports).then((instance) => use(instance, wasm), rejectOpened);
      return {};
    },
    onOpened(/** @type {string} */ code, /** @type {string} */ problem) {
      if (!code) resolveOpened();
      else rejectOpened(new OpeningError(code, 'The window cannot be drawn', `WebGL 2 could not be started (${problem}).`));
    },
    onTakenOver: () => running?.changed(),
    onAbort: (/** @type {unknown} */ reason) => crash(new Error(String(reason))),
  });
  created.catch(rejectOpened);
  try {
    await opened; // the program has started and has read the store
    return await created;
  } finally {
    clearTimeout(slow);
  }
}

/** Allocates the largest memory that the browser gives, of fixed size: a growing one is slow or crashes in Safari. */
function sharedMemory() {
  for (const bytes of memorySizes) {
    const pages = bytes / wasmPage;
    try {
      return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
    } catch { /* try less */ }
  }
  throw new OpeningError('no-memory', 'There is not enough memory',
    'Digit Lab needs 256 MB of memory, and the browser does not give that much. Close other tabs or programs and try again.');
}

/**
 * Downloads the program and compiles it while the bytes arrive.
 * @param {URL} folder
 * @param {number | undefined} bytes how many are expected
 */
async function download(folder, bytes) {
  const what = 'the program';
  const response = await request(new URL('digitlab.wasm', folder), what);
  const onBytes = (/** @type {number} */ received) => {
    if (bytes) progress.value = received / bytes;
    say(bytes ? `Loading … ${inMb(received)} of ${inMb(bytes)} MB` : `Loading … ${inMb(received)} MB`);
  };
  return consumeBody(response, what, { expected: bytes, onBytes }, (stream) => WebAssembly.compileStreaming(
    new Response(stream, { headers: { 'Content-Type': 'application/wasm' } })));
}

/**
 * Imports the script. Fetches it into the browser's cache first, since an import says nothing about why its download failed.
 * @param {URL} url
 */
async function importScript(url) {
  const what = 'the program';
  await consumeBody(await request(url, what), what, {}, readAll);
  try {
    return await withPatience(import(url.href), what, {});
  } catch (error) {
    throw error instanceof DownloadError ? error
      : new DownloadError('cut-off', 'The download of the program was cut off. Check the connection and try again.');
  }
}

/** @param {number} bytes */
const inMb = (bytes) => (bytes / 1e6).toFixed(1);

/** @param {string} text */
function say(text) {
  if ($('opening-text').textContent !== text) $('opening-text').textContent = text;
}

// --- failures -----------------------------------------------------------------------------------------------------------

/** @type {Page | null} */
let running = null;

const isDamaged = (/** @type {unknown} */ error) => error instanceof Error && error.name === 'CompileError';

$('failure-retry').addEventListener('click', () => location.reload());

/** @param {unknown} error */
function showFailure(error) {
  console.error(error);
  running?.stop();
  const { code, title, text } = explained(error);
  $('failure-title').textContent = title;
  $('failure-text').textContent = text;
  $('failure-detail').textContent = text === messageOf(error) ? '' : messageOf(error);
  $('opening-work').hidden = true;
  $('failure').hidden = false;
  $('opening').hidden = false;
  document.title = 'Digit Lab';
  connection.fail(code, text);
}

/** @param {unknown} error */
function explained(error) {
  if (error instanceof OpeningError) return { code: error.code, title: error.title, text: error.message };
  if (error instanceof DownloadError) return { code: error.code, title: 'Digit Lab could not be loaded', text: error.message };
  if (isDamaged(error)) {
    return { code: 'crashed', title: 'The program arrived damaged', text: 'What was downloaded is not a whole program. Try again.' };
  }
  if (error instanceof RangeError) {
    return {
      code: 'no-memory',
      title: 'There is not enough memory',
      text: 'The browser does not give Digit Lab the memory it needs. Close other tabs or programs and try again.',
    };
  }
  return {
    code: 'crashed',
    title: 'Digit Lab does not start',
    text: 'Something unexpected went wrong. Try again; the line below helps to find the cause.',
  };
}

/**
 * Called when the program has died. What it held in memory is lost; what was saved is not.
 * @param {unknown} error
 */
function crash(error) {
  showFailure(Object.assign(new OpeningError('crashed', 'Digit Lab has stopped',
    `An error ended the program. Runs are kept up to their last finished epoch. Reload to go on. (${messageOf(error)})`), { cause: error }));
}

open().catch(showFailure);
