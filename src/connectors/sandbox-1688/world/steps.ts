import type { StepSeries, WorldCell } from './world.ts';

/** Index of the last element of an ascending list that is <= `at`; -1 when there is none. */
export function lastIndexAt(times: readonly number[], at: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] as number) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Number of elements, in order of time, that happened up to and including `at`. */
export function countUntil<T>(rows: readonly T[], at: number, timeOf: (row: T) => number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (timeOf(rows[middle] as T) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Records that the quantity is `value` from `at` on; a second record of the same instant replaces the first. */
export function pushStep(series: StepSeries, at: number, value: number): void {
  const last = series.at.length - 1;
  if (last >= 0 && series.value[last] === value) return;
  if (last >= 0 && series.at[last] === at) {
    series.value[last] = value;
    return;
  }
  series.at.push(at);
  series.value.push(value);
}

/** The quantity at an instant; 0 before the first record. */
export function valueAt(series: StepSeries, at: number): number {
  const index = lastIndexAt(series.at, at);
  return index < 0 ? 0 : (series.value[index] as number);
}

/** The quantities of a cell; `available` = onHand − reserved − damaged, at least 0. */
export interface CellQuantities {
  onHand: number;
  reserved: number;
  damaged: number;
  incoming: number;
  available: number;
}

/** The quantities of a cell at an instant; null before the goods were ever kept there. */
export function cellAt(cell: WorldCell, at: number): CellQuantities | null {
  const index = lastIndexAt(cell.at, at);
  if (index < 0) return null;
  const onHand = cell.onHand[index] as number;
  const reserved = cell.reserved[index] as number;
  const damaged = cell.damaged[index] as number;
  return {
    onHand,
    reserved,
    damaged,
    incoming: cell.incoming[index] as number,
    available: Math.max(0, onHand - reserved - damaged),
  };
}

/** Records a cell's quantities from `at` on; a second record of the same instant replaces the first. */
export function pushCell(
  cell: WorldCell,
  at: number,
  now: { onHand: number; reserved: number; damaged: number; incoming: number },
): void {
  const last = cell.at.length - 1;
  const index = last >= 0 && cell.at[last] === at ? last : last + 1;
  cell.at[index] = at;
  cell.onHand[index] = now.onHand;
  cell.reserved[index] = now.reserved;
  cell.damaged[index] = now.damaged;
  cell.incoming[index] = now.incoming;
}
