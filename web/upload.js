// Takes pictures from the user: chosen in the browser's file picker (phones offer the camera there), dropped anywhere on the
// page, or pasted. Of several pictures the first is used. While the Data view is shown, dropped files are for a data set
// instead.

import { isArchive, openArchive } from './archive_files.js';
import { decodePicture, PictureError } from './pictures.js';

/** @type {(transfer: DataTransfer | null) => transfer is DataTransfer} */
const hasFiles = (transfer) => transfer !== null && transfer.types.includes('Files');

export class Upload {
  /**
   * @param {import('./program.js').Program} program
   * @param {HTMLElement} hint shown while something is dragged over the page
   * @param {() => void} onChange called after a call that may change the program's state
   * @param {import('./dataset_files.js').DatasetFiles} datasets takes dropped files while the Data view is shown
   */
  constructor(program, hint, onChange, datasets) {
    this.program = program;
    this.hint = hint;
    this.onChange = onChange;
    this.datasets = datasets;
    this.latest = 0; // number of the picture chosen last; if several are being decoded, only that one is shown

    this.picker = document.createElement('input');
    this.picker.type = 'file';
    this.picker.accept = 'image/*';
    this.picker.id = 'picture-file';
    this.picker.hidden = true;
    this.picker.addEventListener('change', () => {
      this.take([...(this.picker.files ?? [])]);
      this.picker.value = ''; // the same file may be chosen again
    });
    document.body.append(this.picker);

    window.addEventListener('dragenter', (event) => this.drag(event));
    window.addEventListener('dragover', (event) => this.drag(event));
    window.addEventListener('dragleave', (event) => { if (event.relatedTarget === null) this.hint.hidden = true; });
    window.addEventListener('drop', (event) => this.drop(event));
    document.addEventListener('paste', (event) => this.paste(event));
  }

  /** Opens the picker. Must be called soon after a click, since the browser opens it only in response to one. */
  choose() {
    this.picker.click();
  }

  /** @param {DragEvent} event */
  drag(event) {
    if (!hasFiles(event.dataTransfer)) return;
    event.preventDefault(); // otherwise the browser would navigate to the file
    event.dataTransfer.dropEffect = 'copy';
    if (this.hint.hidden) {
      const words = this.datasets.wanted() ? 'Drop the files: they become a data set' : 'Drop the picture: its digits will be read';
      if (this.hint.firstElementChild) this.hint.firstElementChild.textContent = words;
    }
    this.hint.hidden = false;
  }

  /** @param {DragEvent} event */
  drop(event) {
    this.hint.hidden = true;
    if (!hasFiles(event.dataTransfer)) return;
    event.preventDefault();
    this.takeAny([...event.dataTransfer.files]);
  }

  /** @param {File[]} files */
  takeAny(files) {
    if (this.datasets.wanted()) this.datasets.take(files);
    else this.take(files);
  }

  /** @param {ClipboardEvent} event */
  paste(event) {
    if (!hasFiles(event.clipboardData)) return; // text is pasted into the focused field
    event.preventDefault();
    this.take([...event.clipboardData.files]);
  }

  /**
   * Shows the first picture, or reports why it cannot be shown. If an archive is among the files, imports that instead.
   * @param {File[]} files
   */
  async take(files) {
    const archive = files.find(isArchive);
    if (archive) {
      await openArchive(this.program, archive, this.onChange);
      return;
    }
    const file = files.find(({ type }) => type.startsWith('image/')) ?? files[0];
    if (!file) return;
    this.latest += 1;
    const mine = this.latest;
    try {
      const picture = await decodePicture(file);
      if (mine === this.latest) this.program.setPicture(picture);
    } catch (error) {
      if (!(error instanceof PictureError)) console.error(error);
      this.program.reportProblem(error instanceof PictureError ? error.message
        : 'The picture could not be opened. There may not be enough memory; close other tabs and try again.', 'picture');
    }
    this.onChange();
  }
}
