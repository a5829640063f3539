import { Command } from 'commander';
import {
  type CalibrationCase,
  calibrationLevels,
  summarizeCalibration,
  toCalibrationCase,
} from '../domain/forecast/calibration.ts';
import { type ForecastMethod, forecastMethods } from '../domain/forecast/fitted-method.ts';
import { defaultForecastOptions } from '../domain/forecast/forecast-input.ts';
import { forecastItem } from '../domain/forecast/forecast-item.ts';
import { grainOf } from '../domain/forecast/grain.ts';
import { neutralGroupFactors } from '../domain/forecast/group-factors.ts';
import { normalQuantile } from '../domain/normal.ts';
import { AppError } from '../shared/errors.ts';
import { fitAdditiveEts, forecastEtsPeriods } from './additive-ets.ts';
import { addScore, emptyScore, type ScoredForecast, type ScoreSum, scaleOf } from './backtest-score.ts';
import {
  type LoadedSeries,
  loadSeries,
  parseCount,
  parseList,
  type SeriesCommandOptions,
  withSeriesOptions,
} from './forecast.ts';
import { prepareGroups } from './forecast-run.ts';
import { periodName } from './period-columns.ts';
import { seriesOf } from './series-set.ts';

interface BacktestOptions extends SeriesCommandOptions {
  readonly windows: number;
  readonly skip: number;
  readonly horizon: number;
  readonly weight?: string;
  readonly intervals: string[];
  readonly listSeries?: boolean;
  readonly autoEts?: boolean;
}

type Contender = ForecastMethod | 'AUTO' | 'AUTO_ETS';
const productContenders: readonly (ForecastMethod | 'AUTO')[] = [
  'AUTO',
  ...forecastMethods.filter((method) => method !== 'LEVEL_MIX'),
];

/**
 * The `backtest` command: forecasts the last windows of a file from what came before each, and prints how the
 * product's forecast and the named methods did, in one run.
 *
 * The named methods see no weekday, calendar or group factors: they are the textbook's. Time is the CPU
 * time of one series and window: means, quantiles and interval errors.
 */
export function backtestCommand(): Command {
  return withSeriesOptions(new Command('backtest').description('measure forecasts on the past of a file'))
    .requiredOption('--windows <count>', 'how many windows, the last one at the end of the file', parseCount)
    .requiredOption('--horizon <periods>', 'length of a window', parseCount)
    .option(
      '--skip <count>',
      'leave out so many of the newest windows',
      (text) => (text === '0' ? 0 : parseCount(text)),
      0,
    )
    .option('--weight <column>', 'column whose value times the units of the last horizon weighs a series')
    .option('--intervals <periods>', 'lengths of the sums whose coverage is measured', parseList, [
      '7',
      '14',
      '28',
    ])
    .option('--auto-ets', 'add automatic exponential smoothing with normal quantiles as a peer (slow)')
    .option('--list-series', 'print the ids of the series that are scored')
    .action(async (options: BacktestOptions) => {
      try {
        runBacktest(await loadSeries(options), options);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        process.stderr.write(`error: ${error.message}\n`);
        process.exitCode = 1;
      }
    });
}

function runBacktest(loaded: LoadedSeries, options: BacktestOptions): void {
  const { set } = loaded;
  const { horizon, windows, skip } = options;
  const oldest = set.length - horizon * (windows + skip);
  if (oldest < 2) {
    throw new AppError(
      'invalid_input',
      `${windows + skip} windows of ${horizon} periods leave nothing to learn from: the file has ${set.length} periods`,
    );
  }
  const weights = seriesWeights(loaded, options.weight);
  const contenders: Contender[] = [...productContenders];
  if (options.autoEts === true) contenders.push('AUTO_ETS');
  const intervals = options.intervals.map(parseCount).filter((periods) => periods <= horizon);
  const scores = new Map<Contender, ScoreSum>(contenders.map((method) => [method, emptyScore()]));
  const cases: CalibrationCase[] = [];
  const ratios = new Map<Contender, WindowRatios>(
    contenders.map((method) => [method, { rmsse: 0, wrmsse: 0, spl: 0, wspl: 0 }]),
  );
  const scored = new Set<string>();
  for (let window = skip + windows - 1; window >= skip; window--) {
    const origin = set.length - horizon * (window + 1);
    process.stderr.write(`window to ${periodName(set.naming, origin - 1)}\n`);
    const sums = scoreWindow(loaded, contenders, origin, horizon, weights, intervals, cases, scored);
    for (const method of contenders) addWindow(ratios.get(method)!, scores.get(method)!, sums.get(method)!);
  }
  if (options.listSeries === true) process.stdout.write(`series: ${[...scored].join(' ')}\n\n`);
  process.stdout.write(renderScores(scores, ratios, windows, scored.size, options.weight !== undefined));
  process.stdout.write(renderCoverage(cases));
}

function seriesWeights(loaded: LoadedSeries, column: string | undefined): Float64Array | null {
  if (column === undefined) return null;
  const texts = loaded.set.attributes.get(column);
  if (texts === undefined) {
    throw new AppError(
      'invalid_input',
      `--weight: no column "${column}"; there are: ${[...loaded.set.attributes.keys()].join(', ')}`,
    );
  }
  let blank = 0;
  const weights = Float64Array.from(texts, (text) => {
    const weight = Number(text);
    if (text !== '' && Number.isFinite(weight) && weight >= 0) return weight;
    blank += 1;
    return 0;
  });
  if (blank > 0) process.stderr.write(`note: ${blank} series have no usable ${column}: they weigh nothing\n`);
  return weights;
}

function scoreWindow(
  loaded: LoadedSeries,
  contenders: readonly Contender[],
  origin: number,
  horizon: number,
  weights: Float64Array | null,
  intervals: readonly number[],
  cases: CalibrationCase[],
  scored: Set<string>,
): Map<Contender, ScoreSum> {
  const { set, season, firstDay, groupNames } = loaded;
  const { groups, groupOf } = prepareGroups(set, groupNames, season, firstDay, origin);
  const neutral = neutralGroupFactors(season);
  const sums = new Map<Contender, ScoreSum>(contenders.map((method) => [method, emptyScore()]));
  const judged = intervals.length > 0 ? intervals : [horizon];
  for (let i = 0; i < set.ids.length; i++) {
    const values = seriesOf(set, i);
    const units = values.subarray(0, origin);
    const actuals = values.subarray(origin, origin + horizon);
    const scale = scaleOf(units);
    if (scale === null) continue;
    scored.add(set.ids[i]!);
    const weight =
      weights === null ? 0 : weights[i]! * sumOf(values.subarray(Math.max(0, origin - horizon), origin));
    for (const method of contenders) {
      const sum = sums.get(method)!;
      const before = process.threadCpuUsage();
      const measure = (forecast: ScoredForecast): void => {
        addScore(sum, forecast, actuals, scale, weight);
        const { user, system } = process.threadCpuUsage(before);
        sum.milliseconds += (user + system) / 1_000;
      };
      if (method === 'AUTO_ETS') {
        measure(forecastEts(units, season, horizon));
        continue;
      }
      const { forecast } = forecastItem({
        ...defaultForecastOptions,
        units,
        firstDay: firstDay ?? 0,
        grain: grainOf(season),
        group: method === 'AUTO' ? groups[groupOf[i]!]! : neutral,
        horizonPeriods: horizon,
        intervalPeriods: judged,
        method,
      });
      if (forecast === null) continue;
      measure(forecast);
      if (method !== 'AUTO') continue;
      for (const periods of intervals) {
        const actual = sumOf(actuals.subarray(0, periods));
        cases.push(toCalibrationCase(forecast.demandOver(periods), periods, actual, forecast.stored.isWhole));
      }
    }
  }
  return sums;
}

/** The peer: fitted to the last two years of days, unknown periods taken as 0, quantiles of a normal cut at 0. */
function forecastEts(units: Float64Array, season: number, horizon: number): ScoredForecast {
  const recent = units.slice(-etsPeriods).map((value) => (Number.isNaN(value) ? 0 : value));
  const coming = forecastEtsPeriods(fitAdditiveEts(recent, season), recent, horizon);
  return {
    periodDistribution: (h) => {
      const { mean, sd } = coming[h - 1]!;
      return { mean, quantile: (p) => Math.max(0, mean + sd * normalQuantile(p)) };
    },
  };
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) if (!Number.isNaN(value)) sum += value;
  return sum;
}

/** History that the peer is fitted to. */
const etsPeriods = 730;

interface WindowRatios {
  rmsse: number;
  wrmsse: number;
  spl: number;
  wspl: number;
}

function addWindow(ratios: WindowRatios, total: ScoreSum, sum: ScoreSum): void {
  ratios.rmsse += sum.rmsse / sum.series;
  ratios.spl += sum.spl / sum.series;
  ratios.wrmsse += sum.weightedRmsse / sum.weight;
  ratios.wspl += sum.weightedSpl / sum.weight;
  total.series += sum.series;
  total.forecastUnits += sum.forecastUnits;
  total.actualUnits += sum.actualUnits;
  total.milliseconds += sum.milliseconds;
}

function renderScores(
  scores: ReadonlyMap<Contender, ScoreSum>,
  ratios: ReadonlyMap<Contender, WindowRatios>,
  windows: number,
  series: number,
  isWeighted: boolean,
): string {
  const lines = [
    `${series} series, ${windows} windows; scores are means over windows`,
    '',
    `${'method'.padEnd(24)}   RMSSE  WRMSSE     SPL    WSPL     bias  ms/series`,
  ];
  for (const [method, sum] of scores) {
    const ratio = ratios.get(method)!;
    const number = (value: number): string => (value / windows).toFixed(4).padStart(7);
    const weighted = (value: number): string => (isWeighted ? number(value) : '      -');
    const bias = `${((sum.forecastUnits / sum.actualUnits - 1) * 100).toFixed(1)} %`.padStart(8);
    lines.push(
      `${(method === 'AUTO' ? 'SHUIWEI (AUTO)' : method).padEnd(24)} ${number(ratio.rmsse)} ${weighted(ratio.wrmsse)} ` +
        `${number(ratio.spl)} ${weighted(ratio.wspl)} ${bias}  ${(sum.milliseconds / sum.series).toFixed(3).padStart(9)}`,
    );
  }
  return `${lines.join('\n')}\n`;
}

function renderCoverage(cases: readonly CalibrationCase[]): string {
  const lines = [
    '',
    'coverage of interval sums by predicted units (randomised PIT, in expectation)',
    `${'periods'.padStart(7)} ${'units'.padStart(9)} ${'cases'.padStart(7)} ${calibrationLevels
      .map((level) => `at ${level * 100} %`.padStart(9))
      .join('')}`,
  ];
  for (const { periods, fromUnits, toUnits, cases: count, coverage } of summarizeCalibration(cases)) {
    const units = toUnits === null ? `${fromUnits}+` : `${fromUnits}–${toUnits}`;
    const shares = coverage.map((share) => (share * 100).toFixed(1).padStart(9)).join('');
    lines.push(`${String(periods).padStart(7)} ${units.padStart(9)} ${String(count).padStart(7)} ${shares}`);
  }
  return `${lines.join('\n')}\n`;
}
