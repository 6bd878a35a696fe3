// Code that all parts of tools/bench share.

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '');
export const mnist = `${root}/.deps/mnist`;

/** All contenders train with these settings, on this many threads. */
export const recipe = { batchSize: 64, learningRate: 0.001 };
export const threads = 2;

/** The number of test images for the check after timing, where it can be chosen. */
export const testImages = 2000;

/** Runs a program; returns its standard output, or throws an Error with its error output. */
export function run(program, args, { allowFailure = false, ...options } = {}) {
  return new Promise((resolve, reject) => {
    execFile(program, args, { maxBuffer: 2 ** 28, ...options }, (error, stdout, stderr) => {
      if (error && !allowFailure) reject(new Error(stderr.trim() || stdout.trim() || error.message));
      else resolve(stdout);
    });
  });
}

export const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export const spread = (values) => ({ median: median(values), low: Math.min(...values), high: Math.max(...values) });
