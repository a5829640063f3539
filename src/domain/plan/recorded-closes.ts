/** What is on record of the units at the end of days: comma-separated lists, offsets from the window's first day. */
interface CloseLists {
  readonly stockOffsets: string | null;
  readonly stockCloses: string | null;
  /** Units before the window; null = not on record then. */
  readonly closeBefore: string | null;
}

/**
 * Units at the end of each day of a window, the last observation carried forward.
 *
 * @param row - lists of one level
 * @param days - length of the window, ≥ 0
 * @returns NaN before the first observation
 * @see `toRecordedHistory`, which carries means and out shares the same way
 * @example carryCloses({ stockOffsets: '1', stockCloses: '5', closeBefore: null }, 3) // Float64Array [NaN, 5, 5]
 */
export function carryCloses(row: CloseLists, days: number): Float64Array {
  const closes = new Float64Array(days);
  const offsets = (row.stockOffsets ?? '').split(',').filter((text) => text !== '');
  const values = (row.stockCloses ?? '').split(',');
  let close = row.closeBefore === null ? Number.NaN : Number(row.closeBefore);
  let next = 0;
  for (let t = 0; t < days; t++) {
    while (next < offsets.length && Number(offsets[next]) <= t) {
      close = Number(values[next]);
      next += 1;
    }
    closes[t] = close;
  }
  return closes;
}
