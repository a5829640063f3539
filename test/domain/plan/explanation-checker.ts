import { Decimal as DecimalJs } from 'decimal.js';

/**
 * Recomputes explanations from their JSON alone, as a client would: it knows the published table of operations and
 * imports nothing of the product, so that a mistake there cannot hide here.
 */
const Decimal = DecimalJs.clone({ precision: 60, toExpNeg: -1e9, toExpPos: 1e9 });
type Value = DecimalJs | Stored;

type Stored =
  | { kind: 'count'; mean: number; dispersion: number }
  | { kind: 'gamma'; mean: number; variance: number }
  | { kind: 'normal'; mean: number; sd: number }
  | { kind: 'empirical'; values: number[]; weights: number[]; whole: boolean }
  | { kind: 'mixture'; parts: Stored[] };

interface CheckedExplanation {
  inputs: { name: string; value: string; unit: string }[];
  steps: { name: string; op: string; operands: string[]; value: string }[];
}

/** Names of the steps whose stored value differs from the recomputed one; empty when all agree. */
export function findDisagreements(json: string): string[] {
  const explanation = JSON.parse(json) as CheckedExplanation;
  const known = new Map<string, Value>();
  for (const input of explanation.inputs) {
    known.set(
      input.name,
      input.unit === 'distribution' ? (JSON.parse(input.value) as Stored) : new Decimal(input.value),
    );
  }
  const wrong: string[] = [];
  for (const step of explanation.steps) {
    const value = compute(
      step.op,
      step.operands.map((name) => known.get(name) ?? new Decimal(name)),
    );
    const text = value.isZero() ? '0' : value.toString();
    if (text !== step.value) wrong.push(`${step.name}: ${step.value} stored, ${text} recomputed`);
    known.set(step.name, value);
  }
  return wrong;
}

function compute(op: string, values: Value[]): DecimalJs {
  const n = (i: number): DecimalJs => values[i] as DecimalJs;
  const s = (): Stored => values[0] as Stored;
  const exact = (value: DecimalJs): DecimalJs => value.toDecimalPlaces(12, Decimal.ROUND_HALF_UP);
  const statistic = (value: number): DecimalJs =>
    new Decimal(value).toDecimalPlaces(6, Decimal.ROUND_HALF_UP);
  const numbers = values as DecimalJs[];
  switch (op) {
    case 'add':
      return exact(numbers.reduce((a, b) => a.plus(b)));
    case 'mul':
      return exact(numbers.reduce((a, b) => a.times(b)));
    case 'sub':
      return exact(n(0).minus(n(1)));
    case 'div':
      return exact(n(0).div(n(1)));
    case 'max':
      return exact(Decimal.max(...numbers));
    case 'min':
      return exact(Decimal.min(...numbers));
    case 'sqrt':
      return exact(n(0).sqrt());
    case 'ceil':
      return n(0).ceil();
    case 'floor':
      return n(0).floor();
    case 'ceilTo':
      return n(0).div(n(1)).ceil().times(n(1));
    case 'floorTo':
      return n(0).div(n(1)).floor().times(n(1));
    case 'whenPositive':
      return n(0).gt(0) ? n(1) : new Decimal(0);
    case 'normalQuantile':
      return statistic(bisect((z) => normalCdf(z), n(0).toNumber(), -40, 40));
    case 'mean':
      return statistic(meanOf(s()));
    case 'variance':
      return statistic(varianceOf(s()));
    case 'cdf':
      return statistic(cdfOf(s(), n(1).toNumber()));
    case 'quantile':
      return statistic(quantileOf(s(), n(1).toNumber()));
    case 'loss':
      return statistic(lossOf(s(), n(1).toNumber()));
    case 'jointBelow':
      return statistic(jointBelow(numbers.map((value) => value.toNumber())));
    case 'linkedExcess':
      return statistic(linkedExcess(values));
    default:
      throw new Error(`unknown operation ${op}`);
  }
}

function meanOf(d: Stored): number {
  switch (d.kind) {
    case 'count':
    case 'gamma':
      return d.mean;
    case 'normal': {
      // Cut at 0: the mean of max(0, x).
      const z = d.mean / d.sd;
      return d.mean * normalCdf(z) + (d.sd * Math.exp(-z * z * 0.5)) / Math.sqrt(2 * Math.PI);
    }
    case 'empirical':
      return d.values.reduce((sum, value, i) => sum + value * d.weights[i]!, 0);
    default:
      return d.parts.reduce((sum, part) => sum + meanOf(part), 0) / d.parts.length;
  }
}

function varianceOf(d: Stored): number {
  switch (d.kind) {
    case 'count':
      return d.mean * (1 + d.dispersion * d.mean);
    case 'gamma':
      return d.variance;
    case 'normal':
      return d.sd ** 2;
    case 'empirical':
      return d.values.reduce((sum, value, i) => sum + value * value * d.weights[i]!, 0) - meanOf(d) ** 2;
    default: {
      const second = d.parts.reduce((sum, part) => sum + varianceOf(part) + meanOf(part) ** 2, 0);
      return second / d.parts.length - meanOf(d) ** 2;
    }
  }
}

function cdfOf(d: Stored, x: number): number {
  if (x < 0) return 0;
  switch (d.kind) {
    case 'count':
      return countCdf(d.mean, d.dispersion, Math.floor(x));
    case 'gamma':
      return gammaCdf(d.mean ** 2 / d.variance, (x * d.mean) / d.variance);
    case 'normal':
      return normalCdf((x - d.mean) / d.sd);
    case 'empirical':
      return d.values.reduce((sum, value, i) => (value <= x + 1e-9 ? sum + d.weights[i]! : sum), 0);
    default:
      return d.parts.reduce((sum, part) => sum + cdfOf(part, x), 0) / d.parts.length;
  }
}

/** What exceeds x on average: the mean less what stays below x, added up or integrated. */
function lossOf(d: Stored, x: number): number {
  switch (d.kind) {
    case 'mixture':
      return d.parts.reduce((sum, part) => sum + lossOf(part, x), 0) / d.parts.length;
    case 'empirical':
      return d.values.reduce((sum, value, i) => sum + Math.max(0, value - x) * d.weights[i]!, 0);
    case 'count': {
      // E[min(D, x)] = sum of P(D > k) over whole k below x, the last step in part.
      let below = 0;
      for (let k = 0; k < x; k++) below += (1 - countCdf(d.mean, d.dispersion, k)) * Math.min(1, x - k);
      return Math.max(0, d.mean - below);
    }
    default: {
      const n = 4000;
      const h = x / n;
      let sum = 0;
      for (let i = 0; i <= n; i++)
        sum += (1 - cdfOf(d, i * h)) * (i === 0 || i === n ? 1 : i % 2 === 1 ? 4 : 2);
      return Math.max(0, meanOf(d) - (sum * h) / 3);
    }
  }
}

/** Whole distributions jump at whole numbers; others are continuous but for the jumps of replayed errors. */
function quantileOf(d: Stored, p: number): number {
  if (isWhole(d)) {
    let high = 1;
    while (cdfOf(d, high) < p - 1e-9) high *= 2;
    let low = -1;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (cdfOf(d, middle) >= p - 1e-9) high = middle;
      else low = middle;
    }
    return high;
  }
  let high = 1;
  while (cdfOf(d, high) < p) high *= 2;
  return Math.max(
    0,
    bisect((x) => cdfOf(d, x), p, 0, high),
  );
}

function isWhole(d: Stored): boolean {
  if (d.kind === 'mixture') return d.parts.every(isWhole);
  return d.kind === 'count' || (d.kind === 'empirical' && d.whole);
}

function bisect(f: (x: number) => number, p: number, from: number, to: number): number {
  let low = from;
  let high = to;
  for (let k = 0; k < 200 && high - low > 1e-13 * Math.max(1, Math.abs(low)); k++) {
    const middle = (low + high) / 2;
    if (f(middle) >= p) high = middle;
    else low = middle;
  }
  return high;
}

function countCdf(mean: number, dispersion: number, k: number): number {
  if (mean === 0) return 1;
  let sum = 0;
  for (let i = 0; i <= k; i++) {
    let log = -logFactorial(i);
    if (dispersion > 0) {
      const r = 1 / dispersion;
      for (let j = 0; j < i; j++) log += Math.log(r + j);
      log += r * Math.log(r / (r + mean)) + i * Math.log(1 / (r + mean)) + i * Math.log(mean);
    } else log += i * Math.log(mean) - mean;
    sum += Math.exp(log);
  }
  return Math.min(1, sum);
}

function logFactorial(n: number): number {
  let sum = 0;
  for (let i = 2; i <= n; i++) sum += Math.log(i);
  return sum;
}

/** Simpson's rule on the density of the bell, fine enough for twelve digits. */
function normalCdf(z: number): number {
  if (z < -9) return 0;
  if (z > 9) return 1;
  const n = 2000;
  const h = Math.abs(z) / n;
  let sum = 0;
  for (let i = 0; i <= n; i++) {
    const weight = i === 0 || i === n ? 1 : i % 2 === 1 ? 4 : 2;
    sum += weight * Math.exp(-0.5 * (i * h) ** 2);
  }
  return 0.5 + (Math.sign(z) * sum * h) / 3 / Math.sqrt(2 * Math.PI);
}

/** Series of the incomplete gamma function. */
function gammaCdf(shape: number, x: number): number {
  if (x <= 0) return 0;
  let term = 1 / shape;
  let sum = term;
  for (let n = 1; n < 100_000 && term > sum * 1e-17; n++) {
    term *= x / (shape + n);
    sum += term;
  }
  return Math.min(1, Math.exp(shape * Math.log(x) - x - logGamma(shape)) * sum);
}

/** Stirling's series after lifting the argument. */
function logGamma(x: number): number {
  let shift = 0;
  let y = x;
  while (y < 20) {
    shift -= Math.log(y);
    y += 1;
  }
  const series = 1 / (12 * y) - 1 / (360 * y ** 3) + 1 / (1260 * y ** 5);
  return shift + (y - 0.5) * Math.log(y) - y + 0.5 * Math.log(2 * Math.PI) + series;
}

/** Chain of linked normal values on an even grid with the trapezoid's correction at the limit (Simpson). */
function jointBelow(given: number[]): number {
  const below = given.filter((_, i) => i % 2 === 0);
  const links = given.filter((_, i) => i % 2 === 1);
  if (below.length === 1) return below[0]!;
  if (below.some((p) => p <= 0)) return 0;
  const limits = below.map((p) => (p >= 1 - 1e-9 ? 6.5 : bisect(normalCdf, p, -6.5, 6.5)));
  const n = 600;
  const grid = (limit: number): { z: number; w: number }[] => {
    const h = (limit + 6.5) / n;
    return Array.from({ length: n + 1 }, (_, i) => ({
      z: -6.5 + i * h,
      w: ((i === 0 || i === n ? 1 : i % 2 === 1 ? 4 : 2) * h) / 3,
    }));
  };
  const bell = (z: number): number => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
  let points = grid(limits[0]!).map(({ z, w }) => ({ z, mass: bell(z) * w }));
  for (let j = 1; j < limits.length; j++) {
    const r = links[j - 1]!;
    const spread = Math.sqrt(1 - r * r);
    points = grid(limits[j]!).map(({ z, w }) => {
      const density = points.reduce((sum, from) => sum + from.mass * bell((z - r * from.z) / spread), 0);
      return { z, mass: (density / spread) * w };
    });
  }
  return Math.min(
    Math.min(...below),
    points.reduce((sum, { mass }) => sum + mass, 0),
  );
}

/** Average chance of more than y too little, over the y from 0 to the first operand that the table names. */
function linkedExcess(values: Value[]): number {
  const numberAt = (i: number): number => (values[i] as DecimalJs).toNumber();
  const reach = numberAt(0);
  const places = [1, ...Array.from({ length: (values.length - 3) / 3 }, (_, j) => 3 * j + 4)];
  const tooMuch = (y: number): number => {
    const chain = places.flatMap((i, j) => {
      const covered = cdfOf(values[i] as Stored, numberAt(i + 1) + y);
      return j === 0 ? [covered] : [numberAt(i - 1), covered];
    });
    return 1 - jointBelow(chain);
  };
  let sum = 0;
  if (reach % 1 === 0 && reach <= 24 && places.every((i) => isWhole(values[i] as Stored))) {
    for (let y = 0; y < reach; y++) sum += tooMuch(y);
    return sum / reach;
  }
  for (let odd = 1; odd < 32; odd += 2) sum += tooMuch(reach * (odd / 32) ** 2) * (odd / 32 / 8);
  return sum;
}
