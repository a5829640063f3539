import type postgres from 'postgres';
import type { FaultGateway } from './gateway.ts';

/** Every organization's threshold in this programme, units: the fold must not depend on computed ones. */
export const foldThreshold = 50;

/** Whether everything the gateway holds now is in the database. */
export async function isCaughtUp(sql: postgres.Sql, gateway: FaultGateway): Promise<boolean> {
  return (
    (await findLevelFaults(sql, gateway)).length === 0 && (await findOrderFaults(sql, gateway)).length === 0
  );
}

/** Levels that differ from the gateway's truth. */
export async function findLevelFaults(sql: postgres.Sql, gateway: FaultGateway): Promise<string[]> {
  const rows = await sql`
    select g.shop_id, g.product_id, l.available::float as available from listing g
    join stock_level l using (organization_id, item_id)
    join warehouse w on w.organization_id = l.organization_id and w.warehouse_id = l.warehouse_id
      and w.shop_id = g.shop_id and w.kind = 'MARKETPLACE_POOL'`;
  const stored = new Map(rows.map((row) => [`${row.shop_id}/${row.product_id}`, row.available]));
  const faults: string[] = [];
  for (const shop of gateway.shops.values()) {
    for (const { productId, available } of shop.products) {
      const found = stored.get(`${shop.shopId}/${productId}`);
      if (found !== available) faults.push(`${productId}: ${available} at the gateway, ${found} stored`);
    }
  }
  if (stored.size !== [...gateway.shops.values()].reduce((sum, shop) => sum + shop.products.length, 0)) {
    faults.push(`${stored.size} levels stored`);
  }
  return faults;
}

/** Order lines that are missing, twice, or not as the gateway shows them. */
export async function findOrderFaults(sql: postgres.Sql, gateway: FaultGateway): Promise<string[]> {
  const rows = await sql`
    select o.shop_id, o.order_id, o.status, line.product_id, line.quantity::float as quantity, line.item_id
    from sales_order o left join sales_order_line line using (organization_id, shop_id, order_id)`;
  const stored = new Map<string, string[]>();
  for (const row of rows) {
    const key = `${row.shop_id}/${row.order_id}`;
    const text = `${row.status} ${row.product_id} ${row.quantity} ${row.item_id !== null}`;
    stored.set(key, [...(stored.get(key) ?? []), text]);
  }
  const faults: string[] = [];
  let expected = 0;
  for (const shop of gateway.shops.values()) {
    for (const order of shop.orders) {
      expected += 1;
      const found = stored.get(`${shop.shopId}/${order.orderId}`)?.join(' | ');
      const wanted = `${order.status} ${order.productId} ${order.quantity} true`;
      if (found !== wanted) faults.push(`${order.orderId}: ${wanted} at the gateway, ${found} stored`);
    }
  }
  if (rows.length !== expected) faults.push(`${rows.length} lines stored, ${expected} expected`);
  return faults;
}

/** Clocks of the gateway and the database on one machine, and the time an answer takes, ms. */
const clockToleranceMs = 250;

/** Snapshots that the gateway never served. */
export async function findInvented(sql: postgres.Sql, gateway: FaultGateway): Promise<string[]> {
  const served = new Map<string, number[]>();
  for (const { shopId, productId, available, at } of gateway.journal) {
    const key = `${shopId}/${productId}/${available}`;
    served.set(key, [...(served.get(key) ?? []), at]);
  }
  const rows = await sql`
    select g.shop_id, g.product_id, s.available::float as available, s.observed_at, s.source from stock_snapshot s
    join listing g using (organization_id, item_id)`;
  return rows.flatMap((row) => {
    const times = served.get(`${row.shop_id}/${row.product_id}/${row.available}`) ?? [];
    const asked = row.observed_at.getTime() - clockToleranceMs;
    const isServed = row.source === 'POLL' && times.some((at) => at >= asked);
    return isServed
      ? []
      : [`${row.product_id}: ${row.available} at ${row.observed_at.toISOString()} (${row.source})`];
  });
}

interface FoldedAlert {
  state: string;
  severity: string;
  reopenCount: number;
}
/** Alerts whose place a stronger one took: going on with them afterwards is no return. */
const superseded = new WeakSet<FoldedAlert>();
const foldedKinds = ['OUT_OF_STOCK', 'LOW_STOCK'] as const;

/**
 * Folds the observations anew, by rules written down here a second time, and compares with what stands in the event
 * log, the alerts and the outbox.
 */
export async function findFoldFaults(sql: postgres.Sql): Promise<string[]> {
  const snapshots = await sql`
    select organization_id, item_id, warehouse_id, observed_at, available::float as available
    from stock_snapshot where not is_suspect order by observed_at`;
  const expectedEvents = new Map<string, string[]>();
  const expectedAlerts = new Map<string, FoldedAlert[]>();
  for (const row of snapshots) {
    const place = `${row.organization_id}/${row.item_id}/${row.warehouse_id}`;
    let isOut = false;
    for (const kind of foldedKinds) {
      const key = `${place}/${kind}`;
      const alerts = expectedAlerts.get(key) ?? [];
      const isSpokenFor = kind === 'LOW_STOCK' && isOut;
      const transition = isSpokenFor ? supersede(alerts) : fold(kind, alerts, row.available);
      expectedAlerts.set(key, alerts);
      if (kind === 'OUT_OF_STOCK') isOut = alerts.at(-1)?.state === 'FIRING';
      if (transition === null) continue;
      expectedEvents.set(key, [
        ...(expectedEvents.get(key) ?? []),
        `${transition} ${row.observed_at.toISOString()}`,
      ]);
    }
  }
  const events = await sql`
    select organization_id, item_id, warehouse_id, alert_kind, reason, snapshot_observed_at, number from event_log
    where topic = 'STOCK_ALERT' and alert_kind in ${sql(foldedKinds)} order by organization_id, number`;
  const storedEvents = new Map<string, string[]>();
  for (const row of events) {
    const key = `${row.organization_id}/${row.item_id}/${row.warehouse_id}/${row.alert_kind}`;
    const text = `${row.reason} ${row.snapshot_observed_at.toISOString()}`;
    storedEvents.set(key, [...(storedEvents.get(key) ?? []), text]);
  }
  const alerts = await sql`
    select organization_id, item_id, warehouse_id, kind, state, severity, reopen_count from stock_alert
    where kind in ${sql(foldedKinds)} order by opened_at, changed_at`;
  const storedAlerts = new Map<string, FoldedAlert[]>();
  for (const row of alerts) {
    const key = `${row.organization_id}/${row.item_id}/${row.warehouse_id}/${row.kind}`;
    const { state, severity, reopen_count: reopenCount } = row;
    storedAlerts.set(key, [...(storedAlerts.get(key) ?? []), { state, severity, reopenCount }]);
  }
  const outbox = await sql`
    select organization_id, number from event_log where topic = 'STOCK_ALERT'
    except select organization_id, event_number from outbox`;
  const surplus = await sql`
    select organization_id, event_number from outbox
    except select organization_id, number from event_log where topic = 'STOCK_ALERT'`;
  return [
    ...differences('events', expectedEvents, storedEvents),
    ...differences('alerts', expectedAlerts, storedAlerts),
    ...(outbox.length + surplus.length > 0
      ? [`outbox: ${outbox.length} missing, ${surplus.length} too many`]
      : []),
    ...(await findLogFaults(sql)),
  ];
}

/** Coming back this often within the window (longer than a run takes), an alert does not end any more. */
const flappingFrom = 5;

/**
 * The rules of low and empty levels, a second time: low at the threshold, over above 1.1 times it; out at nothing,
 * over at a unit. Out of stock takes the place of low stock. What comes back within ten minutes is the same alert.
 */
function fold(kind: (typeof foldedKinds)[number], alerts: FoldedAlert[], available: number): string | null {
  const isOutKind = kind === 'OUT_OF_STOCK';
  const line = isOutKind ? 0 : foldThreshold;
  const known = alerts.at(-1);
  if (known?.state !== 'FIRING') {
    if (available > line) return null;
    if (known === undefined) {
      alerts.push({ state: 'FIRING', severity: isOutKind ? 'CRITICAL' : 'WARNING', reopenCount: 0 });
      return 'OPENED';
    }
    known.state = 'FIRING';
    if (!superseded.delete(known)) known.reopenCount += 1;
    return 'REOPENED';
  }
  const isOver = available * 10 > line * 11 && available >= line + 1;
  if (!isOver || known.reopenCount >= flappingFrom) return null;
  known.state = 'RESOLVED';
  return 'RESOLVED';
}

/** An alert whose place a stronger one takes ends at once, however often it came back. */
function supersede(alerts: FoldedAlert[]): string | null {
  const known = alerts.at(-1);
  if (known?.state !== 'FIRING') return null;
  known.state = 'RESOLVED';
  superseded.add(known);
  return 'SUPERSEDED';
}

/** Numbers without gaps up to the head, one level event per snapshot. */
async function findLogFaults(sql: postgres.Sql): Promise<string[]> {
  const gaps = await sql`
    select h.organization_id, h.last, count(e.number) as count, max(e.number) as max
    from event_head h left join event_log e using (organization_id)
    group by h.organization_id, h.last having count(e.number) <> h.last or coalesce(max(e.number), 0) <> h.last`;
  const unmatched = await sql`
    (select organization_id, item_id, warehouse_id, observed_at from stock_snapshot
     except all
     select organization_id, item_id, warehouse_id, snapshot_observed_at from event_log where topic = 'STOCK_LEVEL')
    union all
    (select organization_id, item_id, warehouse_id, snapshot_observed_at from event_log where topic = 'STOCK_LEVEL'
     except all
     select organization_id, item_id, warehouse_id, observed_at from stock_snapshot)`;
  return [
    ...gaps.map((row) => `event log: head ${row.last}, ${row.count} events, greatest ${row.max}`),
    ...(unmatched.length > 0 ? [`${unmatched.length} snapshots and level events do not match`] : []),
  ];
}

function differences(name: string, expected: Map<string, unknown>, stored: Map<string, unknown>): string[] {
  const faults: string[] = [];
  for (const key of new Set([...expected.keys(), ...stored.keys()])) {
    const wanted = JSON.stringify(expected.get(key) ?? []);
    const found = JSON.stringify(stored.get(key) ?? []);
    if (wanted !== found) faults.push(`${name} of ${key}: ${wanted} folded, ${found} stored`);
  }
  return faults;
}

/** Demand days that do not equal the gateway's orders, once the marks are worked off. */
export async function findDemandFaults(sql: postgres.Sql): Promise<string[]> {
  const rows = await sql`
    with ordered as (
      select line.organization_id, line.item_id, (line.ordered_at at time zone 'Asia/Shanghai')::date as day,
             sum(line.item_units) filter (where o.status <> 'cancel') as units
      from sales_order_line line join sales_order o using (organization_id, shop_id, order_id) group by 1, 2, 3
    )
    select from ordered full join demand_daily d using (organization_id, item_id, day)
    where coalesce(ordered.units, 0) is distinct from coalesce(d.units, 0)`;
  return rows.length === 0 ? [] : [`${rows.length} demand days differ from the orders`];
}
