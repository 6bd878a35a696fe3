// Only one tab may write to the store, because writing makes IndexedDB equal to the tab's memory. The tab that holds the lock
// `digitlab-writer` is the writer, for as long as it lives.

const lockName = 'digitlab-writer';

// A page that is being reloaded lets go of its lock a moment after the new page has asked for it.
const patienceMs = 400;

const anotherTab = 'Digit Lab is open in another tab, and only one tab at a time can save. Everything works here, but what you '
  + 'train in this tab is gone when it is closed. Close the other tab to save from this one.';

/**
 * Tries to become the writer.
 * @returns {Promise<{readOnlyReason: string, freed: Promise<void>}>} `freed` settles when a read-only tab could become the writer
 *   by reloading; for the writer never.
 */
export async function becomeWriter() {
  const never = new Promise(() => {});
  if (!navigator.locks) return (await anotherWriterAnswers()) ? { readOnlyReason: anotherTab, freed: never }
    : { readOnlyReason: '', freed: never };
  if (await holdLock(AbortSignal.timeout(patienceMs))) return { readOnlyReason: '', freed: never };
  return { readOnlyReason: anotherTab, freed: holdLock().then(() => {}) };
}

/**
 * True once this tab holds the lock, which it then keeps; false when `signal` came first.
 * @param {AbortSignal} [signal]
 * @returns {Promise<boolean>}
 */
function holdLock(signal) {
  return new Promise((resolve) => {
    navigator.locks.request(lockName, { signal }, () => {
      resolve(true);
      return new Promise(() => {});
    }).catch(() => resolve(false));
  });
}

// Where pages are not served securely there are no locks: ask around instead.
async function anotherWriterAnswers() {
  if (typeof BroadcastChannel !== 'function') return false;
  const channel = new BroadcastChannel(lockName);
  const answered = await new Promise((resolve) => {
    channel.onmessage = ({ data }) => { if (data === 'here') resolve(true); };
    channel.postMessage('anyone?');
    setTimeout(() => resolve(false), patienceMs);
  });
  if (!answered) channel.onmessage = ({ data }) => { if (data === 'anyone?') channel.postMessage('here'); };
  return answered;
}
