// The benchmark behind tools/bench, which sets up and builds first and explains the options.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Browser } from './browser.mjs';
import { recipe, root, threads } from './common.mjs';
import { Native, Tab } from './digitlab.mjs';
import { measureRounds, summarise } from './measure.mjs';
import { PyTorch } from './pytorch.mjs';
import { layersReport, speedNotes, speedTable } from './report.mjs';
import { TensorFlowJs } from './tfjs.mjs';
import { testPictures, verifyNative, verifyTab } from './verify.mjs';

const parts = ['tab', 'native', 'pytorch', 'tfjs', 'layers'];
const pairs = [['tab', 'PyTorch'], ['native', 'PyTorch'], ['tab', 'TensorFlow.js']];

const started = Date.now();
const say = (text) => console.error(`[${((Date.now() - started) / 1000).toFixed(0)} s] ${text}`);

const list = (text) => text?.split(',').map((one) => one.trim()).filter(Boolean);

function readOptions() {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      architectures: { type: 'string' },
      rounds: { type: 'string' },
      json: { type: 'string' },
      only: { type: 'string', default: parts.join(',') },
    },
  });
  const only = list(values.only);
  const strange = only.filter((part) => !parts.includes(part));
  if (strange.length) throw new Error(`--only knows ${parts.join(', ')}, not ${strange.join(', ')}`);
  const rounds = Number(values.rounds ?? (values.quick ? 2 : 3));
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds takes a whole number from 1');
  return { only, rounds, secs: values.quick ? 1 : 3, layerSecs: values.quick ? 0.3 : 1, json: values.json,
    architectures: list(values.architectures) };
}

function chosenIds(all, wanted = all) {
  const unknown = wanted.filter((id) => !all.includes(id));
  if (unknown.length) throw new Error(`there is no architecture ${unknown.join(', ')}; known are ${all.join(', ')}`);
  return all.filter((id) => wanted.includes(id));
}

function machine(browser) {
  const [{ model }] = cpus();
  const commit = execFileSync('git', ['describe', '--always', '--dirty'], { cwd: root, encoding: 'utf8' }).trim();
  return { date: new Date().toISOString(), commit, processor: model.trim(), cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30), loadBefore: loadavg()[0], browser: browser.version(), node: process.version };
}

/** Trains every architecture briefly; PyTorch and, if it takes part, the tab must get the same results. */
async function verify(ids, { native, pyTorch, tab, only }) {
  const folder = mkdtempSync(join(tmpdir(), 'digitlab-bench-'));
  const pictures = await testPictures(folder);
  const models = [];
  await pyTorch.openRound();
  if (only.includes('tab')) await tab.openRound();
  for (const id of ids) {
    const model = await verifyNative(id, native, pyTorch, pictures);
    if (only.includes('tab')) await verifyTab(model, tab);
    say(`${id}: ${model.problems.length ? `WRONG, not timed: ${model.problems.join('; ')}` : 'results agree'}`);
    models.push(model);
  }
  await tab.closeRound();
  await pyTorch.closeRound();
  rmSync(folder, { recursive: true });
  return models;
}

async function layerByLayer(program, ids, secs) {
  try {
    await program.openRound?.();
    return await program.benchmark(ids, secs);
  } catch (error) {
    return { problem: error.message.split('\n')[0] };
  } finally {
    await program.closeRound?.();
  }
}

function print(report) {
  const { machine: where, options, contenders, models, summary, layers } = report;
  const lines = [
    `${where.processor}, ${where.cores} cores, ${where.memoryGb} GB; ${where.browser}; ${where.date}, commit ${where.commit}`,
    ...contenders.map((one) => `- ${one}`)];
  if (where.loadBefore > 0.5) lines.push(`- the machine was busy before the start: load ${where.loadBefore.toFixed(1)}`);
  console.log(lines.join('\n'));
  for (const model of models.filter((one) => one.problems.length)) {
    console.log(`\n${model.id} is WRONG and was not timed: ${model.problems.join('; ')}`);
  }
  if (summary.length) {
    console.log(`\nBatches of ${recipe.batchSize}, Adam, ${threads} threads; median (lowest–highest) of rounds: ${options.rounds};`
      + ' a ratio is the median of the rounds\' ratios.');
    console.log(`\n${speedTable(summary)}\n`);
    console.log(speedNotes(summary).join('\n'));
  }
  for (const [title, bench] of Object.entries(layers)) console.log(`\n${layersReport(title, bench)}`);
}

async function main() {
  const options = readOptions();
  const { only } = options;
  const browser = await Browser.launch();
  const [native, tab, pyTorch, tfjs] = [new Native(), new Tab(browser), new PyTorch(), new TensorFlowJs(browser)];
  const all = { tab, native, pytorch: pyTorch, tfjs };
  try {
    for (const one of Object.values(all)) await one.prepare();
    const report = { machine: machine(browser), options, recipe: { ...recipe, threads } };
    const ids = chosenIds(await native.catalogue(), options.architectures);
    report.models = await verify(ids, { native, pyTorch, tab, only });

    const right = report.models.filter((model) => model.problems.length === 0);
    const contenders = parts.filter((part) => only.includes(part) && all[part]).map((part) => all[part]);
    report.measurements = contenders.length ? await measureRounds(right, contenders, options, say) : [];
    report.contenders = contenders.map((one) => one.versions());
    const names = contenders.map((one) => one.name);
    const both = pairs.filter((pair) => pair.every((name) => names.includes(name)));
    report.summary = contenders.length ? summarise(right, contenders, report.measurements, both) : [];

    report.layers = {};
    if (only.includes('layers')) {
      say('layer by layer');
      const layerIds = right.map((model) => model.id);
      report.layers['In the tab'] = await layerByLayer(tab, layerIds, options.layerSecs);
      report.layers.Native = await layerByLayer(native, layerIds, options.layerSecs);
    }
    print(report);
    if (options.json) writeFileSync(options.json, `${JSON.stringify(report, null, 1)}\n`);
    const wrong = [...report.measurements, ...Object.values(report.layers)].some((one) => one.problem)
      || report.models.some((model) => model.problems.length);
    process.exitCode = wrong ? 1 : 0;
  } finally {
    for (const one of Object.values(all)) {
      await one.closeRound?.();
      await one.close?.();
    }
    await browser.close();
  }
}

main().catch((error) => {
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
});
