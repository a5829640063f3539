import { type Collection, column } from './collection.ts';
import type { StockLevelEventRow } from './event.ts';
import { type StockLevelField, stockLevelColumns, stockLevels } from './stock-level.ts';

/** What level events can be filtered by: what levels can, and the number. */
export type StockLevelEventField = StockLevelField | 'number';

/**
 * Changes of levels in commit order; numbers of other topics lie between them. The level is as of the event: its
 * quantities come from the snapshot that the event refers to, or, where that one was held back as implausible,
 * from the last good one before it. Threshold and watching are as they are now; what is incoming too, where the
 * source does not report it. An event whose snapshot is no longer kept is left out.
 */
export const stockLevelEvents: Collection<StockLevelEventRow, StockLevelEventField> = {
  name: 'stockLevelEvents',
  columns: (scope) => scope.sql`${stockLevelColumns(scope)},
    l.number, l.epoch, l.occurred_at as "occurredAt", l.event_recorded_at as "eventRecordedAt"`,
  from: ({ sql }) => sql`(
    select e.organization_id, e.number, h.epoch, e.occurred_at, e.recorded_at as event_recorded_at,
      e.item_id, e.warehouse_id, g.available, g.on_hand, g.reserved, g.damaged,
      case when v.is_incoming_reported then g.incoming else v.incoming end as incoming,
      v.is_incoming_reported, p.source, v.shop_id, g.observed_at, g.recorded_at, p.recorded_at as checked_at,
      case when p.is_suspect then 'SUSPECT' else 'FRESH' end as data_state,
      case when p.is_suspect then p.available end as suspect_available,
      case when p.is_suspect then p.observed_at end as suspect_since_at,
      case when p.is_suspect then v.suspect_reason end as suspect_reason,
      v.is_watched, v.threshold, v.threshold_origin, v.threshold_computed_at,
      (v.is_watched and v.threshold is not null and g.available <= v.threshold) as is_low
    from event_log e
    join event_head h on h.organization_id = e.organization_id
    join stock_snapshot p on p.organization_id = e.organization_id and p.item_id = e.item_id
      and p.warehouse_id = e.warehouse_id and p.observed_at = e.snapshot_observed_at
    join stock_level v on v.organization_id = e.organization_id and v.item_id = e.item_id
      and v.warehouse_id = e.warehouse_id
    cross join lateral (
      select s.available, s.on_hand, s.reserved, s.damaged, s.incoming, s.observed_at, s.recorded_at
      from stock_snapshot s
      where s.organization_id = p.organization_id and s.item_id = p.item_id and s.warehouse_id = p.warehouse_id
        and s.observed_at <= p.observed_at and (not s.is_suspect or s.observed_at = p.observed_at)
      order by s.is_suspect, s.observed_at desc limit 1
    ) g
    where e.topic = 'STOCK_LEVEL'
  ) l
    join item i on i.organization_id = l.organization_id and i.item_id = l.item_id
    join warehouse w on w.organization_id = l.organization_id and w.warehouse_id = l.warehouse_id`,
  fields: { ...stockLevels.fields, number: column('l', 'number', 'bigint') },
  key: ['number'],
};
