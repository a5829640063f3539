import type { CountRows } from './count-regression.ts';
import { growTree, leafOf, type Tree } from './count-tree.ts';

/** Trees whose leaves add up to a correction of the logarithm. */
type CountTrees = readonly Tree[];

const treeCount = 60;
/** Share of a leaf's own answer that is believed; the following trees learn from the rest. */
const learningRate = 0.08;
/** Shares of rows and features that each tree sees: trees that differ err less together. */
const rowShare = 0.5;
const featureShare = 0.6;
/** Values of a feature are told apart by so many bounds at most, each with about as many rows between. */
const binCount = 32;
const binSample = 4_000;
/** Spread taken when weighing rows: variance = mean + 0.5 · mean². */
const dispersion = 0.5;
/** Logarithms outside this range are cut, so that one odd row cannot overflow. */
const logMin = -6;
const logMax = 12;

/**
 * Learns how far counts lie from their offsets, by boosted regression trees: each tree corrects what those before it
 * left. Repeatable: the choice of rows and features is drawn from a fixed seed.
 *
 * @param rows - at least one; finite
 * @returns trees for {@link predictTreeCount}
 * @see gradient boosting with Newton steps on the quasi-likelihood of overdispersed counts with log link (Friedman,
 *   "Greedy function approximation: a gradient boosting machine", 2001; leaves and gains shrunk as in XGBoost, 2016);
 *   the winner of the VN2 challenge used boosted trees over all series (arXiv 2601.18919)
 * @example
 * // counts 2 where the feature is 0, counts 8 where it is 1, many rows of each
 * predictTreeCount(fitCountTrees(rows), 0, new Float64Array([1]), 0) // near 8
 */
export function fitCountTrees(rows: CountRows): CountTrees {
  const { count, width } = rows;
  const bounds = Array.from({ length: width }, (_, feature) => findBounds(rows, feature));
  const bins = new Uint8Array(count * width);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < width; j++) bins[i * width + j] = binOf(bounds[j]!, rows.features[i * width + j]!);
  }
  const logs = Float64Array.from(rows.offsets.subarray(0, count));
  const draw = startDraw();
  const trees: Tree[] = [];
  for (let n = 0; n < treeCount; n++) {
    const gradients = new Float64Array(count);
    const weights = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      const mean = Math.exp(cut(logs[i]!));
      const scale = 1 / (1 + dispersion * mean);
      gradients[i] = (rows.counts[i]! - mean) * scale;
      weights[i] = mean * scale;
    }
    const sample = Uint32Array.from(indexes(count, () => draw() < rowShare));
    const features = indexes(width, () => draw() < featureShare);
    const grown = growTree({
      bins,
      bounds,
      width,
      count,
      gradients,
      weights,
      sample,
      features,
      learningRate,
    });
    for (let i = 0; i < count; i++) logs[i] = logs[i]! + grown.tree.leaves[grown.leafOfRow[i]!]!;
    trees.push(grown.tree);
  }
  return trees;
}

/**
 * Expected count of one row.
 *
 * @param offset - as in {@link CountRows}
 * @param features - the row's features from place `from` on
 * @returns expected count, > 0
 * @see {@link fitCountTrees}
 * @example predictTreeCount([], Math.log(3), features, 0) // 3
 */
export function predictTreeCount(
  trees: CountTrees,
  offset: number,
  features: Float64Array,
  from: number,
): number {
  let sum = offset;
  for (const tree of trees) sum += tree.leaves[leafOf(tree, features, from)]!;
  return Math.exp(cut(sum));
}

function cut(log: number): number {
  return Math.max(logMin, Math.min(logMax, log));
}

function indexes(length: number, isTaken: () => boolean): number[] {
  return Array.from({ length }, (_, i) => i).filter(isTaken);
}

/** Quantiles of a feature, ascending. */
function findBounds({ count, width, features }: CountRows, feature: number): Float64Array {
  const step = Math.max(1, Math.floor(count / binSample));
  const values: number[] = [];
  for (let i = 0; i < count; i += step) values.push(features[i * width + feature]!);
  values.sort((a, b) => a - b);
  return Float64Array.from(
    { length: binCount - 1 },
    (_, k) => values[Math.floor(((k + 1) * values.length) / binCount)]!,
  );
}

/** Number of bounds below a value. */
function binOf(bounds: Float64Array, value: number): number {
  let low = 0;
  let high = bounds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value > bounds[middle]!) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Repeatable numbers in [0, 1): a linear congruential generator with the constants of Numerical Recipes. */
function startDraw(): () => number {
  let state = 12_345;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
