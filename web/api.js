// The JavaScript API behind `window.digitlab`. digitlab.d.ts describes its methods.

import { rethrow } from './connection.js';
import { digitPixels, greyPicture, isA, pictureData } from './digit_image.js';
import { DigitLabError } from './digitlab_error.js';
import { drawingsFile } from './drawing_files.js';

/** @typedef {import('./digitlab').DigitLab} DigitLab */

/** @implements {DigitLab} */
export class Api {
  #connection;

  /** @param {import('./connection.js').Connection} connection */
  constructor(connection) {
    this.#connection = connection;
    const { opened } = connection;

    /** @type {DigitLab['ready']} Both `await digitlab.ready` and `await digitlab.ready()` wait until the program runs. */
    this.ready = Object.assign(() => opened, {
      then: opened.then.bind(opened),
      catch: opened.catch.bind(opened),
      finally: opened.finally.bind(opened),
    });
  }

  // --- questions --------------------------------------------------------------------------------------------------

  /** @type {DigitLab['env']} */
  async env() {
    return {
      ...(await this.#connection.call('env')),
      memoryBytes: this.#connection.running().program.memoryBytes(),
      crossOriginIsolated: globalThis.crossOriginIsolated === true,
      hardwareConcurrency: navigator.hardwareConcurrency,
      userAgent: navigator.userAgent,
    };
  }

  /** @type {DigitLab['status']} */
  async status() { return this.#connection.call('status'); }
  /** @type {DigitLab['models']} */
  async models() { return this.#connection.call('models'); }
  /** @type {DigitLab['runs']} */
  async runs() { return this.#connection.call('runs'); }

  // --- training ---------------------------------------------------------------------------------------------------

  /** @type {DigitLab['train']} */
  async train(spec = {}, onProgress = undefined) {
    if (spec === null || typeof spec !== 'object') throw new DigitLabError('bad-spec', 'The spec must be an object.');
    await nextTask(); // gives the workers of a run that has just ended time to return to the pool
    return this.#follow('train', spec, onProgress);
  }

  /** @type {DigitLab['continueRun']} */
  async continueRun(id, onProgress = undefined) {
    await nextTask();
    return this.#follow('continueRun', { id: String(id) }, onProgress);
  }

  /**
   * Calls a method that starts a run and waits for its end.
   * @param {string} method
   * @param {object} given
   * @param {Parameters<DigitLab['train']>[1]} onProgress
   */
  async #follow(method, given, onProgress) {
    const { runId } = await this.#connection.call(method, given);
    this.#connection.running().page.changed();
    let reported = '';
    return this.#connection.until(() => {
      /** @type {import('./digitlab').Status} */
      const status = this.#connection.callNow('status');
      /** @type {import('./digitlab').Run} */
      const run = this.#connection.callNow('run', { id: runId });
      const training = status.trainings.find((one) => one.runId === runId);
      if (onProgress && run.status === 'running' && training) reported = report(onProgress, training, reported);
      if (run.status === 'running' || run.status === 'queued' || status.save.phase === 'saving') return undefined;
      if (run.status === 'failed') throw new DigitLabError('failed', run.failure ?? '', run);
      return run;
    });
  }

  // These act on the run `id`, or without one on the training in view.
  /** @type {DigitLab['pause']} */
  async pause(id) { return this.#connection.command('pause', runArgument(id)); }
  /** @type {DigitLab['resume']} */
  async resume(id) { return this.#connection.command('resume', runArgument(id)); }
  /** @type {DigitLab['stop']} */
  async stop(id) { return this.#connection.command('stop', runArgument(id)); }
  /** @type {DigitLab['step']} */
  async step(unit = 'batch', id = undefined) { return this.#connection.command('step', { unit, ...runArgument(id) }); }
  /** @type {DigitLab['setLearningRate']} */
  async setLearningRate(learningRate, id) { return this.#connection.command('setLearningRate', { learningRate, ...runArgument(id) }); }
  /** @type {DigitLab['setAtOnce']} */
  async setAtOnce(count) { return this.#connection.command('setAtOnce', { count }); }

  /** @type {DigitLab['renameRun']} */
  async renameRun(id, name) { return this.#connection.command('renameRun', { id: String(id), name: String(name) }); }
  /** @type {DigitLab['deleteRun']} */
  async deleteRun(id) { return this.#connection.command('deleteRun', { id: String(id) }); }

  /** @type {DigitLab['bench']} */
  async bench(options = {}) {
    await this.#connection.call('startBenchmark', options);
    for (;;) {
      const result = this.#connection.callNow('takeBenchmark');
      if (result) return result;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  // --- answers ----------------------------------------------------------------------------------------------------

  /** @type {DigitLab['predict']} */
  async predict(image, { models = null } = {}) {
    await this.#connection.opened;
    const only = JSON.stringify(models);
    const pixels = digitPixels(image);
    if (pixels) return this.#connection.ask((program) => program.predictPixels(pixels, only));
    const picture = await pictureData(image).catch(rethrow);
    return this.#connection.ask((program) => program.predictRgba(picture, only));
  }

  /** @type {DigitLab['read']} */
  async read(image, { models = null } = {}) {
    await this.#connection.opened;
    const pixels = digitPixels(image);
    const picture = pixels ? greyPicture(pixels) : await pictureData(image).catch(rethrow);
    return this.#connection.ask((program) => program.readRgba(picture, JSON.stringify(models)));
  }

  // --- drawings ---------------------------------------------------------------------------------------------------

  /** @type {DigitLab['drawings']} */
  async drawings() {
    /** @type {any[]} */
    const drawings = await this.#connection.call('drawings');
    return drawings.map(({ formatVersion, picture, pixels, ...rest }) => ({ ...rest, pixels: bytesOf(pixels) }));
  }

  /** @type {DigitLab['labelDrawing']} */
  async labelDrawing(id, label) { return this.#connection.command('labelDrawing', { id: String(id), label }); }

  /** @type {DigitLab['exportDrawings']} */
  async exportDrawings({ format = 'csv' } = {}) {
    await this.#connection.opened;
    if (!exportFormats.includes(format)) {
      throw new DigitLabError('bad-argument', `format must be one of ${exportFormats.join(', ')}.`);
    }
    return (await drawingsFile((method, parameters) => this.#connection.callNow(method, parameters), format)).blob;
  }

  // --- data sets --------------------------------------------------------------------------------------------------

  /** @type {DigitLab['datasets']} */
  async datasets() { return this.#connection.call('datasets'); }

  /** @type {DigitLab['chooseDataset']} */
  async chooseDataset(id) { return this.#connection.command('chooseDataset', { id: String(id) }); }

  /** @type {DigitLab['addDataset']} */
  async addDataset(name, files) {
    await this.#connection.opened;
    const blobs = isA(files, 'Blob') ? [files] : [...files];
    if (!blobs.every((blob) => isA(blob, 'Blob'))) throw new DigitLabError('bad-argument', 'Give files or blobs.');
    const { page } = this.#connection.running();
    const number = await page.datasetFiles.bring(String(name), blobs).catch((error) => this.#connection.explain(error));
    page.changed();
    return this.#connection.until(() => {
      /** @type {import('./digitlab').Status} */
      const { import: last, datasets, save } = this.#connection.callNow('status');
      if (last.number === number && (last.active || save.phase === 'saving')) return undefined;
      if (last.number === number && last.error) throw new DigitLabError(last.error.code, last.error.message);
      const made = datasets.find(({ id }) => id === last.id);
      if (!made) throw new DigitLabError('cancelled', 'The data set is gone: it was removed, or another one was read after it.');
      return made;
    });
  }

  /** @type {DigitLab['removeDataset']} */
  async removeDataset(id) { return this.#connection.command('removeDataset', { id: String(id) }); }

  /** @type {DigitLab['exportArchive']} */
  async exportArchive() {
    await this.#connection.opened;
    const { bytes, error } = this.#connection.attempt((program) => program.exportArchive());
    if (error) throw new DigitLabError(error.code, error.message);
    return new Blob([bytes], { type: 'application/octet-stream' });
  }

  /** @type {DigitLab['importArchive']} */
  async importArchive(blob) {
    await this.#connection.opened;
    if (!isA(blob, 'Blob')) throw new DigitLabError('bad-argument', 'An archive is given as a Blob or File.');
    const bytes = new Uint8Array(await blob.arrayBuffer());
    this.#connection.ask((program) => program.importArchive(bytes));
    this.#connection.running().page.changed();
  }
}

const exportFormats = ['csv', 'csv-pixels', 'images'];

/** @param {string} base64 */
const bytesOf = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

/** @param {string | undefined} id */
const runArgument = (id) => (id === undefined ? {} : { id: String(id) });

/** @returns {Promise<void>} */
const nextTask = () => new Promise((resolve) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    resolve();
  };
  port2.postMessage(null);
});

/**
 * Reports progress if it has changed. An error thrown by the callback is only logged: it must not end the training.
 * @param {(progress: import('./digitlab').Progress) => void} onProgress
 * @param {import('./digitlab').Progress} training
 * @param {string} reported what was reported last
 */
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
