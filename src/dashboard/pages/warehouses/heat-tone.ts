/** How a cell of the heat map is painted, from empty to full. */
export type HeatTone = 'out' | 'low' | 'near' | 'fine' | 'high' | 'none';

/** Upper ends of the tones, in multiples of the safety stock. */
const ends = [
  ['low', 1],
  ['near', 2],
  ['fine', 5],
] as const;

/**
 * How full a place is, measured by its safety stock.
 *
 * @param threshold - null or 0 = none to measure by
 */
export function heatTone(available: number, threshold: number | null): HeatTone {
  if (available <= 0) return 'out';
  if (threshold === null || threshold <= 0) return 'none';
  return ends.find(([, end]) => available <= threshold * end)?.[0] ?? 'high';
}
