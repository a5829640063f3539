/**
 * What a key may do. Closed list; a viewer without a scope cannot see the fields that need it.
 * - `read:stock`: items, warehouses, levels, snapshots, listings, inbound shipments, demand
 * - `write:stock`: imports, links, policies, warehouses, shipments
 * - `read:alerts`, `write:alerts`: alerts and their events; acknowledge and snooze
 * - `read:orders`: customers' orders
 * - `read:shops`: shops, sync runs, quarantined rows
 * - `write:shops`: ask for a sync now
 * - `read:notifications`: channels with the people they reach, routes, the delivery log
 * - `write:notifications`: keep channels and routes, that is hand over secrets; send a test
 * - `read:metrics`: figures of the whole process at `/metrics`, of all organizations together
 * - `admin:shops`: connect shops, that is hand over tokens
 */
export const scopes = [
  'read:stock',
  'write:stock',
  'read:alerts',
  'write:alerts',
  'read:orders',
  'read:shops',
  'write:shops',
  'read:notifications',
  'write:notifications',
  'read:metrics',
  'admin:shops',
] as const;

/** One of the closed list of scopes. */
export type Scope = (typeof scopes)[number];

/** Whether a text is one of the closed list of scopes. */
export function isScope(text: string): text is Scope {
  return (scopes as readonly string[]).includes(text);
}
