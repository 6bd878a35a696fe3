// Assembles build/site: the page's static files, the three variants of the program, the data sets, and compressed copies
// of everything a server may send compressed. Files that are up to date are left alone. --quick leaves out data sets that are not
// fetched yet and makes no compressed copies: those of an earlier run stay where they are still right.

import { createHash } from 'node:crypto';
import {
  copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const root = fileURLToPath(new URL('../', import.meta.url));
const site = join(root, 'build/site');
/** Data sets as the page calls them, each a folder of MNIST's four files in .deps. */
const datasets = ['mnist', 'fashion-mnist'];

/** Where each variant of the program is built. */
const variants = { 'threads-relaxed': 'web-threads/relaxed', threads: 'web-threads', single: 'web-single' };
const compressible = /\.(html|css|js|mjs|ts|json|webmanifest|svg|txt|md|wasm|bin)$/;

const quick = process.argv.includes('--quick');

const kept = new Set(); // every file that belongs to the site

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
const stamp = (path) => { const { size, mtimeMs } = statSync(path); return `${size}:${Math.floor(mtimeMs)}`; };

/** Writes to a temporary name first, so that an interrupted run leaves no partial file that looks up to date. */
function write(path, bytes) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.partial`, bytes);
  renameSync(`${path}.partial`, path);
}

function writeIfChanged(path, bytes) {
  kept.add(path);
  if (!existsSync(path) || !readFileSync(path).equals(Buffer.from(bytes))) write(path, bytes);
}

/** Copies a file and its modification time, by which `compress` and, through the ETag, browsers see what is new. */
function copy(from, to) {
  kept.add(to);
  if (existsSync(to) && stamp(from) === stamp(to)) return;
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, `${to}.partial`);
  const { atime, mtime } = statSync(from);
  utimesSync(`${to}.partial`, atime, mtime);
  renameSync(`${to}.partial`, to);
}

function filesUnder(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesUnder(path);
    return entry.name.startsWith('.') ? [] : [path];
  });
}

function copyFolder(from, to) {
  for (const path of filesUnder(from)) copy(path, join(to, relative(from, path)));
}

/** Copies the built variants; returns the size of each of their files, which the loader needs to show progress. */
function copyVariants() {
  const built = {};
  for (const [variant, place] of Object.entries(variants)) {
    const folder = join(root, 'build', place);
    const names = ['digitlab.js', 'digitlab.wasm'];
    if (!names.every((name) => existsSync(join(folder, name)))) {
      console.warn(`warning: variant ${variant} is not built and left out of the site`);
      continue;
    }
    built[variant] = {};
    for (const name of names) {
      copy(join(folder, name), join(site, 'variants', variant, name));
      built[variant][name] = statSync(join(folder, name)).size;
    }
  }
  return built;
}

/**
 * Writes one gzip file for each half of a data set: the images file followed by the labels file. The page unpacks it, so it
 * needs no support from the server. Its name contains a hash, so it may be cached forever.
 */
function packDatasets() {
  const described = {};
  for (const id of datasets) {
    if (!quick || existsSync(join(root, '.deps', id))) described[id] = packDataset(id);
  }
  writeIfChanged(join(site, 'data/datasets.json'), `${JSON.stringify(described, null, 2)}\n`);
}

function packDataset(id) {
  const folder = join(root, '.deps', id);
  const inputs = readdirSync(folder).sort().map((name) => `${name}=${stamp(join(folder, name))}`).join(' ');
  const cachePath = join(root, `build/cache/${id}-packed.json`);
  let cache = existsSync(cachePath) ? JSON.parse(readFileSync(cachePath, 'utf8')) : {};
  const complete = cache.inputs === inputs
    && Object.values(cache.halves).every(({ file }) => existsSync(join(site, 'data', file)));
  if (!complete) {
    console.log(`packing ${id}`);
    cache = { inputs, halves: { train: pack(id, 'train', 'train'), test: pack(id, 'test', 't10k') } };
    write(cachePath, JSON.stringify(cache));
  }
  for (const { file } of Object.values(cache.halves)) kept.add(join(site, 'data', file));
  return cache.halves;
}

function pack(id, half, prefix) {
  const parts = ['images-idx3-ubyte', 'labels-idx1-ubyte'].map((part) => readFileSync(join(root, '.deps', id, `${prefix}-${part}`)));
  const bytes = Buffer.concat(parts);
  // MNIST takes 2 s at level 7, and 33 s at level 9 for 0.5 % fewer bytes.
  const packed = gzipSync(bytes, { level: 7 });
  const hash = sha256(bytes);
  const file = `${id}-${half}.${hash.slice(0, 8)}.gz`;
  write(join(site, 'data', file), packed);
  return { file, bytes: bytes.length, compressedBytes: packed.length, sha256: hash };
}

/** Returns a hash of the names and contents of everything the site serves: if it changes, a visitor has an old version. */
function contentHash() {
  const hash = createHash('sha256');
  for (const path of [...kept].sort()) hash.update(`${relative(site, path)} ${sha256(readFileSync(path))}\n`);
  return hash.digest('hex').slice(0, 8);
}

function writeSiteJson(built) {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const description = { version, build: contentHash(), variants: built };
  writeIfChanged(join(site, 'site.json'), `${JSON.stringify(description, null, 2)}\n`);
}

function compress(path) {
  const copies = { br: () => brotli(readFileSync(path)), gz: () => gzipSync(readFileSync(path), { level: 9 }) };
  const { atime, mtime } = statSync(path);
  for (const [suffix, packed] of Object.entries(copies)) {
    const copyPath = `${path}.${suffix}`;
    kept.add(copyPath);
    if (existsSync(copyPath) && Math.floor(statSync(copyPath).mtimeMs) === Math.floor(mtime.getTime())) continue;
    if (quick) {
      kept.delete(copyPath); // an older one is removed
      continue;
    }
    write(copyPath, packed());
    utimesSync(copyPath, atime, mtime);
  }
}

function brotli(bytes) {
  // Quality 11 takes three times as long as 9 for the program and saves another tenth.
  return brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
}

function removeStrangers() {
  for (const path of filesUnder(site)) if (!kept.has(path)) rmSync(path);
}

copyFolder(join(root, 'web'), site);
copyFolder(join(root, 'assets'), join(site, 'assets'));
for (const name of ['LICENSE', 'THIRD_PARTY_NOTICES.md']) {
  if (existsSync(join(root, name))) copy(join(root, name), join(site, name === 'LICENSE' ? 'LICENSE.txt' : name));
}
// The page uses fflate to pack drawings that are saved as pictures.
copy(join(root, 'node_modules/fflate/esm/browser.js'), join(site, 'third_party/fflate.js'));
copy(join(root, 'node_modules/fflate/LICENSE'), join(site, 'third_party/fflate.LICENSE.txt'));
const built = copyVariants();
packDatasets();
writeSiteJson(built);
for (const path of [...kept]) if (compressible.test(path)) compress(path);
removeStrangers();
console.log(`site: ${relative(process.cwd(), site) || '.'} with ${Object.keys(built).join(', ') || 'no variant'}`);
