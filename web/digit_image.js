// Converts the images that `predict` and `read` accept to what the program takes: 784 numbers, or an RGBA picture.

import { DigitLabError } from './digitlab_error.js';
import { decodePicture, pixelsOf } from './pictures.js';

/** @typedef {import('./digitlab').DigitImage} DigitImage */

const digitSide = 28;

/** @type {(image: unknown) => image is ArrayLike<number> & Iterable<number>} */
const isNumbers = (image) => Array.isArray(image) || (ArrayBuffer.isView(image) && !(image instanceof DataView));

/**
 * Returns 784 numbers in MNIST's form in [0, 1], or null when `image` is a picture.
 * @param {DigitImage} image
 */
export function digitPixels(image) {
  if (!isNumbers(image)) return null;
  if (image.length !== digitSide * digitSide) {
    throw new DigitLabError('bad-image', `A digit is 28 × 28 = 784 numbers, not ${image.length}.`);
  }
  // Strings are rejected even if they look like numbers: they are a mistake elsewhere.
  if (!Array.from(image).every((pixel) => typeof pixel === 'number')) {
    throw new DigitLabError('bad-image', 'Give 784 numbers; some of these are something else.');
  }
  const pixels = Float32Array.from(image);
  let largest = 0;
  for (const pixel of pixels) {
    if (!(pixel >= 0 && pixel <= 255)) throw new DigitLabError('bad-image', 'The numbers must be 0 to 1, or 0 to 255.');
    largest = Math.max(largest, pixel);
  }
  return largest > 1 ? pixels.map((pixel) => pixel / 255) : pixels;
}

/**
 * Returns `pixels` as an RGBA picture, white on black.
 * @param {Float32Array} pixels
 */
export function greyPicture(pixels) {
  const data = new Uint8Array(4 * pixels.length);
  pixels.forEach((pixel, index) => data.set([255 * pixel, 255 * pixel, 255 * pixel, 255], 4 * index));
  return { data, width: digitSide, height: digitSide };
}

/**
 * Returns the pixels of a picture of any accepted type.
 * @param {DigitImage} image
 * @returns {Promise<import('./program.js').Rgba>}
 */
export async function pictureData(image) {
  if (isA(image, 'ImageData')) return image;
  if (isA(image, 'Blob')) return decodePicture(image);
  if (isA(image, 'HTMLImageElement')) return pixelsOf(image, image.naturalWidth, image.naturalHeight);
  if (isA(image, 'HTMLVideoElement')) return pixelsOf(image, image.videoWidth, image.videoHeight);
  for (const kind of /** @type {const} */ (['HTMLCanvasElement', 'OffscreenCanvas', 'ImageBitmap'])) {
    if (isA(image, kind)) return pixelsOf(image, image.width, image.height);
  }
  throw new DigitLabError('bad-image', 'Give ImageData, a canvas, an image, a Blob, or 784 numbers.');
}

/**
 * Works like `instanceof`, also where the browser lacks the class.
 * @template {'ImageData' | 'Blob' | 'HTMLImageElement' | 'HTMLVideoElement' | 'HTMLCanvasElement' | 'OffscreenCanvas' | 'ImageBitmap'} Kind
 * @param {unknown} object
 * @param {Kind} kind
 * @returns {object is InstanceType<(typeof globalThis)[Kind]>}
 */
export const isA = (object, kind) => typeof globalThis[kind] === 'function' && object instanceof globalThis[kind];
