// Saves all runs, models and drawings as one file, and opens such files (src/store/archive.h).

import { download } from './drawing_files.js';

const ending = '.dgla';

/** @param {File} file */
export const isArchive = (file) => file.name.toLowerCase().endsWith(ending);

/**
 * Gives the user an archive of everything as a download. Throws an Error that says why if it cannot.
 * @param {import('./page.js').Page} page
 */
export function saveArchive(page) {
  const { bytes, error } = page.program.exportArchive();
  if (error) throw new Error(error.message);
  const name = `digit-lab-${new Date().toISOString().slice(0, 10)}${ending}`;
  download({ blob: new Blob([bytes], { type: 'application/octet-stream' }), name });
}

/**
 * Opens the browser's file picker. Must be called soon after a click.
 * @param {import('./page.js').Page} page
 */
export function chooseArchive(page) {
  const picker = document.createElement('input');
  picker.type = 'file';
  picker.accept = ending;
  picker.id = 'archive-file';
  picker.hidden = true;
  document.getElementById(picker.id)?.remove();
  document.body.append(picker);
  picker.addEventListener('change', () => {
    if (picker.files?.[0]) openArchive(page.program, picker.files[0], () => page.changed());
  });
  picker.click();
}

/**
 * Adds what the file holds, or reports what is wrong with it.
 * @param {import('./program.js').Program} program
 * @param {File} file
 * @param {() => void} onChange called after a call that may change the program's state
 */
export async function openArchive(program, file, onChange) {
  try {
    const { error } = JSON.parse(program.importArchive(new Uint8Array(await file.arrayBuffer())));
    if (error) program.reportProblem(error.message, 'archive');
  } catch {
    program.reportProblem('The archive could not be read. There may not be enough memory; close other tabs and try again.', 'archive');
  }
  onChange();
}
