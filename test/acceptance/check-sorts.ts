import type { GraphqlReader, Json } from './graphql-reader.ts';

const fields = 'id daysToStockOut { p50 } health { score computedAt } excessValue { amount }';
const itemFields =
  'id daysToStockOut { p50 } health { score computedAt } stockLevels(first: 20) { nodes { excessValue { amount } } }';

interface SortCase {
  readonly list: 'items' | 'stockLevels';
  readonly field: string;
  /** Null = the row does not show it: the sum over its levels is taken, which may be newer than the list. */
  readonly value: ((row: Json) => Json) | null;
}

const cases: readonly SortCase[] = [
  { list: 'stockLevels', field: 'DAYS_TO_STOCK_OUT', value: (row) => row.daysToStockOut?.p50 },
  { list: 'stockLevels', field: 'HEALTH', value: (row) => row.health?.score },
  { list: 'stockLevels', field: 'EXCESS_VALUE', value: (row) => row.excessValue?.amount },
  { list: 'items', field: 'DAYS_TO_STOCK_OUT', value: (row) => row.daysToStockOut?.p50 },
  { list: 'items', field: 'HEALTH', value: (row) => row.health?.score },
  { list: 'items', field: 'EXCESS_VALUE', value: null },
];

const pageSize = 40;
/** Of neighbours sorted by sums over levels: the sums move while the list's own stand until the next summary. */
const newerSumsMax = 0.1;

/**
 * Walks items and levels sorted both ways, page by page: every row once, in order, the ones without a value last.
 * A live sandbox changes values while pages are read; a row may stand elsewhere, be missing or come twice only when
 * its value before and after the walk differs.
 */
export async function checkSorts(reader: GraphqlReader, say: (text: string) => void): Promise<boolean> {
  say(`\n${'sorted list'.padEnd(44)}   rows  lost  doubled  out of order  moved meanwhile`);
  let isSound = true;
  for (const { list, field, value } of cases) {
    for (const direction of ['ASC', 'DESC']) {
      const shown = list === 'items' ? itemFields : fields;
      const readAll = () => reader.walk(`${list}()`, shown, 100);
      const before = await readAll();
      const walked = await reader.walk(
        `${list}(orderBy: [{ field: ${field}, direction: ${direction} }])`,
        shown,
        pageSize,
      );
      const after = await readAll();
      const verdict = compare({ before, walked, after, value, direction });
      if (verdict.lost + verdict.doubled + verdict.disordered > 0) isSound = false;
      const cells = [walked.length, verdict.lost, verdict.doubled, verdict.disordered, verdict.moved];
      const widths = [7, 6, 9, 14, 17];
      say(
        `${`${list} by ${field} ${direction}`.padEnd(44)}${cells.map((cell, i) => String(cell).padStart(widths[i]!)).join('')}`,
      );
    }
  }
  return isSound;
}

interface Walk {
  readonly before: readonly Json[];
  readonly walked: readonly Json[];
  readonly after: readonly Json[];
  readonly value: SortCase['value'];
  readonly direction: string;
}

function compare({ before, walked, after, value, direction }: Walk) {
  const of = value ?? excessOf;
  const key = (row: Json): string => String(of(row) ?? 'null');
  const later = new Map(after.map((row) => [row.id as string, key(row)]));
  const steady = new Set(
    before.filter((row) => later.get(row.id) === key(row)).map((row) => row.id as string),
  );
  const times = new Map<string, number>();
  for (const row of walked) times.set(row.id, (times.get(row.id) ?? 0) + 1);
  let lost = 0;
  let doubled = 0;
  let moved = 0;
  for (const { id } of before) {
    const count = times.get(id) ?? 0;
    if (!steady.has(id)) moved += 1;
    else if (count === 0) lost += 1;
    else if (count > 1) doubled += 1;
  }
  let disordered = 0;
  const settled = walked.filter(({ id }) => steady.has(id)).map((row) => of(row));
  for (let i = 1; i < settled.length; i++) {
    if (!isInOrder(settled[i - 1], settled[i], direction)) disordered += 1;
  }
  if (value === null && disordered <= newerSumsMax * settled.length) disordered = 0;
  return { lost, doubled, disordered, moved };
}

function excessOf(item: Json): number | null {
  const amounts = item.stockLevels.nodes.flatMap((level: Json) => level.excessValue?.amount ?? []);
  return amounts.length === 0
    ? null
    : amounts.reduce((sum: number, amount: string) => sum + Number(amount), 0);
}

function isInOrder(first: Json, second: Json, direction: string): boolean {
  if (second == null) return true;
  if (first == null) return false;
  return direction === 'ASC' ? Number(first) <= Number(second) : Number(first) >= Number(second);
}
