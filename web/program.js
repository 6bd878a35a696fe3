// The WebAssembly program's functions (shell/web/exports.cpp) as JavaScript functions.

/** The bits that `frame` and `update` return; see shell/web/page_needs.h. */
export const Needs = { frame: 1, updates: 2, cpu: 4, platform: 8, dark: 16, frameNow: 32, painted: 64 };

/** The program has no memory for the data it was to be given. */
export class NoMemoryError extends Error {
  code = 'no-memory';

  constructor() {
    super('There is not enough memory for this.');
  }
}

/**
 * The module that Emscripten's createDigitLab makes.
 * @typedef {object} Module
 * @property {(name: string, result: string | null, parameters: string[]) => (...values: any[]) => any} cwrap
 * @property {(bytes: number) => number} _malloc
 * @property {(address: number) => void} _free
 * @property {Uint8Array} HEAPU8
 */

/** @typedef {'number' | 'string'} Kind */
/** @typedef {ReturnType<typeof wrapProgram>} Program */
/** @typedef {{data: Uint8Array | Uint8ClampedArray, width: number, height: number}} Rgba an RGBA picture, like ImageData */

/**
 * @param {Module} module
 * @param {(error: unknown) => void} onCrash called when the program has died; its functions must not be called after that
 */
export function wrapProgram(module, onCrash) {
  /**
   * @template {Kind | null} R
   * @template {Kind[]} P
   * @param {string} name of the exported function
   * @param {R} result
   * @param {P} parameters
   */
  const wrap = (name, result, ...parameters) => {
    const call = module.cwrap(name, result, parameters);
    /**
     * @param {{[I in keyof P]: P[I] extends 'number' ? number : string}} values
     * @returns {R extends 'number' ? number : R extends 'string' ? string : void}
     */
    return (...values) => {
      try {
        return call(...values);
      } catch (error) {
        onCrash(error);
        throw error;
      }
    };
  };
  const n = 'number';
  const s = 'string';

  /**
   * Returns `use(address)`; while it runs, a copy of `array` is at `address` in the program's memory.
   * @template T
   * @param {ArrayBufferView} array
   * @param {(address: number) => T} use
   */
  const withCopy = (array, use) => {
    const address = module._malloc(Math.max(array.byteLength, 1));
    if (!address) throw new NoMemoryError();
    try {
      const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
      module.HEAPU8.set(bytes, address);
      return use(address);
    } finally {
      module._free(address);
    }
  };

  const call = wrap('dl_call', s, s, s);
  const exportArchive = wrap('dl_export_archive', s);
  const archive = wrap('dl_archive', n);
  const releaseArchive = wrap('dl_release_archive', null);
  const importArchive = wrap('dl_import_archive', s, n, n);
  const addReadyModel = wrap('dl_add_ready_model', s, n, n);
  const dataTake = wrap('dl_data_take', s, s, n, n, n);
  const key = wrap('dl_key', n, n, s, n, n);
  const setPicture = wrap('dl_set_picture', null, n, n, n);
  const predictPixels = wrap('dl_predict_pixels', s, n, n, s);
  const predictRgba = wrap('dl_predict_rgba', s, n, n, n, s);
  const readRgba = wrap('dl_read_rgba', s, n, n, n, s);

  return {
    frame: wrap('dl_frame', n),
    update: wrap('dl_update', n, n),
    needs: wrap('dl_needs', n),
    msToNextFrame: wrap('dl_ms_to_next_frame', n),
    pointer: wrap('dl_pointer', null, n, n, n, n, n, n, n),
    wheel: wrap('dl_wheel', null, n, n),
    resize: wrap('dl_resize', null, n, n, n, n, n),
    digitKey: wrap('dl_digit_key', null, n),
    reportProblem: wrap('dl_report_problem', null, s, s),
    systemDark: wrap('dl_system_dark', null, n),
    contextLost: wrap('dl_context_lost', null),
    contextRestored: wrap('dl_context_restored', null),
    cursor: wrap('dl_cursor', s),
    mirrorRevision: wrap('dl_mirror_revision', n),
    mirrorJson: wrap('dl_mirror_json', s),
    mirrorActivate: wrap('dl_mirror_activate', null, n),
    /** @type {(id: number, name: string, shift: boolean, control: boolean) => boolean} */
    key: (id, name, shift, control) => key(id, name, shift ? 1 : 0, control ? 1 : 0) !== 0,
    mirrorFocus: wrap('dl_mirror_focus', null, n),
    mirrorSet: wrap('dl_mirror_set', null, n, s),
    dataProgress: wrap('dl_data_progress', null, s, n, n),
    dataFailed: wrap('dl_data_failed', null, s, s),
    datasetBegin: wrap('dl_dataset_begin', null),
    datasetFile: wrap('dl_dataset_file', n, s, n),
    datasetAdd: wrap('dl_dataset_add', s, s),
    /**
     * Writes into memory that the program has provided, as `datasetFile` does.
     * @type {(address: number, bytes: Uint8Array) => void}
     */
    writeMemory: (address, bytes) => module.HEAPU8.set(bytes, address),
    call,
    takeOverStore: wrap('dl_take_over_store', null),
    memoryBytes: wrap('dl_memory_bytes', n),
    /** @type {(bytes: Uint8Array) => string} */
    importArchive: (bytes) => withCopy(bytes, (address) => importArchive(address, bytes.length)),
    /**
     * Returns everything as an archive.
     * @returns {{bytes: Uint8Array<ArrayBuffer>, error?: undefined} | {bytes?: undefined, error: {code: string, message: string}}}
     */
    exportArchive() {
      const { value: size, error } = JSON.parse(exportArchive());
      if (error) return { error };
      const address = archive();
      try {
        return { bytes: Uint8Array.from(module.HEAPU8.subarray(address, address + size)) };
      } catch {
        return { error: { code: 'no-memory', message: 'There is not enough memory for the archive. Close other tabs and try again.' } };
      } finally {
        releaseArchive();
      }
    },
    /** @type {(bytes: Uint8Array) => string} */
    addReadyModel: (bytes) => withCopy(bytes, (address) => addReadyModel(address, bytes.length)),
    /** @type {(id: string, train: boolean, bytes: Uint8Array) => string} */
    dataTake: (id, train, bytes) => withCopy(bytes, (address) => dataTake(id, train ? 1 : 0, address, bytes.length)),
    /** @type {(pixels: Float32Array, only: string) => string} */
    predictPixels: (pixels, only) => withCopy(pixels, (address) => predictPixels(address, pixels.length, only)),
    /** @type {(picture: Rgba) => void} */
    setPicture: ({ data, width, height }) => withCopy(data, (address) => setPicture(address, width, height)),
    /** @type {(picture: Rgba, only: string) => string} */
    predictRgba: ({ data, width, height }, only) => withCopy(data, (address) => predictRgba(address, width, height, only)),
    /** @type {(picture: Rgba, only: string) => string} */
    readRgba: ({ data, width, height }, only) => withCopy(data, (address) => readRgba(address, width, height, only)),
  };
}
