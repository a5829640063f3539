import type { Client, OperationResult } from 'urql';
import {
  type ItemRowFragment,
  ItemsDocument,
  type ItemsQuery,
  type ItemsQueryVariables,
} from '../../gql/documents.ts';
import { type ItemFilters, toItemFilter, toItemOrder } from './item-filters.ts';
import { itemThreshold } from './item-level.ts';

/** Rows read at once, the most that the API gives with the places of each. */
const pageSize = 100;

/** Column heads in the user's words, in the order of the columns. */
export type ExportHeads = readonly string[];

/**
 * Reads all items that fit and makes a CSV of them: UTF-8 with a byte order mark, so that spreadsheets show Chinese.
 *
 * @param onProgress - told how many rows are done
 * @throws CombinedError when a page cannot be read; AbortError when stopped
 */
export async function exportItems(
  client: Client,
  filters: ItemFilters,
  heads: ExportHeads,
  onProgress: (rows: number) => void,
  signal: AbortSignal,
): Promise<Blob> {
  const parts: string[] = ['\uFEFF', toCsvLine(heads)];
  let after: string | null = null;
  let rows = 0;
  do {
    const variables: ItemsQueryVariables = {
      filter: toItemFilter(filters),
      orderBy: toItemOrder(filters),
      first: pageSize,
      ...(after === null ? {} : { after }),
    };
    const { data, error }: OperationResult<ItemsQuery, ItemsQueryVariables> = await client.query(
      ItemsDocument,
      variables,
      { requestPolicy: 'network-only' },
    );
    signal.throwIfAborted();
    if (data === undefined) throw error ?? new Error('no answer');
    for (const item of data.items.nodes) parts.push(toCsvLine(cellsOf(item)));
    rows += data.items.nodes.length;
    onProgress(rows);
    after = data.items.pageInfo.hasNextPage ? data.items.pageInfo.endCursor : null;
  } while (after !== null);
  return new Blob(parts, { type: 'text/csv;charset=utf-8' });
}

function cellsOf(item: ItemRowFragment): string[] {
  return [
    item.sku,
    item.title,
    item.category ?? '',
    item.unit.code,
    item.available,
    itemThreshold(item) ?? '',
    item.daysToStockOut?.p50 ?? '',
    item.health === null ? '' : String(Math.round(Number(item.health.score))),
    item.excessValue?.amount ?? '',
    item.abcClass ?? '',
    item.incoming ?? '',
    item.listedAvailable ?? '',
    item.listingDifference ?? '',
  ];
}

/** A spreadsheet takes texts that begin so for formulas; the quote keeps them texts. */
const looksLikeFormula = /^[=+@\t\r]|^-(?!\d+(\.\d+)?$)/;

/** One line of CSV, quoted where it must be. */
export function toCsvLine(cells: readonly string[]): string {
  const quoted = cells.map((cell) => {
    const safe = looksLikeFormula.test(cell) ? `'${cell}` : cell;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  });
  return `${quoted.join(',')}\r\n`;
}
