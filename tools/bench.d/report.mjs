// The report that tools/bench prints: Markdown for the README.

const count = (value) => Math.round(value).toLocaleString('en');
const fixed = (digits) => (value) => (value === undefined || value === null ? '–' : value.toFixed(digits));
const percent = (share) => (Number.isFinite(share) ? `${Math.round(100 * share)} %` : '–');

function table(header, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(header), `|${'---|'.repeat(header.length)}`, ...rows.map(line)].join('\n');
}

function speedCell(speed) {
  if (speed.problem) return speed.problem.split(':')[0];
  return `${count(speed.median)} (${count(speed.low)}–${count(speed.high)})`;
}

const ratioCell = (ratio) => (ratio === undefined ? '–' : `${ratio >= 20 ? count(ratio) : ratio.toFixed(2)} ×`);

/** Returns a table of training images per second, one row for each architecture. */
export function speedTable(summary) {
  const [{ speeds, ratios }] = summary;
  const header = ['training images/s', ...Object.keys(speeds), ...Object.keys(ratios)];
  const rows = summary.map((one) => [
    one.architecture, ...Object.values(one.speeds).map(speedCell), ...Object.values(one.ratios).map(ratioCell)]);
  return table(header, rows);
}

/** Returns the details that the cells of the speed table leave out. */
export function speedNotes(summary) {
  const notes = [];
  for (const { architecture, speeds } of summary) {
    for (const [name, { problem, details }] of Object.entries(speeds)) {
      if (problem) notes.push(`- ${architecture}, ${name}: ${problem}`);
      if (details?.backend) notes.push(`- ${architecture}, ${name}: ${backendNote(details)}`);
      if (details?.layout) notes.push(`- ${architecture}, ${name}: ${details.layout} memory, threads: ${details.threads}`);
    }
  }
  return notes;
}

function backendNote({ backend, batchSize, once, trials }) {
  const cannot = Object.entries(trials).flatMap(([name, trial]) => (trial.cannot ? [`${name} cannot: ${trial.cannot}`] : []));
  const slow = once ? [`batches of ${batchSize}, measured once, because it is so slow`] : [];
  return [`backend ${backend}`, ...slow, ...cannot].join('; ');
}

/** Returns a report of Digit Lab's own measurements: whole networks, then their layers. */
export function layersReport(title, bench) {
  if (bench.problem) return `### ${title}\n\nfailed: ${bench.problem}`;
  const { variant, threads, batchSize, peakGflops, kernel, architectures } = bench;
  const gflops = fixed(1);
  const peak = `Measured peak ${gflops(peakGflops.oneThread)} GFLOP/s on one thread, ${gflops(peakGflops.allThreads)} on ${threads};`
    + ` matrix kernel alone ${gflops(kernel.gflops)} GFLOP/s, ${percent(kernel.shareOfPeak)} of peak. Operations are counted as in`
    + ' the plain algorithm, so Winograd\'s convolutions can pass the peak.';
  return [`### ${title} (${variant}, ${threads} threads, batches of ${batchSize})`, peak,
    networkTable(architectures), layerTable(architectures, peakGflops.allThreads)].join('\n\n');
}

function networkTable(architectures) {
  const header = ['', 'parameters', 'MFLOP forward', 'training images/s', 'on one thread', 'test images/s', 'one image, ms',
    'optimizer, ms'];
  const middle = (value) => (value ? count(value.median) : '–');
  return table(header, architectures.map((one) => [
    one.id, count(one.parameters), fixed(2)(one.forwardFlops / 1e6), middle(one.trainImagesPerSecond),
    middle(one.oneThreadTrainImagesPerSecond), middle(one.testImagesPerSecond), fixed(3)(one.oneImageMs?.median),
    fixed(3)(one.optimizerMs?.median)]));
}

function layerTable(architectures, peak) {
  const header = ['', 'layer', 'forward, ms', 'GFLOP/s', 'of peak', 'backward, ms', 'GFLOP/s', 'of peak'];
  const direction = (ms, gflops) => [fixed(3)(ms), fixed(1)(gflops), percent(gflops / peak)];
  return table(header, architectures.flatMap(({ id, layers = [] }) => layers.map((one, i) => [
    i === 0 ? id : '', one.layer, ...direction(one.forwardMs, one.forwardGflops),
    ...direction(one.backwardMs, one.backwardGflops)])));
}
