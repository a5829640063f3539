import { AppError } from '../../../shared/errors.ts';
import { type CountRows, fitCountRegression, predictCount } from './count-regression.ts';
import { fitCountTrees, predictTreeCount } from './count-trees.ts';
import { computePanelFeatures, featureCount, type PanelFeatures } from './panel-features.ts';
import type { SalesPanel } from './sales-panel.ts';

/** Origins that are learnt from: a year of weeks, so that every season is in it once. */
const trainedOrigins = 52;
/** Origins before this have no yearly mean to compare with. */
const warmUpPeriods = 4;
/** Fewer rows than this teach a regression, or trees, nothing: the answer goes without them. */
const regressionRowsMin = 200;
const treeRowsMin = 10_000;
/** More rows than about this only take time: every second, third … one is used then. */
const rowsMax = 120_000;
/** Spread taken when the regression weighs rows: variance = mean + 0.5 · mean². */
const rowDispersion = 0.5;
const ridge = 5;
/** The regression looks at so many features, the trees at all of them and the horizon behind them. */
const regressionWidth = 17;
const treeWidth = featureCount + 1;
/**
 * Share of the plain level times season in the answer; what is learnt has the rest in equal parts. On the windows of
 * the VN2 history before the tested ones cost is lowest with a third each.
 */
const plainShare = 1 / 3;
/** Place of the season in a row of features. */
const seasonFeature = 5;

/** Forecasts of a panel from any origin, made only of what was known at that origin. */
export interface PanelForecaster {
  /**
   * Expected demand of every series.
   *
   * @param origin - the last known period, 0 … periodCount − 1
   * @returns units: (h − 1) · series + s for horizon h = 1 … horizon
   */
  meansAt(origin: number): Float64Array;
}

/**
 * Makes a forecaster for a panel: pooled season and levels of several memories; a regression and trees over all series
 * learn how much to trust which, and the answer is a mean of them all: each errs in its own way. Results are kept per
 * origin, since replays ask again and again.
 *
 * @param panel - history; periods without stock are treated as unknown demand
 * @param horizon - periods ahead, ≥ 1
 * @returns see {@link PanelForecaster}; with little history it answers the plain level times season
 * @throws AppError `invalid_input` if asked for an origin outside the panel
 * @see one model over all series, out-of-stock periods as missing: the idea of the VN2 winner (arXiv 2601.18919)
 * @example makePanelForecaster(panel, 3).meansAt(panel.periodCount - 1).length // 3 · series
 */
export function makePanelForecaster(panel: SalesPanel, horizon: number): PanelForecaster {
  const features = new Map<number, PanelFeatures>();
  const means = new Map<number, Float64Array>();
  const featuresAt = (origin: number): PanelFeatures => {
    const known = features.get(origin) ?? computePanelFeatures(panel, origin, horizon);
    features.set(origin, known);
    return known;
  };
  return {
    meansAt(origin) {
      if (!(origin >= 0 && origin < panel.periodCount)) {
        throw new AppError('invalid_input', `no period ${origin} in a panel of ${panel.periodCount}`);
      }
      const known = means.get(origin) ?? computeMeans(panel, origin, horizon, featuresAt);
      means.set(origin, known);
      return known;
    },
  };
}

function computeMeans(
  panel: SalesPanel,
  origin: number,
  horizon: number,
  featuresAt: (origin: number) => PanelFeatures,
): Float64Array {
  const { seriesCount } = panel;
  const now = featuresAt(origin);
  const plain = Float64Array.from({ length: horizon * seriesCount }, (_, at) =>
    Math.exp(offsetOf(now, seriesCount, at)),
  );
  const learnt: Float64Array[] = [];
  const horizons = Array.from({ length: horizon }, (_, k) => k + 1);
  const ask = (width: number, predict: (row: Float64Array, offset: number, h: number) => number) =>
    Float64Array.from({ length: horizon * seriesCount }, (_, at) => {
      const row = new Float64Array(width);
      writeRow({ features: row, width }, 0, now, seriesCount, at);
      return predict(row, offsetOf(now, seriesCount, at), Math.floor(at / seriesCount) + 1);
    });
  const regressions = horizons.map((h) => {
    const rows = collectRows(panel, origin, [h], regressionWidth, featuresAt);
    return rows.count < regressionRowsMin ? null : fitCountRegression(rows, rowDispersion, ridge);
  });
  if (regressions.every((coefficients) => coefficients !== null)) {
    learnt.push(ask(regressionWidth, (row, offset, h) => predictCount(offset, row, 0, regressions[h - 1]!)));
  }
  const rows = collectRows(panel, origin, horizons, treeWidth, featuresAt);
  if (rows.count >= treeRowsMin) {
    const trees = fitCountTrees(rows);
    learnt.push(ask(treeWidth, (row, offset) => predictTreeCount(trees, offset, row, 0)));
  }
  if (learnt.length === 0) return plain;
  return plain.map((mean, at) => {
    const sum = learnt.reduce((total, answer) => total + answer[at]!, 0);
    return plainShare * mean + ((1 - plainShare) * sum) / learnt.length;
  });
}

/**
 * Rows of the last year of origins whose outcomes are known by now. In a large panel each origin shows other series, so
 * that every series is learnt from.
 */
function collectRows(
  panel: SalesPanel,
  origin: number,
  horizons: readonly number[],
  width: number,
  featuresAt: (origin: number) => PanelFeatures,
): CountRows {
  const { seriesCount, periodCount, cycle } = panel;
  const blocks = (trainedOrigins + 1) * horizons.length;
  const step = Math.ceil((blocks * seriesCount) / rowsMax);
  const most = blocks * Math.ceil(seriesCount / step);
  const rows = {
    width,
    features: new Float64Array(most * width),
    offsets: new Float64Array(most),
    counts: new Float64Array(most),
  };
  let count = 0;
  for (const h of horizons) {
    const last = origin - h;
    for (let from = Math.max(cycle + warmUpPeriods, last - trainedOrigins); from <= last; from++) {
      const then = featuresAt(from);
      for (let s = (step - (from % step)) % step; s < seriesCount; s += step) {
        const outcome = s * periodCount + from + h;
        if (panel.inStock[outcome] === 0) continue;
        const at = (h - 1) * seriesCount + s;
        writeRow(rows, count, then, seriesCount, at);
        rows.offsets[count] = offsetOf(then, seriesCount, at);
        rows.counts[count] = panel.sales[outcome]!;
        count += 1;
      }
    }
  }
  return { count, ...rows };
}

/** Logarithm of the plain level times the season, at = (h − 1) · series + s. */
function offsetOf({ logLevel, logSeason }: PanelFeatures, seriesCount: number, at: number): number {
  return logLevel[at % seriesCount]! + logSeason[at]!;
}

/** Features of a series for one horizon, at = (h − 1) · series + s. */
function writeRow(
  rows: { readonly features: Float64Array; readonly width: number },
  index: number,
  { values, logSeason }: PanelFeatures,
  seriesCount: number,
  at: number,
): void {
  const { features, width } = rows;
  const s = at % seriesCount;
  const length = Math.min(width, featureCount);
  features.set(values.subarray(s * featureCount, s * featureCount + length), index * width);
  features[index * width + seasonFeature] = logSeason[at]!;
  if (width > featureCount) features[index * width + featureCount] = Math.floor(at / seriesCount) + 1;
}
