/** Pattern of demand: how often, and how unevenly. */
export type DemandClass = 'SMOOTH' | 'ERRATIC' | 'INTERMITTENT' | 'LUMPY';

/** A demand class with the two numbers behind it. */
export interface DemandPattern {
  readonly class: DemandClass;
  /** Mean periods from one demand to the next, ≥ 1. */
  readonly interval: number;
  /** Squared coefficient of variation of the sizes, ≥ 0. */
  readonly sizeVariation: number;
}

/** At and above this mean interval demand is intermittent (or lumpy). */
const intervalCut = 1.32;
/** At and above this variation sizes are erratic (or lumpy). */
const variationCut = 0.49;

/**
 * Classifies demand by how often it comes and how its sizes vary.
 *
 * A label and a way to pool items; not a switch of methods: on daily retail nearly everything is intermittent.
 *
 * @param demand - units per period, ≥ 0; null = not known, left out
 * @returns null when there was no demand
 * @see Syntetos, Boylan and Croston, Journal of the Operational Research Society 56 (2005), 495–503: cuts 1.32 and 0.49
 * @example classifyDemand([0, 3, 0, 0, 3, 0, 3, 0]) // { class: 'INTERMITTENT', interval: 8/3, sizeVariation: 0 }
 */
export function classifyDemand(demand: readonly (number | null)[]): DemandPattern | null {
  const known = demand.filter((units) => units !== null);
  const sizes = known.filter((units) => units > 0);
  if (sizes.length === 0) return null;
  const interval = known.length / sizes.length;
  const mean = sizes.reduce((sum, units) => sum + units, 0) / sizes.length;
  const variance = sizes.reduce((sum, units) => sum + (units - mean) ** 2, 0) / sizes.length;
  const sizeVariation = variance / (mean * mean);
  const isRare = interval >= intervalCut;
  const isUneven = sizeVariation >= variationCut;
  const name = isRare ? (isUneven ? 'LUMPY' : 'INTERMITTENT') : isUneven ? 'ERRATIC' : 'SMOOTH';
  return { class: name, interval, sizeVariation };
}
