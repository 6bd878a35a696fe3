// Headers of picture files, made here byte by byte according to each format's specification.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pictureHeader } from '../../web/picture_header.js';

const latin = (text) => Buffer.from(text, 'latin1');
const be16 = (...numbers) => Buffer.concat(numbers.map((number) => Buffer.from([number >> 8, number & 255])));
const be32 = (number) => { const bytes = Buffer.alloc(4); bytes.writeUInt32BE(number); return bytes; };
const le16 = (number) => be16(number).reverse();
const le32 = (number) => be32(number).reverse();
const join = (...parts) => new Uint8Array(Buffer.concat(parts.map((part) => (typeof part === 'string' ? latin(part) : Buffer.from(part)))));

const chunk = (name, contents) => join(be32(contents.length), name, contents, be32(0));
const png = (width, height) => join('\x89PNG\r\n\x1a\n', chunk('IHDR', join(be32(width), be32(height), [8, 6, 0, 0, 0])),
  chunk('IDAT', Buffer.alloc(20)), chunk('IEND', []));

const segment = (marker, contents) => join([0xff, marker], be16(contents.length + 2), contents);
const frame = (width, height) => segment(0xc0, join([8], be16(height, width), [3]));
const jpeg = (...segments) => join([0xff, 0xd8], ...segments, segment(0xda, [1, 2, 3]), 'scan', [0xff, 0xd9]);

/** Returns an EXIF block with one tag before the orientation. */
function exif(orientation, { little = true, count = 2 } = {}) {
  const [u16, u32] = little ? [le16, le32] : [(number) => be16(number), be32];
  const tag = (id, value) => join(u16(id), u16(3), u32(1), u16(value), u16(0));
  return segment(0xe1, join('Exif\0\0', little ? 'II' : 'MM', u16(42), u32(8), u16(count), tag(0x0100, 1), tag(0x0112, orientation), u32(0)));
}

const riff = (kind, contents) => join('RIFF', le32(4 + 8 + contents.length), 'WEBP', kind, le32(contents.length), contents);

const whole = {
  png: [png(640, 480), 640, 480],
  jpeg: [jpeg(segment(0xe0, latin('JFIF\0')), frame(640, 480)), 640, 480],
  'a jpeg with fill bytes between its segments': [join([0xff, 0xd8, 0xff, 0xff, 0xff], jpeg(frame(7, 9)).subarray(3)), 7, 9],
  'a jpeg on its side': [jpeg(exif(6), frame(640, 480)), 480, 640],
  'a jpeg on its side, big-endian': [jpeg(exif(8, { little: false }), frame(640, 480)), 480, 640],
  'a jpeg upside down': [jpeg(exif(3), frame(640, 480)), 640, 480],
  'a jpeg whose EXIF block claims more tags than it has': [jpeg(exif(3, { count: 999 }), frame(640, 480)), 640, 480],
  'a lossy webp': [riff('VP8 ', join(Buffer.alloc(6), le16(640), le16(480 | 0x4000))), 640, 480],
  'a lossless webp': [riff('VP8L', join([0x2f], le32((639 | (479 << 14)) >>> 0))), 640, 480],
  'an extended webp': [riff('VP8X', join(Buffer.alloc(4), [0x7f, 2, 0, 0xdf, 1, 0])), 640, 480],
  gif: [join('GIF89a', le16(640), le16(480), Buffer.alloc(20), ';'), 640, 480],
  'a bmp that is stored upside down': [join('BM', le32(40), Buffer.alloc(12), le32(640), be32(-480 >>> 0).reverse(), Buffer.alloc(14)), 640, 480],
  'an avif with a thumbnail': [join(be32(24), 'ftypavif', Buffer.alloc(12), be32(20), 'ispe', be32(0), be32(64), be32(48),
    be32(20), 'ispe', be32(0), be32(640), be32(480)), 640, 480],
};

for (const [name, [bytes, width, height]] of Object.entries(whole)) {
  test(`size of ${name}`, () => {
    assert.deepEqual({ ...pictureHeader(bytes) }, { width, height, truncated: false });
  });
}

for (const name of ['png', 'jpeg', 'a lossy webp', 'gif', 'a bmp that is stored upside down']) {
  test(`${name} that is cut off anywhere is reported as truncated, or not recognised`, () => {
    const [bytes] = whole[name];
    for (let length = 0; length < bytes.length; length += 1) {
      const header = pictureHeader(bytes.subarray(0, length));
      assert.ok(header === null || header.truncated, `${length} of ${bytes.length} bytes: ${JSON.stringify(header)}`);
    }
  });
}

test('other files are not pictures', () => {
  for (const text of ['', 'seven', '%PDF-1.4', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'RIFF1234WAVE']) {
    assert.equal(pictureHeader(latin(text)), null, text);
  }
});

test('no wrong byte in a header causes an exception or an endless loop', () => {
  for (const [bytes] of Object.values(whole)) {
    for (let at = 0; at < Math.min(bytes.length, 64); at += 1) {
      for (const wrong of [0, 1, 127, 255]) pictureHeader(bytes.with(at, wrong));
    }
  }
});

test('a view into a larger buffer is read from its own start', () => {
  const [bytes] = whole.png;
  const larger = join(Buffer.alloc(5, 1), bytes, Buffer.alloc(5, 1));
  assert.deepEqual(pictureHeader(larger.subarray(5, 5 + bytes.length)), { width: 640, height: 480, truncated: false });
});
