import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { ForecastMethod } from '../domain/forecast/fitted-method.ts';
import { defaultForecastOptions } from '../domain/forecast/forecast-input.ts';
import { forecastItem } from '../domain/forecast/forecast-item.ts';
import { grainOf } from '../domain/forecast/grain.ts';
import { computeGroupFactors, type GroupFactors } from '../domain/forecast/group-factors.ts';
import { type SeriesSet, seriesOf } from './series-set.ts';

/** The levels written out: those of the M5 uncertainty competition. */
export const outputQuantiles = [0.005, 0.025, 0.165, 0.25, 0.5, 0.75, 0.835, 0.975, 0.995];

/** Numbers per series and period: the mean and the quantiles. */
export const outputWidth = 1 + outputQuantiles.length;

/** What to forecast: plain data, so that it can be sent to a worker thread. */
export interface ForecastJob {
  readonly values: Float64Array;
  readonly length: number;
  /** Number of the first period, 0 without a calendar. */
  readonly firstDay: number;
  readonly season: number;
  readonly horizon: number;
  readonly method: ForecastMethod | 'AUTO';
  /** Shared factors, and which of them each series uses. */
  readonly groups: readonly GroupFactors[];
  readonly groupOf: Int32Array;
}

/** Series handed to a thread at a time. */
const chunkSeries = 32;
/** So few units are always plausible. */
const leastPlausible = 10;
/** Starting threads costs more than forecasting this many series. */
const inlineSeriesMax = 300;

/**
 * Shared factors of each group of series, shrunk to those of all series together.
 *
 * @param set - the series
 * @param groupNames - group of each series; null = one group of all
 * @param season - see `grainOf`
 * @param firstDay - number of the first period; null = no calendar
 * @param length - periods to look at, from the first
 */
export function prepareGroups(
  set: Pick<SeriesSet, 'values' | 'length' | 'ids'>,
  groupNames: readonly string[] | null,
  season: number,
  firstDay: number | null,
  length: number,
): Pick<ForecastJob, 'groups' | 'groupOf'> {
  const grain = grainOf(season);
  const count = set.ids.length;
  const names = [...new Set(groupNames ?? [])];
  const positions = new Map(names.map((name, i) => [name, i]));
  const all = new Float64Array(length);
  const totals = names.map(() => new Float64Array(length));
  const groupOf = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const values = seriesOf(set, i);
    const group = groupNames === null ? 0 : positions.get(groupNames[i]!)!;
    groupOf[i] = group;
    const total = totals[group];
    const most = plausibleMost(values.subarray(0, length));
    for (let t = 0; t < length; t++) {
      const value = Math.min(values[t]!, most);
      if (Number.isNaN(value)) continue;
      all[t]! += value;
      if (total !== undefined) total[t]! += value;
    }
  }
  const first = firstDay ?? 0;
  const parent = computeGroupFactors(all, first, grain, firstDay !== null, null);
  const groups =
    groupNames === null
      ? [parent]
      : totals.map((total) => computeGroupFactors(total, first, grain, firstDay !== null, parent));
  return { groups, groupOf };
}

/**
 * The most that one period of a series may add to its group's sums: eight times its fourth largest value. A single
 * wrong or exceptional number would otherwise bend the pattern of all others; great sales come several times.
 */
function plausibleMost(values: Float64Array): number {
  let [first, second, third, fourth] = [0, 0, 0, 0];
  for (const value of values) {
    if (!(value > fourth)) continue;
    if (value > first) [first, second, third, fourth] = [value, first, second, third];
    else if (value > second) [second, third, fourth] = [value, second, third];
    else if (value > third) [third, fourth] = [value, third];
    else fourth = value;
  }
  return Math.max(leastPlausible, 8 * fourth);
}

/**
 * Forecasts one series of a job: mean and quantiles of each coming period, one period after the other.
 *
 * @returns `horizon` × `outputWidth` numbers; NaN throughout for a series without any known period, and for one whose
 *   numbers are beyond computing: one bad series never stops the others
 */
export function forecastSeries(job: ForecastJob, i: number): Float64Array {
  try {
    const out = computeSeries(job, i);
    return out.every(Number.isFinite) ? out : out.fill(Number.NaN);
  } catch {
    return new Float64Array(job.horizon * outputWidth).fill(Number.NaN);
  }
}

function computeSeries(job: ForecastJob, i: number): Float64Array {
  const out = new Float64Array(job.horizon * outputWidth);
  const { forecast } = forecastItem({
    ...defaultForecastOptions,
    units: seriesOf(job, i),
    firstDay: job.firstDay,
    grain: grainOf(job.season),
    group: job.groups[job.groupOf[i]!]!,
    horizonPeriods: job.horizon,
    intervalPeriods: [Math.min(7, job.horizon)],
    method: job.method,
  });
  if (forecast === null) return out.fill(Number.NaN);
  for (let h = 0; h < job.horizon; h++) {
    const distribution = forecast.periodDistribution(h + 1);
    out[h * outputWidth] = distribution.mean;
    let highest = 0;
    for (let j = 0; j < outputQuantiles.length; j++) {
      // A digit lost in computing must not make a higher level's quantile the lower one.
      highest = Math.max(highest, distribution.quantile(outputQuantiles[j]!));
      out[h * outputWidth + 1 + j] = highest;
    }
  }
  return out;
}

/**
 * Forecasts all series of a job, on several threads when there are many, and hands the results over in the
 * order of the series, whatever thread was faster.
 *
 * @param job - its `values` must rest on shared memory
 * @param threads - worker threads; 0 = as many as there are cores
 * @param onSeries - called once per series, in order
 * @throws whatever a worker throws; all threads are stopped before
 */
export async function runForecasts(
  job: ForecastJob,
  threads: number,
  onSeries: (i: number, result: Float64Array) => Promise<void> | void,
): Promise<void> {
  const count = job.groupOf.length;
  const wanted = threads > 0 ? threads : availableParallelism();
  if (count <= inlineSeriesMax || wanted === 1) {
    for (let i = 0; i < count; i++) await onSeries(i, forecastSeries(job, i));
    return;
  }
  const chunks = Math.ceil(count / chunkSeries);
  const waiting = new Map<number, Float64Array>();
  const workers = Array.from(
    { length: Math.min(wanted, chunks) },
    () => new Worker(new URL('./forecast-worker.ts', import.meta.url), { workerData: job }),
  );
  try {
    await new Promise<void>((resolve, reject) => {
      let asked = 0;
      let written = 0;
      let writing = Promise.resolve();
      const ask = (worker: Worker): void => {
        if (asked >= chunks) return;
        const chunk = asked++;
        worker.postMessage({
          chunk,
          from: chunk * chunkSeries,
          to: Math.min(count, (chunk + 1) * chunkSeries),
        });
      };
      const flush = async (): Promise<void> => {
        for (let ready = waiting.get(written); ready !== undefined; ready = waiting.get(written)) {
          waiting.delete(written);
          const width = job.horizon * outputWidth;
          const from = written * chunkSeries;
          for (let k = 0; k * width < ready.length; k++) {
            await onSeries(from + k, ready.subarray(k * width, (k + 1) * width));
          }
          written += 1;
        }
        if (written === chunks) resolve();
      };
      for (const worker of workers) {
        worker.on('error', reject);
        worker.on('message', (message: { chunk: number; results: Float64Array }) => {
          waiting.set(message.chunk, message.results);
          ask(worker);
          writing = writing.then(flush).catch(reject);
        });
        // Two chunks under way per thread: one is worked on while the next waits.
        ask(worker);
        ask(worker);
      }
    });
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
