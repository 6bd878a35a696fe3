// The JavaScript API of Digit Lab; typed in digitlab.d.ts. On the page the same object is `window.digitlab`.

import { DatasetError } from './dataset_files.js';
import { drawingsFile } from './drawing_files.js';
import { decodePicture, PictureError, pixelsOf } from './pictures.js';

/** What every rejected promise of the API holds: `code` for programs, `message` for people. */
export class DigitLabError extends Error {
  constructor(code, message) {
    super(message);
    this.name = 'DigitLabError';
    this.code = code;
  }
}

const digitSide = 28;

export class DigitLab {
  #page = null;
  #program = null;
  #opened;
  #open;
  #fail;

  constructor() {
    this.#opened = new Promise((resolve, reject) => {
      this.#open = resolve;
      this.#fail = reject;
    });
    this.#opened.catch(() => {}); // whoever waits for it hears of it

    /** Both `await digitlab.ready` and `await digitlab.ready()` wait until the program runs. */
    this.ready = Object.assign(() => this.#opened, {
      then: (...handlers) => this.#opened.then(...handlers),
      catch: (handler) => this.#opened.catch(handler),
      finally: (handler) => this.#opened.finally(handler),
    });
  }

  // --- for the loader ---------------------------------------------------------------------------------------------

  connect(page, program) {
    this.#page = page;
    this.#program = program;
    this.#open(this.#result(program.call('env', 'null')));
  }

  fail(code, message) {
    this.#fail(new DigitLabError(code, message));
    this.#program = null;
  }

  // --- questions --------------------------------------------------------------------------------------------------

  async env() {
    return {
      ...(await this.#call('env')),
      memoryBytes: this.#alive().memoryBytes(),
      crossOriginIsolated: globalThis.crossOriginIsolated === true,
      hardwareConcurrency: navigator.hardwareConcurrency,
      userAgent: navigator.userAgent,
    };
  }

  async status() { return this.#call('status'); }
  async models() { return this.#call('models'); }
  async runs() { return this.#call('runs'); }

  // --- training ---------------------------------------------------------------------------------------------------

  async train(spec = {}, onProgress = undefined) {
    if (spec === null || typeof spec !== 'object') throw new DigitLabError('bad-spec', 'The spec must be an object.');
    await nextTask(); // lets the workers of a training that has just ended come back
    return this.#follow('train', spec, onProgress);
  }

  /** Trains a stopped or interrupted run to its end, as if it had never stopped. */
  async continueRun(id, onProgress = undefined) {
    await nextTask();
    return this.#follow('continueRun', { id: String(id) }, onProgress);
  }

  /** Calls a method that begins a training and waits for its end. */
  async #follow(method, given, onProgress) {
    const { runId } = await this.#call(method, given);
    this.#page.changed();
    return new Promise((resolve, reject) => {
      let reported = '';
      const look = () => {
        try {
          const status = this.#callNow('status');
          const run = this.#callNow('run', { id: runId });
          const running = run.status === 'running' || run.status === 'queued';
          const training = status.trainings.find((one) => one.runId === runId);
          if (onProgress && run.status === 'running' && training) reported = report(onProgress, training, reported);
          if (running || status.save.phase === 'saving') return;
          end();
          if (run.status === 'failed') reject(Object.assign(new DigitLabError('failed', run.failure), { run }));
          else resolve(run);
        } catch (error) {
          end();
          reject(error);
        }
      };
      const end = this.#page.onChange(look);
      look();
    });
  }

  // Of the run `id`; of the training in view without.
  async pause(id) { return this.#command('pause', runArgument(id)); }
  async resume(id) { return this.#command('resume', runArgument(id)); }
  async stop(id) { return this.#command('stop', runArgument(id)); }
  /** Goes on for one 'batch' or 'epoch' and pauses. */
  async step(unit = 'batch', id = undefined) { return this.#command('step', { unit, ...runArgument(id) }); }
  async setLearningRate(learningRate, id) { return this.#command('setLearningRate', { learningRate, ...runArgument(id) }); }
  /** How many train at the same time. */
  async setAtOnce(count) { return this.#command('setAtOnce', { count }); }

  async deleteRun(id) { return this.#command('deleteRun', { id: String(id) }); }

  /** Measures this browser; see `Benchmark` in digitlab.d.ts. */
  async bench(options = {}) {
    await this.#call('startBenchmark', options);
    for (;;) {
      const result = this.#callNow('takeBenchmark');
      if (result) return result;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  // --- answers ----------------------------------------------------------------------------------------------------

  async predict(image, { models = null } = {}) {
    await this.#opened;
    const only = JSON.stringify(models);
    const pixels = digitPixels(image);
    if (pixels) return this.#result(this.#alive().predictPixels(pixels, only));
    const picture = await pictureData(image).catch((error) => {
      throw error instanceof PictureError ? new DigitLabError(error.code, error.message) : error;
    });
    return this.#result(this.#alive().predictRgba(picture, only));
  }

  /** All digits of a picture, read as a number. */
  async read(image, { models = null } = {}) {
    await this.#opened;
    const pixels = digitPixels(image);
    const picture = pixels ? greyPicture(pixels) : await pictureData(image);
    return this.#result(this.#alive().readRgba(picture, JSON.stringify(models)));
  }

  // --- drawings ---------------------------------------------------------------------------------------------------

  async drawings() {
    const drawings = await this.#call('drawings');
    return drawings.map(({ formatVersion, picture, pixels, ...rest }) => ({ ...rest, pixels: bytesOf(pixels) }));
  }

  async labelDrawing(id, label) { return this.#command('labelDrawing', { id: String(id), label }); }

  async exportDrawings({ format = 'csv' } = {}) {
    await this.#opened;
    if (!exportFormats.includes(format)) {
      throw new DigitLabError('bad-argument', `format must be one of ${exportFormats.join(', ')}.`);
    }
    return (await drawingsFile((method, parameters) => this.#callNow(method, parameters), format)).blob;
  }

  // --- data sets --------------------------------------------------------------------------------------------------

  async datasets() { return this.#call('datasets'); }

  async chooseDataset(id) { return this.#command('chooseDataset', { id: String(id) }); }

  /** Makes a data set of files; see `addDataset` in digitlab.d.ts. */
  async addDataset(name, files) {
    await this.#opened;
    const blobs = isA(files, 'Blob') ? [files] : [...files];
    if (!blobs.every((blob) => isA(blob, 'Blob'))) throw new DigitLabError('bad-argument', 'Give files or blobs.');
    this.#alive();
    const number = await this.#page.datasetFiles.bring(String(name), blobs).catch((error) => {
      throw error instanceof DatasetError ? new DigitLabError(error.code, error.message) : error;
    });
    this.#page.changed();
    return new Promise((resolve, reject) => {
      const look = () => {
        try {
          const { import: last, datasets, save } = this.#callNow('status');
          if (last.number === number && (last.active || save.phase === 'saving')) return;
          end();
          if (last.number === number && last.error) throw new DigitLabError(last.error.code, last.error.message);
          resolve(datasets.find(({ id }) => id === last.id));
        } catch (error) {
          end();
          reject(error);
        }
      };
      const end = this.#page.onChange(look);
      look();
    });
  }

  async removeDataset(id) { return this.#command('removeDataset', { id: String(id) }); }

  /** All runs, models and drawings as one file. */
  async exportArchive() {
    await this.#opened;
    const { bytes, error } = this.#alive().exportArchive();
    if (error) throw new DigitLabError(error.code, error.message);
    return new Blob([bytes], { type: 'application/octet-stream' });
  }

  /** Adds what is not here yet. */
  async importArchive(blob) {
    await this.#opened;
    if (!isA(blob, 'Blob')) throw new DigitLabError('bad-argument', 'An archive is given as a Blob or File.');
    const bytes = new Uint8Array(await blob.arrayBuffer());
    this.#result(this.#alive().importArchive(bytes));
    this.#page.changed();
  }

  // --- the program ------------------------------------------------------------------------------------------------

  #alive() {
    if (!this.#program) throw new DigitLabError('not-running', 'Digit Lab has stopped. Reload the page.');
    return this.#program;
  }

  async #call(method, parameters = null) {
    await this.#opened;
    return this.#callNow(method, parameters);
  }

  #callNow(method, parameters = null) {
    return this.#result(this.#alive().call(method, JSON.stringify(parameters)));
  }

  async #command(method, parameters) {
    await this.#call(method, parameters);
    this.#page.changed();
  }

  #result(text) {
    const { value, error } = JSON.parse(text);
    if (error) throw new DigitLabError(error.code, error.message);
    return value;
  }
}

const exportFormats = ['csv', 'csv-pixels', 'images'];

const bytesOf = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

const runArgument = (id) => (id === undefined ? {} : { id: String(id) });

const nextTask = () => new Promise((resolve) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    resolve();
  };
  port2.postMessage(null);
});

// A callback that throws is its owner's business and must not end the training.
function report(onProgress, training, reported) {
  const progress = JSON.stringify(training);
  if (progress !== reported) {
    try {
      onProgress(training);
    } catch (error) {
      console.error(error);
    }
  }
  return progress;
}

// --- pictures -----------------------------------------------------------------------------------------------------------

const isNumbers = (image) => Array.isArray(image) || (ArrayBuffer.isView(image) && !(image instanceof DataView));

/** 784 numbers in MNIST's form as Float32Array in [0, 1], or null when `image` is a picture. */
function digitPixels(image) {
  if (!isNumbers(image)) return null;
  if (image.length !== digitSide * digitSide) {
    throw new DigitLabError('bad-image', `A digit is 28 × 28 = 784 numbers, not ${image.length}.`);
  }
  const pixels = Float32Array.from(image);
  let largest = 0;
  for (const pixel of pixels) {
    if (!(pixel >= 0 && pixel <= 255)) throw new DigitLabError('bad-image', 'The numbers must be 0 to 1, or 0 to 255.');
    largest = Math.max(largest, pixel);
  }
  return largest > 1 ? pixels.map((pixel) => pixel / 255) : pixels;
}

/** `pixels` as a picture in colour, white on black. */
function greyPicture(pixels) {
  const data = new Uint8Array(4 * pixels.length);
  pixels.forEach((pixel, index) => data.set([255 * pixel, 255 * pixel, 255 * pixel, 255], 4 * index));
  return { data, width: digitSide, height: digitSide };
}

async function pictureData(image) {
  if (isA(image, 'ImageData')) return image;
  if (isA(image, 'Blob')) return decodePicture(image);
  const sizes = { HTMLImageElement: ['naturalWidth', 'naturalHeight'], HTMLVideoElement: ['videoWidth', 'videoHeight'] };
  for (const kind of ['HTMLCanvasElement', 'OffscreenCanvas', 'ImageBitmap', 'HTMLImageElement', 'HTMLVideoElement']) {
    const [width, height] = sizes[kind] ?? ['width', 'height'];
    if (isA(image, kind)) return pixelsOf(image, image[width], image[height]);
  }
  throw new DigitLabError('bad-image', 'Give ImageData, a canvas, an image, a Blob, or 784 numbers.');
}

const isA = (object, kind) => typeof globalThis[kind] === 'function' && object instanceof globalThis[kind];

// --- opening ------------------------------------------------------------------------------------------------------------

/** The Digit Lab of this page, once it runs. */
export async function open() {
  const digitlab = globalThis.digitlab;
  if (!digitlab) throw new DigitLabError('not-available', 'Digit Lab can be opened on its own page only in this version.');
  await digitlab.ready();
  return digitlab;
}
