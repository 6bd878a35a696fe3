// Times the contenders in turn, A B C D, A B C D, ..., so that a slow moment of the machine affects all of them.

import { median, spread } from './common.mjs';
import { learningProblem } from './verify.mjs';

/**
 * Returns all measurements: {architecture, contender, round, imagesPerSecond, ...} or {architecture, contender, round,
 * problem}.
 * @param models what verify.mjs returned, without those that are wrong
 */
export async function measureRounds(models, contenders, { rounds, secs }, say) {
  const measurements = [];
  const settled = new Set(); // what need not, or cannot, be measured again
  for (let round = 1; round <= rounds; ++round) {
    const present = await open(contenders, say);
    for (const model of models) {
      const told = [];
      for (const contender of present) {
        const key = `${model.id} ${contender.name}`;
        if (settled.has(key)) continue;
        const result = await measure(model, contender, secs);
        if (result.problem || result.once) settled.add(key);
        measurements.push({ architecture: model.id, contender: contender.name, round, ...result });
        told.push(`${contender.name} ${result.problem ?? Math.round(result.imagesPerSecond).toLocaleString('en')}`);
      }
      if (told.length) say(`round ${round}/${rounds}, ${model.id}: ${told.join(', ')}`);
    }
    for (const contender of contenders) await contender.closeRound?.();
  }
  return measurements;
}

/** Returns the contenders that could start; the others miss this round. */
async function open(contenders, say) {
  const present = [];
  for (const contender of contenders) {
    try {
      await contender.openRound?.();
      present.push(contender);
    } catch (error) {
      say(`${contender.name} did not start: ${error.message.split('\n')[0]}`);
    }
  }
  return present;
}

async function measure(model, contender, secs) {
  try {
    const result = await contender.train(model, secs);
    const problem = learningProblem(result);
    return problem ? { ...result, imagesPerSecond: undefined, problem: `WRONG: ${problem}` } : result;
  } catch (error) {
    return { problem: `cannot: ${error.message.split('\n')[0]}` };
  }
}

/** Returns for each architecture the contenders' speeds over the rounds, and the ratio of each pair, compared round by round. */
export function summarise(models, contenders, measurements, pairs) {
  return models.map(({ id }) => {
    const of = (name) => measurements.filter((one) => one.architecture === id && one.contender === name);
    const speeds = {};
    for (const { name } of contenders) {
      const all = of(name);
      const problem = all.length ? all.find((one) => one.problem)?.problem : 'absent: it did not start';
      speeds[name] = problem ? { problem } : { ...spread(all.map((one) => one.imagesPerSecond)), details: all.at(-1) };
    }
    const ratios = {};
    for (const [ours, theirs] of pairs) ratios[`${ours} / ${theirs}`] = ratio(of(ours), of(theirs));
    return { architecture: id, speeds, ratios };
  });
}

/** Returns the median of the rounds' ratios, since the machine's speed differs more between rounds than within one. */
function ratio(ours, theirs) {
  const values = ours.flatMap((one) => {
    const other = theirs.find((their) => their.round === one.round);
    const value = one.imagesPerSecond / other?.imagesPerSecond;
    return Number.isFinite(value) ? [value] : [];
  });
  return values.length ? median(values) : undefined;
}
