// Keys that act wherever the focus is: 0 to 9 say what the drawing truly is. Not while someone types or chooses in a list, which
// take these keys themselves.

const takesDigits = 'input[data-field], textarea, select';

/**
 * @param {import('./program.js').Program} program
 * @param {() => void} onInput called after the program was told something
 */
export function listenToDigits(program, onInput) {
  window.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
    if (!/^[0-9]$/.test(event.key) || (event.target instanceof Element && event.target.closest(takesDigits))) return;
    program.digitKey(Number(event.key));
    onInput();
  });
}
