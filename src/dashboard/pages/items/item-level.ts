import type { ItemRowFragment } from '../../gql/documents.ts';

type Level = ItemRowFragment['stockLevels']['nodes'][number];

/** The levels that alerts stand on; pools count only where there is nothing physical. */
export function watchedLevels(item: ItemRowFragment): readonly Level[] {
  return item.stockLevels.nodes.filter(({ isWatched }) => isWatched);
}

/** Safety stocks of the watched levels added up, in the item's unit; null = none is set. */
export function itemThreshold(item: ItemRowFragment): string | null {
  const values = watchedLevels(item).flatMap(({ safetyStock }) =>
    safetyStock === null ? [] : [Number(safetyStock.value)],
  );
  if (values.length === 0) return null;
  // For the eye only: the exact values stand with each place.
  return String(Math.round(values.reduce((sum, value) => sum + value, 0) * 100) / 100);
}
