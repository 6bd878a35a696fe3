// Finds out what this browser can do by asking it to accept tiny WebAssembly modules (as wasm-feature-detect does).

const modules = {
  // (func (result v128) i32.const 0  i8x16.splat  i8x16.popcnt)
  simd: [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11],
  // (func (result v128) … i8x16.relaxed_swizzle)
  relaxedSimd: [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 15, 1, 13, 0, 65, 1, 253, 15, 65, 2, 253,
    15, 253, 128, 2, 11],
  // (func try catch_all end)
  exceptions: [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 8, 1, 6, 0, 6, 64, 25, 11, 11],
};

/** @param {keyof typeof modules} name */
const accepts = (name) => WebAssembly.validate(new Uint8Array(modules[name]));

function hasWebGL2() {
  const context = document.createElement('canvas').getContext('webgl2');
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return Boolean(context);
}

/** Returns why Digit Lab cannot run here, as {title, text}, or null. */
export function findObstacle() {
  const newer = 'Current versions of Chrome, Edge, Firefox and Safari can run it.';
  if (typeof WebAssembly !== 'object') {
    return {
      title: 'WebAssembly is not available',
      text: `Digit Lab is a WebAssembly program, and this browser does not run those or has them switched off. ${newer}`,
    };
  }
  if (!accepts('simd') || !accepts('exceptions')) {
    return {
      title: 'This browser is too old for Digit Lab',
      text: `It lacks WebAssembly SIMD or exceptions, which the training needs. ${newer}`,
    };
  }
  if (!hasWebGL2()) {
    return {
      title: 'WebGL 2 is not available',
      text: 'Digit Lab draws its window with WebGL 2. Allow hardware acceleration in the browser’s settings, or try another '
        + 'browser.',
    };
  }
  return null;
}

/**
 * Returns which of the `built` variants to try here, best first. `?variant=` names the only one to try, if it can run here at all.
 * @param {string[]} built
 */
export function usableVariants(built) {
  const threads = globalThis.crossOriginIsolated === true && typeof SharedArrayBuffer === 'function';
  /** @type {Record<string, boolean>} */
  const able = { 'threads-relaxed': threads && accepts('relaxedSimd'), threads, single: true };
  const usable = Object.keys(able).filter((variant) => able[variant] && built.includes(variant));
  const wanted = new URLSearchParams(location.search).get('variant');
  if (wanted !== null && usable.includes(wanted)) return [wanted];
  if (wanted) console.warn(`Variant ${wanted} cannot run here; trying ${usable.join(', ')}.`);
  return usable;
}
