// The module that other pages and scripts import; digitlab.d.ts has its types. On the page the API is also `window.digitlab`.

import { DigitLabError } from './digitlab_error.js';

export { DigitLabError };

/**
 * Returns the Digit Lab of this page, once it runs.
 * @type {typeof import('./digitlab').open}
 */
export async function open() {
  const { digitlab } = globalThis;
  if (!digitlab) throw new DigitLabError('not-available', 'Digit Lab can be opened on its own page only in this version.');
  await digitlab.ready();
  return digitlab;
}
