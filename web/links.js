// Puts the settings of a run into a link: the page's address with the spec, as JSON, in the fragment, which is not sent to
// servers.

import { messageOf } from './error_message.js';

const key = 'spec';

/** @param {string} text */
const linkTo = (text) => `${location.href.split('#')[0]}#${key}=${encodeURIComponent(text)}`;

/** Returns the spec in the address, or undefined if there is none. Throws an Error if it cannot be read. */
function specInAddress() {
  const text = new URLSearchParams(location.hash.slice(1)).get(key);
  if (text === null) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('The settings in this link are cut short or damaged. Copy the whole link.');
  }
}

/**
 * Fills in the form from the page's address, now and whenever a link is followed on the open page.
 * @param {import('./page.js').Page} page
 */
export function followLinks(page) {
  const follow = () => {
    try {
      const spec = specInAddress();
      if (spec !== undefined) page.call('openSpec', spec);
    } catch (error) {
      page.program.reportProblem(messageOf(error), 'link');
    }
    page.changed();
  };
  follow();
  addEventListener('hashchange', follow);
}

/**
 * Copies the settings to the clipboard.
 * @param {import('./page.js').Page} page
 * @param {'link' | 'json'} format
 * @param {string} json the settings
 */
export async function copySettings(page, format, json) {
  const text = format === 'link' ? linkTo(json) : json;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    throw new Error(`The browser does not let this page use the clipboard. Copy it from here: ${text}`);
  }
  page.call('reportDone', { message: `The ${format === 'link' ? 'link is' : 'settings are'} on the clipboard.` });
}
