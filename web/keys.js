// Keys that work wherever the focus is: 0 to 9 set the true label of the drawing. Text fields and lists are excluded, since
// they use these keys themselves.

const takesDigits = 'input[data-field], textarea, select';

/**
 * @param {import('./program.js').Program} program
 * @param {() => void} onInput called after a call that may change the program's state
 */
export function listenToDigits(program, onInput) {
  window.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
    if (!/^[0-9]$/.test(event.key) || (event.target instanceof Element && event.target.closest(takesDigits))) return;
    program.digitKey(Number(event.key));
    onInput();
  });
}
