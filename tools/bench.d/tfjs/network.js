// Builds a Digit Lab architecture, given as the JSON of a model file, in TensorFlow.js.

/* global tf */

// Activations that layers apply themselves, which costs less than an activation layer.
const own = { none: 'linear', 'leaky-relu': 'linear', relu: 'relu', tanh: 'tanh', sigmoid: 'sigmoid' };

const leaky = (spec, x) => (spec.activation === 'leaky-relu' ? tf.layers.leakyReLU({ alpha: 0.01 }).apply(x) : x);

/** Applies the activation after a layer that cannot apply it itself. */
function activated(spec, x) {
  const activation = own[spec.activation ?? 'none'];
  return leaky(spec, activation === 'linear' ? x : tf.layers.activation({ activation }).apply(x));
}

const flat = (x) => (x.shape.length > 2 ? tf.layers.flatten().apply(x) : x);

function convolution(spec, x) {
  const same = 2 * spec.padding + 1 === spec.kernel;
  const padded = same || spec.padding === 0
    ? x : tf.layers.zeroPadding2d({ padding: [[spec.padding, spec.padding], [spec.padding, spec.padding]] }).apply(x);
  const options = { filters: spec.filters, kernelSize: spec.kernel, padding: same ? 'same' : 'valid' };
  return tf.layers.conv2d({ ...options, activation: own[spec.activation] }).apply(padded);
}

const builders = {
  conv: (spec, x) => leaky(spec, convolution(spec, x)),
  dense: (spec, x) => leaky(spec, tf.layers.dense({ units: spec.units, activation: own[spec.activation] }).apply(flat(x))),
  'batch-norm': (spec, x) => activated(spec, tf.layers.batchNormalization({ momentum: 0.9, epsilon: 1e-5 }).apply(x)),
  'max-pool': (spec, x) => tf.layers.maxPooling2d({ poolSize: spec.size }).apply(x),
  'average-pool': (spec, x) => tf.layers.averagePooling2d({ poolSize: spec.size }).apply(x),
  dropout: (spec, x) => tf.layers.dropout({ rate: spec.rate }).apply(x),
  add: (spec, x, outputs) => activated(spec, tf.layers.add().apply([x, outputs[spec.from]])),
};

/** Returns a model that maps (N, 28, 28, 1) images in [0, 1] to (N, classes) logits. */
export function buildModel(layers) {
  const outputs = [tf.input({ shape: [28, 28, 1] })];
  for (const spec of layers) {
    const build = builders[spec.type];
    if (!build) throw new Error(`no TensorFlow.js layer is defined for type ${spec.type}`);
    outputs.push(build(spec, outputs.at(-1), outputs));
  }
  return tf.model({ inputs: outputs[0], outputs: outputs.at(-1) });
}
