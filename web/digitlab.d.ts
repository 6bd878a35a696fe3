/** The JavaScript API of Digit Lab. Every method may be called at any time: it waits until the program runs. */

export type RunStatus = 'queued' | 'running' | 'finished' | 'stopped' | 'failed';

export type ScheduleName = 'linear' | 'constant' | 'step' | 'cosine' | 'one-cycle';
export type OptimizerName = 'sgd' | 'momentum' | 'nesterov' | 'rmsprop' | 'adam' | 'adamw';

/** Everything needed to repeat a run. What is left out gets its default; unknown keys are errors. */
export interface ExperimentSpec {
  /** Id of the catalogue ("mlp", "small-cnn", …) or an architecture of one's own. */
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
  /** Share of each label given to all classes alike, 0 to 0.5. */
  labelSmoothing?: number;
  /** How pictures are varied: a strength from 0 to 2, or the largest change of each kind. */
  augmentation?: number | {
    rotation?: number; scale?: number; shift?: number; shear?: number; elastic?: number; thickness?: number; noise?: number;
  };
  /** At most as many as `env().threads`; 0, the default, means all. The weights do not depend on it. */
  threads?: number;
  /** Rows of the training set kept for validation. */
  validationCount?: number;
  /** Train on this many rows only; 0 means all. */
  subset?: number;
  /**
   * Id of a model to go on from, instead of new weights. `architecture` may then be left out, and defaults are gentle: two epochs
   * of 5,000 varied digits at a small learning rate. When the data set has another number of classes, the last layer begins anew.
   */
  startFrom?: string;
  /** So many layers, the first, keep the weights they begin with. */
  frozenLayers?: number;
  /** Rate of all dropout layers, 0 to 0.9; one is added before the last layer if there is none. */
  dropout?: number;
  /** Ends after so many epochs in a row without a better one, with the weights of the best. A number is the patience. */
  earlyStopping?: number | { patience: number; metric?: 'accuracy' | 'loss' };
  /** Ends with the weights of the best epoch in any case. */
  keepBest?: boolean;
  /** In which order an epoch takes the training images. Only "shuffled" learns well. */
  order?: 'shuffled' | 'as-stored' | 'by-class';
  /** Share of the training labels, 0 to 1, replaced by random others. */
  labelNoise?: number;
  /** Id of a data set; "mnist" if left out. The network's last layer is made to fit its classes. */
  dataset?: string;
  /** Train on the labelled drawings as well, repeated to make up a third. Every fifth is held out when there are ten or more. */
  drawings?: boolean;
}

export interface Progress {
  state: 'queued' | 'waiting-for-data' | 'training' | 'paused' | 'stopping' | 'idle';
  runId: string;
  /** From 1. */
  epoch: number;
  epochs: number;
  /** Finished batches of this epoch. */
  batch: number;
  batches: number;
  loss: number;
  /** Share in [0, 1], of the epoch so far. */
  accuracy: number;
  /** Of the last finished epoch; 0 before. */
  valAccuracy: number;
  imagesPerSecond: number;
  elapsedSecs: number;
  etaSecs: number;
  /** Of the next batch, as the schedule has it. */
  learningRate: number;
  /** Length of the gradient of all weights together, when the chart had its last point. */
  gradientNorm: number;
  /** Means of a batch of this epoch: putting it together, through the network, back, and the correction of the weights. */
  loadMs: number;
  forwardMs: number;
  backwardMs: number;
  updateMs: number;
  /** By validation; 0 before the first. */
  bestEpoch: number;
}

export interface TestResult {
  accuracy: number;
  loss: number;
  /** Rows: true label; columns: answer. */
  confusion: number[][];
}

export interface Run {
  id: string;
  name: string;
  architecture: string;
  status: RunStatus;
  /** Why, when failed. */
  failure?: string;
  spec: ExperimentSpec;
  /** Of its data set, in the order of `test.confusion`; absent where they are numbers. */
  classNames?: string[];
  parameters: number;
  /** What the user did to the learning rate meanwhile. */
  learningRateChanges?: { step: number; epoch: number; learningRate: number }[];
  /** By validation. */
  bestEpoch?: number;
  /** Of which sweep it is one, and what it has in the varied fields. */
  sweep?: { name: string; values: Record<string, unknown> };
  weightsHash: string;
  metrics: object[];
  test?: TestResult | null;
  /** When it went on from a model or was trained on drawings. */
  fineTune?: {
    parent: string;
    parentName: string;
    parentTestAccuracy: number | null;
    /** Drawings that were trained on, which proves nothing, and those held out. */
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
  /** Empty: numbers. */
  classNames: string[];
  validationAccuracy: number | null;
  testAccuracy: number | null;
}

/** Pictures to train on. */
export interface Dataset {
  id: string;
  name: string;
  classes: number;
  /** (classes) */
  classNames: string[];
  rows: number;
  testRows: number;
  /** One's own: can be removed. */
  own: boolean;
  /** False: it could not be kept and is gone once the page is closed. */
  stored: boolean;
  /** Whether its pictures are in memory. */
  phase: 'absent' | 'requested' | 'loading' | 'ready' | 'failed';
}

export interface Answer {
  /** Id of the model. */
  model: string;
  name: string;
  architecture: string;
  /** The class answered: the digit itself for models of digits, else the index of a class. */
  digit: number;
  /** What the class is called: "7", "Sneaker". */
  label: string;
  /** Id of the data set it was trained on, and the names of its classes, for models of other things than MNIST's digits. */
  dataset?: string;
  classNames?: string[];
  /** Probability of `digit`, calibrated: of all answers given with confidence p a share of p is right. */
  confidence: number;
  /** One for each digit. */
  probabilities: number[];
  /** Time of the forward pass. */
  ms: number;
  /** False: the model takes the picture for no digit at all. */
  fits: boolean;
}

/** One digit of a picture. */
export interface ReadDigit {
  /** Where it is in the picture, in pixels; right and bottom are exclusive. */
  box: { left: number; top: number; right: number; bottom: number };
  /** What most models of digits say (models of other data sets only where there are none of digits); null on a tie. */
  digit: number | null;
  /** What it is called; null on a tie. */
  label: string | null;
  /** Of the most confident model that says so. */
  confidence: number | null;
  /** False: this is not a digit. */
  fits: boolean;
  unsure: boolean;
  /** Why, when unsure: "Could be 4 or 9". */
  doubt: string;
  answers: Answer[];
}

/** The digits of a picture read as a number. */
export interface Reading {
  /** Left to right; "?" for what is not a digit; lines are parted by a space. */
  number: string;
  unsure: boolean;
  /** Why, when unsure: "These two may touch". */
  doubt: string;
  digits: ReadDigit[];
}

/** How many of some drawings are answered rightly before and after a training; null where it was not measured. */
export interface DrawingScore { count: number; rightBefore: number | null; rightAfter: number | null }

/** One digit that was drawn or uploaded on the page, from the log. */
export interface Drawing {
  id: string;
  /** ISO 8601, in UTC. */
  date: string;
  source: 'drawn' | 'uploaded';
  /** The true digit, if given. */
  label: number | null;
  /** As they were then, most confident first. */
  answers: { model: string; name: string; digit: number; confidence: number }[];
  /** 28 rows of 28, 0 paper to 255 ink, as the models got it; `predict` takes it as it is. */
  pixels: Uint8Array;
}

export interface Environment {
  variant: 'threads-relaxed' | 'threads' | 'single';
  version: string;
  /** Threads that training uses. */
  threads: number;
  /** The most memory the program has used so far. */
  memoryBytes: number;
  crossOriginIsolated: boolean;
  hardwareConcurrency: number;
  userAgent: string;
}

export interface Status {
  view: string;
  /** The one in view. */
  training: Progress;
  /** Those at work, then those in the queue. */
  trainings: Progress[];
  data: { phase: 'absent' | 'requested' | 'loading' | 'ready' | 'failed'; receivedBytes: number; totalBytes: number; failure: string };
  save: { phase: 'saved' | 'saving' | 'failed' | 'read-only'; message: string };
  datasets: Dataset[];
  /** Id of the data set that is shown, and the next training's on the page. */
  dataset: string;
  /** The files that are being made into a data set, or the last that were. */
  import: { number: number; active: boolean; name: string; shareDone: number; rows: number; id: string;
    error: { code: string; message: string } | null };
  models: string[];
  runs: number;
  drawings: number;
  notices: { error: boolean; text: string }[];
}

/**
 * A picture of one digit, or 784 numbers in MNIST's form (28 rows of 28, 0 paper; up to 1, or up to 255 when any number is
 * above 1). Pictures are prepared as drawings are: cropped, scaled, centred, inverted if needed.
 */
export type DigitImage = ImageData | HTMLCanvasElement | OffscreenCanvas | ImageBitmap | HTMLImageElement | HTMLVideoElement
  | Blob | number[] | Float32Array | Float64Array | Uint8Array | Uint8ClampedArray;

/**
 * Codes: "busy", "bad-spec", "unknown-architecture", "unknown-model", "unknown-run", "no-model", "bad-image",
 * "truncated-image", "image-too-large", "blank", "bad-argument", "unknown-dataset", "other-classes", "unknown-drawing", "bad-label", "no-drawings", "log-full",
 * "not-training", "cannot-continue", "bad-checkpoint", "bad-archive", "failed", "read-only", "not-available", "not-running", and those of the loader ("offline", "missing", "cut-off", "stalled",
 * "unsupported", "no-memory", "crashed").
 */
export class DigitLabError extends Error {
  readonly code: string;
  /** With code "failed": the run. */
  readonly run?: Run;
}

export interface Spread { median: number; low: number; high: number }

export interface Benchmark {
  variant: string;
  threads: number;
  batchSize: number;
  peakGflops: { oneThread: number; allThreads: number };
  /** The matrix product's inner kernel, alone, on one thread. */
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
  /** Settles when the program runs: `await digitlab.ready` and `await digitlab.ready()` are the same. */
  readonly ready: (() => Promise<Environment>) & PromiseLike<Environment>;
  env(): Promise<Environment>;
  status(): Promise<Status>;
  /** Trains until the end; downloads the data set first if needed. A stopped run resolves with status "stopped", a failed one rejects. */
  train(spec?: ExperimentSpec, onProgress?: (progress: Progress) => void): Promise<Run>;
  /** Trains a stopped or interrupted run to its end: to the very weights it would have had without the break. */
  continueRun(id: string, onProgress?: (progress: Progress) => void): Promise<Run>;
  // Of the run `id`; of the training in view without. Code "not-training".
  pause(id?: string): Promise<void>;
  resume(id?: string): Promise<void>;
  stop(id?: string): Promise<void>;
  /** Goes on for one mini-batch, or to the end of the epoch, and pauses. */
  step(unit?: 'batch' | 'epoch', id?: string): Promise<void>;
  /** Where the schedule would have started; recorded in the run. */
  setLearningRate(learningRate: number, id?: string): Promise<void>;
  /** How many train at the same time and share the threads, 1 to 4; the others wait in a queue. */
  setAtOnce(count: number): Promise<void>;
  /** Every model's answer to the first or only digit, most confident first; also while one trains. */
  predict(image: DigitImage, options?: { models?: string[] | null }): Promise<Answer[]>;
  /** All digits of a picture. */
  read(image: DigitImage, options?: { models?: string[] | null }): Promise<Reading>;
  models(): Promise<Model[]>;
  runs(): Promise<Run[]>;
  /** Gives a run another name, which no other run has. Codes "unknown-run", "bad-name". */
  renameRun(id: string, name: string): Promise<void>;
  /** The run and its model. */
  deleteRun(id: string): Promise<void>;
  /** Measures how fast this browser trains and answers, on pictures of noise. Nothing else should run meanwhile. */
  bench(options?: { architectures?: string[]; batchSize?: number; secs?: number; layers?: boolean }): Promise<Benchmark>;
  /** The log of drawings, oldest first. */
  drawings(): Promise<Drawing[]>;
  /** Says what a drawing truly is; null takes the label away. */
  labelDrawing(id: string, label: number | null): Promise<void>;
  /**
   * The log as a file: "csv" (a line for each drawing), "csv-pixels" (with pixel_0 to pixel_783), or "images" (a ZIP of PNGs in
   * folders named by label). Columns: id, date, source, label, vote, right, and digit and confidence of each model.
   */
  exportDrawings(options?: { format?: 'csv' | 'csv-pixels' | 'images' }): Promise<Blob>;
  /** MNIST, Fashion-MNIST and one's own. */
  datasets(): Promise<Dataset[]>;
  /** Shows a data set and makes the page's next training one on it. */
  chooseDataset(id: string): Promise<void>;
  /**
   * Makes a data set of files and keeps it: one CSV (label and 784 pixels a row), a ZIP of pictures in folders named by label, or
   * an IDX pair, each also with gzip; a second CSV or pair with "test" in its name is the test part. 2 to 100 classes, up to
   * 100,000 pictures, 256 MB. Codes of its errors: "bad-files", "bad-csv", "bad-zip", "bad-idx", "bad-gzip", "bad-image",
   * "image-too-large", "bad-label", "label-gap", "unknown-class", "too-few-rows", "too-many-rows", "too-few-classes",
   * "too-many-classes", "too-many-datasets", "too-large", "bad-name", "busy", "cancelled", "no-memory".
   */
  addDataset(name: string, files: Blob | Blob[]): Promise<Dataset>;
  /** Of one's own. Models trained on it stay. */
  removeDataset(id: string): Promise<void>;
  /** All runs that have ended, their models and all drawings as one file. */
  exportArchive(): Promise<Blob>;
  /** Adds what is not here yet; nothing of an archive that is not sound. Code "bad-archive". */
  importArchive(archive: Blob): Promise<void>;
}

/** The Digit Lab of this page, once it runs. */
export function open(): Promise<DigitLab>;

declare global {
  interface Window { digitlab: DigitLab; }
}
