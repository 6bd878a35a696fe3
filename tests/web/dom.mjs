// A page without a browser, for modules that need elements and events but no layout or painting.

import { JSDOM } from 'jsdom';

/** Sets the page's globals to those of a new document; returns its window. */
export function openDocument(body = '', url = 'https://lab.example/') {
  const { window } = new JSDOM(`<!doctype html><body>${body}</body>`, { url, pretendToBeVisual: true });
  for (const name of ['window', 'document', 'location', 'Option', 'Element', 'HTMLElement']) {
    Object.defineProperty(globalThis, name, { value: name === 'window' ? window : window[name], configurable: true, writable: true });
  }
  globalThis.addEventListener = window.addEventListener.bind(window);
  window.PointerEvent ??= pointerEvents(window);
  return window;
}

const pointerEvents = ({ MouseEvent }) => class PointerEvent extends MouseEvent {
  constructor(type, { pointerId = 0, pointerType = '', pressure = 0, ...init }) {
    super(type, init);
    Object.assign(this, { pointerId, pointerType, pressure });
  }
};

/** Makes a program whose functions record each call in `calls`, as [name, ...values], and return what `answers` says. */
export function noteCalls(answers = {}) {
  const calls = [];
  const program = new Proxy({}, {
    get: (_, name) => (...values) => {
      calls.push([name, ...values]);
      return typeof answers[name] === 'function' ? answers[name](...values) : answers[name];
    },
  });
  return { program, calls, take: () => calls.splice(0) };
}

/** Replaces timers with fake ones that fire when the test advances the time. */
export function pretendTimers() {
  const real = { setTimeout, clearTimeout };
  let now = 0;
  let last = 0;
  const waiting = new Map();
  globalThis.setTimeout = (callback, ms = 0) => {
    last += 1;
    waiting.set(last, { callback, at: now + ms });
    return last;
  };
  globalThis.clearTimeout = (id) => waiting.delete(id);
  return {
    advance(ms) {
      now += ms;
      for (const [id, { callback, at }] of [...waiting]) if (at <= now && waiting.delete(id)) callback();
    },
    restore: () => Object.assign(globalThis, real),
  };
}
