// Exports the log of drawings as files: CSV comes from the program (src/predict/drawing_csv.h), pictures are made here.

const pngType = 'image/png';

/**
 * @param {(method: string, parameters?: object) => any} call calls a method of the program
 * @param {string} format "csv", "csv-pixels" or "images"
 * @returns {Promise<{blob: Blob, name: string}>}
 */
export async function drawingsFile(call, format) {
  const stem = `digit-lab-drawings-${new Date().toISOString().slice(0, 10)}`;
  if (format === 'images') {
    return { blob: await picturesZip(call('drawings')), name: `${stem}.zip` };
  }
  const csv = call('drawingsCsv', { pixels: format === 'csv-pixels' });
  const name = format === 'csv-pixels' ? `${stem}-pixels.csv` : `${stem}.csv`;
  return { blob: new Blob([csv], { type: 'text/csv;charset=utf-8' }), name };
}

/**
 * Gives the user a file as a download.
 * @param {{blob: Blob, name: string}} file
 */
export function download({ blob, name }) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.append(link); // Firefox ignores clicks on links outside the page
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // the browser may still be reading it
}

/**
 * @typedef {{width: number, height: number, ink: string}} PackedPicture run-length coded, in base64
 */

/**
 * Packs PNG pictures in folders named by label: "7/7-d-0001.png", "unlabelled/d-0002.png".
 * @param {{id: string, label: number | null, picture: PackedPicture}[]} drawings
 */
async function picturesZip(drawings) {
  const { zipSync } = await import('./third_party/fflate.js');
  /** @type {Record<string, Uint8Array>} */
  const files = {};
  for (const { id, label, picture } of drawings) {
    const path = label === null ? `unlabelled/${id}.png` : `${label}/${label}-${id}.png`;
    files[path] = new Uint8Array(await (await pngOf(picture)).arrayBuffer());
  }
  return new Blob([zipSync(files, { level: 0 })], { type: 'application/zip' }); // PNG is compressed already
}

/**
 * Paints black ink on white paper.
 * @param {PackedPicture} picture
 * @returns {Promise<Blob>}
 */
function pngOf({ width, height, ink }) {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(width, 1);
  canvas.height = Math.max(height, 1);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('There is not enough memory for the pictures.');
  const pixels = context.createImageData(canvas.width, canvas.height);
  let at = 0;
  for (const run of Uint8Array.from(atob(ink), (letter) => letter.charCodeAt(0))) {
    // The upper four bits are a level of grey, the lower four the length of its run minus one.
    const paper = 255 - (run >> 4) * 17;
    for (let left = (run & 15) + 1; left > 0; left -= 1, at += 4) pixels.data.set([paper, paper, paper, 255], at);
  }
  context.putImageData(pixels, 0, 0);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The browser could not make a PNG.'))), pngType);
  });
}
