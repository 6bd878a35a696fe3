// TensorFlow.js's part of tools/bench: `window.bench`, called by tfjs.mjs.
//
// Settings that favour TensorFlow.js: images converted once, production mode, no metrics, the loss read only now and then.

/* global tf */

import { buildModel } from './network.js';

const pixels = 784;
const classes = 10;
const evaluationBatch = 20;
const stepsBetweenReadings = 8; // a reading waits for the GPU process

async function readIdx(half) {
  const read = async (name) => new Uint8Array(await (await fetch(`/mnist/${name}`)).arrayBuffer());
  const [images, labels] = await Promise.all([read(`${half}-images-idx3-ubyte`), read(`${half}-labels-idx1-ubyte`)]);
  return { images: scaled(images.subarray(16)), labels: labels.subarray(8) };
}

function scaled(bytes) {
  const values = new Float32Array(bytes.length);
  for (let i = 0; i < bytes.length; ++i) values[i] = bytes[i] / 255;
  return values;
}

/** Returns rows of a data set as tensors, which the caller disposes of. */
function batchTensors({ images, labels }, rows) {
  const values = new Float32Array(rows.length * pixels);
  const oneHot = new Float32Array(rows.length * classes);
  rows.forEach((row, i) => {
    values.set(images.subarray(row * pixels, (row + 1) * pixels), i * pixels);
    oneHot[i * classes + labels[row]] = 1;
  });
  return [tf.tensor4d(values, [rows.length, 28, 28, 1]), tf.tensor2d(oneHot, [rows.length, classes])];
}

function shuffledRows(count) {
  const rows = Uint32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; --i) {
    const j = Math.floor(Math.random() * (i + 1));
    [rows[i], rows[j]] = [rows[j], rows[i]];
  }
  return rows;
}

class Training {
  constructor(data, { layers, batchSize, learningRate, pictures }) {
    this.data = data;
    this.batchSize = batchSize;
    this.model = buildModel(layers);
    this.weights = this.model.trainableWeights.map((weight) => weight.val);
    this.optimizer = tf.train.adam(learningRate);
    this.order = shuffledRows(data.labels.length).subarray(0, pictures);
    this.position = 0;
    this.losses = []; // tensors until read
  }

  step() {
    if (this.position + this.batchSize > this.order.length) this.position = 0;
    const rows = this.order.subarray(this.position, this.position + this.batchSize);
    this.position += this.batchSize;
    const [images, labels] = batchTensors(this.data, rows);
    const loss = () => tf.losses.softmaxCrossEntropy(labels, this.model.apply(images, { training: true }));
    this.losses.push(this.optimizer.minimize(loss, true, this.weights));
    tf.dispose([images, labels]);
  }

  async readLosses() {
    for (const [i, loss] of this.losses.entries()) {
      if (typeof loss === 'number') continue;
      [this.losses[i]] = await loss.data();
      loss.dispose();
    }
  }

  /** Trains for `secs` and at least `leastSteps` steps; returns images per second. */
  async run(leastSteps, secs) {
    const start = performance.now();
    let steps = 0;
    let elapsed = 0;
    while (steps < leastSteps || elapsed < secs) {
      this.step();
      steps += 1;
      if (steps === 1 || steps % stepsBetweenReadings === 0) await this.readLosses();
      elapsed = (performance.now() - start) / 1000;
    }
    await this.readLosses();
    return (steps * this.batchSize * 1000) / (performance.now() - start);
  }

  /** Returns the share of right answers among as many test images as fit into `secs`. */
  async accuracy(test, secs) {
    const end = performance.now() + 1000 * secs;
    let right = 0;
    let row = 0;
    do {
      const rows = Uint32Array.from({ length: evaluationBatch }, (_, i) => row + i);
      const [images, labels] = batchTensors(test, rows);
      const answers = tf.tidy(() => this.model.apply(images, { training: false }).argMax(1));
      (await answers.data()).forEach((answer, i) => { right += answer === test.labels[row + i]; });
      tf.dispose([images, labels, answers]);
      row += evaluationBatch;
    } while (performance.now() < end && row < test.labels.length);
    return right / row;
  }

  dispose() {
    tf.dispose(this.losses.filter((loss) => typeof loss !== 'number'));
    this.model.dispose();
    this.optimizer.dispose();
  }
}

async function open({ threads }) {
  tf.enableProdMode();
  tf.wasm.setWasmPaths('/node_modules/@tensorflow/tfjs-backend-wasm/dist/');
  tf.wasm.setThreadsCount(threads);
  const [train, test] = await Promise.all([readIdx('train'), readIdx('t10k')]);
  await tf.setBackend('wasm');
  await tf.ready();
  const simd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT');

  return {
    describe: { version: tf.version.tfjs, simd, threads: tf.wasm.getThreadsCount() },

    /**
     * Trains `layers` for `secs` after `warmUpSecs`, with at least one step to warm up and `steps` steps to measure, on the first
     * `pictures` images of a random order. Throws if the backend lacks what the network needs.
     */
    async train({ backend, secs, warmUpSecs, steps, ...request }) {
      if (!await tf.setBackend(backend)) throw new Error(`the backend ${backend} does not start`);
      const training = new Training(train, request);
      try {
        await training.run(1, warmUpSecs);
        const imagesPerSecond = await training.run(steps, secs);
        const accuracy = await training.accuracy(test, 0.5);
        return { imagesPerSecond, losses: training.losses, accuracy };
      } finally {
        training.dispose();
      }
    },
  };
}

window.bench = { open };
