import type { ItemId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';
import { type Collection, type CollectionField, column, type Expression, orderColumn } from './collection.ts';

/** What an item is counted in. */
export interface ItemUnit {
  readonly unitCode: string;
  /** Decimal places that make sense; 0 = whole units only. */
  readonly unitDecimals: number;
}

/** What a known item is counted in. Reads `item`. */
export async function loadItemUnit(sql: Sql, itemId: ItemId): Promise<ItemUnit> {
  const [row] = await sql<ItemUnit[]>`
    select unit_code as "unitCode", unit_decimals as "unitDecimals" from item where item_id = ${itemId}`;
  if (row === undefined) throw new Error('an item is missing that a suggestion is about');
  return row;
}

/** One SKU with its stock added up. Quantities are decimal text in the item's unit. */
export interface ItemRow extends ItemUnit {
  itemId: string;
  sku: string;
  title: string;
  imageUrl: string | null;
  category: string | null;
  supplierName: string | null;
  unitCost: string | null;
  unitPrice: string | null;
  currencyCode: string;
  observedAt: Date;
  recordedAt: Date;
  /** Over physical warehouses where there are any, else the largest pool; 0 without any level. */
  available: string;
  /** Over the physical warehouses that report it; null when none does. */
  incoming: string | null;
  /** The largest pool; null when no channel offers the item. */
  listedAvailable: string | null;
  /** Pool minus physical; null when either is missing. */
  listingDifference: string | null;
  hasPhysical: boolean;
}

/** What items can be filtered and sorted by. */
export type ItemField =
  | 'itemId'
  | 'sku'
  | 'title'
  | 'category'
  | 'supplierName'
  | 'available'
  | 'incoming'
  | 'listedAvailable'
  | 'listingDifference'
  | 'hasPhysical'
  | 'isLow'
  | 'recordedAt'
  | 'abcClass'
  | 'xyzClass'
  | 'daysToStockOut'
  | 'stockOutProbability'
  | 'healthScore'
  | 'excessValue'
  | 'stockValue'
  | 'turnover'
  | 'urgencyScore';

/** What is added up over an item's levels, so that choosing by it needs all of them. */
const stockFields: ReadonlySet<string> = new Set([
  'available',
  'incoming',
  'listedAvailable',
  'listingDifference',
  'hasPhysical',
  'isLow',
] satisfies ItemField[]);

const levelSums: Expression = ({ sql }) => sql`
  sum(l.available) filter (where w.kind = 'PHYSICAL') as physical,
  max(l.available) filter (where w.kind = 'MARKETPLACE_POOL') as pool,
  sum(l.incoming) filter (where w.kind = 'PHYSICAL') as incoming,
  coalesce(bool_or(l.is_low), false) as is_low`;

/** The stock of an item i, from its own levels alone. */
const ownStock: Expression = (scope) => scope.sql`
  cross join lateral (
    select ${levelSums(scope)}
    from stock_level l
    join warehouse w on w.organization_id = l.organization_id and w.warehouse_id = l.warehouse_id
    where l.organization_id = i.organization_id and l.item_id = i.item_id
  ) s`;

const planJoin: Expression = ({ sql }) =>
  sql`left join item_plan o on o.organization_id = i.organization_id and o.item_id = i.item_id`;

/** Items with their plan and without their stock. */
const withPlan: Expression = (scope) => scope.sql`item i ${planJoin(scope)}`;

/**
 * Items with the stock of all of them added up in one pass. The offset keeps a small page from being planned as a search
 * that ends soon, which goes over all sums again for every item.
 */
const withAllStock: Expression = (scope) => scope.sql`(
    select i.*, g.physical, g.pool, g.incoming, coalesce(g.is_low, false) as is_low
    from item i
    left join (
      select l.item_id, ${levelSums(scope)}
      from stock_level l
      join warehouse w on w.organization_id = l.organization_id and w.warehouse_id = l.warehouse_id
      group by l.item_id
    ) g on g.item_id = i.item_id
    offset 0
  ) i
  cross join lateral (select i.physical, i.pool, i.incoming, i.is_low) s
  ${planJoin(scope)}`;

/** Items with whether one of their levels is low, which an index of the low levels alone tells. */
const withLow: Expression = (scope) => scope.sql`item i
  left join (select l.item_id from stock_level l where l.is_low group by l.item_id) g on g.item_id = i.item_id
  cross join lateral (select g.item_id is not null as is_low) s
  ${planJoin(scope)}`;

/** Items that were summed up, read from the side of their figures. */
const present: NonNullable<CollectionField['present']> = {
  from: (scope) => scope.sql`item_plan o
    join item i on i.organization_id = o.organization_id and i.item_id = o.item_id ${ownStock(scope)}`,
  keys: { itemId: ({ sql }) => sql`o.item_id` },
};

/**
 * All items of the organization. The sums are made per item of the page, from its levels alone. Several pools are
 * several views of the same goods, so the largest counts, never their sum.
 */
export const items: Collection<ItemRow, ItemField> = {
  name: 'items',
  columns: ({ sql }) => sql`
    i.item_id as "itemId", i.sku, i.title, i.unit_code as "unitCode", i.unit_decimals as "unitDecimals",
    i.image_url as "imageUrl", i.category, i.supplier_name as "supplierName", i.unit_cost as "unitCost",
    i.unit_price as "unitPrice", i.currency_code as "currencyCode",
    i.observed_at as "observedAt", i.recorded_at as "recordedAt",
    coalesce(s.physical, s.pool, 0) as available, s.incoming, s.pool as "listedAvailable",
    s.pool - s.physical as "listingDifference", s.physical is not null as "hasPhysical"`,
  from: (scope) => scope.sql`item i ${ownStock(scope)} ${planJoin(scope)}`,
  fields: {
    itemId: column('i', 'item_id', 'uuid'),
    sku: column('i', 'sku', 'text'),
    title: column('i', 'title', 'text'),
    category: column('i', 'category', 'text', true),
    supplierName: column('i', 'supplier_name', 'text', true),
    available: { expression: ({ sql }) => sql`coalesce(s.physical, s.pool, 0)`, type: 'numeric' },
    incoming: column('s', 'incoming', 'numeric', true),
    listedAvailable: column('s', 'pool', 'numeric', true),
    listingDifference: {
      expression: ({ sql }) => sql`(s.pool - s.physical)`,
      type: 'numeric',
      isNullable: true,
    },
    hasPhysical: { expression: ({ sql }) => sql`(s.physical is not null)`, type: 'boolean' },
    isLow: column('s', 'is_low', 'boolean'),
    recordedAt: column('i', 'recorded_at', 'timestamptz'),
    abcClass: column('o', 'abc_class', 'text', true),
    xyzClass: column('o', 'xyz_class', 'text', true),
    daysToStockOut: {
      expression: ({ sql }) => sql`(o.days_to_stock_out_p50::numeric)`,
      ...{ type: 'numeric', isNullable: true, present },
      sorted: column('o', 'days_to_stock_out_p50', 'integer'),
    },
    stockOutProbability: {
      expression: ({ sql }) => sql`(o.stock_out_probability::numeric)`,
      type: 'numeric',
      isNullable: true,
    },
    healthScore: {
      ...{ ...column('o', 'health_score', 'numeric', true), present },
      sorted: orderColumn('o', 'health_order'),
    },
    excessValue: {
      ...{ ...column('o', 'excess_value', 'numeric', true), present },
      sorted: orderColumn('o', 'excess_order'),
    },
    stockValue: column('o', 'stock_value', 'numeric', true),
    turnover: column('o', 'turnover_90', 'numeric', true),
    urgencyScore: column('o', 'urgency_score', 'numeric', true),
  },
  key: ['itemId'],
  choice: (filtered, sorted) => {
    const asked = [...filtered, ...sorted].filter((field) => stockFields.has(field));
    if (asked.length === 0) return withPlan;
    // All at once, also in the order of an index: where few rows fit, looking at one item after another takes longest.
    return asked.every((field) => field === 'isLow') ? withLow : withAllStock;
  },
};
