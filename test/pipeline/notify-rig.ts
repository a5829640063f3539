import { randomBytes, randomUUID } from 'node:crypto';
import { createChannelSealer, placeOf } from '../../src/app/notifications.ts';
import type { Channels } from '../../src/connectors/channel.ts';
import { createTokenVault } from '../../src/connectors/token-vault.ts';
import { appendEvents } from '../../src/db/queries/event-append.ts';
import type { StockAlertKind } from '../../src/db/tables/alert.ts';
import { withOrganization } from '../../src/db/tenant.ts';
import type { ChannelKind, Recipient, Severity } from '../../src/domain/notification/notice.ts';
import { startNotifier } from '../../src/pipeline/notify.ts';
import {
  type NotifyPorts,
  type NotifySettings,
  notifySettingsDefault,
} from '../../src/pipeline/notify-ports.ts';
import { brandId, type OrganizationId } from '../../src/shared/ids.ts';
import type { Log, LogFields } from '../../src/shared/log.ts';
import type { TestDatabase } from '../support/database.ts';
import { noon, seedOrganization, seedShop } from './seed.ts';

/** Keeps whatever was logged. */
export function recordingLog(): Log & { readonly lines: { fields: LogFields; message: string }[] } {
  const lines: { fields: LogFields; message: string }[] = [];
  const add = (fields: LogFields, message: string) => void lines.push({ fields, message });
  const log = { lines, debug: add, info: add, warn: add, error: add, child: () => log };
  return log;
}

/** A process that this one starts must open what is sealed here. */
export const vaultKey = process.env.NOTIFY_VAULT_KEY ?? randomBytes(32).toString('base64');
const key = new Uint8Array(Buffer.from(vaultKey, 'base64'));
const vault = createTokenVault({ keys: [{ keyId: 'test', key }] });

/** An organization with one rule, whose alerts a test opens and moves by hand. */
export interface NotifyWorld {
  readonly organizationId: OrganizationId;
  readonly ruleId: string;
  readonly warehouseId: string;
  readonly clock: { at: Date; now(): Date; speed: number };
}

export async function notifyWorld(test: TestDatabase): Promise<NotifyWorld> {
  const organizationId = await seedOrganization(test);
  // Workers visit organizations that have a shop or a key.
  await seedShop(test, organizationId);
  const [rule] = await test.sql<{ rule_id: string }[]>`
    select rule_id from alert_rule where organization_id = ${organizationId} limit 1`;
  const warehouseId = randomUUID();
  await test.sql`
    insert into warehouse (organization_id, warehouse_id, code, name, kind, observed_at, recorded_at)
    values (${organizationId}, ${warehouseId}, 'YW', '义乌仓', 'PHYSICAL', ${noon}, ${noon})`;
  const clock = { at: noon, now: () => clock.at, speed: 1 };
  return { organizationId, ruleId: rule!.rule_id, warehouseId, clock };
}

export interface OpenedAlert {
  readonly alertId: string;
  readonly itemId: string;
  readonly severity: Severity;
}

/** Opens alerts of fresh items, each with its event and its row in the outbox, as evaluation does. */
export async function openAlerts(
  test: TestDatabase,
  world: NotifyWorld,
  count: number,
  severity: Severity = 'WARNING',
): Promise<OpenedAlert[]> {
  const alerts = Array.from({ length: count }, () => ({
    alertId: randomUUID(),
    itemId: randomUUID(),
    severity,
  }));
  const { organizationId, ruleId, warehouseId } = world;
  const at = world.clock.now();
  const ids = alerts.map((alert) => alert.alertId);
  const items = alerts.map((alert) => alert.itemId);
  await test.sql`
    insert into item (organization_id, item_id, sku, title, observed_at, recorded_at)
    select ${organizationId}, id, 'S-' || left(id::text, 8), '青瓷茶杯 ' || left(id::text, 4), ${at}, ${at}
    from unnest(${items}::uuid[]) as given(id)`;
  await test.sql`
    insert into stock_alert (organization_id, alert_id, rule_id, kind, item_id, warehouse_id, state, severity, urgency,
                             available, threshold, opened_at, changed_at, recorded_at)
    select ${organizationId}, a, ${ruleId}, 'LOW_STOCK', i, ${warehouseId}, 'FIRING', ${severity}, 50, 3, 10, ${at},
           ${at}, ${at}
    from unnest(${ids}::uuid[], ${items}::uuid[]) as given(a, i)`;
  await appendAlertEvents(test, world, alerts, 'OPENED', 'FIRING', null);
  return alerts;
}

/** Opens an alert of another kind at the level of one that is open. */
export async function openBeside(
  test: TestDatabase,
  world: NotifyWorld,
  { itemId, severity }: OpenedAlert,
  kind: StockAlertKind,
): Promise<OpenedAlert> {
  const alert = { alertId: randomUUID(), itemId, severity };
  const at = world.clock.now();
  await test.sql`
    insert into stock_alert (organization_id, alert_id, rule_id, kind, item_id, warehouse_id, state, severity, urgency,
                             available, threshold, opened_at, changed_at, recorded_at)
    select organization_id, ${alert.alertId}, rule_id, ${kind}, ${itemId}, ${world.warehouseId}, 'FIRING', ${severity},
           60, 0, 10, ${at}, ${at}, ${at}
    from alert_rule where organization_id = ${world.organizationId} and kind = ${kind}`;
  await appendAlertEvents(test, world, [alert], 'OPENED', 'FIRING', null, kind);
  return alert;
}

/** Moves alerts to a state, with their events. */
export async function moveAlerts(
  test: TestDatabase,
  world: NotifyWorld,
  alerts: readonly OpenedAlert[],
  reason: 'ACKNOWLEDGED' | 'SNOOZED' | 'RESOLVED',
  kind: StockAlertKind = 'LOW_STOCK',
): Promise<void> {
  await test.sql`
    update stock_alert
    set state = ${reason}, changed_at = ${world.clock.now()},
        resolved_at = case when ${reason === 'RESOLVED'} then ${world.clock.now()}::timestamptz end
    where alert_id = any(${alerts.map((alert) => alert.alertId)}::uuid[])`;
  await appendAlertEvents(test, world, alerts, reason, reason, 'FIRING', kind);
}

async function appendAlertEvents(
  test: TestDatabase,
  world: NotifyWorld,
  alerts: readonly OpenedAlert[],
  reason: 'OPENED' | 'ACKNOWLEDGED' | 'SNOOZED' | 'RESOLVED',
  state: 'FIRING' | 'ACKNOWLEDGED' | 'SNOOZED' | 'RESOLVED',
  previousState: 'FIRING' | null,
  alertKind: StockAlertKind = 'LOW_STOCK',
): Promise<void> {
  const at = world.clock.now();
  const events = alerts.map((alert) => ({
    topic: 'STOCK_ALERT' as const,
    alertId: brandId<never>(alert.alertId),
    alertKind,
    itemId: alert.itemId,
    warehouseId: world.warehouseId,
    shopId: null,
    snapshotObservedAt: null,
    reason,
    state,
    previousState,
    severity: alert.severity,
    threshold: '10',
    thresholdOrigin: 'DEFAULT' as const,
    occurredAt: at,
  }));
  await withOrganization(test.db, 'worker', world.organizationId, (sql) =>
    appendEvents(sql, world.organizationId, events, at),
  );
}

/** Stores a channel as the API does, its secrets sealed. */
export async function addChannel(
  test: TestDatabase,
  world: NotifyWorld,
  channels: Channels,
  kind: ChannelKind,
  entered: Record<string, string | null>,
  recipients: readonly Recipient[] = [],
): Promise<string> {
  const channelId = randomUUID();
  const { organizationId } = world;
  const seal = createChannelSealer(channels, vault);
  const { settings, sealed } = await seal({ organizationId, channelId, kind, entered, isNew: true });
  await test.sql`
    insert into notification_channel (organization_id, channel_id, kind, name, locale, settings, recipients, recorded_at)
    values (${organizationId}, ${channelId}, ${kind}, ${kind + channelId.slice(0, 4)}, 'zh-CN',
            ${test.sql.json(settings)}, ${test.sql.json(recipients as never)}, ${noon})`;
  if (sealed !== null) {
    await test.sql`
      insert into notification_secret (organization_id, channel_id, sealed, recorded_at)
      values (${organizationId}, ${channelId}, ${sealed}, ${noon})`;
  }
  return channelId;
}

/** Stores a route that tells everything at once, unless changed. */
export async function addRoute(
  test: TestDatabase,
  world: NotifyWorld,
  channelIds: readonly string[],
  changes: Record<string, unknown> = {},
): Promise<string> {
  const routeId = randomUUID();
  const { escalation = [], ...rest } = changes;
  await test.sql`
    insert into notification_route ${test.sql({
      organization_id: world.organizationId,
      route_id: routeId,
      name: routeId,
      severity_min: 'INFO',
      channel_ids: channelIds,
      roles: [],
      recipient_names: [],
      tells_resolved: true,
      digest_minutes: 0,
      escalation: test.sql.json(escalation as never),
      recorded_at: noon,
      ...rest,
    } as never)}`;
  return routeId;
}

/** Ports with short waits and a clock that the test moves. */
export function notifyPorts(
  test: Pick<TestDatabase, 'db'>,
  world: Pick<NotifyWorld, 'clock'>,
  channels: Channels,
  settings: Partial<NotifySettings> = {},
  log: Log = recordingLog(),
): NotifyPorts {
  return {
    db: test.db,
    clock: world.clock,
    log,
    channels,
    openSecrets: (organizationId, channelId, sealed) =>
      vault.open(sealed, placeOf(organizationId, channelId)),
    random: Math.random,
    dashboardUrl: null,
    settings: {
      ...notifySettingsDefault,
      lookEveryMs: 20,
      leaseSeconds: 30,
      retry: { baseMs: 50, maxMs: 200, attemptsMax: 5 },
      ...settings,
    },
  };
}

/** Runs a notifier while a test waits for something to be true. */
export async function whileNotifying<T>(ports: NotifyPorts, work: () => Promise<T>): Promise<T> {
  const notifier = startNotifier(ports);
  try {
    return await work();
  } finally {
    await notifier.stop(1_000);
  }
}

/** Asks again until the answer is the wished one. */
export async function until<T>(
  look: () => Promise<T> | T,
  isDone: (found: T) => boolean,
  ms = 20_000,
): Promise<T> {
  const end = performance.now() + ms;
  for (;;) {
    const found = await look();
    if (isDone(found)) return found;
    if (performance.now() > end)
      throw new Error(`not within ${ms} ms: ${JSON.stringify(found).slice(0, 2_000)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export interface StoredDelivery {
  delivery_id: string;
  channel_id: string;
  state: string;
  attempts: number;
  error_code: string | null;
  answer: string | null;
  notice_count: number;
  digest: string;
  part_count: number;
  recipient: string;
}

export async function deliveriesOf(test: TestDatabase, world: NotifyWorld): Promise<StoredDelivery[]> {
  return [
    ...(await test.sql<StoredDelivery[]>`
      select * from notification_delivery where organization_id = ${world.organizationId} order by queued_at, part_number`),
  ];
}
