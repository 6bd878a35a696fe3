// Handles mouse, finger and pen by pointer events on the stage, which holds the canvas and the mirrored elements over it. The
// program gets every position, including those that the browser has coalesced between two frames, so that strokes are smooth.

/** @type {Record<string, number>} */
const kinds = { mouse: 0, touch: 1, pen: 2 };
const Phase = { move: 0, down: 1, up: 2, cancel: 3 };

// These handle the pointer themselves: text fields place the caret, selects open the browser's list. A textarea does so only
// while it has the focus: it is large, and until then a finger on it scrolls the page.
const native = 'select, input[data-field], textarea:focus, [data-clipped]';
// A pressed element that the browser will send a click to; capturing the pointer would send it elsewhere.
const clickable = 'button, input[type=checkbox], textarea';

const wheelNotch = 100; // CSS pixels that most browsers scroll for one notch of a mouse wheel
const wheelUnits = [1, 40, 800]; // pixels per pixel, line and page

export class Input {
  /**
   * @param {HTMLElement} stage
   * @param {import('./program.js').Program} program
   * @param {() => void} onInput called after each event that reached the program
   */
  constructor(stage, program, onInput) {
    this.stage = stage;
    this.program = program;
    this.onInput = onInput;
    this.pressed = /** @type {EventTarget | null} */ (null); // the element under the last press that the program got
    this.down = /** @type {Set<number>} */ (new Set()); // ids of the pointers that are pressed, as far as the program knows

    stage.addEventListener('pointerdown', (event) => this.press(event));
    window.addEventListener('pointermove', (event) => this.move(event));
    window.addEventListener('pointerup', (event) => this.release(event, Phase.up));
    window.addEventListener('pointercancel', (event) => this.release(event, Phase.cancel));
    stage.addEventListener('pointerleave', (event) => this.leave(event));
    stage.addEventListener('wheel', (event) => this.wheel(event), { passive: false });
    stage.addEventListener('contextmenu', (event) => { if (!targetOf(event).closest('[data-field]')) event.preventDefault(); });
    // Keeps iOS from scrolling, zooming and selecting. Taps still become clicks on the elements that need them.
    stage.addEventListener('touchstart', (event) => {
      if (event.cancelable && !targetOf(event).closest(`${native}, ${clickable}`)) event.preventDefault();
    }, { passive: false });
  }

  /**
   * Returns true if the program has already got this click as a press and release. Must be called only once for each click.
   * @param {MouseEvent} click
   */
  hasSeen(click) {
    const seen = click.detail > 0 && this.pressed === click.target;
    this.pressed = null;
    return seen;
  }

  /** @param {PointerEvent} event */
  press(event) {
    this.pressed = null;
    const target = targetOf(event);
    if (target.closest(native)) return;
    /** @type {HTMLElement | null | undefined} */ (document.activeElement?.closest('[data-field]'))?.blur(); // hides the on-screen keyboard
    this.pressed = target;
    this.down.add(event.pointerId);
    if (!target.closest(clickable)) this.stage.setPointerCapture(event.pointerId);
    if (target.matches('input[type=range]')) target.focus();
    this.send(event, Phase.down);
  }

  /** @param {PointerEvent} event */
  move(event) {
    if (!this.down.has(event.pointerId) && !this.stage.contains(targetOf(event))) return;
    const gathered = event.getCoalescedEvents?.() ?? [];
    for (const one of gathered.length > 0 ? gathered : [event]) this.send(one, Phase.move, event);
  }

  /**
   * @param {PointerEvent} event
   * @param {number} phase
   */
  release(event, phase) {
    if (!this.down.delete(event.pointerId)) return;
    this.send(event, phase);
  }

  /** @param {PointerEvent} event */
  leave(event) {
    if (event.pointerType === 'mouse' && !this.down.has(event.pointerId)) this.send(event, Phase.cancel);
  }

  /**
   * @param {PointerEvent} event
   * @param {number} phase
   * @param {PointerEvent} whole the event itself; coalesced events may lack what does not change
   */
  send(event, phase, whole = event) {
    const box = this.stage.getBoundingClientRect();
    this.program.pointer(kinds[whole.pointerType] ?? 0, phase, whole.pointerId, event.clientX - box.left,
      event.clientY - box.top, event.pressure || 0.5, Math.max(whole.button, 0));
    this.onInput();
  }

  /** @param {WheelEvent} event */
  wheel(event) {
    if (event.ctrlKey) return; // the browser's zoom
    if (event.target === document.activeElement && targetOf(event).matches('textarea')) return; // it scrolls by itself
    event.preventDefault();
    const notch = wheelUnits[event.deltaMode] / wheelNotch;
    this.program.wheel(-event.deltaX * notch, -event.deltaY * notch);
    this.onInput();
  }
}

/** @param {Event} event */
const targetOf = (event) => /** @type {HTMLElement} */ (event.target);
