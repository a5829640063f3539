import { valueAt } from '../world/steps.ts';
import type { StepSeries, World, WorldOrder, WorldVariant } from '../world/world.ts';
import type { Fault } from './faults.ts';
import type { MessageStore } from './message-store.ts';

/** A shop of the sandbox: its world and what its owner did through the API. */
export interface Merchant {
  number: number;
  memberId: string;
  userId: string;
  loginId: string;
  feedToken: string;
  world: World;
  /** Differences that `modifyStock` made to pools. */
  edits: Map<WorldVariant, StepSeries>;
  /** Products whose inventory messages the owner asked for. */
  followed: Set<string>;
  /** When a product was edited last through the API. */
  editedAt: Map<string, number>;
}

/** Switches of the simulated platform. */
export interface PlatformOptions {
  /** `world`: as each offer says; `always`, `never`: for all offers. */
  modifiedMovesWithStock: 'world' | 'always' | 'never';
  /** In which order order lists come; the real one is not documented. */
  orderSort: 'oldest_first' | 'newest_first';
  /** Orders older than this many days are only in the history table (`isHis=true`); null = all are current. */
  historyTableAfterDays: number | null;
}

/** What an API sees of a request that passed all checks. */
export interface ApiCall {
  merchant: Merchant;
  params: ReadonlyMap<string, string>;
  /** Business time of this answer, ms. */
  now: number;
  fault: Fault | null;
  options: PlatformOptions;
  messages: MessageStore;
  merchants: readonly Merchant[];
}

/** One API of the platform. */
export interface Api {
  /** `namespace:name-version`. */
  id: string;
  needsToken: boolean;
  /** Parameters without which the gateway refuses the call. */
  required: readonly string[];
  answer(call: ApiCall): unknown;
}

/** Quantity for sale of a variant: the world's pool and what the owner changed by API; never below 0. */
export function poolAt(call: Pick<ApiCall, 'merchant' | 'fault'>, variant: WorldVariant, at: number): number {
  if (call.fault?.kind === 'zero_stock') return 0;
  const edit = call.merchant.edits.get(variant);
  return Math.max(0, valueAt(variant.pool, at) + (edit === undefined ? 0 : valueAt(edit, at)));
}

/** A whole number parameter inside bounds; the default for nothing or nonsense. */
export function numberParam(
  params: ReadonlyMap<string, string>,
  name: string,
  fallback: number,
  low: number,
  high: number,
): number {
  const value = Number.parseInt(params.get(name) ?? '', 10);
  return Number.isNaN(value) ? fallback : Math.min(high, Math.max(low, value));
}

const orderIndexes = new WeakMap<World, Map<string, WorldOrder>>();

/** The order with this id, if it exists at the instant of the call. */
export function findOrder(
  call: Pick<ApiCall, 'merchant' | 'now'>,
  id: string | undefined,
): WorldOrder | undefined {
  const { world } = call.merchant;
  const index = orderIndexes.get(world) ?? new Map<string, WorldOrder>();
  orderIndexes.set(world, index);
  // Orders are only ever added: what is not in the index yet is at the end of the list.
  for (let number = index.size; number < world.orders.length; number++) {
    const order = world.orders[number] as WorldOrder;
    index.set(order.id, order);
  }
  const order = index.get(id ?? '');
  return order !== undefined && order.createdAt <= call.now ? order : undefined;
}
