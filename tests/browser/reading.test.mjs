// Pictures of several digits, read through the JavaScript API by the page's ready-made model.

import assert from 'node:assert/strict';
import { openLab, pageTest, useBrowser } from './harness.mjs';

useBrowser();

for (const query of ['', '?variant=single']) {
  pageTest(`a picture of two digits is read as a number ${query}`, {}, async (page) => {
    await openLab(page, query);
    const { reading, first, code } = await page.evaluate(async () => {
      await window.untilStatus(({ models }) => models.length > 0);
      const canvas = new OffscreenCanvas(400, 240);
      const context = canvas.getContext('2d');
      context.fillStyle = '#d8d2b4';
      context.fillRect(0, 0, 400, 240);
      const refused = await window.digitlab.read(canvas).catch((error) => error.code);
      context.strokeStyle = '#2040a0';
      context.lineWidth = 14;
      context.lineCap = context.lineJoin = 'round';
      context.stroke(new Path2D('M100 50 L94 190 M220 50 L310 50 L250 190'));
      return { code: refused, reading: await window.digitlab.read(canvas), first: await window.digitlab.predict(canvas) };
    });
    assert.equal(code, 'blank');
    assert.equal(reading.number, '17');
    assert.deepEqual(reading.digits.map((digit) => digit.digit), [1, 7]);
    const [one, seven] = reading.digits;
    assert.ok(one.box.right < seven.box.left);
    assert.ok(one.fits && one.confidence > 0.5 && one.answers.length === 1);
    assert.equal(first[0].digit, 1);
  });
}
