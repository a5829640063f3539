import type { OrganizationId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';
import type { AlertSeverity, StockAlertKind } from '../tables/alert.ts';
import { type Collection, column } from './collection.ts';

/** Which alerts to whom, by which channels, when. `escalation` is JSON text. */
export interface NotificationRouteRow {
  routeId: string;
  name: string;
  isEnabled: boolean;
  kinds: StockAlertKind[] | null;
  severityMin: AlertSeverity;
  warehouseIds: string[] | null;
  categories: string[] | null;
  channelIds: string[];
  roles: string[];
  recipientNames: string[];
  tellsResolved: boolean;
  digestMinutes: number;
  timeZone: string;
  quietFrom: string | null;
  quietTo: string | null;
  quietTimeZone: string | null;
  quietExceptSeverity: AlertSeverity | null;
  repeatMinutes: number | null;
  escalation: string;
  recordedAt: Date;
}

/** What routes can be found by. */
export type NotificationRouteField = 'routeId' | 'name';

/** All routes of the organization. */
export const notificationRoutes: Collection<NotificationRouteRow, NotificationRouteField> = {
  name: 'notificationRoutes',
  columns: ({ sql }) => sql`
    r.route_id as "routeId", r.name, r.is_enabled as "isEnabled", r.kinds, r.severity_min as "severityMin",
    r.warehouse_ids as "warehouseIds", r.categories, r.channel_ids as "channelIds", r.roles,
    r.recipient_names as "recipientNames", r.tells_resolved as "tellsResolved",
    r.digest_minutes as "digestMinutes", r.time_zone as "timeZone", r.quiet_from as "quietFrom", r.quiet_to as "quietTo",
    r.quiet_time_zone as "quietTimeZone", r.quiet_except_severity as "quietExceptSeverity",
    r.repeat_minutes as "repeatMinutes", r.escalation, r.recorded_at as "recordedAt"`,
  from: ({ sql }) => sql`notification_route r`,
  fields: { routeId: column('r', 'route_id', 'uuid'), name: column('r', 'name', 'text') },
  key: ['routeId'],
};

/** A route as it shall be. */
export interface EnteredRoute extends Omit<NotificationRouteRow, 'routeId' | 'escalation' | 'recordedAt'> {
  readonly organizationId: OrganizationId;
  readonly escalation: readonly object[];
  /** Business time. */
  readonly at: Date;
}

/**
 * Makes a route or replaces the one with its name; what was planned by it before stays. Writes `notification_route`.
 * Run twice: the same row.
 *
 * @returns its id
 */
export async function saveRoute(sql: Sql, route: EnteredRoute): Promise<string> {
  const [row] = await sql<{ routeId: string }[]>`
    insert into notification_route as r (
      organization_id, route_id, name, is_enabled, kinds, severity_min, warehouse_ids, categories, channel_ids, roles,
      recipient_names, tells_resolved, digest_minutes, time_zone, quiet_from, quiet_to, quiet_time_zone, quiet_except_severity,
      repeat_minutes, escalation, recorded_at)
    values (
      ${route.organizationId}, gen_random_uuid(), ${route.name}, ${route.isEnabled}, ${route.kinds}::text[],
      ${route.severityMin}, ${route.warehouseIds}::text[]::uuid[], ${route.categories}::text[],
      ${route.channelIds}::text[]::uuid[], ${route.roles}::text[], ${route.recipientNames}::text[],
      ${route.tellsResolved}, ${route.digestMinutes}, ${route.timeZone}, ${route.quietFrom}, ${route.quietTo},
      ${route.quietTimeZone}, ${route.quietExceptSeverity}, ${route.repeatMinutes}, ${JSON.stringify(route.escalation)}::text::jsonb,
      ${route.at})
    on conflict (organization_id, name) do update
    set is_enabled = excluded.is_enabled, kinds = excluded.kinds, severity_min = excluded.severity_min,
        warehouse_ids = excluded.warehouse_ids, categories = excluded.categories, channel_ids = excluded.channel_ids,
        roles = excluded.roles, recipient_names = excluded.recipient_names, tells_resolved = excluded.tells_resolved,
        digest_minutes = excluded.digest_minutes, time_zone = excluded.time_zone, quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to,
        quiet_time_zone = excluded.quiet_time_zone, quiet_except_severity = excluded.quiet_except_severity,
        repeat_minutes = excluded.repeat_minutes, escalation = excluded.escalation, recorded_at = excluded.recorded_at
    returning r.route_id as "routeId"`;
  if (row === undefined) throw new Error('an upsert answers its row');
  return row.routeId;
}

/**
 * Takes a route away; what it has planned and nobody was told of yet is taken back. Writes `notification_route`,
 * `notification_notice`. Run twice: the second time there is none.
 *
 * @returns false = there is no such route
 */
export async function deleteRoute(sql: Sql, routeId: string): Promise<boolean> {
  const rows = await sql`delete from notification_route where route_id = ${routeId} returning route_id`;
  if (rows.length === 0) return false;
  await sql`delete from notification_notice where route_id = ${routeId} and delivery_id is null`;
  return true;
}

/** Those of some warehouses that there are. */
export async function findKnownWarehouses(sql: Sql, warehouseIds: readonly string[]): Promise<Set<string>> {
  const rows = await sql<{ id: string }[]>`
    select warehouse_id as id from warehouse where warehouse_id = any (${[...warehouseIds]}::text[]::uuid[])`;
  return new Set(rows.map((row) => row.id));
}
