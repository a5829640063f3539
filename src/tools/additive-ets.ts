import { minimize } from './nelder-mead.ts';

/**
 * A fitted additive exponential smoothing model: the peer that automatic forecasting packages would choose for
 * daily demand with zeros. Kept for measurements only.
 */
export interface AdditiveEts {
  readonly hasTrend: boolean;
  readonly hasSeason: boolean;
  readonly alpha: number;
  readonly beta: number;
  readonly gamma: number;
  readonly phi: number;
  readonly season: number;
  /** Residual standard deviation, units. */
  readonly sigma: number;
  readonly aicc: number;
}

/** Mean and standard deviation of a period, or of the sum of several. */
export interface EtsSum {
  readonly mean: number;
  readonly sd: number;
}

interface Shape {
  readonly hasTrend: boolean;
  readonly isDamped: boolean;
  readonly hasSeason: boolean;
}

const shapes: readonly Shape[] = [
  { hasTrend: false, isDamped: false, hasSeason: false },
  { hasTrend: true, isDamped: false, hasSeason: false },
  { hasTrend: true, isDamped: true, hasSeason: false },
  { hasTrend: false, isDamped: false, hasSeason: true },
  { hasTrend: true, isDamped: false, hasSeason: true },
  { hasTrend: true, isDamped: true, hasSeason: true },
];
const evaluationsMax = 160;

/**
 * Chooses among ANN, AAN, AAdN, ANA, AAA and AAdA by the corrected Akaike criterion and fits by least squares.
 *
 * Multiplicative forms are left out: they are not defined with zeros.
 *
 * @param values - units per period, all known
 * @param season - periods
 * @see Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 2nd edition, sections 7.5 and 7.6
 */
export function fitAdditiveEts(values: Float64Array, season: number): AdditiveEts {
  let best: AdditiveEts | null = null;
  for (const shape of shapes) {
    if (shape.hasSeason && (season < 2 || values.length < 3 * season)) continue;
    const model = fitShape(values, season, shape);
    if (best === null || model.aicc < best.aicc) best = model;
  }
  return best!;
}

function fitShape(values: Float64Array, season: number, shape: Shape): AdditiveEts {
  const { hasTrend, isDamped, hasSeason } = shape;
  const start = [0.1];
  if (hasTrend) start.push(0.01);
  if (isDamped) start.push(0.95);
  if (hasSeason) start.push(0.05);
  const toModel = (point: ArrayLike<number>): AdditiveEts => {
    let j = 1;
    return {
      hasTrend,
      hasSeason,
      season,
      alpha: point[0]!,
      beta: hasTrend ? point[j++]! : 0,
      phi: isDamped ? point[j++]! : 1,
      gamma: hasSeason ? point[j++]! : 0,
      sigma: 0,
      aicc: 0,
    };
  };
  const isValid = ({ alpha, beta, gamma, phi }: AdditiveEts): boolean =>
    alpha > 1e-4 &&
    alpha < 0.9999 &&
    beta >= 0 &&
    beta <= alpha &&
    gamma >= 0 &&
    gamma <= 1 - alpha &&
    phi >= 0.8 &&
    phi <= (isDamped ? 0.98 : 1);
  const found = minimize(
    (point) => {
      const model = toModel(point);
      return isValid(model) ? runEts(model, values).squares : Number.POSITIVE_INFINITY;
    },
    start,
    0.05,
    evaluationsMax,
  );
  const n = values.length;
  const parameters = start.length + 1 + (hasTrend ? 1 : 0) + (hasSeason ? season : 0) + 1;
  const squares = Math.max(found.score, 1e-12);
  const aic = n * Math.log(squares / n) + 2 * parameters;
  const correction = (2 * parameters * (parameters + 1)) / Math.max(1, n - parameters - 1);
  return {
    ...toModel(found.point),
    sigma: Math.sqrt(squares / Math.max(1, n - parameters)),
    aicc: aic + correction,
  };
}

interface EtsState {
  squares: number;
  level: number;
  trend: number;
  readonly seasonal: Float64Array;
  readonly at: number;
}

function runEts(model: AdditiveEts, values: Float64Array): EtsState {
  const { alpha, beta, gamma, phi, season, hasTrend, hasSeason } = model;
  const n = values.length;
  const first = Math.min(n, hasSeason ? 4 * season : 28);
  let level = 0;
  for (let t = 0; t < first; t++) level += values[t]! / first;
  const seasonal = new Float64Array(season);
  if (hasSeason) {
    const counts = new Float64Array(season);
    for (let t = 0; t < first; t++) {
      seasonal[t % season]! += values[t]! - level;
      counts[t % season]! += 1;
    }
    for (let k = 0; k < season; k++) seasonal[k]! /= Math.max(1, counts[k]!);
  }
  let trend = 0;
  let squares = 0;
  let k = 0;
  for (let t = 0; t < n; t++) {
    const base = level + phi * trend;
    const error = values[t]! - base - (hasSeason ? seasonal[k]! : 0);
    squares += error * error;
    level = base + alpha * error;
    if (hasTrend) trend = phi * trend + beta * error;
    if (hasSeason) {
      seasonal[k]! += gamma * error;
      k = k + 1 === season ? 0 : k + 1;
    }
  }
  return { squares, level, trend, seasonal, at: k };
}

/**
 * Each of the next periods under a fitted model, its states brought up to date with `values`.
 *
 * @param values - units per period up to now
 * @param periods - ≥ 1
 * @returns mean, not below 0, and standard deviation per period
 * @see Hyndman, Koehler, Ord and Snyder 2008: variance = σ²·(1 + Σ c²), c the weight of an earlier innovation
 */
export function forecastEtsPeriods(model: AdditiveEts, values: Float64Array, periods: number): EtsSum[] {
  const { level, trend, seasonal, at } = runEts(model, values);
  const { alpha, beta, gamma, phi, season, hasSeason, sigma } = model;
  let damped = 0;
  let power = 1;
  let variance = 1;
  let trendWeight = 0;
  return Array.from({ length: periods }, (_, i) => {
    power *= phi;
    damped += power;
    const mean = level + damped * trend + (hasSeason ? seasonal[(at + i) % season]! : 0);
    const sd = sigma * Math.sqrt(variance);
    trendWeight += power;
    variance += (alpha + beta * trendWeight + (hasSeason && (i + 1) % season === 0 ? gamma : 0)) ** 2;
    return { mean: Math.max(0, mean), sd };
  });
}

/**
 * Sum of the next periods under a fitted model, its states brought up to date with `values`.
 *
 * @param values - units per period up to now
 * @param periods - ≥ 1
 * @see Hyndman, Koehler, Ord and Snyder 2008: an innovation moves every later period of the sum by its weight
 */
export function forecastEtsSum(model: AdditiveEts, values: Float64Array, periods: number): EtsSum {
  const { level, trend, seasonal, at } = runEts(model, values);
  const { alpha, beta, gamma, phi, season, hasSeason, sigma } = model;
  let mean = 0;
  let damped = 0;
  let power = 1;
  // moved = how far an innovation i periods back has moved the sum since, per unit.
  let moved = 1;
  let variance = 0;
  let trendWeight = 0;
  for (let i = 1; i <= periods; i++) {
    power *= phi;
    damped += power;
    mean += level + damped * trend + (hasSeason ? seasonal[(at + i - 1) % season]! : 0);
    variance += moved * moved;
    trendWeight += power;
    moved += alpha + beta * trendWeight + (hasSeason && i % season === 0 ? gamma : 0);
  }
  return { mean: Math.max(0, mean), sd: sigma * Math.sqrt(variance) };
}
