// The WebAssembly program's functions (shell/web/exports.cpp) as JavaScript functions.

/** Bits of what `frame` and `update` return; PageNeeds in shell/web/page.h. */
export const Needs = {
  frame: 1, updates: 2, cpu: 4, data: 8, dark: 16, frameNow: 32, picture: 64, file: 128, copy: 256, archive: 512,
  archivePicker: 1024, files: 2048, painted: 4096,
};

/**
 * @param module what createDigitLab gave
 * @param {(error: Error) => void} onCrash called when the program has died; its functions must not be called any more
 */
export function wrapProgram(module, onCrash) {
  const wrap = (name, result = null, ...parameters) => {
    const call = module.cwrap(name, result, parameters);
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

  /** Copies `array` into the program's memory for the length of `use(address)`. */
  const withCopy = (array, use) => {
    const address = module._malloc(Math.max(array.byteLength, 1));
    if (!address) throw Object.assign(new Error('There is not enough memory for this.'), { code: 'no-memory' });
    try {
      const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
      module.HEAPU8.set(bytes, address);
      return use(address);
    } finally {
      module._free(address);
    }
  };

  const call = wrap('dl_call', s, s, s);
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
    pointer: wrap('dl_pointer', null, n, n, n, n, n, n, n),
    wheel: wrap('dl_wheel', null, n, n),
    resize: wrap('dl_resize', null, n, n, n, n, n),
    digitKey: wrap('dl_digit_key', null, n),
    reportProblem: wrap('dl_report_problem', null, s),
    systemDark: wrap('dl_system_dark', null, n),
    contextLost: wrap('dl_context_lost'),
    contextRestored: wrap('dl_context_restored'),
    cursor: wrap('dl_cursor', s),
    mirrorRevision: wrap('dl_mirror_revision', n),
    mirrorJson: wrap('dl_mirror_json', s),
    mirrorActivate: wrap('dl_mirror_activate', null, n),
    key: (id, name, shift, control) => key(id, name, shift ? 1 : 0, control ? 1 : 0) !== 0,
    mirrorFocus: wrap('dl_mirror_focus', null, n),
    mirrorSet: wrap('dl_mirror_set', null, n, s),
    wantedDataset: wrap('dl_wanted_dataset', s),
    dataProgress: wrap('dl_data_progress', null, s, n, n),
    dataFailed: wrap('dl_data_failed', null, s, s),
    filesPickerOpened: wrap('dl_files_picker_opened'),
    datasetBegin: wrap('dl_dataset_begin'),
    datasetFile: wrap('dl_dataset_file', n, s, n),
    datasetAdd: wrap('dl_dataset_add', s, s),
    /** Writes into memory that the program has given for this. */
    writeMemory: (address, bytes) => module.HEAPU8.set(bytes, address),
    pickerOpened: wrap('dl_picker_opened'),
    pictureFailed: wrap('dl_picture_failed', null, s),
    call,
    memoryBytes: wrap('dl_memory_bytes', n),
    importArchive: (bytes) => withCopy(bytes, (address) => importArchive(address, bytes.length)),
    /** Everything as an archive: {bytes} or {error: {code, message}}. */
    exportArchive() {
      const { value, error } = JSON.parse(call('exportArchive', 'null'));
      return error ? { error } : { bytes: module.HEAPU8.slice(value.address, value.address + value.size) };
    },
    addReadyModel: (bytes) => withCopy(bytes, (address) => addReadyModel(address, bytes.length)),
    dataTake: (id, train, bytes) => withCopy(bytes, (address) => dataTake(id, train ? 1 : 0, address, bytes.length)),
    predictPixels: (pixels, only) => withCopy(pixels, (address) => predictPixels(address, pixels.length, only)),
    setPicture: ({ data, width, height }) => withCopy(data, (address) => setPicture(address, width, height)),
    predictRgba: ({ data, width, height }, only) => withCopy(data, (address) => predictRgba(address, width, height, only)),
    readRgba: ({ data, width, height }, only) => withCopy(data, (address) => readRgba(address, width, height, only)),
  };
}
