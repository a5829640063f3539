import { Command } from 'commander';
import { defaultForecastOptions } from '../domain/forecast/forecast-input.ts';
import { forecastItem } from '../domain/forecast/forecast-item.ts';
import { grainOf } from '../domain/forecast/grain.ts';
import { normalQuantile } from '../domain/normal.ts';
import { AppError } from '../shared/errors.ts';
import { type AdditiveEts, fitAdditiveEts, forecastEtsSum } from './additive-ets.ts';
import {
  type LoadedSeries,
  loadSeries,
  parseCount,
  type SeriesCommandOptions,
  withSeriesOptions,
} from './forecast.ts';
import { prepareGroups } from './forecast-run.ts';
import { type ReplayRules, replayOrderUpTo, type SweepPoint, stockAtFill } from './inventory-replay.ts';
import { seriesOf } from './series-set.ts';

interface InventoryOptions extends SeriesCommandOptions {
  readonly days: number;
  readonly lead: number;
  readonly review: number;
  readonly sample: number;
}

const targets = [0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.925, 0.95, 0.965, 0.975, 0.985, 0.99, 0.995, 0.998, 0.999];
const fills = [0.95, 0.97, 0.98, 0.99];
/** The peer's parameters are fitted anew every so many reviews; its states follow every review. */
const etsRefitReviews = 4;
const etsHistoryDays = 730;

/** Order-up-to levels of one item at one review, one per target. */
type Rule = (units: Float64Array, i: number, review: number) => number[];

/**
 * The `bench inventory` command: how much stock it takes to reach a fill rate when the product's order-up-to
 * level, the classic formula and an automatic exponential smoothing each run the same shelves on real sales.
 *
 * Daily sales of the last days, lost sales, review and lead time as given. Recorded sales are taken as demand.
 */
export function benchInventoryCommand(): Command {
  return withSeriesOptions(new Command('inventory').description('stock needed for a fill rate, by rule'))
    .option('--days <count>', 'replayed days at the end of the file', parseCount, 182)
    .option('--lead <days>', 'lead time', parseCount, 7)
    .option('--review <days>', 'days between orders', parseCount, 7)
    .option('--sample <count>', 'only so many series, evenly picked (default: all)', parseCount, 1_000_000)
    .action(async (options: InventoryOptions) => {
      try {
        runInventory(await loadSeries(options), options);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        process.stderr.write(`error: ${error.message}\n`);
        process.exitCode = 1;
      }
    });
}

function runInventory(loaded: LoadedSeries, options: InventoryOptions): void {
  const { set } = loaded;
  const start = set.length - options.days;
  if (start < 56)
    throw new AppError('invalid_input', `--days ${options.days} leaves only ${start} days of history`);
  const protection = options.lead + options.review;
  const rules: ReplayRules = { lead: options.lead, review: options.review, warmUp: protection };
  const picked = pickSeries(loaded, start, options.sample);
  const reviews = Math.ceil(options.days / options.review);
  const contenders: [string, Rule][] = [
    ['shuiwei', productRule(loaded, options, start, protection)],
    ['AutoETS', etsRule(loaded.season, protection)],
    ['classic √L', classicRule(protection, options.lead)],
    ['classic √(L+R)', classicRule(protection, protection)],
  ];
  process.stdout.write(
    `${picked.length} series, ${options.days} days, lead ${options.lead}, review ${options.review}\n\n`,
  );
  process.stdout.write(
    `${'rule'.padEnd(16)} ${fills.map((fill) => `${fill * 100} % fill`.padStart(11)).join('')}   at target 95 %\n`,
  );
  for (const [name, rule] of contenders) {
    const sweep = sweepTargets(loaded, picked, start, reviews, options, rules, rule);
    const stocks = fills
      .map((fill) => (stockAtFill(sweep, fill)?.toFixed(2) ?? 'never').padStart(11))
      .join('');
    const at95 = sweep.find((point) => point.target === 0.95)!;
    process.stdout.write(
      `${name.padEnd(16)} ${stocks}   ${(at95.fill * 100).toFixed(1)} % with ${at95.stock.toFixed(2)}\n`,
    );
  }
}

function pickSeries(loaded: LoadedSeries, start: number, sample: number): number[] {
  const usable: number[] = [];
  for (let i = 0; i < loaded.set.ids.length; i++) {
    const values = seriesOf(loaded.set, i);
    if (values.subarray(0, start).some((value) => value > 0)) usable.push(i);
  }
  if (usable.length <= sample) return usable;
  return Array.from({ length: sample }, (_, k) => usable[Math.floor((k * usable.length) / sample)]!);
}

function sweepTargets(
  loaded: LoadedSeries,
  picked: readonly number[],
  start: number,
  reviews: number,
  options: InventoryOptions,
  rules: ReplayRules,
  rule: Rule,
): SweepPoint[] {
  const sums = targets.map(() => ({ demand: 0, sold: 0, stock: 0 }));
  for (const [done, i] of picked.entries()) {
    if (done % 100 === 0) process.stderr.write(`${done}/${picked.length} series\n`);
    const values = seriesOf(loaded.set, i).map((value) => (Number.isNaN(value) ? 0 : value));
    const levels = targets.map(() => new Float64Array(reviews));
    for (let review = 0; review < reviews; review++) {
      const wanted = rule(values.subarray(0, start + review * options.review), i, review);
      // One rounding for every rule: whole units.
      for (const [j, level] of wanted.entries()) levels[j]![review] = Math.max(0, Math.round(level));
    }
    const demand = values.subarray(start);
    for (const [j, sum] of sums.entries()) {
      const result = replayOrderUpTo(demand, levels[j]!, rules);
      sum.demand += result.demand;
      sum.sold += result.sold;
      sum.stock += result.stockDays / result.days;
    }
  }
  return sums.map((sum, j) => ({
    target: targets[j]!,
    fill: sum.sold / sum.demand,
    stock: sum.stock / picked.length,
  }));
}

function productRule(
  loaded: LoadedSeries,
  options: InventoryOptions,
  start: number,
  protection: number,
): Rule {
  const groupsAt = new Map<number, ReturnType<typeof prepareGroups>>();
  return (units, i, review) => {
    let groups = groupsAt.get(review);
    if (groups === undefined) {
      const { set, groupNames, season, firstDay } = loaded;
      groups = prepareGroups(set, groupNames, season, firstDay, start + review * options.review);
      groupsAt.set(review, groups);
    }
    const { forecast } = forecastItem({
      ...defaultForecastOptions,
      units,
      firstDay: loaded.firstDay ?? 0,
      grain: grainOf(loaded.season),
      group: groups.groups[groups.groupOf[i]!]!,
      horizonPeriods: protection,
      intervalPeriods: [protection],
    });
    const demand = forecast?.demandOver(protection, 'order');
    return targets.map((target) => demand?.quantile(target) ?? 0);
  };
}

function etsRule(season: number, protection: number): Rule {
  let model: AdditiveEts | null = null;
  return (units, _i, review) => {
    let first = 0;
    while (first < units.length && !(units[first]! > 0)) first += 1;
    const history = units.subarray(Math.max(first, units.length - etsHistoryDays));
    if (history.length < 4) return targets.map(() => 0);
    if (model === null || review % etsRefitReviews === 0) model = fitAdditiveEts(history, season);
    const { mean, sd } = forecastEtsSum(model, history, protection);
    return targets.map((target) => mean + normalQuantile(target) * sd);
  };
}

/** Mean of 28 days over the protection time plus Z · √days · standard deviation of 90 days. */
function classicRule(protection: number, rootDays: number): Rule {
  return (units) => {
    const mean = meanOf(units.subarray(-28));
    const recent = units.subarray(-90);
    const center = meanOf(recent);
    let squares = 0;
    for (const value of recent) squares += (value - center) ** 2;
    const sd = Math.sqrt(squares / Math.max(1, recent.length - 1));
    return targets.map((target) => mean * protection + normalQuantile(target) * Math.sqrt(rootDays) * sd);
  };
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return values.length === 0 ? 0 : sum / values.length;
}
