// The running page: decides when the program draws, works and downloads. There are no frames while nothing changes, and no
// timers while nothing trains.

import { DatasetFiles } from './dataset_files.js';
import { messageOf } from './error_message.js';
import { Input } from './input.js';
import { listenToDigits } from './keys.js';
import { Mirror } from './mirror.js';
import { followLinks } from './links.js';
import { Needs } from './program.js';
import { handle } from './requests.js';
import { Upload } from './upload.js';

const pollMs = 100; // how often to ask the training thread for progress
// Frames that only show progress are at least `fewestFrameMs` apart, and up to `mostFrameMs` where drawing is slow, so that it
// takes about `drawingShare` of the training's time. Showing a frame costs as much again.
const fewestFrameMs = 200;
const mostFrameMs = 1000;
const drawingShare = 0.02;
const framesPerMeasurement = 10;
const sliceSecs = 0.008; // training time on the main thread before the browser gets its turn
const mirrorMs = 100; // shortest time between updates of the mirror, except right after input

export class Page {
  /**
   * @param {import('./program.js').Program} program
   * @param {{stage: HTMLElement, canvas: HTMLCanvasElement, mirror: HTMLElement, dropHint: HTMLElement}} elements
   */
  constructor(program, { stage, canvas, mirror, dropHint }) {
    this.program = program;
    this.stage = stage;
    this.canvas = canvas;
    this.listeners = /** @type {Set<() => void>} */ (new Set());
    this.stopped = false;

    this.frameWanted = false; // requestAnimationFrame has been called
    this.frameTimer = 0;
    this.lastFrame = -Infinity;
    this.frames = 0;
    this.frameMs = fewestFrameMs;
    this.contextLost = false;

    this.pollTimer = 0;
    this.dueTimer = 0;
    this.sliceWanted = false;
    this.slices = new MessageChannel(); // unlike timers, messages are not slowed down in background tabs
    this.slices.port1.onmessage = () => {
      this.sliceWanted = false;
      this.follow(this.program.update(sliceSecs));
    };

    this.mirroredRevision = -1;
    this.lastMirrored = -Infinity;
    this.mirrorTimer = 0;
    this.lastInput = -Infinity;

    const onInput = () => this.onInput();
    this.input = new Input(stage, program, onInput);
    this.mirror = new Mirror(mirror, program, this.input, onInput);
    this.datasetFiles = new DatasetFiles(program, () => this.changed());
    this.upload = new Upload(program, dropHint, () => this.changed(), this.datasetFiles);
    listenToDigits(program, onInput);
    followLinks(this);
    this.watchTheme();
    this.watchContext();
    this.watchSize();
  }

  /** Stops everything, for good. */
  stop() {
    this.stopped = true;
    clearTimeout(this.frameTimer);
    clearTimeout(this.pollTimer);
    clearTimeout(this.dueTimer);
    clearTimeout(this.mirrorTimer);
    this.slices.port1.close();
  }

  /**
   * Calls `listener` whenever something may have changed; returns a function that removes it.
   * @param {() => void} listener
   */
  onChange(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Must be called after a call that may have changed the program's state. */
  changed() {
    this.follow(this.program.needs());
  }

  onInput() {
    this.lastInput = performance.now();
    this.requestFrame();
  }

  // --- what the program needs next ----------------------------------------------------------------------------------

  /** @param {number} needs bits of `Needs` */
  follow(needs) {
    if (this.stopped) return;
    if (needs & Needs.frameNow) this.requestFrame();
    else if (needs & Needs.frame) this.requestFrameSoon();
    if (needs & Needs.cpu) this.requestSlice();
    else if (needs & Needs.updates) this.pollSoon();
    if (needs & Needs.platform) this.takeRequests();
    document.documentElement.dataset.theme = needs & Needs.dark ? 'dark' : 'light';
    for (const listener of this.listeners) listener();
  }

  requestSlice() {
    if (this.sliceWanted) return;
    this.sliceWanted = true;
    this.slices.port2.postMessage(null);
  }

  pollSoon() {
    if (this.pollTimer) return;
    this.pollTimer = setTimeout(() => {
      this.pollTimer = 0;
      this.follow(this.program.update(0));
    }, pollMs);
  }

  takeRequests() {
    const requests = this.call('requests');
    for (const { id } of requests) this.call('requestTaken', { id });
    for (const request of requests) this.carryOut(request);
  }

  /**
   * Starts immediately: the browser opens a file picker only soon after a click.
   * @param {import('./requests.js').Request} request
   */
  async carryOut(request) {
    try {
      await handle(this, request);
      if (!this.stopped) this.call('requestDone', { id: request.id });
    } catch (error) {
      if (!this.stopped) this.call('requestFailed', { id: request.id, message: messageOf(error) });
    }
    if (!this.stopped) this.changed();
  }

  /**
   * Calls a method of the program; throws an Error with its message.
   * @param {string} method
   * @param {unknown} parameters
   */
  call(method, parameters = null) {
    const { value, error } = JSON.parse(this.program.call(method, JSON.stringify(parameters)));
    if (error) throw new Error(error.message);
    return value;
  }

  // --- frames -------------------------------------------------------------------------------------------------------

  requestFrame() {
    if (this.frameWanted || this.stopped) return;
    clearTimeout(this.frameTimer);
    this.frameTimer = 0;
    this.frameWanted = true;
    requestAnimationFrame(() => {
      this.frameWanted = false;
      this.draw();
    });
  }

  requestFrameSoon() {
    if (this.frameWanted || this.frameTimer) return;
    const wait = this.lastFrame + this.frameMs - performance.now();
    if (wait <= 0) this.requestFrame();
    else this.frameTimer = setTimeout(() => this.requestFrame(), wait);
  }

  draw() {
    if (this.stopped || this.contextLost || this.canvas.width < 2) return;
    this.lastFrame = performance.now();
    this.frames += 1;
    const needs = this.program.frame();
    if (needs & Needs.updates && needs & Needs.painted && this.frames % framesPerMeasurement === 0) this.measureFrame();
    this.follow(needs); // first, so that the program gets what it needs even if something below fails
    this.awaitDueFrame();
    this.stage.style.cursor = this.program.cursor();
    this.updateMirror();
  }

  /** Sets a timer for the frame that is due even if nothing happens, as when a confirmation leaves. */
  awaitDueFrame() {
    clearTimeout(this.dueTimer);
    if (this.stopped) return;
    const wait = this.program.msToNextFrame();
    // A timer may fire a little early; then nothing is due yet, and the next one is set.
    this.dueTimer = Number.isFinite(wait) ? setTimeout(() => {
      this.changed();
      if (!this.frameWanted) this.awaitDueFrame();
    }, Math.ceil(wait)) : 0;
  }

  /** Waits until the frame is painted. Without a graphics card, painting takes processor time from the training. */
  measureFrame() {
    const gl = this.canvas.getContext('webgl2');
    gl?.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
    const cost = performance.now() - this.lastFrame;
    this.frameMs = Math.min(Math.max(cost / drawingShare, fewestFrameMs), mostFrameMs);
  }

  updateMirror() {
    if (this.program.mirrorRevision() === this.mirroredRevision) return;
    const now = performance.now();
    const wait = now - this.lastInput < 300 ? 0 : this.lastMirrored + mirrorMs - now;
    clearTimeout(this.mirrorTimer);
    if (wait > 0) {
      this.mirrorTimer = setTimeout(() => this.updateMirror(), wait);
      return;
    }
    this.lastMirrored = now;
    this.mirroredRevision = this.program.mirrorRevision();
    this.mirror.update(JSON.parse(this.program.mirrorJson()));
  }

  // --- the screen ---------------------------------------------------------------------------------------------------

  watchTheme() {
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const tell = () => {
      this.program.systemDark(dark.matches ? 1 : 0);
      this.requestFrame();
    };
    dark.addEventListener('change', tell);
    tell();
  }

  watchContext() {
    this.canvas.addEventListener('webglcontextlost', (event) => {
      event.preventDefault(); // lets the browser restore it
      this.contextLost = true;
      this.program.contextLost();
    });
    this.canvas.addEventListener('webglcontextrestored', () => {
      this.contextLost = false;
      this.program.contextRestored();
      this.requestFrame();
    });
  }

  watchSize() {
    const observer = new ResizeObserver((entries) => this.resize(entries[entries.length - 1]));
    try {
      observer.observe(this.canvas, { box: 'device-pixel-content-box' });
    } catch {
      observer.observe(this.canvas);
      this.watchPixelRatio();
    }
  }

  // Safari's ResizeObserver does not report changes of the pixel ratio.
  watchPixelRatio() {
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener('change', () => {
      const box = this.canvas.getBoundingClientRect();
      this.resize({ contentRect: box });
      this.watchPixelRatio();
    }, { once: true });
  }

  /** @param {{devicePixelContentBoxSize?: readonly ResizeObserverSize[], contentRect: DOMRectReadOnly}} entry */
  resize({ devicePixelContentBoxSize, contentRect }) {
    const ratio = devicePixelRatio;
    const exact = devicePixelContentBoxSize?.[0];
    const width = pixels(contentRect.width * ratio, exact?.inlineSize);
    const height = pixels(contentRect.height * ratio, exact?.blockSize);
    if (width < 2 || height < 2 || this.stopped) return;
    this.canvas.width = width;
    this.canvas.height = height;
    // Slightly larger, so that multiplying by the ratio never rounds down to one pixel less.
    this.program.resize((width + 0.01) / ratio, (height + 0.01) / ratio, ratio, width, height);
    this.draw(); // immediately, since setting the size has cleared the canvas
  }
}

/**
 * Prefers the browser's exact size, which accounts for how the box falls on the screen's pixels. With an emulated pixel ratio
 * that size is for the real screen, though, and of no use.
 * @param {number} computed
 * @param {number | undefined} exact
 */
function pixels(computed, exact) {
  return exact !== undefined && Math.abs(exact - computed) <= 1 ? exact : Math.round(computed);
}
