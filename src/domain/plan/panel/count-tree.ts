/** One tree: every level splits all its nodes. Node k has the children 2k + 1 (up to the bound) and 2k + 2 (above). */
export interface Tree {
  /** Feature that a node asks; -1 = everything goes the first way. */
  readonly features: Int16Array;
  readonly bounds: Float64Array;
  /** What each leaf adds to the logarithm, already shrunk. */
  readonly leaves: Float64Array;
}

/** What a tree is grown from. */
interface TreeGround {
  /** Bin of each feature of each row, row by row; `bounds` tell where bins end. */
  readonly bins: Uint8Array;
  readonly bounds: readonly Float64Array[];
  readonly width: number;
  readonly count: number;
  /** Per row: how far the answer so far is off, and how much that weighs. */
  readonly gradients: Float64Array;
  readonly weights: Float64Array;
  /** Rows and features that this tree may look at. */
  readonly sample: Uint32Array;
  readonly features: readonly number[];
  readonly learningRate: number;
}

const depth = 4;
/** Weight that each side of a split needs, and weight of "no correction" against a leaf's own rows. */
const sideWeightMin = 60;
const shrinkWeight = 20;
const gainMin = 1e-3;

/**
 * Grows a tree level by level; each node takes the split that explains most.
 *
 * @param ground - see {@link TreeGround}
 * @returns the tree, and the leaf of every row, also of those that it was not grown from
 * @see `fitCountTrees`
 * @example growTree(ground).tree.leaves.length // 16
 */
export function growTree(ground: TreeGround): { readonly tree: Tree; readonly leafOfRow: Uint8Array } {
  const { bins, bounds, width, count, gradients, weights, sample, learningRate } = ground;
  const tree = {
    features: new Int16Array(2 ** depth - 1).fill(-1),
    bounds: new Float64Array(2 ** depth - 1),
    leaves: new Float64Array(2 ** depth),
  };
  const nodeOf = new Uint8Array(count);
  for (let level = 0; level < depth; level++) {
    const first = 2 ** level - 1;
    const splits = findSplits(ground, nodeOf, first + 1);
    splits.forEach((split, node) => {
      if (split === null) return;
      tree.features[first + node] = split.feature;
      tree.bounds[first + node] = bounds[split.feature]![split.bin]!;
    });
    for (let i = 0; i < count; i++) {
      const split = splits[nodeOf[i]!]!;
      const isAbove = split !== null && bins[i * width + split.feature]! > split.bin;
      nodeOf[i] = 2 * nodeOf[i]! + Number(isAbove);
    }
  }
  const total = new Float64Array(tree.leaves.length);
  for (const i of sample) {
    tree.leaves[nodeOf[i]!] = tree.leaves[nodeOf[i]!]! + gradients[i]!;
    total[nodeOf[i]!] = total[nodeOf[i]!]! + weights[i]!;
  }
  for (let leaf = 0; leaf < total.length; leaf++) {
    tree.leaves[leaf] = (learningRate * tree.leaves[leaf]!) / (total[leaf]! + shrinkWeight);
  }
  return { tree, leafOfRow: nodeOf };
}

/**
 * The leaf that a row falls into.
 *
 * @param features - the row's features from place `from` on
 * @see {@link growTree}
 * @example leafOf(treeOfOneQuestion, new Float64Array([0]), 0) // 0
 */
export function leafOf(tree: Tree, features: Float64Array, from: number): number {
  let node = 0;
  while (node < tree.features.length) {
    const feature = tree.features[node]!;
    const isAbove = feature >= 0 && features[from + feature]! > tree.bounds[node]!;
    node = 2 * node + 1 + Number(isAbove);
  }
  return node - tree.features.length;
}

interface Split {
  readonly feature: number;
  readonly bin: number;
}

/** The best split of each node of a level; null where none is worth it. */
function findSplits(ground: TreeGround, nodeOf: Uint8Array, nodeCount: number): (Split | null)[] {
  const { bins, bounds, width, gradients, weights, sample, features } = ground;
  const binCount = (bounds[0]?.length ?? 0) + 1;
  const size = width * binCount;
  const sums = new Float64Array(nodeCount * size);
  const masses = new Float64Array(nodeCount * size);
  for (const i of sample) {
    const from = nodeOf[i]! * size;
    const [gradient, weight] = [gradients[i]!, weights[i]!];
    for (const feature of features) {
      const at = from + feature * binCount + bins[i * width + feature]!;
      sums[at] = sums[at]! + gradient;
      masses[at] = masses[at]! + weight;
    }
  }
  return Array.from({ length: nodeCount }, (_, node) => {
    let best: Split | null = null;
    let highest = gainMin;
    for (const feature of features) {
      const from = node * size + feature * binCount;
      const sum = total(sums, from, binCount);
      const mass = total(masses, from, binCount);
      let below = 0;
      let weight = 0;
      for (let bin = 0; bin < binCount - 1; bin++) {
        below += sums[from + bin]!;
        weight += masses[from + bin]!;
        if (weight < sideWeightMin || mass - weight < sideWeightMin) continue;
        const gain = worth(below, weight) + worth(sum - below, mass - weight) - worth(sum, mass);
        if (gain <= highest) continue;
        highest = gain;
        best = { feature, bin };
      }
    }
    return best;
  });
}

function total(values: Float64Array, from: number, length: number): number {
  let sum = 0;
  for (let k = from; k < from + length; k++) sum += values[k]!;
  return sum;
}

function worth(sum: number, weight: number): number {
  return (sum * sum) / (weight + shrinkWeight);
}
