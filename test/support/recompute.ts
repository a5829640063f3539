import { Decimal } from 'decimal.js';

/**
 * Recomputes explanations from what a client sees, written from the published table of operations alone: it imports
 * nothing of the program, so that an error there cannot hide here.
 */
export interface ShownExplanation {
  readonly steps: readonly { code: string; op: string; operands: readonly string[]; value: string }[];
  readonly inputs: readonly { name: string; value: string; unit: string; source: string }[];
}

const Exact = Decimal.clone({ precision: 60, toExpNeg: -1e9, toExpPos: 1e9 });
type Number60 = InstanceType<typeof Exact>;

type Distribution =
  | { kind: 'count'; mean: number; dispersion: number }
  | { kind: 'gamma'; mean: number; variance: number }
  | { kind: 'normal'; mean: number; sd: number }
  | { kind: 'empirical'; values: number[]; weights: number[]; whole: boolean }
  | { kind: 'mixture'; parts: Distribution[] };

/** Everything that does not come out as shown: steps, and the result against the published value. */
export function findUnequal(explanation: ShownExplanation, published: string): string[] {
  const known = new Map<string, Number60 | Distribution>();
  const unequal: string[] = [];
  for (const input of explanation.inputs) {
    if (input.source === '') unequal.push(`input ${input.name} has no source`);
    known.set(
      input.name,
      input.unit === 'distribution' ? (JSON.parse(input.value) as Distribution) : new Exact(input.value),
    );
  }
  let last: Number60 | null = null;
  for (const step of explanation.steps) {
    const operands = step.operands.map((name) => known.get(name) ?? new Exact(name));
    last = evaluate(step.op, operands);
    if (!last.eq(step.value)) unequal.push(`${step.code}: ${last} instead of ${step.value}`);
    known.set(step.code, last);
  }
  if (last === null || !last.eq(published)) unequal.push(`result ${last} instead of ${published}`);
  return unequal;
}

function evaluate(op: string, operands: readonly (Number60 | Distribution)[]): Number60 {
  const n = (i: number) => operands[i] as Number60;
  const d = () => operands[0] as Distribution;
  const all = () => operands as Number60[];
  const exact = (value: Number60) => value.toDecimalPlaces(12, Decimal.ROUND_HALF_UP);
  const statistic = (value: number) => new Exact(value).toDecimalPlaces(6, Decimal.ROUND_HALF_UP);
  switch (op) {
    case 'add':
      return exact(all().reduce((sum, one) => sum.plus(one)));
    case 'mul':
      return exact(all().reduce((product, one) => product.times(one)));
    case 'sub':
      return exact(n(0).minus(n(1)));
    case 'div':
      return exact(n(0).div(n(1)));
    case 'max':
      return exact(Exact.max(...all()));
    case 'min':
      return exact(Exact.min(...all()));
    case 'sqrt':
      return exact(n(0).sqrt());
    case 'ceil':
      return exact(n(0).ceil());
    case 'floor':
      return exact(n(0).floor());
    case 'ceilTo':
      return exact(n(0).div(n(1)).ceil().times(n(1)));
    case 'floorTo':
      return exact(n(0).div(n(1)).floor().times(n(1)));
    case 'whenPositive':
      return n(0).gt(0) ? exact(n(1)) : new Exact(0);
    case 'normalQuantile':
      return statistic(normalQuantile(n(0).toNumber()));
    case 'mean':
      return statistic(momentsOf(d()).mean);
    case 'variance':
      return statistic(momentsOf(d()).variance);
    case 'quantile':
      return statistic(quantile(d(), n(1).toNumber()));
    case 'cdf':
      return statistic(cdf(d(), n(1).toNumber()));
    case 'loss':
      return statistic(expectedLoss(d(), n(1).toNumber()));
    case 'jointBelow':
      return statistic(jointBelow(all().map((one) => one.toNumber())));
    case 'linkedExcess':
      return statistic(linkedExcess(operands));
    default:
      throw new Error(`the table has no operation ${op}`);
  }
}

/** Standard normal distribution function by the error function's continued fraction and series. */
function normalCdf(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  let upper: number;
  if (x < 2.5) {
    let term = x;
    let sum = x;
    for (let k = 1; k < 200; k++) {
      term *= (-x * x) / k;
      sum += term / (2 * k + 1);
    }
    upper = (1 - (2 / Math.sqrt(Math.PI)) * sum) / 2;
  } else {
    let fraction = 0;
    for (let k = 200; k >= 1; k--) fraction = k / 2 / (x + fraction);
    upper = Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + fraction) / 2;
  }
  return z > 0 ? 1 - upper : upper;
}

function normalQuantile(p: number): number {
  let low = -40;
  let high = 40;
  for (let k = 0; k < 200; k++) {
    const middle = (low + high) / 2;
    if (normalCdf(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Probabilities of 0, 1, 2 … of a negative binomial (Poisson without dispersion). */
function* countProbabilities(mean: number, dispersion: number): Generator<number> {
  const size = dispersion > 1e-9 ? 1 / dispersion : null;
  let log = size === null ? -mean : -size * Math.log1p(mean / size);
  for (let k = 0; ; k++) {
    yield Math.exp(log);
    log +=
      size === null
        ? Math.log(mean / (k + 1))
        : Math.log((size + k) / (k + 1)) + Math.log(mean / (mean + size));
  }
}

function momentsOf(one: Distribution): { mean: number; variance: number } {
  switch (one.kind) {
    case 'count':
      return { mean: one.mean, variance: one.mean + one.dispersion * one.mean ** 2 };
    case 'gamma':
      return { mean: one.mean, variance: one.mean > 0 ? one.variance : 0 };
    case 'normal':
      return cutNormal(one.mean, one.sd);
    case 'empirical': {
      const mean = one.values.reduce((sum, value, i) => sum + value * one.weights[i]!, 0);
      const square = one.values.reduce((sum, value, i) => sum + value ** 2 * one.weights[i]!, 0);
      return { mean, variance: square - mean ** 2 };
    }
    case 'mixture': {
      const parts = one.parts.map(momentsOf);
      const mean = parts.reduce((sum, part) => sum + part.mean, 0) / parts.length;
      const square = parts.reduce((sum, part) => sum + part.variance + part.mean ** 2, 0) / parts.length;
      return { mean, variance: square - mean ** 2 };
    }
  }
}

/** Moments of max(0, X). */
function cutNormal(mean: number, sd: number): { mean: number; variance: number } {
  if (!(sd > 0)) return { mean: Math.max(0, mean), variance: 0 };
  const z = mean / sd;
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  const first = mean * normalCdf(z) + sd * density;
  const second = (mean ** 2 + sd ** 2) * normalCdf(z) + mean * sd * density;
  return { mean: first, variance: second - first ** 2 };
}

function cdf(one: Distribution, x: number): number {
  if (x < 0) return 0;
  switch (one.kind) {
    case 'count': {
      if (!(one.mean > 0)) return 1;
      let sum = 0;
      let k = 0;
      for (const probability of countProbabilities(one.mean, one.dispersion)) {
        if (k > Math.floor(x + 1e-9)) break;
        sum += probability;
        k += 1;
      }
      return Math.min(1, sum);
    }
    case 'gamma':
      return one.mean > 0 ? gammaCdf(one.mean ** 2 / one.variance, (x * one.mean) / one.variance) : 1;
    case 'normal':
      return one.sd > 0 ? normalCdf((x - one.mean) / one.sd) : Number(x >= one.mean);
    case 'empirical':
      return Math.min(
        1,
        one.values.reduce((sum, value, i) => sum + (value <= x + 1e-9 ? one.weights[i]! : 0), 0),
      );
    case 'mixture':
      return one.parts.reduce((sum, part) => sum + cdf(part, x), 0) / one.parts.length;
  }
}

/** Mean of what lies above x. */
function expectedLoss(one: Distribution, x: number): number {
  switch (one.kind) {
    case 'mixture':
      return one.parts.reduce((sum, part) => sum + expectedLoss(part, x), 0) / one.parts.length;
    case 'empirical':
      return one.values.reduce((sum, value, i) => sum + one.weights[i]! * Math.max(0, value - x), 0);
    case 'count': {
      if (!(one.mean > 0)) return 0;
      // What lies below is a short sum; the rest follows from the mean.
      let k = 0;
      let shortfall = 0;
      for (const probability of countProbabilities(one.mean, one.dispersion)) {
        if (k >= x) break;
        shortfall += (x - k) * probability;
        k += 1;
      }
      return Math.max(0, one.mean - x + shortfall);
    }
    case 'gamma': {
      if (!(one.mean > 0)) return 0;
      const shape = one.mean ** 2 / one.variance;
      const scaled = (x * one.mean) / one.variance;
      return one.mean * (1 - gammaCdf(shape + 1, scaled)) - x * (1 - gammaCdf(shape, scaled));
    }
    case 'normal': {
      if (!(one.sd > 0)) return Math.max(0, one.mean - x);
      const z = (x - one.mean) / one.sd;
      const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
      return one.sd * density - (x - one.mean) * (1 - normalCdf(z));
    }
  }
}

/** Regularised lower incomplete gamma function by its power series. */
function gammaCdf(shape: number, x: number): number {
  if (x <= 0) return 0;
  let term = Math.exp(shape * Math.log(x) - x - logGamma(shape + 1));
  let sum = term;
  for (let k = 1; k < 100_000 && term > sum * 1e-17; k++) {
    term *= x / (shape + k);
    sum += term;
  }
  return Math.min(1, sum);
}

function logGamma(x: number): number {
  if (x < 12) return logGamma(x + 1) - Math.log(x);
  const s = 1 / (x * x);
  const series = (1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s / 1188)))) / x;
  return (x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2 + series;
}

const isWhole = (one: Distribution): boolean =>
  one.kind === 'count' ||
  (one.kind === 'empirical' && one.whole) ||
  (one.kind === 'mixture' && one.parts.every(isWhole));

/** Smallest value whose cumulative probability reaches p. */
function quantile(one: Distribution, p: number): number {
  let high = 1;
  while (cdf(one, high) < p - 1e-12 && high < 1e15) high *= 2;
  let low = isWhole(one) ? -1 : 0;
  if (isWhole(one)) {
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (cdf(one, middle) >= p - 1e-12) high = middle;
      else low = middle;
    }
    return high;
  }
  // Exactly p: at some hundred units a tolerance of 1e-12 already moves the sixth decimal now and then.
  for (let k = 0; k < 200; k++) {
    const middle = (low + high) / 2;
    if (cdf(one, middle) >= p) high = middle;
    else low = middle;
  }
  return high;
}

/** P(Z1 ≤ z1, Z2 ≤ z2, …) of normals, each depending on the past through the one before it: by numerical integration. */
function jointBelow(list: readonly number[], points = 4_001): number {
  const below = list.filter((_, i) => i % 2 === 0);
  const links = list.filter((_, i) => i % 2 === 1);
  if (below.length === 1) return below[0]!;
  if (below.some((p) => p <= 0)) return 0;
  const bound = below.map((p) => (p >= 1 ? 9 : Math.max(-9, normalQuantile(p))));
  const from = -9;
  const grid = Array.from({ length: points }, (_, i) => i);
  let upper = bound[0]!;
  let width = (upper - from) / (points - 1);
  let xs = grid.map((i) => from + i * width);
  let weights = xs.map(
    (x, i) => (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * simpson(i, points) * width,
  );
  for (let j = 1; j < bound.length; j++) {
    const r = links[j - 1]!;
    const s = Math.sqrt(1 - r * r);
    if (j === bound.length - 1) {
      return xs.reduce((sum, x, i) => sum + weights[i]! * normalCdf((bound[j]! - r * x) / s), 0);
    }
    upper = bound[j]!;
    width = (upper - from) / (points - 1);
    const ys = grid.map((i) => from + i * width);
    const next = ys.map((y, k) => {
      let density = 0;
      for (let i = 0; i < points; i++) {
        const z = (y - r * xs[i]!) / s;
        density += weights[i]! * Math.exp((-z * z) / 2);
      }
      return (density / s / Math.sqrt(2 * Math.PI)) * simpson(k, points) * width;
    });
    xs = ys;
    weights = next;
  }
  return weights.reduce((sum, weight) => sum + weight, 0);
}

/** Mean over y of the probability that some of the linked sums is above its x by more than y. */
function linkedExcess([first, ...rest]: readonly (Number60 | Distribution)[]): number {
  const reach = (first as Number60).toNumber();
  const sums: { demand: Distribution; x: number; link: number[] }[] = [];
  for (let i = 0; i < rest.length; i += i === 0 ? 2 : 3) {
    const at = i === 0 ? 0 : i + 1;
    const link = i === 0 ? [] : [(rest[i] as Number60).toNumber()];
    sums.push({ demand: rest[at] as Distribution, x: (rest[at + 1] as Number60).toNumber(), link });
  }
  const exceeds = (y: number) =>
    // So many chains are needed that each must be quick.
    1 -
    jointBelow(
      sums.flatMap(({ demand, x, link }) => [...link, cdf(demand, x + y)]),
      1_001,
    );
  const points =
    Number.isInteger(reach) && reach <= 24 && sums.every(({ demand }) => isWhole(demand))
      ? Array.from({ length: reach }, (_, y) => ({ y, weight: 1 / reach }))
      : Array.from({ length: 16 }, (_, k) => (2 * k + 1) / 32).map((u) => ({
          y: reach * u * u,
          weight: u / 8,
        }));
  return points.reduce((sum, { y, weight }) => sum + weight * exceeds(y), 0);
}

function simpson(i: number, points: number): number {
  return (i === 0 || i === points - 1 ? 1 : i % 2 === 1 ? 4 : 2) / 3;
}
