// Shared by all browser tests: a real Chromium, a fresh profile, a page, and a screenshot if a test fails.
//
// DIGITLAB_SITE_URL: the address of build/site, served with isolation headers. DIGITLAB_CHROMIUM: the browser.

import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';

export const siteUrl = process.env.DIGITLAB_SITE_URL ?? 'http://127.0.0.1:8080/';
const executablePath = process.env.DIGITLAB_CHROMIUM ?? '/usr/bin/chromium';
const logs = new URL('../../build/logs/', import.meta.url);

// Software WebGL for headless Chromium; the other flags stop the browser's own network traffic.
const flags = ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];

let browser;

/** Must be called once at the top of each test file. */
export function useBrowser() {
  before(async () => { browser = await chromium.launch({ executablePath, args: flags }); });
  after(async () => { await browser?.close(); });
}

/**
 * Defines a test with a fresh browser profile. Its time limit only ends a test that hangs; it does not test speed.
 * Errors on the page fail it, except those that match `expectedErrors`.
 * @param {{viewport?, expectedErrors?: RegExp, timeout?: number, context?: object}} options
 * @param {(page: import('playwright-core').Page) => Promise<void>} body
 */
export function pageTest(name, options, body) {
  const { viewport = { width: 1280, height: 800 }, expectedErrors, timeout = 240_000, context: more = {} } = options;
  test(name, { timeout }, async () => {
    const context = await browser.newContext({ viewport, ...more });
    context.setDefaultTimeout(30_000);
    const errors = [];
    context.on('weberror', (error) => errors.push(error.error().message));
    const page = await context.newPage();
    try {
      await body(page, context);
      const surprising = errors.filter((error) => !expectedErrors?.test(error));
      assert.deepEqual(surprising, [], 'errors on the page');
    } catch (error) {
      await saveScreenshots(context, name);
      throw error;
    } finally {
      await context.close();
    }
  });
}

async function saveScreenshots(context, name) {
  await mkdir(logs, { recursive: true });
  const stem = name.replace(/[^a-z0-9]+/gi, '-').slice(0, 80);
  for (const [index, page] of context.pages().entries()) {
    await page.screenshot({ path: new URL(`${stem}-${index}.png`, logs).pathname, timeout: 5000 }).catch(() => {});
  }
}

/**
 * Must be called before `openLab` by tests that use `settled` or ask what the page has done by itself: counts the timers and
 * frames that the page waits for, and the callbacks that have run.
 */
export const watchCallbacks = (page) => page.addInitScript(() => {
  const waiting = new Map(); // what each callback is, by kind and number
  const callbacks = { waiting, ran: 0, framesAsked: 0 };
  window.callbacks = callbacks;
  const wrap = (kind, ask, cancel) => {
    const { [ask]: really, [cancel]: reallyCancel } = window;
    const once = kind !== 'interval';
    window[ask] = (callback, ...values) => {
      const id = really.call(window, (...given) => {
        if (once) waiting.delete(`${kind} ${id}`);
        callbacks.ran += 1;
        callback(...given);
      }, ...values);
      waiting.set(`${kind} ${id}`, `${kind} ${values[0] ?? ''}`);
      if (kind === 'frame') callbacks.framesAsked += 1;
      return id;
    };
    window[cancel] = (id) => {
      waiting.delete(`${kind} ${id}`);
      reallyCancel.call(window, id);
    };
  };
  wrap('timer', 'setTimeout', 'clearTimeout');
  wrap('interval', 'setInterval', 'clearInterval');
  wrap('frame', 'requestAnimationFrame', 'cancelAnimationFrame');
});

/** What the page waits for: its timers, with their milliseconds, and frames. */
export const awaited = (page) => page.evaluate(() => [...window.callbacks.waiting.values()]);

/** Waits until the page waits for nothing: all is drawn, saved and mirrored. Needs `watchCallbacks`. */
export const settled = (page) => until(async () => (await awaited(page)).length === 0, 'the page waits for nothing');

/** Loads the page and waits until the program runs. */
export async function openLab(page, query = '') {
  await page.addInitScript(() => {
    // untilStatus, for what a test does within the page.
    window.untilStatus = async (wanted, ms = 60_000) => {
      const end = performance.now() + ms;
      while (!wanted(await window.digitlab.status())) {
        if (performance.now() > end) throw new Error(`${wanted} did not hold within ${ms} ms: ${JSON.stringify(await window.digitlab.status())}`);
        await new Promise((resolve) => { setTimeout(resolve, 20); });
      }
    };
  });
  await page.goto(new URL(query, siteUrl).href);
  await page.evaluate(async () => { await window.digitlab.ready(); });
}

/** Must be called before `openLab` by tests that count models, so that only models trained in the test answer. */
export const withoutReadyModel = (page) => page.route('**/assets/champion.dglb', (route) => route.fulfill({ status: 404 }));

export const status = (page) => page.evaluate(() => window.digitlab.status());

/** Waits until `digitlab.status()` satisfies `wanted`; fails with the last status if it never does. */
export async function untilStatus(page, what, wanted, timeout = 60_000) {
  const end = Date.now() + timeout;
  let last;
  do {
    last = await status(page);
    if (wanted(last)) return last;
    await page.waitForTimeout(100);
  } while (Date.now() < end);
  assert.fail(`${what} did not happen within ${timeout / 1000} s; status: ${JSON.stringify(last)}`);
}

export const showView = async (page, name) => {
  const tab = page.getByRole('tab', { name, exact: true });
  await tab.click();
  await until(async () => (await tab.getAttribute('aria-selected')) === 'true', `the ${name} view is shown`);
};

/** Polls until `holds()` is true. */
export async function until(holds, what, timeout = 30_000) {
  const end = Date.now() + timeout;
  while (!(await holds())) {
    assert.ok(Date.now() < end, `within ${timeout / 1000} s: ${what}`);
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
}

// --- drawn digits: strokes in a unit square, y down -------------------------------------------------------------------------

const circle = (cx, cy, rx, ry, steps = 32) => Array.from({ length: steps + 1 }, (_, i) => {
  const angle = -Math.PI / 2 - (2 * Math.PI * i) / steps;
  return [cx + rx * Math.cos(angle), cy + ry * Math.sin(angle)];
});

export const digits = {
  0: [circle(0.5, 0.5, 0.2, 0.3)],
  1: [[[0.52, 0.2], [0.48, 0.8]]],
  7: [[[0.27, 0.24], [0.5, 0.23], [0.72, 0.22], [0.63, 0.42], [0.53, 0.62], [0.45, 0.82]]],
};

export async function drawingArea(page) {
  const box = await page.getByRole('region', { name: 'Drawing area' }).boundingBox();
  assert.ok(box && box.width > 100 && box.height > 100, `the drawing area is too small: ${JSON.stringify(box)}`);
  return box;
}

const inBox = (box) => ([x, y]) => [box.x + x * box.width, box.y + y * box.height];

/** Draws with the mouse. */
export async function drawDigit(page, digit) {
  const box = await drawingArea(page);
  for (const stroke of digits[digit]) {
    const [start, ...rest] = stroke.map(inBox(box));
    await page.mouse.move(...start);
    await page.mouse.down();
    for (const point of rest) await page.mouse.move(...point, { steps: 3 });
    await page.mouse.up();
  }
}

/** Draws with a finger. */
export async function drawDigitByTouch(page, digit) {
  const box = await drawingArea(page);
  const session = await page.context().newCDPSession(page);
  const send = (type, points) => session.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(([x, y]) => ({ x, y })) });
  for (const stroke of digits[digit]) {
    const [start, ...rest] = stroke.map(inBox(box));
    await send('touchStart', [start]);
    for (const point of rest) await send('touchMove', [point]);
    await send('touchEnd', []);
  }
}

/** Returns all text that the accessible mirror holds now. */
export const saidText = (page) => page.locator('#mirror').evaluate((mirror) => mirror.innerText || mirror.textContent);

/** Counts the dark pixels on the screen within `box`. */
export async function darkPixels(page, box) {
  const clip = { x: box.x + 4, y: box.y + 4, width: box.width - 8, height: box.height - 8 };
  const picture = (await page.screenshot({ clip })).toString('base64');
  return page.evaluate(async (base64) => {
    const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    let dark = 0;
    for (let i = 0; i < data.length; i += 4) dark += data[i] < 60 ? 1 : 0;
    return dark;
  }, picture);
}

/** Draws a digit on a canvas in the page and returns what `predict` says to it. */
export const predictDrawn = (page, digit) => page.evaluate(async (strokes) => {
  const canvas = document.createElement('canvas');
  canvas.width = 280;
  canvas.height = 280;
  const context = canvas.getContext('2d');
  context.fillStyle = 'white';
  context.fillRect(0, 0, 280, 280);
  context.lineWidth = 22;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const stroke of strokes) {
    context.beginPath();
    for (const [x, y] of stroke) context.lineTo(x * 280, y * 280);
    context.stroke();
  }
  return window.digitlab.predict(canvas);
}, digits[digit]);
