import { grainOf } from '../../../src/domain/forecast/grain.ts';
import { type GroupFactors, neutralGroupFactors } from '../../../src/domain/forecast/group-factors.ts';
import { computeItemWindow, type ItemWindow } from '../../../src/domain/forecast/item-factors.ts';

/** A history with factors of 1, or with a group's, and four weeks ahead. */
export function windowOf(units: readonly number[], group?: GroupFactors): ItemWindow {
  const grain = group === undefined ? { ...grainOf(7), season: 1 } : grainOf(7);
  return computeItemWindow(Float64Array.from(units), 0, group ?? neutralGroupFactors(1), grain, 28);
}

/** A reproducible stream of uniform numbers. */
export function uniforms(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

/** A Poisson count by products of uniforms. */
export function poisson(mean: number, draw: () => number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = draw(); product > limit; product *= draw()) count += 1;
  return count;
}
