// Digit Lab itself, natively and in a tab. Both train the same real runs and report the images per second that a user sees.

import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mean, mnist, recipe, root, run, threads } from './common.mjs';

const mostRows = 59_000;
const fewestRows = 20 * recipe.batchSize;
const validationCount = 500;

/** Returns the spec of a run on `rows` images; the same for the command line and the JavaScript API. */
export function spec(id, rows, epochs) {
  return { architecture: id, ...recipe, optimizer: 'adam', schedule: 'constant', labelSmoothing: 0, augmentation: 0,
    seed: 1, epochs, subset: rows + validationCount, validationCount };
}

/** Plans epochs to warm up and then to measure for `secs`. Each takes a third of `secs` if the data set is large enough. */
function plan(imagesPerSecond, secs) {
  const rows = Math.round(Math.min(mostRows, Math.max(fewestRows, (imagesPerSecond * secs) / 3)));
  const epochsFor = (time) => Math.ceil((imagesPerSecond * time) / rows);
  const warmUp = epochsFor(secs / 2);
  return { rows, warmUp, epochs: warmUp + epochsFor(secs) };
}

/** Trains for about `secs` after warming up. `train` runs a spec; `guess` is the speed to expect. */
async function measure(train, id, guess, secs) {
  const { rows, warmUp, epochs } = plan(guess, secs);
  const { metrics, test } = await train(spec(id, rows, epochs));
  const measured = metrics.slice(warmUp).map((epoch) => epoch.imagesPerSecond);
  return {
    imagesPerSecond: 1 / mean(measured.map((speed) => 1 / speed)), // the epochs have equally many images
    epochSpeeds: metrics.map((epoch) => epoch.imagesPerSecond),
    losses: metrics.map((epoch) => epoch.trainLoss),
    accuracy: test.accuracy,
    imagesTrained: epochs * rows,
  };
}

export class Native {
  name = 'native';
  #speeds = new Map();

  async prepare() {
    this.folder = await mkdtemp(join(tmpdir(), 'digitlab-bench-'));
    this.store = join(this.folder, 'store');
    this.version = (await run(this.program(), ['--version'])).trim();
  }

  versions() { return `Digit Lab ${this.version}, native`; }
  program() { return process.env.DIGITLAB_BIN ?? join(root, 'build/native-release/digitlab'); }

  /** Runs the command line and returns the JSON it prints. */
  async call(...args) {
    return JSON.parse(await run(this.program(), [...args, '--json', '--data', mnist, '--store', this.store,
      '--threads', `${threads}`]));
  }

  /** Returns the ids of all architectures. */
  async catalogue() { return (await this.call('bench', '--list')).map((architecture) => architecture.id); }

  /** Measures the speed of whole networks and of each of their layers; see `Benchmark` in web/digitlab.d.ts. */
  benchmark(ids, secs) { return this.call('bench', ...ids, '--layers', '--secs', `${secs}`); }

  async runSpec(given) {
    const file = join(this.folder, 'spec.json');
    await writeFile(file, JSON.stringify(given));
    const finished = await this.call('train', '--spec', file);
    this.#speeds.set(given.architecture, finished.metrics.at(-1).imagesPerSecond);
    return finished;
  }

  /** Returns the path of the model that a run has saved. */
  async modelFile(id) {
    const folder = join(this.store, 'models');
    const name = (await readdir(folder)).find((one) => one.startsWith(`${id}.`));
    return join(folder, name);
  }

  train({ architecture: { id } }, secs) {
    return measure((given) => this.runSpec(given), id, this.#speeds.get(id), secs);
  }

  async close() { if (this.folder) await rm(this.folder, { recursive: true }); }
}

export class Tab {
  name = 'tab';
  #speeds = new Map();

  constructor(browser) { this.browser = browser; }

  async prepare() { this.address = await this.browser.serve(join(root, 'build/site')); }

  async openRound() {
    this.page = await this.browser.openPage(this.address);
    this.environment = await this.page.evaluate(() => window.digitlab.ready());
  }

  versions() {
    const { version, variant, threads: used } = this.environment;
    return `Digit Lab ${version}, ${variant}, ${used} threads, in the tab`;
  }

  benchmark(ids, secs) {
    return this.page.evaluate((options) => window.digitlab.bench(options), { architectures: ids, secs, layers: true });
  }

  async runSpec(given) {
    const finished = await this.page.evaluate((one) => window.digitlab.train(one), given);
    this.#speeds.set(given.architecture, finished.metrics.at(-1).imagesPerSecond);
    return finished;
  }

  train({ architecture: { id } }, secs) {
    return measure((given) => this.runSpec(given), id, this.#speeds.get(id), secs);
  }

  async closeRound() {
    await this.page?.context().close();
    this.page = undefined;
  }
}
