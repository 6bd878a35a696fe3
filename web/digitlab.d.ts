/** The JavaScript API of Digit Lab. Every method may be called at any time: it waits until the program runs. */

export type RunStatus = 'queued' | 'running' | 'finished' | 'stopped' | 'failed';

export type ScheduleName = 'linear' | 'constant' | 'step' | 'cosine' | 'one-cycle';
export type OptimizerName = 'sgd' | 'momentum' | 'nesterov' | 'rmsprop' | 'adam' | 'adamw';

/** The largest change of each kind; 0 where left out. */
export interface Augmentation {
  /** Degrees, 0 to 90. */
  rotation?: number;
  /** Share of the size, 0 to 0.5; width and height also vary independently by a third of it. */
  scale?: number;
  /** Pixels of 28, 0 to 10. */
  shift?: number;
  /** Degrees of slant, 0 to 45. */
  shear?: number;
  /** Standard deviation in pixels of a smooth random displacement, 0 to 5. */
  elastic?: number;
  /** How far strokes grow or shrink: 1 is a pixel on every side; 0 to 1. */
  thickness?: number;
  /** Standard deviation of noise, where ink is 1; 0 to 0.5. */
  noise?: number;
  /** Share of MNIST's digits that get a form it lacks, 0 to 1. */
  styles?: number;
  /** Share of last epochs in which changes shrink to a third, except styles; 0 to 1. */
  fade?: number;
}

/** Everything needed to repeat a run. Fields left out get their defaults; unknown keys are errors. */
export interface ExperimentSpec {
  /** An id from the catalogue ("mlp", "small-cnn", …) or a custom architecture. */
  architecture?: string | object;
  epochs?: number;
  batchSize?: number;
  seed?: number;
  learningRate?: number;
  /** "linear" (the default for most) falls from learningRate to zero over the run. */
  schedule?: ScheduleName | { type?: ScheduleName; warmup?: number; stepEpochs?: number; factor?: number };
  optimizer?: OptimizerName | {
    type?: OptimizerName; momentum?: number; alpha?: number; beta1?: number; beta2?: number; epsilon?: number;
    weightDecay?: number; clipNorm?: number;
  };
  /** Share of each label spread evenly over all classes, 0 to 0.5. */
  labelSmoothing?: number;
  /** How images are varied: a strength from 0 to 2, or the largest change of each kind. */
  augmentation?: number | Augmentation;
  /** At most `env().threads`; 0, the default, means all. The weights do not depend on it. */
  threads?: number;
  /** Rows of the training set kept for validation. */
  validationCount?: number;
  /** Train on this many rows only; 0 means all. */
  subset?: number;
  /**
   * Id of a model to start from, instead of new weights. `architecture` may then be left out, and the defaults are gentle: two
   * epochs of 5,000 varied digits at a small learning rate. If the data set has another number of classes, the last layer gets
   * new weights.
   */
  startFrom?: string;
  /** Number of layers, from the first on, that keep their initial weights. */
  frozenLayers?: number;
  /** Rate of all dropout layers, 0 to 0.9; one is added before the last layer if there is none. */
  dropout?: number;
  /** Stops early after `patience` epochs without a better one, with the weights of the best epoch. A number is the patience. */
  earlyStopping?: number | { patience: number; metric?: 'accuracy' | 'loss' };
  /** Ends after this many seconds of training time, with validation and test as after `stop()`; 0, the default, means no limit. */
  maxSecs?: number;
  /** Ends with the weights of the best epoch in any case. */
  keepBest?: boolean;
  /** The order in which an epoch takes the training images. Only "shuffled" learns well. */
  order?: 'shuffled' | 'as-stored' | 'by-class';
  /** Share of the training labels, 0 to 1, replaced by other labels at random. */
  labelNoise?: number;
  /** Id of a data set; "mnist" if left out. The network's last layer is made to fit its classes. */
  dataset?: string;
  /** Also train on the labelled drawings, repeated to make up a third. Every fifth is held out if there are ten or more. */
  drawings?: boolean;
}

export interface Progress {
  state: 'queued' | 'waiting-for-data' | 'training' | 'paused' | 'stopping' | 'idle';
  runId: string;
  /** True if no step runs, and none will until the run is resumed, stepped or stopped. A moment after a pause it does. */
  standsStill: boolean;
  /** Counts from 1. */
  epoch: number;
  epochs: number;
  /** Finished batches of this epoch. */
  batch: number;
  batches: number;
  loss: number;
  /** Training accuracy in this epoch so far, in [0, 1]. */
  accuracy: number;
  /** Validation accuracy of the last finished epoch; 0 before the first. */
  valAccuracy: number;
  imagesPerSecond: number;
  elapsedSecs: number;
  etaSecs: number;
  /** The next batch's learning rate, according to the schedule. */
  learningRate: number;
  /** Norm of the gradient of all weights together, at the chart's last point. */
  gradientNorm: number;
  /** Mean times for a batch of this epoch: assembling it, the forward pass, the backward pass, and updating the weights. */
  loadMs: number;
  forwardMs: number;
  backwardMs: number;
  updateMs: number;
  /** The best epoch by validation; 0 before the first has finished. */
  bestEpoch: number;
}

export interface TestResult {
  accuracy: number;
  loss: number;
  /** Rows: true labels; columns: answers. */
  confusion: number[][];
}

export interface Run {
  id: string;
  name: string;
  architecture: string;
  status: RunStatus;
  /** The reason, if the run failed. */
  failure?: string;
  spec: ExperimentSpec;
  /** The classes of its data set, in the order of `test.confusion`; absent if their names are numbers. */
  classNames?: string[];
  parameters: number;
  /** Changes the user made to the learning rate during the run. */
  learningRateChanges?: { step: number; epoch: number; learningRate: number }[];
  /** The best epoch by validation. */
  bestEpoch?: number;
  /** The sweep it belongs to, and its values of the varied fields. */
  sweep?: { name: string; values: Record<string, unknown> };
  weightsHash: string;
  metrics: object[];
  test?: TestResult | null;
  /** Present if it started from a model or was trained on drawings. */
  fineTune?: {
    parent: string;
    parentName: string;
    parentTestAccuracy: number | null;
    /** Scores on the drawings trained on, which prove nothing, and on those held out. */
    trained: DrawingScore;
    heldOut: DrawingScore;
  };
  secs: number;
  date: string;
}

export interface Model {
  /** Also the id of the run that made it. */
  id: string;
  name: string;
  architecture: string;
  title: string;
  parameters: number;
  epochs: number;
  status: RunStatus;
  /** Id of the data set it was trained on. */
  dataset: string;
  /** Empty if the names are numbers. */
  classNames: string[];
  validationAccuracy: number | null;
  testAccuracy: number | null;
}

/** Images to train on. */
export interface Dataset {
  id: string;
  name: string;
  classes: number;
  /** (classes) */
  classNames: string[];
  rows: number;
  testRows: number;
  /** True for a custom data set, which can be removed. */
  own: boolean;
  /** False if it could not be saved: it is lost once the page is closed. */
  stored: boolean;
  /** Whether the classes are the digits 0 to 9, so that its models vote and read numbers. */
  digits: boolean;
  /** Whether its images are in memory. */
  phase: 'absent' | 'requested' | 'loading' | 'ready' | 'failed';
}

export interface Answer {
  /** Id of the model. */
  model: string;
  name: string;
  architecture: string;
  /** The class answered: the digit itself for models of digits, else the index of a class. */
  digit: number;
  /** The name of the class: "7", "Sneaker". */
  label: string;
  /** Id of the data set it was trained on, and the names of its classes; for models of anything but MNIST's digits. */
  dataset?: string;
  classNames?: string[];
  /** Probability of `digit`, calibrated: of all answers with confidence p, a share of p is right. */
  confidence: number;
  /** One for each class. */
  probabilities: number[];
  /** Time of the forward pass. */
  ms: number;
  /** False if the model takes the picture for no digit at all. */
  fits: boolean;
}

/** One digit of a picture. */
export interface ReadDigit {
  /** Its box in the picture, in pixels; right and bottom are exclusive. */
  box: { left: number; top: number; right: number; bottom: number };
  /** The answer of most models of digits (other models vote only if there are none of digits); null on a tie. */
  digit: number | null;
  /** The name of its class; null on a tie. */
  label: string | null;
  /** Confidence of the most confident model with this answer. */
  confidence: number | null;
  /** False if this is not a digit. */
  fits: boolean;
  unsure: boolean;
  /** The reason, if unsure: "Could be 4 or 9". */
  doubt: string;
  answers: Answer[];
}

/** The digits of a picture read as a number. */
export interface Reading {
  /** Left to right; "?" for what is not a digit; lines are separated by a space. */
  number: string;
  unsure: boolean;
  /** The reason, if unsure: "These two may touch". */
  doubt: string;
  digits: ReadDigit[];
}

/** How many of `count` drawings were answered right before and after the run; null if not measured. */
export interface DrawingScore { count: number; rightBefore: number | null; rightAfter: number | null }

/** One digit that was drawn or uploaded on the page, from the log. */
export interface Drawing {
  id: string;
  /** ISO 8601, in UTC. */
  date: string;
  source: 'drawn' | 'uploaded';
  /** The true digit, if given. */
  label: number | null;
  /** The answers given at that time, most confident first. */
  answers: { model: string; name: string; digit: number; confidence: number }[];
  /** 28 rows of 28, from 0 (paper) to 255 (ink), as the models got it; `predict` uses it unchanged. */
  pixels: Uint8Array;
}

export interface Environment {
  variant: 'threads-relaxed' | 'threads' | 'single';
  version: string;
  /** Number of threads that training uses. */
  threads: number;
  /** The most memory the program has used so far. */
  memoryBytes: number;
  crossOriginIsolated: boolean;
  hardwareConcurrency: number;
  userAgent: string;
}

/** How much of one kind is stored. */
export interface StoredAmount { count: number; bytes: number }

export interface Status {
  view: string;
  /** The run in view. */
  training: Progress;
  /** The runs that train, then those in the queue. */
  trainings: Progress[];
  data: { phase: 'absent' | 'requested' | 'loading' | 'ready' | 'failed'; receivedBytes: number; totalBytes: number; failure: string };
  save: { phase: 'saved' | 'saving' | 'failed' | 'read-only'; message: string };
  /** Whether the browser has promised to keep what is stored when its disk runs full; "unknown" before it has answered. */
  storage: { persistence: 'unknown' | 'granted' | 'denied' | 'unsupported';
    runs: StoredAmount; models: StoredAmount; drawings: StoredAmount; datasets: StoredAmount };
  datasets: Dataset[];
  /** Id of the data set that is shown, which the page's next run will use. */
  dataset: string;
  /** The import of files as a data set that is under way, or the last one. */
  import: { number: number; active: boolean; name: string; shareDone: number; rows: number; id: string;
    error: { code: string; message: string } | null };
  models: string[];
  runs: number;
  drawings: number;
  notices: { error: boolean; text: string }[];
}

/**
 * A picture of one digit, or 784 numbers in MNIST's form (28 rows of 28, 0 is paper; up to 1, or up to 255 if any number is
 * above 1). Pictures are prepared like drawings: cropped, scaled, centred, inverted if needed.
 */
export type DigitImage = ImageData | HTMLCanvasElement | OffscreenCanvas | ImageBitmap | HTMLImageElement | HTMLVideoElement
  | Blob | number[] | Float32Array | Float64Array | Uint8Array | Uint8ClampedArray;

/**
 * Codes: "busy", "bad-spec", "bad-architecture", "unknown-architecture", "unknown-model", "unknown-run", "bad-name", "no-model",
 * "bad-image", "truncated-image", "image-too-large", "blank", "bad-argument", "unknown-dataset", "other-classes",
 * "unknown-drawing", "bad-label", "no-drawings", "log-full", "not-training", "cannot-continue", "bad-checkpoint",
 * "bad-archive", "bad-benchmark", "cancelled", "failed", "read-only", "not-available", "not-running", those that `addDataset`
 * names, and those of the loader ("offline", "missing", "cut-off", "stalled", "unsupported", "no-memory", "crashed").
 */
export class DigitLabError extends Error {
  readonly code: string;
  /** The run, with code "failed". */
  readonly run?: Run;
}

export interface Spread { median: number; low: number; high: number }

export interface Benchmark {
  variant: string;
  threads: number;
  batchSize: number;
  peakGflops: { oneThread: number; allThreads: number };
  /** The inner kernel of the matrix product, on its own, on one thread. */
  kernel: { gflops: number; shareOfPeak: number };
  architectures: {
    id: string;
    parameters: number;
    forwardFlops: number;
    trainImagesPerSecond: Spread;
    oneThreadTrainImagesPerSecond: Spread;
    testImagesPerSecond: Spread;
    oneImageMs: Spread;
    optimizerMs: Spread;
    layers?: { layer: string; forwardMs: number; backwardMs: number; forwardGflops: number; backwardGflops: number }[];
  }[];
}

export interface DigitLab {
  /** Settles when the program runs; `await digitlab.ready` and `await digitlab.ready()` are the same. */
  readonly ready: (() => Promise<Environment>) & PromiseLike<Environment>;
  env(): Promise<Environment>;
  status(): Promise<Status>;
  /**
   * Trains to the end; downloads the data set first if needed. A stopped run resolves with status "stopped", a failed one
   * rejects.
   */
  train(spec?: ExperimentSpec, onProgress?: (progress: Progress) => void): Promise<Run>;
  /** Trains a stopped or interrupted run to its end. The weights are exactly those it would have had without the break. */
  continueRun(id: string, onProgress?: (progress: Progress) => void): Promise<Run>;
  // These act on the run `id`, or without one on the run in view. They fail with "not-training".
  pause(id?: string): Promise<void>;
  resume(id?: string): Promise<void>;
  stop(id?: string): Promise<void>;
  /** Trains for one batch, or to the end of the epoch, and pauses. */
  step(unit?: 'batch' | 'epoch', id?: string): Promise<void>;
  /** Sets the rate that the schedule scales, as if it had started there; the change is recorded in the run. */
  setLearningRate(learningRate: number, id?: string): Promise<void>;
  /** Sets how many runs train at the same time and share the threads, 1 to 4; the others wait in a queue. */
  setAtOnce(count: number): Promise<void>;
  /** Returns every model's answer to the first or only digit, most confident first. Works during training too. */
  predict(image: DigitImage, options?: { models?: string[] | null }): Promise<Answer[]>;
  /** Reads all digits of a picture. */
  read(image: DigitImage, options?: { models?: string[] | null }): Promise<Reading>;
  models(): Promise<Model[]>;
  runs(): Promise<Run[]>;
  /** Gives a run another name, which no other run may have. Fails with "unknown-run" or "bad-name". */
  renameRun(id: string, name: string): Promise<void>;
  /** Deletes the run and its model. */
  deleteRun(id: string): Promise<void>;
  /** Measures how fast this browser trains and answers, on images of noise. Nothing else should run meanwhile. */
  bench(options?: { architectures?: string[]; batchSize?: number; secs?: number; layers?: boolean }): Promise<Benchmark>;
  /** Returns the log of drawings, oldest first. */
  drawings(): Promise<Drawing[]>;
  /** Sets the true label of a drawing; null removes it. */
  labelDrawing(id: string, label: number | null): Promise<void>;
  /**
   * Returns the log as a file: "csv" (a line for each drawing), "csv-pixels" (with pixel_0 to pixel_783), or "images" (a ZIP of
   * PNGs in folders named by label). Columns: id, date, source, label, vote, right, and digit and confidence of each model.
   */
  exportDrawings(options?: { format?: 'csv' | 'csv-pixels' | 'images' }): Promise<Blob>;
  /** Returns MNIST, Fashion-MNIST and the custom data sets. */
  datasets(): Promise<Dataset[]>;
  /** Shows a data set and selects it for the page's next run. */
  chooseDataset(id: string): Promise<void>;
  /**
   * Makes a data set of files and saves it: one CSV (label and 784 pixels per row), a ZIP of images in folders named by label,
   * or an IDX pair, each also with gzip; a second CSV or pair with "test" in its name is the test part. 2 to 100 classes, up to
   * 100,000 images, 256 MB. Fails with "bad-files", "bad-csv", "bad-zip", "bad-idx", "bad-gzip", "bad-image",
   * "image-too-large", "bad-label", "label-gap", "unknown-class", "too-few-rows", "too-many-rows", "too-few-classes",
   * "too-many-classes", "too-many-datasets", "too-large", "bad-name", "busy", "cancelled", "no-memory".
   */
  addDataset(name: string, files: Blob | Blob[]): Promise<Dataset>;
  /** Removes a custom data set. Models trained on it stay. */
  removeDataset(id: string): Promise<void>;
  /** Returns all runs that have ended, their models and all drawings as one file. */
  exportArchive(): Promise<Blob>;
  /** Adds what is not here yet. Adds nothing and fails with "bad-archive" if any part of the archive is damaged. */
  importArchive(archive: Blob): Promise<void>;
}

/** Returns the Digit Lab of this page, once it runs. */
export function open(): Promise<DigitLab>;

declare global {
  interface Window { digitlab: DigitLab; }
}
