import { Command } from 'commander';
import { isBatchHeld } from '../domain/plan/jump-guard.ts';
import { parseCount } from './forecast.ts';
import {
  beginTrial,
  type Fault,
  judgeMorning,
  liveThrough,
  type TrialLevel,
  type TrialOutcome,
} from './guard-trial.ts';
import { readSeriesFile } from './series-file.ts';

const faults: Readonly<Record<string, Fault>> = {
  'sales in another unit (×1000)': { historyFactor: 1000 },
  'stock in another unit (×1000)': { availableFactor: 1000 },
  'a lost warehouse (stock 0)': { availableFactor: 0 },
  'sales counted twice': { historyFactor: 2 },
  'goods under way counted twice': { isInboundDoubled: true },
};
/** A fault counts when it moves what is missing by so much: smaller ones change no order worth talking about. */
const movedUnitsMin = 5;
const movedShare = 0.1;
const warmUpDays = 14;
const shiftFactor = 3;
const shiftDays = 21;

interface GuardOptions {
  readonly sales?: string;
  readonly levels: number;
  readonly days: number;
}

/**
 * The `bench guard` command: how often the guard on big jumps holds what is wrong and what is right.
 *
 * Levels live through days: they sell, are counted, are bought for, and are judged each morning by the code of the
 * suggestion stage. Half of them have every movement on record, half are pools that are refilled unseen. On each
 * morning every fault is tried on every level beside the ordinary judgement; then demand really triples.
 */
export function benchGuardCommand(): Command {
  return new Command('guard')
    .description(
      'share of seeded faults and of ordinary suggestions that the guard holds; days until a true shift passes',
    )
    .option('--sales <file>', 'daily sales, wide CSV or CSV.gz; made up unless given')
    .option('--levels <count>', 'levels', parseCount, 300)
    .option('--days <count>', 'mornings judged', parseCount, 14)
    .action(async (options: GuardOptions) => {
      const random = makeRandom(7);
      const series = await loadSeries(options, random);
      const length = series[0]!.length;
      const begin = () =>
        series.map((units, i) => beginTrial(units, length - options.days - warmUpDays, i % 2 === 0));
      const write = (line: string) => process.stdout.write(`${line}\n`);
      write(`${series.length} levels, ${options.days} mornings after ${warmUpDays} to settle`);
      measureFaults(begin(), length - options.days, length, random, write);
      measureShift(series, random, write);
    });
}

function measureFaults(
  levels: readonly TrialLevel[],
  from: number,
  to: number,
  random: () => number,
  write: (line: string) => void,
): void {
  const ordinary = { rows: 0, held: 0, runsHeld: 0 };
  const counts = new Map(Object.keys(faults).map((name) => [name, { rows: 0, own: 0, withRun: 0 }]));
  for (let day = from - warmUpDays; day < to; day++) {
    const outcomes = levels.map((level) => judgeMorning(level, day));
    if (day >= from) {
      const held = outcomes.filter(({ causes }) => causes.length > 0).length;
      ordinary.rows += outcomes.length;
      ordinary.held += held;
      if (isBatchHeld(held, outcomes.length)) ordinary.runsHeld += 1;
      for (const [name, fault] of Object.entries(faults)) {
        addFault(
          counts.get(name)!,
          levels.map((level) => judgeMorning(level, day, fault)),
          outcomes,
        );
      }
    }
    for (const [i, level] of levels.entries()) liveThrough(level, day, outcomes[i]!, random);
  }
  const share = (part: number, whole: number) => `${((100 * part) / Math.max(1, whole)).toFixed(2)} %`;
  write(
    `ordinary suggestions held: ${ordinary.held} of ${ordinary.rows} = ${share(ordinary.held, ordinary.rows)}; runs held: ${ordinary.runsHeld}`,
  );
  write(
    'fault'.padEnd(34) + 'cases'.padStart(8) + 'held alone'.padStart(14) + 'held with its run'.padStart(20),
  );
  for (const [name, { rows, own, withRun }] of counts) {
    write(
      name.padEnd(34) +
        String(rows).padStart(8) +
        share(own, rows).padStart(14) +
        share(withRun, rows).padStart(20),
    );
  }
}

function addFault(
  count: { rows: number; own: number; withRun: number },
  faulty: readonly TrialOutcome[],
  right: readonly TrialOutcome[],
): void {
  const isRunHeld = isBatchHeld(faulty.filter(({ causes }) => causes.length > 0).length, faulty.length);
  faulty.forEach((one, i) => {
    const moved = Math.abs(one.gap - right[i]!.gap);
    if (moved < Math.max(movedUnitsMin, movedShare * right[i]!.target)) return;
    count.rows += 1;
    if (one.causes.length > 0) count.own += 1;
    if (one.causes.length > 0 || isRunHeld) count.withRun += 1;
  });
}

/** Demand triples from one day on and stays so: on which morning of being held does the new target pass? */
function measureShift(
  series: readonly Float64Array[],
  random: () => number,
  write: (line: string) => void,
): void {
  const length = series[0]!.length;
  const at = length - shiftDays;
  const morningsHeld: number[] = [];
  for (const [i, units] of series.entries()) {
    const shifted = units.map((value, day) => (day >= at ? value * shiftFactor : value));
    const level = beginTrial(shifted, at - warmUpDays, i % 2 === 0);
    let held = 0;
    let longest = 0;
    for (let day = at - warmUpDays; day < length; day++) {
      const outcome = judgeMorning(level, day);
      held = outcome.causes.length > 0 ? held + 1 : 0;
      if (day >= at) longest = Math.max(longest, held);
      liveThrough(level, day, outcome, random);
    }
    morningsHeld.push(longest);
  }
  const within = morningsHeld.filter((count) => count < 3).length;
  const never = morningsHeld.filter((count) => count === 0).length;
  write(
    `a true ×${shiftFactor} shift: never held ${never} of ${morningsHeld.length} levels, passed within 3 days ${within} (${((100 * within) / morningsHeld.length).toFixed(2)} %), longest hold ${Math.max(...morningsHeld)} mornings`,
  );
}

async function loadSeries(
  { sales, levels, days }: GuardOptions,
  random: () => number,
): Promise<Float64Array[]> {
  const needed = days + 2 * warmUpDays + shiftDays + 180;
  if (sales === undefined)
    return Array.from({ length: levels }, (_, i) => makeSeries(needed + 200, i, random));
  const set = await readSeriesFile(sales, {
    layout: 'wide',
    idColumns: [],
    idPattern: null,
    fitTo: null,
    season: null,
  });
  const step = Math.max(1, Math.floor(set.ids.length / levels));
  return Array.from({ length: Math.min(levels, set.ids.length) }, (_, i) => {
    const from = i * step * set.length;
    return Float64Array.from(set.values.slice(from, from + set.length), (value) =>
      Number.isNaN(value) ? 0 : value,
    );
  });
}

/** Sparse to busy, with weekdays and a level that drifts. */
function makeSeries(length: number, index: number, random: () => number): Float64Array {
  const base = 0.2 * 1.35 ** (index % 16);
  let level = base;
  return Float64Array.from({ length }, (_, day) => {
    level = Math.max(base / 3, Math.min(base * 3, level * Math.exp(0.03 * (random() - 0.5))));
    const mean = level * (day % 7 === 5 ? 1.6 : 0.9);
    // Gamma-like spread of the rate, then Poisson counts: the negative binomial of retail sales.
    const rate = mean * (0.4 * -Math.log(1 - random()) + 0.6);
    return poisson(rate, random);
  });
}

function poisson(mean: number, random: () => number): number {
  if (mean > 50)
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * 1.7 * (random() + random() + random() - 1.5)));
  let product = random();
  let count = 0;
  for (const limit = Math.exp(-mean); product > limit; count++) product *= random();
  return count;
}

/** Repeatable numbers in [0, 1): a linear congruential generator with the constants of Numerical Recipes. */
function makeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
