// Only one tab may write to the store, because writing makes IndexedDB equal to the tab's memory. No clock decides which: a tab
// writes once it holds what only one can hold, the Web Lock `digitlab-writer` or, where pages are not served securely and there are
// no locks, a record in IndexedDB that names it. Until then it waits, or reads only if the writer says that it is there.

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
 * @param {() => void} onWaiting called when it takes a while to find out
 * @returns {Promise<Writer>} `freed` settles when a read-only tab has become the writer; for
 *   others never.
 */
export function becomeWriter(onWaiting = () => {}) {
  const slow = setTimeout(onWaiting, 2000);
  return (navigator.locks ? withLock() : withoutLocks()).catch(nothingToWriteTo).finally(() => clearTimeout(slow));
}

/**
 * Where site data are blocked there is no store either.
 * @param {unknown} error
 * @returns {Writer}
 */
const nothingToWriteTo = (error) => ({
  readOnlyReason: `The browser does not let this page keep anything (${messageOf(error)}). Digit Lab works, but nothing will be kept `
    + 'when this tab is closed. Allow site data for this page and reload it to save.',
  freed: never,
});

// --- with Web Locks -----------------------------------------------------------------------------------------------------------------

/**
 * A page that is being closed or reloaded holds its lock for a moment longer but says nothing any more, so its successor waits.
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
 * Tells every tab that asks, and those that have asked already, that this one writes.
 * @param {BroadcastChannel} channel
 * @param {string} id
 */
function answerAs(channel, id) {
  channel.onmessage = (/** @type {MessageEvent<Message>} */ { data }) => { if (data.question) channel.postMessage({ writer: id }); };
  channel.postMessage({ writer: id });
}

/**
 * Settles when a writer says that it is there, with what it calls itself.
 * @param {BroadcastChannel} channel
 * @returns {Promise<string>}
 */
function writerIsHere(channel) {
  return new Promise((resolve) => {
    channel.onmessage = (/** @type {MessageEvent<Message>} */ { data }) => { if (data.writer) resolve(data.writer); };
    channel.postMessage({ question: 'Does anyone write?' });
  });
}

// --- without ------------------------------------------------------------------------------------------------------------------------

// A writer that was closed without a word is still named; it is one that gives no answer for so long.
const silenceMs = 3000;

/** @returns {Promise<Writer>} */
async function withoutLocks() {
  const self = `${Date.now()}-${Math.random()}`;
  const channel = new BroadcastChannel(name);
  const database = await openDatabase();
  /** @type {string | undefined} */
  let silent;
  for (;;) {
    answerAs(channel, self); // before others can learn the name
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
 * Names `self` the writer if nobody is or only `silent`, in one transaction, of which two tabs never have one at the same time.
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
