/** How a cell of the heat map is painted, from empty to full. */
export type HeatTone = 'out' | 'low' | 'near' | 'fine' | 'high' | 'none';

/** What the heat map is painted by. */
export type HeatMeasure = 'days' | 'health' | 'stock';

type Ends = readonly (readonly [tone: HeatTone, end: number])[];

/** Upper ends of the tones: multiples of the safety stock, days, points of health. */
const stockEnds: Ends = [
  ['low', 1],
  ['near', 2],
  ['fine', 5],
];
const daysEnds: Ends = [
  ['low', 7],
  ['near', 14],
  ['fine', 60],
];
const healthEnds: Ends = [
  ['out', 25],
  ['low', 50],
  ['near', 70],
  ['fine', 85],
];

/**
 * How full a place is, measured by its safety stock.
 *
 * @param threshold - null or 0 = none to measure by
 */
export function heatTone(available: number, threshold: number | null): HeatTone {
  if (available <= 0) return 'out';
  if (threshold === null || threshold <= 0) return 'none';
  return toneOf(available / threshold, stockEnds);
}

/** How long a place lasts. @param days - null = no forecast */
export function daysTone(available: number, days: number | null): HeatTone {
  if (available <= 0) return 'out';
  return days === null ? 'none' : toneOf(days, daysEnds);
}

/** How healthy a place is. @param score - 0 to 100, null = unknown */
export function healthTone(score: number | null): HeatTone {
  return score === null ? 'none' : toneOf(score, healthEnds);
}

function toneOf(value: number, ends: Ends): HeatTone {
  return ends.find(([, end]) => value <= end)?.[0] ?? 'high';
}
