// Checks results before anything is timed: PyTorch, given the weights of a Digit Lab model, must give the same answers to the
// test images as Digit Lab, and the tab must train as the native program does.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mean, mnist } from './common.mjs';
import { spec } from './digitlab.mjs';

const trainingRows = 2500;
const pictureCount = 20;

// Sums in another order, and Winograd's convolutions, round differently. Up to two of 10,000 images may be close enough to
// another answer to change.
const mostProbabilityError = 1e-4;
const mostAccuracyError = 2e-4;
const mostLossError = 1e-4; // relative
// The tab rounds differently from the first step on, and training amplifies the difference.
const mostTabLossError = 0.02; // relative
const mostTabAccuracyError = 0.03;

/** Writes the first test images to files for the command line. */
export async function testPictures(folder) {
  const bytes = await readFile(join(mnist, 't10k-images-idx3-ubyte'));
  return Promise.all(Array.from({ length: pictureCount }, async (_, i) => {
    const file = join(folder, `${i}.pgm`);
    const pixels = bytes.subarray(16 + i * 784, 16 + (i + 1) * 784);
    await writeFile(file, Buffer.concat([Buffer.from('P5\n28 28\n255\n'), pixels]));
    return file;
  }));
}

/**
 * Trains an architecture natively for one small epoch and has PyTorch check the model.
 * Returns {architecture, tensors, problems, ...} for the timings.
 */
export async function verifyNative(id, native, pyTorch, pictures) {
  const trained = await native.runSpec(spec(id, trainingRows, 1));
  const [{ test }] = await native.call('eval', trained.id);
  const answers = await native.call('predict', '--mnist', ...pictures, '--model', trained.id);
  const ours = answers.map((one) => one.answers[0].probabilities);
  const theirs = await pyTorch.check(await native.modelFile(trained.id), pictureCount);

  const errors = {
    probability: largestDifference(ours, theirs.probabilities),
    accuracy: Math.abs(test.accuracy - theirs.accuracy),
    loss: Math.abs(test.loss - theirs.loss) / theirs.loss,
  };
  const problems = [];
  if (!(errors.probability <= mostProbabilityError)) problems.push(`probabilities differ from PyTorch's by ${errors.probability}`);
  if (!(errors.accuracy <= mostAccuracyError)) problems.push(`accuracy ${test.accuracy}, but ${theirs.accuracy} in PyTorch`);
  if (!(errors.loss <= mostLossError)) problems.push(`loss ${test.loss}, but ${theirs.loss} in PyTorch`);
  const { architecture, tensors } = theirs;
  return { id, architecture, tensors, parameters: trained.parameters, trained, errors, problems };
}

/** Repeats the training in the tab and adds the errors and problems found to the model. */
export async function verifyTab(model, tab) {
  const { trained } = model;
  const repeated = await tab.runSpec(spec(model.id, trainingRows, 1));
  const [loss, nativeLoss] = [repeated, trained].map((one) => one.metrics.at(-1).trainLoss);
  model.errors.tabLoss = Math.abs(loss - nativeLoss) / nativeLoss;
  model.errors.tabAccuracy = Math.abs(repeated.test.accuracy - trained.test.accuracy);
  if (!(model.errors.tabLoss <= mostTabLossError)) model.problems.push(`loss ${loss} in the tab, but ${nativeLoss} natively`);
  if (!(model.errors.tabAccuracy <= mostTabAccuracyError)) {
    model.problems.push(`accuracy ${repeated.test.accuracy} in the tab, but ${trained.test.accuracy} natively`);
  }
}

const largestDifference = (ours, theirs) =>
  Math.max(...ours.flatMap((row, i) => row.map((value, j) => Math.abs(value - theirs[i][j]))));

/** Returns why a timed run does not count as training, or undefined. */
export function learningProblem({ losses, accuracy, imagesTrained }) {
  const part = Math.max(1, Math.min(10, Math.floor(losses.length / 4)));
  const [first, last] = [mean(losses.slice(0, part)), mean(losses.slice(-part))];
  if (!(last < first)) return `the loss went from ${first.toFixed(3)} to ${last.toFixed(3)}`;
  if (imagesTrained >= 12_800 && !(accuracy >= 0.8)) return `accuracy ${accuracy} after ${imagesTrained} images`;
  return undefined;
}
