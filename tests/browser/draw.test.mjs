// The Draw view as a visitor uses it: mouse, finger, pen, keyboard, undo, every way to open a picture, stages, boxes.

import assert from 'node:assert/strict';
import {
  darkPixels, digits, drawDigit, drawDigitByTouch, drawingArea, openLab, pageTest, saidText, settled, showView, status, until,
  untilStatus, useBrowser, watchCallbacks,
} from './harness.mjs';
import { damagedFiles, makePicture, sideways } from './pictures.mjs';

useBrowser();

async function openDraw(page, query = '') {
  await openLab(page, query);
  await showView(page, 'Draw');
}

const said = (page, text, timeout) => until(async () => (await saidText(page)).includes(text), `the window says “${text}”`, timeout);
const press = (page, name) => page.getByRole('button', { name, exact: true }).click();
const isBlank = async (page) => (await saidText(page)).includes('Draw a digit and the models will answer');
const untilBlank = (page) => until(() => isBlank(page), 'the paper is blank');

const fileOf = (picture, name) => ({ name, mimeType: picture.type, buffer: picture.bytes });

/** Opens a picture through the button and the browser's own picker. */
async function upload(page, file) {
  const picker = page.waitForEvent('filechooser');
  await press(page, 'Open picture');
  await (await picker).setFiles(file);
}

// --- drawing ----------------------------------------------------------------------------------------------------------------

pageTest('undo, redo, clear and invert by mouse', {}, async (page) => {
  await openDraw(page);
  await drawDigit(page, 7);
  await said(page, 'says 7');
  await press(page, 'Undo');
  await untilBlank(page);
  await press(page, 'Redo');
  await said(page, 'says 7');
  await press(page, 'Invert');
  const invert = page.getByRole('button', { name: 'Invert' });
  await until(async () => (await invert.getAttribute('aria-pressed')) === 'true', 'ink and paper are exchanged');
  await said(page, 'says 7');
  await press(page, 'Clear');
  await untilBlank(page);
  await press(page, 'Undo');
  await said(page, 'says 7');
});

pageTest('the eraser removes what the pen drew', {}, async (page) => {
  await openDraw(page);
  await drawDigit(page, 1);
  await said(page, 'says 1');
  await press(page, 'Eraser');
  await drawDigit(page, 1);
  await untilBlank(page);
  await press(page, 'Pen');
  await drawDigit(page, 1);
  await said(page, 'says 1');
});

pageTest('a finger draws and does not scroll, on a phone with a fine screen',
  { viewport: { width: 390, height: 844 }, context: { hasTouch: true, isMobile: true, deviceScaleFactor: 3 } }, async (page) => {
    await openDraw(page);
    const before = await drawingArea(page);
    for (const digit of [7, 0]) {
      await drawDigitByTouch(page, digit);
      await said(page, `says ${digit}`);
      assert.deepEqual(await drawingArea(page), before, 'the page has not moved under the finger');
      await press(page, 'Clear');
      await untilBlank(page);
    }
  });

pageTest('a pen’s pressure makes its line wider', {}, async (page) => {
  await watchCallbacks(page);
  await openDraw(page);
  const box = await drawingArea(page);
  const inked = async (force) => {
    const session = await page.context().newCDPSession(page);
    const send = (type, x, extra = {}) => session.send('Input.dispatchMouseEvent',
      { type, x: box.x + x * box.width, y: box.y + box.height / 2, button: 'left', pointerType: 'pen', force, ...extra });
    await send('mousePressed', 0.2, { buttons: 1, clickCount: 1 });
    for (const x of [0.3, 0.4, 0.5, 0.6, 0.7]) await send('mouseMoved', x, { buttons: 1 });
    await send('mouseReleased', 0.7, { clickCount: 1 });
    await until(async () => !(await isBlank(page)), 'the stroke is answered');
    await settled(page);
    const dark = await darkPixels(page, box);
    await press(page, 'Clear');
    await untilBlank(page);
    return dark;
  };
  const light = await inked(0.1);
  const hard = await inked(1);
  assert.ok(light > 500, `the light stroke left ${light} dark pixels`);
  assert.ok(hard > 1.8 * light, `pressed hard ${hard} dark pixels, lightly ${light}`);
});

pageTest('a digit is drawn with the arrow keys, and the page says where the pen is', {}, async (page) => {
  await openDraw(page);
  const area = page.getByRole('region', { name: 'Drawing area' });
  await area.focus();
  const keys = async (...names) => { for (const name of names) await page.keyboard.press(name); };
  await keys('Shift+ArrowUp', 'Shift+ArrowUp', 'Shift+ArrowUp');
  await said(page, 'Pen up, 50 % across and 23 % down');
  await keys('Space');
  await said(page, 'Pen down');
  await keys(...Array(6).fill('Shift+ArrowDown'));
  await said(page, 'Pen down, 50 % across and 77 % down');
  await keys('Escape');
  await said(page, 'says 1');
  await keys('Control+z');
  await untilBlank(page);
  await keys('Control+y');
  await said(page, 'says 1');
  await keys('Delete');
  await untilBlank(page);
  await keys('Tab');
  assert.notEqual(await page.evaluate(() => document.activeElement.getAttribute('aria-label')), 'Drawing area', 'Tab leaves it');
});

pageTest('after drawing with the mouse the shortcuts work', {}, async (page) => {
  await openDraw(page);
  await drawDigit(page, 7);
  await said(page, 'says 7');
  await page.keyboard.press('Control+z');
  await untilBlank(page);
  await page.keyboard.press('Control+Shift+z');
  await said(page, 'says 7');
});

// --- pictures ---------------------------------------------------------------------------------------------------------------

for (const type of ['image/png', 'image/jpeg', 'image/webp']) {
  pageTest(`a picture is opened by the button: ${type}`, {}, async (page) => {
    await openDraw(page);
    const picture = await makePicture(page, { type, number: [7, 0, 1], digits });
    await upload(page, fileOf(picture, `number.${type.slice(6)}`));
    await said(page, 'Reads 701');
    await page.getByRole('button', { name: 'Box 2: 0' }).click();
    await said(page, 'Digit 2 of 3');
    const box = await drawingArea(page);
    await page.mouse.move(box.x + 20, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + 90, box.y + 30);
    await page.mouse.up();
    await said(page, 'Reads 701');
    await press(page, 'Clear');
    await untilBlank(page);
    await press(page, 'Undo');
    await said(page, 'Reads 701');
  });
}

for (const { width, height } of [{ width: 600, height: 400 }, { width: 3000, height: 2000 }]) {
  pageTest(`a photo taken sideways is turned upright, ${width}×${height}`, {}, async (page) => {
    await openDraw(page);
    const upright = await makePicture(page, { type: 'image/jpeg', number: [7, 1], digits, width, height });
    const turned = await makePicture(page, { type: 'image/jpeg', number: [7, 1], digits, width, height, quarterTurns: -1 });
    await upload(page, fileOf({ ...turned, bytes: sideways(turned.bytes) }, 'photo.jpg'));
    await said(page, 'Reads 71');
    const first = await page.getByRole('button', { name: 'Box 1: 7' }).boundingBox();
    await upload(page, fileOf(upright, 'upright.jpg'));
    await said(page, 'Reads 71');
    const second = await page.getByRole('button', { name: 'Box 1: 7' }).boundingBox();
    for (const side of ['x', 'y', 'width', 'height']) {
      assert.ok(Math.abs(first[side] - second[side]) <= 4, `${side}: ${first[side]} turned, ${second[side]} upright`);
    }
  });
}

pageTest('a picture is dropped anywhere on the page, which says so', {}, async (page) => {
  await openLab(page);
  const picture = await makePicture(page, { type: 'image/png', number: [7, 1], digits, lightOnDark: true });
  const transfer = await page.evaluateHandle(([bytes, type]) => {
    const made = new DataTransfer();
    made.items.add(new File([Uint8Array.from(bytes)], 'dropped.png', { type }));
    return made;
  }, [[...picture.bytes], picture.type]);
  await page.dispatchEvent('#stage', 'dragenter', { dataTransfer: transfer });
  assert.ok(await page.getByText('Drop the picture').isVisible());
  await page.dispatchEvent('#stage', 'dragleave', {});
  await until(async () => !(await page.getByText('Drop the picture').isVisible()), 'the hint goes');
  await page.dispatchEvent('#stage', 'dragover', { dataTransfer: transfer });
  await page.dispatchEvent('#stage', 'drop', { dataTransfer: transfer });
  assert.ok(!(await page.getByText('Drop the picture').isVisible()));
  await untilStatus(page, 'the Draw view', ({ view }) => view === 'Draw');
  await said(page, 'Reads 71');
});

pageTest('a pasted picture is opened; pasted text is ignored', {}, async (page) => {
  await openDraw(page);
  const picture = await makePicture(page, { type: 'image/png', number: [7], digits });
  const paste = (bytes, type) => page.evaluate(([contents, kind]) => {
    const clipboardData = new DataTransfer();
    if (contents) clipboardData.items.add(new File([Uint8Array.from(contents)], 'pasted.png', { type: kind }));
    else clipboardData.setData('text/plain', '7');
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, [bytes, type]);
  await paste(null);
  await paste([...picture.bytes], picture.type);
  await said(page, 'says 7');
  assert.deepEqual((await status(page)).notices, []);
  await press(page, 'Undo');
  await untilBlank(page); // the picture was the only change
});

pageTest('damaged pictures and other files are refused, with the reason', {}, async (page) => {
  await openDraw(page);
  const png = await makePicture(page, { type: 'image/png', number: [7], digits });
  const jpeg = await makePicture(page, { type: 'image/jpeg', number: [7], digits });
  for (const { name, bytes, type, message } of damagedFiles(png.bytes, jpeg.bytes)) {
    await upload(page, { name, mimeType: type, buffer: bytes });
    const { notices } = await untilStatus(page, `the notice about ${name}`, ({ notices: all }) => all.length > 0);
    assert.match(notices[0].text, message, name);
    assert.ok(notices[0].text.includes(name));
    assert.ok(notices[0].error);
    const code = await page.evaluate(([contents, kind]) => window.digitlab.predict(new Blob([Uint8Array.from(contents)], { type: kind }))
      .then(() => 'none', (error) => error.code), [[...bytes], type]);
    assert.match(code, /^(bad-image|truncated-image|image-too-large)$/, `predict refuses ${name} as well`);
    await press(page, 'Dismiss');
    await untilStatus(page, 'no notice', ({ notices: all }) => all.length === 0);
    assert.ok(await isBlank(page));
  }
  const large = await page.evaluate(() => window.digitlab.predict(new Blob([new Uint8Array(31 * 1024 * 1024)], { type: 'image/png' }))
    .then(() => 'none', (error) => error.code));
  assert.equal(large, 'image-too-large');
});

// --- what is shown ------------------------------------------------------------------------------------------------------------

pageTest('samples are read, and the stages can be switched off', {}, async (page) => {
  await openDraw(page);
  await press(page, 'Sample digits');
  for (const digit of [0, 3, 8]) {
    await press(page, `Sample ${digit}`);
    await said(page, `says ${digit}`);
  }
  await page.getByRole('checkbox', { name: 'Fit' }).click();
  await until(async () => !(await page.getByRole('checkbox', { name: 'Fit' }).isChecked()), 'the step is off');
  await page.getByRole('checkbox', { name: 'Fit' }).click();
  await until(async () => page.getByRole('checkbox', { name: 'Fit' }).isChecked(), 'the step is on again');
  await press(page, 'Photo of a note');
  await until(async () => /Reads \d{4}/.test(await saidText(page)), 'four digits are read on the photo');
});

pageTest('ink and answers appear: three models, real pointer events', {}, async (page) => {
  await watchCallbacks(page);
  await openLab(page);
  for (const architecture of ['mlp', 'two-pool-cnn']) {
    await page.evaluate((spec) => window.digitlab.train(spec), { architecture, epochs: 1, subset: 1000, validationCount: 100 });
  }
  await showView(page, 'Draw');
  await page.evaluate(() => {
    const seen = { up: 0, answered: [], move: 0, inked: [] };
    window.seen = seen;
    window.addEventListener('pointerup', (event) => { seen.up = event.timeStamp; }, true);
    window.addEventListener('pointermove', (event) => { if (event.buttons && !seen.move) seen.move = event.timeStamp; }, true);
    const request = window.requestAnimationFrame;
    window.requestAnimationFrame = (callback) => request.call(window, (time) => {
      callback(time);
      if (seen.move) seen.inked.push(performance.now() - seen.move);
      seen.move = 0;
    });
    new MutationObserver(() => {
      if (!seen.up || !document.querySelector('#mirror table[aria-label="Answers"]')) return;
      seen.answered.push(performance.now() - seen.up);
      seen.up = 0;
    }).observe(document.getElementById('mirror'), { subtree: true, childList: true, characterData: true, attributes: true });
  });
  for (let round = 0; round < 8; round += 1) {
    await drawDigit(page, 7);
    await said(page, 'model_mlp_run1');
    assert.match(await saidText(page), /\b(say|says|disagree)\b/);
    await settled(page);
    await press(page, 'Clear');
    await untilBlank(page);
  }
  const { answered, inked } = await page.evaluate(() => window.seen);
  const figures = (times) => {
    const sorted = times.toSorted((a, b) => a - b);
    return { count: times.length, median: sorted[times.length >> 1], most: sorted.at(-1) };
  };
  const answers = figures(answered);
  const ink = figures(inked);
  console.log(`pen up to answers: median ${answers.median.toFixed(1)} ms, at most ${answers.most.toFixed(1)} ms of ${answers.count}`);
  console.log(`input to ink: median ${ink.median.toFixed(1)} ms, at most ${ink.most.toFixed(1)} ms of ${ink.count}`);
  // The times depend on the machine and its load, so they are printed, not checked.
  assert.ok(answers.count >= 6 && ink.count >= 20);
});
