import { Command } from 'commander';
import { defaultForecastOptions } from '../domain/forecast/forecast-input.ts';
import { forecastItem } from '../domain/forecast/forecast-item.ts';
import { grainOf } from '../domain/forecast/grain.ts';
import { computeGroupFactors } from '../domain/forecast/group-factors.ts';
import { uniformStream } from './backtest-score.ts';
import { parseCount } from './forecast.ts';
import { outputQuantiles } from './forecast-run.ts';

const firstDay = 18_262;
const intervalLevels = [0.5, 0.8, 0.9, 0.95, 0.98, 0.99];

/**
 * The `bench forecast` command: how many items one core forecasts in a second, at 365, 730 and 1,900 days of
 * history, and how much memory that takes.
 *
 * Counts the whole work of one item: factors, levels, spread, replayed errors of three interval lengths, accuracy,
 * 28 days of nine quantiles and six quantiles of the first interval. CPU time of this thread, so that other work
 * on the machine does not count. Items are made up: sparse to busy, with weekday pattern and drifting level.
 */
export function benchForecastCommand(): Command {
  return new Command('forecast')
    .description('forecasts per second and core, and memory')
    .option('--series <count>', 'items per history length', parseCount, 2_000)
    .action(({ series }: { series: number }) => {
      process.stdout.write('days of history   ms/series   series/s/core   heap MB   RSS MB\n');
      measure(730, Math.min(series, 500));
      for (const days of [365, 730, 1_900]) {
        const milliseconds = measure(days, series);
        const { heapUsed, rss } = process.memoryUsage();
        const cells = [
          days,
          milliseconds.toFixed(3),
          Math.round(1_000 / milliseconds),
          mega(heapUsed),
          mega(rss),
        ];
        const widths = [15, 12, 16, 10, 9];
        process.stdout.write(`${cells.map((cell, i) => String(cell).padStart(widths[i]!)).join('')}\n`);
      }
    });
}

function mega(bytes: number): string {
  return (bytes / 1_048_576).toFixed(0);
}

function measure(days: number, series: number): number {
  const items = Array.from({ length: series }, (_, i) => madeUpDemand(days, i));
  const totals = new Float64Array(days);
  for (const item of items) for (let t = 0; t < days; t++) totals[t]! += item[t]!;
  const group = computeGroupFactors(totals, firstDay, grainOf(7), true, null);
  const before = process.threadCpuUsage();
  let check = 0;
  for (const units of items) {
    const { forecast } = forecastItem({ ...defaultForecastOptions, units, firstDay, group });
    if (forecast === null) continue;
    for (let h = 1; h <= 28; h++) {
      const distribution = forecast.periodDistribution(h);
      for (const level of outputQuantiles) check += distribution.quantile(level);
    }
    const interval = forecast.demandOver(7);
    for (const level of intervalLevels) check += interval.quantile(level);
  }
  const { user, system } = process.threadCpuUsage(before);
  if (!Number.isFinite(check)) throw new Error('a forecast was not a number');
  return (user + system) / 1_000 / series;
}

/** Demand like a shop's: mostly zeros for slow items, a weekday pattern, a level that drifts. */
function madeUpDemand(days: number, seed: number): Float64Array {
  const draw = uniformStream(seed);
  const units = new Float64Array(days);
  let level = 10 ** (draw() * 2.5 - 1);
  for (let t = 0; t < days; t++) {
    level *= 1 + (draw() - 0.5) * 0.04;
    const mean = level * (t % 7 < 5 ? 0.9 : 1.25);
    // A Poisson draw by products of uniforms, with the mean itself spread around.
    const limit = Math.exp(-Math.min(500, mean * -Math.log(1 - draw())));
    let product = draw();
    while (product > limit) {
      units[t]! += 1;
      product *= draw();
    }
  }
  return units;
}
