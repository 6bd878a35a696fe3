// Takes files for a custom data set: chosen in the browser's file picker, dropped while the Data view is shown, or passed to
// the API. Their bytes go straight into the memory of the program, which reads them a little at a time.

import { messageOf } from './error_message.js';

const mostBytes = 256 * 1024 * 1024; // as in src/data/dataset_files.h

export class DatasetError extends Error {
  /**
   * @param {string} code
   * @param {string} message
   */
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

export class DatasetFiles {
  /**
   * @param {import('./program.js').Program} program
   * @param {() => void} onChange called after a call that may change the program's state
   */
  constructor(program, onChange) {
    this.program = program;
    this.onChange = onChange;
    this.bringing = false;

    this.picker = document.createElement('input');
    this.picker.type = 'file';
    this.picker.multiple = true;
    this.picker.id = 'dataset-files';
    this.picker.hidden = true;
    this.picker.addEventListener('change', () => {
      this.take([...(this.picker.files ?? [])]);
      this.picker.value = ''; // the same files may be chosen again
    });
    document.body.append(this.picker);
  }

  /** Opens the picker. Must be called soon after a click, since the browser opens it only in response to one. */
  choose() {
    this.picker.click();
  }

  /** Returns whether files that are dropped now are meant for a data set. */
  wanted() {
    return JSON.parse(this.program.call('status', 'null')).value?.view === 'Data';
  }

  /**
   * Makes a data set of the files, or reports why that cannot be done.
   * @param {File[]} files
   */
  async take(files) {
    if (files.length === 0) return;
    try {
      await this.bring(nameOf(files[0].name), files);
    } catch (error) {
      if (!(error instanceof DatasetError)) console.error(error);
      this.program.reportProblem(error instanceof DatasetError ? error.message
        : `The files could not be read (${messageOf(error)}). Choose them again.`, 'dataset-files');
    }
    this.onChange();
  }

  /**
   * @param {string} name of the data set
   * @param {(Blob | File)[]} files
   * @returns {Promise<number>} the number of the import, which continues on its own
   */
  async bring(name, files) {
    const bytes = files.reduce((sum, { size }) => sum + size, 0);
    if (bytes > mostBytes) {
      throw new DatasetError('too-large', `The files have ${Math.ceil(bytes / 2 ** 20)} MB; at most ${mostBytes / 2 ** 20} MB are taken.`);
    }
    if (this.bringing) throw new DatasetError('busy', 'A data set is being read already. Wait until it is there, or cancel it.');
    this.bringing = true;
    try {
      this.program.datasetBegin();
      for (const [index, file] of files.entries()) {
        await this.bringOne(file, file instanceof File ? file.name : `file ${index + 1}`);
      }
      const { value, error } = JSON.parse(this.program.datasetAdd(name));
      if (error) throw new DatasetError(error.code, error.message);
      return value;
    } catch (error) {
      this.program.datasetBegin(); // drops the files added so far
      throw error;
    } finally {
      this.bringing = false;
    }
  }

  /**
   * @param {Blob} file
   * @param {string} name
   */
  async bringOne(file, name) {
    const address = this.program.datasetFile(name, file.size);
    if (!address) throw new DatasetError('no-memory', `There is not enough memory for ${name}. Close other tabs, or give less.`);
    let written = 0;
    for (const reader = file.stream().getReader(); ;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (written + value.length > file.size) throw new DatasetError('bad-files', `${name} changed while it was read. Try again.`);
      this.program.writeMemory(address + written, value);
      written += value.length;
    }
    if (written !== file.size) throw new DatasetError('bad-files', `${name} could not be read to its end. Try again.`);
  }
}

/**
 * Returns "my letters" for "my letters.csv.gz".
 * @param {string} file
 */
function nameOf(file) {
  const name = file.replace(/(?<=.)\.[^/]*$/, '').replace(/\p{Cc}/gu, ' ').trim();
  let short = '';
  for (const letter of name) if (new TextEncoder().encode(short + letter).length <= 60) short += letter;
  return short || 'My data';
}
