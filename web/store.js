// Only one tab may write to the store, because writing makes IndexedDB equal to the tab's memory. No timing decides which: a
// tab writes once it holds what only one can hold, the Web Lock `digitlab-writer` or, where pages are not served securely and
// there are no locks, a record in IndexedDB that names it. Until then it waits; if a writer answers that it is there, the tab
// is read-only.

import { messageOf } from './error_message.js';

const name = 'digitlab-writer';

const anotherTab = 'Digit Lab is open in another tab, and only one tab at a time can save. Everything works here, but what you '
  + 'train in this tab is saved only when the other tab is closed before this one.';

/** @type {Promise<never>} */
const never = new Promise(() => {});

/** @typedef {{readOnlyReason: string, freed: Promise<void>}} Writer */
/** @typedef {{question?: string, writer?: string}} Message */

/**
 * Tries to become the writer.
 * @param {() => void} onWaiting called if it takes a while to find out
 * @returns {Promise<Writer>} `freed` settles when a read-only tab has become the writer; for other tabs it never does
 */
export function becomeWriter(onWaiting = () => {}) {
  const slow = setTimeout(onWaiting, 2000);
  return (navigator.locks ? withLock() : withoutLocks()).catch(nothingToWriteTo).finally(() => clearTimeout(slow));
}

/**
 * Returns a read-only writer: if the browser blocks site data, there is no store either.
 * @param {unknown} error
 * @returns {Writer}
 */
const nothingToWriteTo = (error) => ({
  readOnlyReason: `The browser does not let this page keep anything (${messageOf(error)}). Digit Lab works, but nothing will be kept `
    + 'when this tab is closed. Allow site data for this page and reload it to save.',
  freed: never,
});

// --- with Web Locks ---------------------------------------------------------------------------------------------------------

/**
 * A page that is being closed or reloaded holds its lock for a moment longer but no longer answers, so its successor waits.
 * @returns {Promise<Writer>}
 */
async function withLock() {
  const channel = new BroadcastChannel(name);
  /** @type {Promise<void>} */
  const held = new Promise((resolve, reject) => {
    navigator.locks.request(name, () => {
      answerAs(channel, 'the writer');
      resolve();
      return never;
    }).catch(reject);
  });
  return Promise.race([
    held.then(() => ({ readOnlyReason: '', freed: never })),
    writerIsHere(channel).then(() => ({ readOnlyReason: anotherTab, freed: held })),
  ]);
}

/**
 * Tells every tab that asks or has already asked that this one writes.
 * @param {BroadcastChannel} channel
 * @param {string} id
 */
function answerAs(channel, id) {
  channel.onmessage = (/** @type {MessageEvent<Message>} */ { data }) => { if (data.question) channel.postMessage({ writer: id }); };
  channel.postMessage({ writer: id });
}

/**
 * Resolves with the writer's id once a writer answers that it is there.
 * @param {BroadcastChannel} channel
 * @returns {Promise<string>}
 */
function writerIsHere(channel) {
  return new Promise((resolve) => {
    channel.onmessage = (/** @type {MessageEvent<Message>} */ { data }) => { if (data.writer) resolve(data.writer); };
    channel.postMessage({ question: 'Does anyone write?' });
  });
}

// --- without Web Locks ------------------------------------------------------------------------------------------------------

// The record still names a writer that was closed without notice. One that does not answer for this long counts as closed.
const silenceMs = 3000;

/** @returns {Promise<Writer>} */
async function withoutLocks() {
  const self = `${Date.now()}-${Math.random()}`;
  const channel = new BroadcastChannel(name);
  const database = await openDatabase();
  /** @type {string | undefined} */
  let silent;
  for (;;) {
    answerAs(channel, self); // before other tabs can read the name in the record
    const writer = await nameWriter(database, self, silent);
    if (writer === self) return { readOnlyReason: '', freed: never };
    const answer = writerIsHere(channel);
    const heard = await Promise.race([answer, new Promise((resolve) => { setTimeout(resolve, silenceMs); })]);
    if (heard) return { readOnlyReason: anotherTab, freed: never };
    silent = writer;
  }
}

/** @returns {Promise<IDBDatabase>} */
function openDatabase() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(name);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * Names `self` the writer if the record names no tab, or only `silent`. All in one transaction, so that two tabs cannot both do
 * it.
 * @param {IDBDatabase} database
 * @param {string} self
 * @param {string | undefined} silent
 * @returns {Promise<string>} the writer
 */
function nameWriter(database, self, silent) {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(name, 'readwrite');
    const store = transaction.objectStore(name);
    let writer = self;
    const current = store.get('writer');
    current.onsuccess = () => {
      const named = current.result;
      if (!named || named === silent) store.put(self, 'writer');
      else writer = named;
    };
    transaction.oncomplete = () => resolve(writer);
    transaction.onabort = () => reject(transaction.error);
  });
}
