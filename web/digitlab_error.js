/**
 * The error with which the API's promises are rejected: `code` for programs, `message` for people.
 * @implements {Described}
 * @typedef {import('./digitlab').DigitLabError} Described
 */
export class DigitLabError extends Error {
  /**
   * @param {string} code
   * @param {string} message
   * @param {import('./digitlab').Run} [run] the run that failed
   */
  constructor(code, message, run) {
    super(message);
    this.name = 'DigitLabError';
    this.code = code;
    if (run) this.run = run;
  }
}
