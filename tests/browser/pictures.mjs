// Picture files for tests: made in the browser, damaged here.

/**
 * Returns a picture of a number, as a file encoded by the browser.
 * @param {{type: string, number: number[], digits: object, width?: number, height?: number, quarterTurns?: number,
 *   lightOnDark?: boolean}} wanted `digits`: strokes in a unit square
 */
export async function makePicture(page, wanted) {
  const base64 = await page.evaluate(async ({ type, number, digits, width = 600, height = 400, quarterTurns = 0, lightOnDark }) => {
    const turned = quarterTurns % 2 !== 0;
    const canvas = new OffscreenCanvas(turned ? height : width, turned ? width : height);
    const context = canvas.getContext('2d');
    const [paper, ink] = lightOnDark ? ['#223', '#eee'] : ['#eed', '#224'];
    context.fillStyle = paper;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.translate(canvas.width / 2, canvas.height / 2);
    context.rotate((quarterTurns * Math.PI) / 2);
    context.translate(-width / 2, -height / 2);
    const side = Math.min(width / number.length, height);
    context.strokeStyle = ink;
    context.lineWidth = side / 14;
    context.lineCap = 'round';
    context.lineJoin = 'round';
    number.forEach((digit, index) => {
      for (const stroke of digits[digit]) {
        context.beginPath();
        for (const [x, y] of stroke) context.lineTo((index + x) * side, (height - side) / 2 + y * side);
        context.stroke();
      }
    });
    const blob = await canvas.convertToBlob({ type, quality: 0.9 });
    const bytes = new Uint8Array(await blob.arrayBuffer());
    let binary = '';
    for (const byte of bytes) binary += String.fromCharCode(byte);
    return btoa(binary);
  }, wanted);
  return { type: wanted.type, bytes: Buffer.from(base64, 'base64') };
}

/** Adds the EXIF block that a camera held sideways writes to a JPEG: orientation 6, "turn clockwise to see it upright". */
export function sideways(jpeg) {
  const exif = Buffer.from([
    0xff, 0xe1, 0, 34, ...Buffer.from('Exif\0\0'), // APP1, its length
    ...Buffer.from('MM'), 0, 42, 0, 0, 0, 8, // TIFF, big endian, directory at 8
    0, 1, // one tag:
    0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, // orientation, a short, one of them: 6
    0, 0, 0, 0, // no other directory
  ]);
  return Buffer.concat([jpeg.subarray(0, 2), exif, jpeg.subarray(2)]);
}

/** A PNG file that claims 20,000 × 20,000 pixels, ends properly and holds almost nothing. */
function bomb() {
  const chunk = (name, contents) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(contents.length);
    return Buffer.concat([length, Buffer.from(name), contents, Buffer.alloc(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(20_000, 0);
  header.writeUInt32BE(20_000, 4);
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header), chunk('IDAT', Buffer.alloc(32)),
    chunk('IEND', Buffer.alloc(0))]);
}

/** Files that must be refused, and the message expected for each. */
export function damagedFiles(png, jpeg) {
  const scrambled = Buffer.from(png);
  const pixels = png.indexOf('IDAT') + 4;
  scrambled.fill(0x55, pixels, pixels + png.readUInt32BE(pixels - 8));
  return [
    { name: 'notes.txt', type: 'text/plain', bytes: Buffer.from('seven'), message: /not a picture/ },
    { name: 'renamed.png', type: 'image/png', bytes: Buffer.from('%PDF-1.4 is no picture'), message: /not a picture/ },
    { name: 'drawing.svg', type: 'image/svg+xml', bytes: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), message: /not a picture/ },
    { name: 'empty.png', type: 'image/png', bytes: Buffer.alloc(0), message: /is empty/ },
    { name: 'half.png', type: 'image/png', bytes: png.subarray(0, png.length / 2), message: /cut off/ },
    { name: 'half.jpg', type: 'image/jpeg', bytes: jpeg.subarray(0, jpeg.length / 2), message: /cut off/ },
    { name: 'start.jpg', type: 'image/jpeg', bytes: jpeg.subarray(0, 10), message: /cut off/ },
    { name: 'bomb.png', type: 'image/png', bytes: bomb(), message: /400 megapixels.*up to 50/ },
    { name: 'scrambled.png', type: 'image/png', bytes: scrambled, message: /damaged/ },
  ];
}
