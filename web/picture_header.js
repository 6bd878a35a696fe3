// Reads the header of a picture file, without decoding the picture.

/** @typedef {{width: number, height: number, truncated: boolean}} PictureHeader size of the upright picture, as it is shown */

/** @type {(bytes: Uint8Array, from: number, length: number) => string} */
const ascii = (bytes, from, length) => String.fromCharCode(...bytes.subarray(from, from + length));
/** @type {(bytes: Uint8Array) => DataView} */
const viewOf = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/**
 * @param {Uint8Array} bytes the whole file
 * @returns {PictureHeader | null} null if the file is of no type known here
 */
export function pictureHeader(bytes) {
  const kind = kinds.find(({ matches }) => matches(bytes));
  if (!kind) return null;
  try {
    return kind.read(bytes, viewOf(bytes));
  } catch (error) {
    if (error instanceof RangeError) return { width: 0, height: 0, truncated: true }; // read beyond the end
    throw error;
  }
}

/** @type {{matches: (bytes: Uint8Array) => boolean, read: (bytes: Uint8Array, view: DataView) => PictureHeader}[]} */
const kinds = [
  { matches: (bytes) => ascii(bytes, 0, 8) === '\x89PNG\r\n\x1a\n', read: readPng },
  { matches: (bytes) => bytes[0] === 0xff && bytes[1] === 0xd8, read: readJpeg },
  { matches: (bytes) => ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 4) === 'WEBP', read: readWebp },
  { matches: (bytes) => /^GIF8[79]a/.test(ascii(bytes, 0, 6)), read: readGif },
  { matches: (bytes) => ascii(bytes, 0, 2) === 'BM' && bytes.length > 26, read: readBmp },
  { matches: (bytes) => ascii(bytes, 4, 4) === 'ftyp' && /avi[fs]|hei[cfsx]|mif1/.test(ascii(bytes, 8, 24)), read: readHeif },
];

/** @param {Uint8Array} bytes @param {DataView} view */
function readPng(bytes, view) {
  let at = 8;
  while (ascii(bytes, at + 4, 4) !== 'IEND') at += 12 + view.getUint32(at); // length, type, contents, checksum
  return { width: view.getUint32(16), height: view.getUint32(20), truncated: at + 12 > bytes.length };
}

const startOfScan = 0xda;
/** @param {number} marker */
const isFrame = (marker) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** @param {Uint8Array} bytes @param {DataView} view */
function readJpeg(bytes, view) {
  let at = 2;
  let frame = { width: 0, height: 0 };
  let turned = false;
  for (;;) {
    while (view.getUint8(at) === 0xff && view.getUint8(at + 1) === 0xff) at += 1; // fill bytes
    const marker = view.getUint8(at + 1);
    if (view.getUint8(at) !== 0xff) return { ...frame, width: 0, truncated: false };
    const length = view.getUint16(at + 2);
    if (isFrame(marker)) frame = { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    if (marker === 0xe1 && ascii(bytes, at + 4, 4) === 'Exif') turned = isOnItsSide(bytes.subarray(at + 10, at + 2 + length));
    at += 2 + length;
    if (marker === startOfScan) break;
  }
  const { width, height } = frame;
  return { ...(turned ? { width: height, height: width } : frame), truncated: !endsAfter(bytes, at) };
}

/**
 * Returns whether there is an end-of-image marker after the start of the scan. It need not be last: cameras may append whole
 * other pictures.
 * @param {Uint8Array} bytes
 * @param {number} from
 */
function endsAfter(bytes, from) {
  for (let at = bytes.indexOf(0xd9, from); at > 0; at = bytes.indexOf(0xd9, at + 1)) {
    if (bytes[at - 1] === 0xff) return true;
  }
  return false;
}

const orientationTag = 0x0112;
const firstSideways = 5; // orientations 5 to 8 exchange width and height

/**
 * Returns whether an EXIF block (a TIFF file that holds only tags) turns the picture on its side; false if it is damaged.
 * @param {Uint8Array} tiff
 */
function isOnItsSide(tiff) {
  if (tiff.length < 8) return false;
  const view = viewOf(tiff);
  const little = ascii(tiff, 0, 2) === 'II';
  const directory = view.getUint32(4, little);
  if (directory + 2 > tiff.length) return false;
  const tags = view.getUint16(directory, little);
  for (let index = 0; index < tags; index += 1) {
    const at = directory + 2 + 12 * index;
    if (at + 12 > tiff.length) return false;
    if (view.getUint16(at, little) === orientationTag) return view.getUint16(at + 8, little) >= firstSideways;
  }
  return false;
}

/** @param {Uint8Array} bytes @param {DataView} view */
function readWebp(bytes, view) {
  const truncated = view.getUint32(4, true) + 8 > bytes.length;
  switch (ascii(bytes, 12, 4)) {
    case 'VP8 ':
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff, truncated };
    case 'VP8L': {
      const bits = view.getUint32(21, true);
      return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1, truncated };
    }
    case 'VP8X': {
      const threeBytes = (/** @type {number} */ at) => view.getUint16(at, true) + (view.getUint8(at + 2) << 16);
      return { width: threeBytes(24) + 1, height: threeBytes(27) + 1, truncated };
    }
    default: return { width: 0, height: 0, truncated };
  }
}

/** @param {Uint8Array} bytes @param {DataView} view */
function readGif(bytes, view) {
  return { width: view.getUint16(6, true), height: view.getUint16(8, true), truncated: bytes.at(-1) !== 0x3b };
}

/** @param {Uint8Array} bytes @param {DataView} view */
function readBmp(bytes, view) {
  return {
    width: Math.abs(view.getInt32(18, true)),
    height: Math.abs(view.getInt32(22, true)),
    truncated: view.getUint32(2, true) > bytes.length,
  };
}

/**
 * AVIF and HEIC files consist of nested boxes. Those called "ispe" hold sizes; the largest is that of the picture.
 * @param {Uint8Array} bytes
 * @param {DataView} view
 */
function readHeif(bytes, view) {
  let width = 0;
  let height = 0;
  for (let at = bytes.indexOf(0x69); at >= 0 && at + 16 <= bytes.length; at = bytes.indexOf(0x69, at + 1)) {
    if (ascii(bytes, at, 4) !== 'ispe') continue;
    width = Math.max(width, view.getUint32(at + 8));
    height = Math.max(height, view.getUint32(at + 12));
  }
  return { width, height, truncated: false };
}
