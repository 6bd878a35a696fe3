// Decodes picture files, for the page's upload and for `predict`. The header is read first: a few thousand bytes can claim to
// be a hundred megapixels, and such files are refused before the browser allocates memory for them.

import { pictureHeader } from './picture_header.js';

const mostFileBytes = 30 * 1024 * 1024;
const mostSourcePixels = 50_000_000;
const mostPixels = 2_000_000; // no digit needs more; larger pictures are scaled down while they are decoded
const mostSide = 4096; // the texture size that every graphics card supports

/** @param {number} width @param {number} height */
const scaleFor = (width, height) => Math.min(1, Math.sqrt(mostPixels / (width * height)), mostSide / Math.max(width, height));

/** A picture that cannot be read; the message says why and what to do. */
export class PictureError extends Error {
  /**
   * @param {'bad-image' | 'truncated-image' | 'image-too-large'} code
   * @param {string} message
   */
  constructor(code, message) {
    super(message);
    this.name = 'PictureError';
    this.code = code;
  }
}

/**
 * Decodes a picture file, upright (EXIF) and scaled down to at most two megapixels.
 * @param {Blob} file
 * @returns {Promise<ImageData>}
 */
export async function decodePicture(file) {
  const { width, height } = await checkedHeader(file);
  const scale = scaleFor(width, height);
  /** @type {ImageBitmapOptions} */
  const options = { imageOrientation: 'from-image' };
  if (scale < 1) {
    // The browser derives the height, so that a picture on its side is not distorted if its header does not say so.
    options.resizeWidth = Math.max(1, Math.floor(width * scale));
    options.resizeQuality = 'medium';
  }
  const bitmap = await createImageBitmap(file, options).catch(() => {
    throw new PictureError('bad-image', `${nameOf(file)} is damaged, or of a kind this browser cannot read. Try PNG or JPEG.`);
  });
  try {
    return pixelsOf(bitmap, bitmap.width, bitmap.height);
  } finally {
    bitmap.close();
  }
}

/**
 * Returns the pixels of whatever a canvas can draw, scaled down to at most two megapixels.
 * @param {CanvasImageSource} image
 * @param {number} width
 * @param {number} height
 */
export function pixelsOf(image, width, height) {
  if (!width || !height) throw new PictureError('bad-image', 'The picture is empty.');
  const scale = scaleFor(width, height);
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new PictureError('image-too-large', 'There is not enough memory for the picture. Close other tabs and try again.');
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  try {
    return context.getImageData(0, 0, canvas.width, canvas.height);
  } catch {
    throw new PictureError('bad-image', 'The picture comes from another site, which does not allow reading it.');
  }
}

/**
 * Returns width and height of the upright picture. Throws a PictureError for a file that should not be decoded.
 * @param {Blob} file
 */
async function checkedHeader(file) {
  if (file.size === 0) throw new PictureError('bad-image', `${nameOf(file)} is empty.`);
  if (file.size > mostFileBytes) {
    throw new PictureError('image-too-large',
      `${nameOf(file)} has ${Math.round(file.size / 1e6)} MB; up to 30 MB can be read. Scale it down first.`);
  }
  const bytes = await file.arrayBuffer().then((buffer) => new Uint8Array(buffer), () => {
    throw new PictureError('bad-image', `${nameOf(file)} could not be read from the disk. Try again.`);
  });
  const header = pictureHeader(bytes);
  if (!header) {
    throw new PictureError('bad-image', `${nameOf(file)} is not a picture that can be read here. Choose a PNG, JPEG or WebP file.`);
  }
  if (header.truncated) {
    throw new PictureError('truncated-image', `${nameOf(file)} is cut off: its end is missing. Copy or download it again.`);
  }
  if (!(header.width > 0 && header.height > 0)) {
    throw new PictureError('bad-image', `${nameOf(file)} says that it has no pixels. It is damaged.`);
  }
  if (header.width * header.height > mostSourcePixels) {
    throw new PictureError('image-too-large', `${nameOf(file)} has ${header.width} × ${header.height} pixels, which is `
      + `${Math.round(header.width * header.height / 1e6)} megapixels; up to 50 can be read. Scale it down first.`);
  }
  return header;
}

/** @param {Blob} file */
const nameOf = (file) => (file instanceof File && file.name ? `“${file.name}”` : 'The picture');
