import { dayIndexOf } from '../../domain/forecast/calendar-index.ts';
import type { BacktestRequest } from '../../domain/plan/backtest-request.ts';
import { estimateLeadTime } from '../../domain/plan/lead-time.ts';
import type { BacktestLevel, BacktestPolicy } from '../../domain/plan/policy-backtest.ts';
import { carryCloses } from '../../domain/plan/recorded-closes.ts';
import { toRecordedHistory } from '../../domain/plan/recorded-days.ts';
import { serviceLevelMax, serviceLevelMin } from '../../domain/plan/service-level.ts';
import type { ItemId, WarehouseId } from '../../shared/ids.ts';
import { type CalendarDate, hourMs } from '../../shared/time.ts';
import type { Sql } from '../connection.ts';
import type { LevelKey } from './ingest-level.ts';
import { loadRecordedDays } from './plan-history.ts';
import { loadPlanSubjects, loadReceiptDays, loadSupplierDays, type PlanSubject } from './plan-subject.ts';

/** Where nobody set a service level: the built-in one. Classes are left out, they were learnt later. */
const serviceLevelDefault = 0.95;
const reviewDaysDefault = 1;
/** Goods that are not counted in pieces are ordered in thousandths. */
const fineMultiple = 0.001;
/** No place on earth begins a day earlier than this before UTC does. */
const earliestZoneHours = 14;

/** How many levels a request is about: watched ones that its filter leaves. Reads `stock_level`, `item`, `warehouse`. */
export async function countBacktestLevels(sql: Sql, filter: BacktestRequest['filter']): Promise<number> {
  const [row] = await sql<{ count: number }[]>`select count(*)::int as count from ${levels(sql, filter)}`;
  return row?.count ?? 0;
}

/**
 * The next levels of a request, in key order.
 *
 * @param after - `item/warehouse` of the last one before; null = from the beginning
 */
export async function listBacktestLevels(
  sql: Sql,
  filter: BacktestRequest['filter'],
  after: string | null,
  limit: number,
): Promise<LevelKey[]> {
  const [itemId = null, warehouseId = null] = after?.split('/') ?? [];
  const rows = await sql<{ itemId: ItemId; warehouseId: WarehouseId }[]>`
    select l.item_id as "itemId", l.warehouse_id as "warehouseId" from ${levels(sql, filter)}
    and (${itemId}::text is null or (l.item_id, l.warehouse_id) > (${itemId}::text::uuid, ${warehouseId}::text::uuid))
    order by l.item_id, l.warehouse_id limit ${limit}`;
  return [...rows];
}

/** Names in a filter that nothing has, with the list that holds them. Reads `item`, `warehouse`. */
export async function listUnknownNames(
  sql: Sql,
  { skus, warehouseCodes, categories }: BacktestRequest['filter'],
): Promise<{ field: 'skus' | 'warehouseCodes' | 'categories'; name: string }[]> {
  const listed = (list: readonly string[] | null) => [...(list ?? [])];
  return await sql`
    select 'skus' as field, name from unnest(${listed(skus)}::text[]) as g(name)
    where not exists (select from item i where i.sku = g.name)
    union all
    select 'warehouseCodes', name from unnest(${listed(warehouseCodes)}::text[]) as g(name)
    where not exists (select from warehouse w where w.code = g.name)
    union all
    select 'categories', name from unnest(${listed(categories)}::text[]) as g(name)
    where not exists (select from item i where i.category = g.name)`;
}

function levels(sql: Sql, { skus, warehouseCodes, categories }: BacktestRequest['filter']) {
  const listed = (list: readonly string[] | null) => (list === null ? null : [...list]);
  return sql`stock_level l
    join item i on i.organization_id = l.organization_id and i.item_id = l.item_id
    join warehouse w on w.organization_id = l.organization_id and w.warehouse_id = l.warehouse_id
    where l.is_watched
      and (${listed(skus)}::text[] is null or i.sku = any (${listed(skus)}::text[]))
      and (${listed(warehouseCodes)}::text[] is null or w.code = any (${listed(warehouseCodes)}::text[]))
      and (${listed(categories)}::text[] is null or i.category = any (${listed(categories)}::text[]))`;
}

/**
 * Loads what a replay of some levels rests on: their days up to the last one asked for, their settings, and lead times
 * as receipts before the first day tell them. Reads what planning reads; writes nothing.
 *
 * @param at - business time: the settings are those of now, and days after it are not asked for
 */
export async function loadBacktestLevels(
  sql: Sql,
  keys: readonly LevelKey[],
  request: BacktestRequest,
  at: Date,
): Promise<BacktestLevel[]> {
  const subjects = await loadPlanSubjects(sql, keys, at);
  if (subjects.length === 0) return [];
  const before = new Date(Date.parse(`${request.from}T00:00:00Z`) - earliestZoneHours * hourMs);
  const receipts = await loadReceiptDays(sql, [...new Set(subjects.map(({ itemId }) => itemId))], before);
  const suppliers = [...new Set(subjects.flatMap(({ supplierName }) => supplierName ?? []))];
  const supplierDays = await loadSupplierDays(sql, suppliers, before);
  const wanted = subjects.map((subject) => ({
    ...{ itemId: subject.itemId, warehouseId: subject.warehouseId },
    lastDay: [subject.lastDay, request.to].sort()[0]!,
  }));
  const rows = await loadRecordedDays(sql, wanted);
  return subjects.flatMap((subject, index): BacktestLevel[] => {
    const row = rows[index];
    if (row === undefined) return [];
    const { history } = toRecordedHistory(row);
    const windowDays = dayIndexOf(row.lastDay as CalendarDate) - dayIndexOf(row.fromDay as CalendarDate) + 1;
    const own = receipts.filter(({ itemId }) => itemId === subject.itemId);
    const here = own.find(({ warehouseId }) => warehouseId === subject.warehouseId)?.days ?? [];
    const leadTime = estimateLeadTime({
      overrideDays: request.policy.leadTimeDays ?? numberOf(subject.leadTimeDays),
      receiptDays: here,
      itemDays: medianOf(own.flatMap(({ days }) => days)),
      supplierDays: subject.supplierName === null ? null : (supplierDays.get(subject.supplierName) ?? null),
      categoryDays: null,
    });
    return [
      {
        ...{ itemId: subject.itemId, warehouseId: subject.warehouseId, isWhole: subject.unitDecimals === 0 },
        unitCost: numberOf(subject.unitCost),
        history,
        closes: carryCloses(row, windowDays).slice(windowDays - history.units.length),
        policy: { ...toPolicy(subject, request), leadTime },
      },
    ];
  });
}

function toPolicy(subject: PlanSubject, { policy }: BacktestRequest): Omit<BacktestPolicy, 'leadTime'> {
  const level = policy.serviceLevel ?? numberOf(subject.serviceLevel) ?? serviceLevelDefault;
  return {
    method: policy.method,
    serviceLevel: Math.min(serviceLevelMax, Math.max(serviceLevelMin, level)),
    coverDays: policy.coverDays,
    reviewDays: Math.max(1, policy.reviewDays ?? numberOf(subject.reviewPeriodDays) ?? reviewDaysDefault),
    moq: policy.moq ?? numberOf(subject.minOrderQuantity) ?? 0,
    multiple: policy.multiple ?? (subject.unitDecimals === 0 ? 1 : fineMultiple),
  };
}

function numberOf(text: string | null): number | null {
  return text === null ? null : Number(text);
}

function medianOf(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((one, other) => one - other);
  return (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.floor(sorted.length / 2)]!) / 2;
}
