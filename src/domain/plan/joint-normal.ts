import { AppError } from '../../shared/errors.ts';
import { normalCdf, normalDensity, normalQuantile } from '../normal.ts';

/**
 * Beyond this many standard deviations a normal value counts as certain: 1e-12 of probability lies outside. Published
 * values have six decimals; an error of 1e-9 would turn one rounding in a thousand.
 */
const reachSd = 7;
/** Correlations are cut here: nearer to 1 the integrand is too narrow for the grid, and the answer hardly moves. */
const correlationMax = 0.99;
/** A value this sure to stay below says nothing about the others. */
const certainFrom = 1 - 1e-9;
/** Beyond this many standard deviations a probability is 0 or 1 to 15 digits. */
const certainSd = 8;
/** Node counts of the rules to choose from, ascending. */
const nodeCounts = [16, 24, 32, 48, 64, 96, 128, 192] as const;
/** Widest gap between two nodes, in spreads of the kernel that is integrated: leaves an error below 1e-9. */
const gapMax = 0.85;

/** Nodes and weights of a Gauss–Legendre rule on [-1, 1]. */
interface Rule {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

const rules: readonly Rule[] = nodeCounts.map(gaussLegendre);

/**
 * A chain of linked standard normal values that have stayed below their limits so far. Made by {@link extendChain};
 * kept, so that several possible ends can be tried without walking the whole chain again.
 */
export interface NormalChain {
  /** Probability of having stayed below so far, in [0, 1]. */
  readonly probability: number;
  /** Limit of the newest value that mattered; null when none did. */
  readonly limit: number | null;
  /** Where that value's density is known, ascending or descending. */
  readonly nodes: Float64Array;
  /** Density of that value together with having stayed below, times the weight of each node. */
  readonly mass: Float64Array;
  /** Correlation of that value with the newest one, when values sure to stay below lie between. */
  readonly pendingLink: number;
}

const none = new Float64Array(0);

/** The chain before its first value. */
export const emptyChain: NormalChain = {
  ...{ probability: 1, limit: null, nodes: none, mass: none, pendingLink: 1 },
};

/**
 * Adds a value to a chain.
 *
 * @param chain - so far
 * @param correlation - of the new value with the one before it, cut to [0, 0.99]; of no effect for the first
 * @param below - probability that the new value, taken alone, stays below its limit, in [0, 1]
 * @param nextCorrelation - of the new value with the one that will follow, where it is known: a looser link needs
 *   fewer nodes, unless the link behind is closer. Links that follow must not be closer
 * @returns the longer chain
 * @throws AppError `invalid_input` if `below` is not a probability
 * @see {@link jointProbabilityBelow}
 * @example extendChain(extendChain(emptyChain, 0, 0.5), 0.5, 0.5).probability // 0.333333
 */
export function extendChain(
  chain: NormalChain,
  correlation: number,
  below: number,
  nextCorrelation: number = correlationMax,
): NormalChain {
  const link = chain.pendingLink * cutCorrelation(correlation);
  requireProbability(below);
  if (below >= certainFrom) return { ...chain, pendingLink: chain.limit === null ? 1 : link };
  if (below <= 0 || chain.probability <= 0) {
    return { probability: 0, limit: -reachSd, nodes: none, mass: none, pendingLink: 1 };
  }
  const limit = Math.max(-reachSd + 1e-6, normalQuantile(below));
  const half = (limit + reachSd) / 2;
  // The grid must also bear the edge that a close link behind it leaves: it is as narrow as the kernel of that link.
  const closest = Math.max(chain.limit === null ? 0 : link, cutCorrelation(nextCorrelation));
  const rule = ruleFor(half, closest);
  const nodes = rule.nodes.map((node) => -reachSd + half * (1 + node));
  const mass = chain.limit === null ? nodes.map(normalDensity) : densitiesAt(chain, link, nodes);
  for (let k = 0; k < mass.length; k++) mass[k] = mass[k]! * half * rule.weights[k]!;
  return { probability: endChain(chain, correlation, below), limit, nodes, mass, pendingLink: 1 };
}

/**
 * Probability that a chain stays below when one last value is added; cheaper than extending it.
 *
 * @param chain - so far
 * @param correlation - as in {@link extendChain}
 * @param below - as in {@link extendChain}
 * @returns probability in [0, 1], never above the chain's own nor above `below`
 * @see {@link jointProbabilityBelow}
 * @example endChain(extendChain(emptyChain, 0, 0.5), 0.5, 0.5) // 0.333333
 */
export function endChain(chain: NormalChain, correlation: number, below: number): number {
  if (chain.limit === null) return below;
  const most = Math.min(chain.probability, below);
  if (below >= certainFrom || most <= 0) return Math.max(0, most);
  const link = chain.pendingLink * cutCorrelation(correlation);
  const spread = Math.sqrt(1 - link * link);
  const limit = normalQuantile(below);
  const { nodes, mass } = chain;
  let sum = 0;
  for (let i = 0; i < mass.length; i++) {
    const z = (limit - link * nodes[i]!) / spread;
    if (z > certainSd) sum += mass[i]!;
    else if (z > -certainSd) sum += mass[i]! * normalCdf(z);
  }
  return Math.max(0, Math.min(most, sum));
}

/**
 * Probability that a chain of linked standard normal values stays below its limits all along.
 *
 * Value 2 is linked to value 1 by a correlation, value 3 to value 2 and so on, and each depends on the past only
 * through the one before it. With one value it is just its probability; with correlation 0 the product; as
 * correlations near 1 it approaches the smallest probability.
 *
 * @param probabilities - P(value j below its limit), each in [0, 1]; at least one
 * @param correlations - of value j with value j + 1, one fewer; cut to [0, 0.99]
 * @returns probability in [0, 1], never above the smallest of `probabilities`; error below 1e-7
 * @throws AppError `invalid_input` if the lengths do not match or a probability is out of range
 * @see multivariate normal orthant of a Markov chain, by repeated one-dimensional Gauss–Legendre integration
 * @example jointProbabilityBelow([0.5, 0.5], [0.5]) // 1/4 + asin(0.5)/(2π) = 0.333333
 */
export function jointProbabilityBelow(
  probabilities: readonly number[],
  correlations: readonly number[],
): number {
  if (probabilities.length === 0 || correlations.length !== probabilities.length - 1) {
    throw new AppError('invalid_input', 'a chain of n probabilities needs n - 1 correlations');
  }
  probabilities.forEach(requireProbability);
  const last = probabilities.length - 1;
  const chain = probabilities
    .slice(0, last)
    .reduce(
      (longer, below, j) => extendChain(longer, correlations[j - 1] ?? 0, below, correlations[j]),
      emptyChain,
    );
  return endChain(chain, correlations[last - 1] ?? 0, probabilities[last]!);
}

function cutCorrelation(correlation: number): number {
  return Math.min(correlationMax, Math.max(0, correlation));
}

function requireProbability(below: number): void {
  if (below >= 0 && below <= 1) return;
  throw new AppError('invalid_input', `a probability must lie in [0, 1], but is ${below}`);
}

/** The smallest rule whose nodes lie close enough together for what follows; a close link makes a narrow kernel. */
function ruleFor(half: number, nextLink: number): Rule {
  const spread = Math.sqrt(1 - nextLink * nextLink);
  // In the middle, where they are furthest apart, n nodes on [-1, 1] keep π/n between them.
  const needed = (Math.PI * half) / (gapMax * spread);
  return rules[nodeCounts.findIndex((count) => count >= needed)] ?? rules.at(-1)!;
}

/** Density of the next value at each place, together with all values so far having stayed below. */
function densitiesAt({ nodes, mass }: NormalChain, link: number, places: Float64Array): Float64Array {
  const scale = 1 / Math.sqrt(1 - link * link);
  return places.map((place) => {
    let density = 0;
    for (let i = 0; i < mass.length; i++) {
      density += mass[i]! * normalDensity((place - link * nodes[i]!) * scale);
    }
    return density * scale;
  });
}

/** Nodes and weights on [-1, 1]: Newton's method on the Legendre polynomial from the usual cosine start. */
function gaussLegendre(n: number): Rule {
  const nodes = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 1;
    for (let step = 0; step < 30; step++) {
      let before = 1;
      let value = x;
      for (let k = 2; k <= n; k++) {
        [before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k];
      }
      slope = (n * (x * value - before)) / (x * x - 1);
      const move = value / slope;
      x -= move;
      if (Math.abs(move) < 1e-15) break;
    }
    nodes[i] = x;
    weights[i] = 2 / ((1 - x * x) * slope * slope);
  }
  return { nodes, weights };
}
