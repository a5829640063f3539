import { AppError } from '../../shared/errors.ts';
import { normalCdf, normalDensity, normalQuantile } from '../normal.ts';

/** Beyond this many standard deviations a normal value counts as certain: 1e-9 of probability lies outside. */
const reachSd = 6;
/** Correlations are cut here: nearer to 1 the integrand is too narrow for the grid, and the answer hardly moves. */
const correlationMax = 0.99;
const nodeCount = 96;
const rule = gaussLegendre(nodeCount);

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
  if (probabilities.some((p) => !(p >= 0 && p <= 1))) {
    throw new AppError('invalid_input', `probabilities must lie in [0, 1]: ${probabilities.join(', ')}`);
  }
  const smallest = Math.min(...probabilities);
  const chain = withoutCertain(probabilities, correlations);
  if (smallest <= 0 || chain.limits.length === 0) return smallest;
  if (chain.limits.length === 1) return smallest;
  return Math.max(0, Math.min(smallest, integrate(chain.limits, chain.correlations)));
}

/** Leaves out values that are sure to stay below: the link across them is the product of their links. */
function withoutCertain(
  probabilities: readonly number[],
  correlations: readonly number[],
): { limits: number[]; correlations: number[] } {
  const limits: number[] = [];
  const links: number[] = [];
  let link = 1;
  probabilities.forEach((p, j) => {
    if (j > 0) link *= Math.min(correlationMax, Math.max(0, correlations[j - 1]!));
    if (p >= 1 - 1e-9) return;
    if (limits.length > 0) links.push(link);
    limits.push(Math.max(-reachSd, p > 0 ? normalQuantile(p) : -reachSd));
    link = 1;
  });
  return { limits, correlations: links };
}

function integrate(limits: readonly number[], correlations: readonly number[]): number {
  let nodes = place(limits[0]!);
  let mass = nodes.map((z, i) => normalDensity(z) * weightAt(limits[0]!, i));
  for (let j = 1; j < limits.length; j++) {
    const r = correlations[j - 1]!;
    const spread = Math.sqrt(1 - r * r);
    if (j === limits.length - 1) {
      return nodes.reduce((sum, z, i) => sum + mass[i]! * normalCdf((limits[j]! - r * z) / spread), 0);
    }
    const next = place(limits[j]!);
    mass = next.map((to, k) => {
      let density = 0;
      for (let i = 0; i < nodeCount; i++) density += mass[i]! * normalDensity((to - r * nodes[i]!) / spread);
      return (density / spread) * weightAt(limits[j]!, k);
    });
    nodes = next;
  }
  return mass.reduce((sum, value) => sum + value, 0);
}

function place(limit: number): number[] {
  const half = (Math.max(limit, -reachSd + 1e-6) + reachSd) / 2;
  return rule.nodes.map((x) => -reachSd + half * (1 + x));
}

function weightAt(limit: number, i: number): number {
  return (rule.weights[i]! * (Math.max(limit, -reachSd + 1e-6) + reachSd)) / 2;
}

/** Nodes and weights on [-1, 1]: Newton's method on the Legendre polynomial from the usual cosine start. */
function gaussLegendre(n: number): { nodes: number[]; weights: number[] } {
  const nodes: number[] = [];
  const weights: number[] = [];
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
    nodes.push(x);
    weights.push(2 / ((1 - x * x) * slope * slope));
  }
  return { nodes, weights };
}
