// TensorFlow.js in the browser: the fastest of its backends that can train a network.

import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mnist, recipe, root, threads } from './common.mjs';

const backends = ['wasm', 'webgl', 'cpu'];
const trialShare = 0.15; // of the time to measure, for each backend
const smallBatch = 4; // for a first trial: where a network is slow, a step of 64 images takes half a minute
const longestStepSecs = 5;
const fewestSteps = 3;
const stepsThatShowLearning = 20;

export class TensorFlowJs {
  name = 'TensorFlow.js';
  #chosen = new Map(); // architecture id to {backend, trials}

  constructor(browser) { this.browser = browser; }

  /** Links page, libraries and data into one folder for the server. */
  async prepare() {
    this.folder = await mkdtemp(join(tmpdir(), 'digitlab-bench-'));
    await symlink(join(root, 'tools/bench.d/tfjs'), join(this.folder, 'page'));
    await symlink(join(root, '.deps/bench/node_modules'), join(this.folder, 'node_modules'));
    await symlink(mnist, join(this.folder, 'mnist'));
    this.address = new URL('page/', await this.browser.serve(this.folder)).href;
  }

  async openRound() {
    this.page = await this.browser.openPage(this.address);
    await this.page.waitForFunction(() => window.bench);
    this.description = await this.page.evaluate(async (settings) => {
      window.lab = await window.bench.open(settings);
      return window.lab.describe;
    }, { threads });
  }

  async train({ architecture: { id, layers } }, secs) {
    const request = { ...recipe, layers, secs, warmUpSecs: secs * trialShare, steps: fewestSteps, pictures: 60_000 };
    if (!this.#chosen.has(id)) this.#chosen.set(id, await this.#chooseBackend(request));
    const { backend, slow, trials } = this.#chosen.get(id);
    const result = slow ?? await this.#trainOnPage({ ...request, backend, ...sameBatch(trials[backend], request) });
    const batchSize = slow ? smallBatch : request.batchSize;
    const once = recipe.batchSize / result.imagesPerSecond > secs;
    return { ...result, imagesTrained: result.losses.length * batchSize, backend, batchSize, trials, once };
  }

  async #chooseBackend(request) {
    const trials = {};
    for (const backend of backends) {
      trials[backend] = await this.#try({ ...request, backend }).catch((error) => ({ cannot: firstLine(error) }));
    }
    const [backend, best] = Object.entries(trials).reduce((one, other) => (speedOf(other) > speedOf(one) ? other : one));
    if (best.cannot) throw new Error(`no backend can: ${JSON.stringify(trials)}`);
    return { backend, slow: best.slow, trials };
  }

  /** Measures a backend's speed. If even one step would take too long, returns the trial with a small batch as `slow`. */
  async #try(request) {
    const { batchSize, secs } = request;
    const look = await this.#trainOnPage({ ...request, batchSize: smallBatch, pictures: smallBatch, secs: 0, warmUpSecs: 0 });
    if (batchSize / look.imagesPerSecond > longestStepSecs) return { imagesPerSecond: look.imagesPerSecond, slow: look };
    const { imagesPerSecond } = await this.#trainOnPage({ ...request, secs: secs * trialShare, warmUpSecs: 0, steps: 1 });
    return { imagesPerSecond };
  }

  #trainOnPage(request) { return this.page.evaluate((given) => window.lab.train(given), request); }

  versions() {
    const { version, simd, threads: used } = this.description;
    return `${this.name} ${version}, WebAssembly with${simd ? '' : 'out'} SIMD and ${used} of the ${threads} threads asked for`;
  }

  async closeRound() {
    await this.page?.context().close();
    this.page = undefined;
  }

  async close() { if (this.folder) await rm(this.folder, { recursive: true }); }
}

const speedOf = ([, { imagesPerSecond = 0 }]) => imagesPerSecond;

/** If there is time for a few steps only, all use the same batch: the loss differs more between batches than it falls. */
function sameBatch({ imagesPerSecond }, { batchSize, secs }) {
  return imagesPerSecond * secs < stepsThatShowLearning * batchSize ? { pictures: batchSize } : {};
}

const firstLine = (error) => error.message.split('\n')[0].replace(/^page\.evaluate: (Error: )?/, '');
