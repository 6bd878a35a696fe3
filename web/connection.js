// The API's connection to the program: waits until it runs, makes values and errors of its answers, and rejects whatever waits for
// something when the program dies.

import { DatasetError } from './dataset_files.js';
import { DigitLabError } from './digitlab_error.js';
import { PictureError } from './pictures.js';
import { NoMemoryError } from './program.js';

/** @typedef {import('./program.js').Program} Program */
/** @typedef {import('./page.js').Page} Page */

export class Connection {
  /** @type {{page: Page, program: Program} | null} */
  #running = null;
  #open = (/** @type {any} */ _environment) => {};
  #fail = (/** @type {DigitLabError} */ _error) => {};
  /** @type {DigitLabError | null} */
  #failure = null;
  /** @type {Set<(error: DigitLabError) => void>} rejects promises that wait for something to happen in the program */
  #waiting = new Set();

  constructor() {
    /** @type {Promise<import('./digitlab').Environment>} settles when the program runs or does not start */
    this.opened = new Promise((resolve, reject) => {
      this.#open = resolve;
      this.#fail = reject;
    });
    this.opened.catch(() => {}); // whoever waits for it hears of it
  }

  /**
   * @param {Page} page
   * @param {Program} program
   */
  connect(page, program) {
    this.#running = { page, program };
    this.#open(this.callNow('env'));
  }

  /**
   * The program does not start, or has died: whatever waits for it is rejected.
   * @param {string} code
   * @param {string} message
   */
  fail(code, message) {
    this.#running = null;
    this.#failure = new DigitLabError(code, message);
    this.#fail(this.#failure);
    for (const reject of this.#waiting) reject(this.#failure);
    this.#waiting.clear();
  }

  /** Returns what runs; throws an error when nothing does any more. */
  running() {
    if (!this.#running) throw new DigitLabError('not-running', 'Digit Lab has stopped. Reload the page.');
    return this.#running;
  }

  /**
   * Calls a method of the program (shell/web/calls.cpp) once it runs.
   * @param {string} method
   * @param {unknown} parameters
   * @returns {Promise<any>}
   */
  async call(method, parameters = null) {
    await this.opened;
    return this.callNow(method, parameters);
  }

  /**
   * @param {string} method
   * @param {unknown} parameters
   * @returns {any}
   */
  callNow(method, parameters = null) {
    return this.ask((program) => program.call(method, JSON.stringify(parameters)));
  }

  /**
   * Calls a method that changes something, which the page shows.
   * @param {string} method
   * @param {object} parameters
   */
  async command(method, parameters) {
    await this.call(method, parameters);
    this.running().page.changed();
  }

  /**
   * Returns the value in the program's answer, which is JSON; throws the error in it.
   * @param {(program: Program) => string} use
   * @returns {any}
   */
  ask(use) {
    const { value, error } = JSON.parse(this.attempt(use));
    if (error) throw new DigitLabError(error.code, error.message);
    return value;
  }

  /**
   * Returns what `use` makes of the program; errors have the API's type.
   * @template T
   * @param {(program: Program) => T} use
   */
  attempt(use) {
    const { program } = this.running();
    try {
      return use(program);
    } catch (error) {
      return this.explain(error);
    }
  }

  /**
   * Throws `error` with the API's type. A program that dies of a call has told the loader, which has called `fail`.
   * @param {unknown} error
   * @returns {never}
   */
  explain(error) {
    if (!this.#running && this.#failure) throw this.#failure;
    return rethrow(error);
  }

  /**
   * Asks `look` whenever something may have changed, until it gives something; rejects when it throws or the program has died.
   * @template T
   * @param {() => T | undefined} look
   * @returns {Promise<T>}
   */
  until(look) {
    const { page } = this.running();
    return new Promise((resolve, reject) => {
      const end = () => {
        stopListening();
        this.#waiting.delete(fail);
      };
      const fail = (/** @type {unknown} */ error) => {
        end();
        reject(error);
      };
      const lookAgain = () => {
        try {
          const found = look();
          if (found === undefined) return;
          end();
          resolve(found);
        } catch (error) {
          fail(error);
        }
      };
      const stopListening = page.onChange(lookAgain);
      this.#waiting.add(fail);
      lookAgain();
    });
  }
}

/**
 * Gives errors that have a code the API's type.
 * @param {unknown} error
 * @returns {never}
 */
export function rethrow(error) {
  const coded = error instanceof DatasetError || error instanceof NoMemoryError || error instanceof PictureError;
  throw coded ? new DigitLabError(error.code, error.message) : error;
}
