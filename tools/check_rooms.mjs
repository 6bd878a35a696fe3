// Checks that each room of src/ includes only what it may know, and third-party code only where it belongs.
// The build cannot check this: all rooms share one include folder, so that "nn/network.h" means the same everywhere.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('../src/', import.meta.url));

const core = ['base', 'data', 'nn'];
const mayKnow = {
  base: [],
  data: ['base'],
  nn: ['base', 'data'],
  train: core,
  predict: core,
  store: [...core, 'train', 'predict'],
  app: [...core, 'train', 'predict', 'store'],
  ui: [...core, 'train', 'predict', 'store', 'app'],
  platform: ['base'],
};

const thirdParty = [
  { pattern: /^tiny_dnn\//, rooms: ['nn'] },
  { pattern: /^(imgui|imstb)/, rooms: ['ui'] },
  { pattern: /^(SDL|GLES|emscripten)/, rooms: ['platform'] },
  { pattern: /^third_party\/stb/, rooms: ['data', 'platform'] },
];

function problemsOf(room, line) {
  const target = /^\s*#\s*include\s*[<"]([^>"]+)[>"]/.exec(line)?.[1];
  if (!target) return room !== 'platform' && /\b__EMSCRIPTEN__\b/.test(line) ? ['names __EMSCRIPTEN__ outside platform'] : [];
  const other = target.split('/')[0];
  const problems = [];
  if (other in mayKnow && other !== room && !mayKnow[room].includes(other)) problems.push(`may not know room ${other}`);
  for (const { pattern, rooms } of thirdParty) {
    if (pattern.test(target) && !rooms.includes(room)) problems.push(`includes ${target}, which belongs to ${rooms}`);
  }
  return problems;
}

const precompiled = 'precompiled.h'; // belongs to the build, not to a room

let count = 0;
for (const entry of readdirSync(source, { recursive: true })) {
  const file = entry.toString();
  const room = file.split('/')[0];
  if (!/\.(cpp|h)$/.test(file) || file === precompiled) continue;
  if (!(room in mayKnow)) {
    console.error(`src/${file}: ${room} is not a room; add it to ARCHITECTURE.md, cmake/rooms.cmake and this check`);
    count += 1;
    continue;
  }
  readFileSync(join(source, file), 'utf8').split('\n').forEach((line, index) => {
    for (const problem of problemsOf(room, line)) {
      console.error(`src/${file}:${index + 1}: ${room} ${problem}`);
      count += 1;
    }
  });
}
process.exitCode = count === 0 ? 0 : 1;
