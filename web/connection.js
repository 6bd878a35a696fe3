// The API's connection to the program: waits until it runs, turns its answers into values and errors, and rejects every waiting
// promise when the program dies.

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
    this.opened.catch(() => {}); // those who await it still get the error
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
   * Called when the program does not start, or has died. Rejects everything that waits for it.
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

  /** Returns the running page and program; throws an error if the program no longer runs. */
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
   * Calls a method that changes something, and lets the page show the change.
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
   * Returns `use(program)`; errors get the API's type.
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
   * Throws `error` with the API's type. When the program dies in a call, the loader has been told and has called `fail`.
   * @param {unknown} error
   * @returns {never}
   */
  explain(error) {
    if (!this.#running && this.#failure) throw this.#failure;
    return rethrow(error);
  }

  /**
   * Calls `look` whenever something may have changed, until it returns a value; rejects when it throws or the program dies.
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
