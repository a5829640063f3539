import type { Capability, Stream } from '../connectors/marketplace.ts';
import type { Sql } from '../db/connection.ts';
import { appendEvents } from '../db/queries/event-append.ts';
import { type RunKind, saveStreamState, saveSyncRun } from '../db/queries/ingest-sync.ts';
import { holdLease } from '../db/queries/lease.ts';
import { saveCapabilities, saveShopState } from '../db/queries/lease-shop.ts';
import { withOrganization } from '../db/tenant.ts';
import { AppError, isAppError } from '../shared/errors.ts';
import { minuteMs, secondMs } from '../shared/time.ts';
import { type Poll, type PollOutcome, stateOf } from './poll-context.ts';
import type { PolledShop } from './ports.ts';
import { newRun } from './read-stream.ts';
import { computeBackoffMs, failPass } from './schedule.ts';

/** A platform that refused an API is asked again after this, real time, ms: somebody may have bought it. */
const reprobeEveryMs = 30 * minuteMs;
/** Wait after a throttled poll when nobody said for how long, s. */
const throttledDueInSeconds = 5;
/** A shop that this process is not set up for is tried again after this: by one that is, or after a restart, s. */
const unreadyDueInSeconds = 60;

/** What a shop's app may call, as stored. */
function capabilitiesOf(poll: Poll): Capability[] {
  return Array.isArray(poll.capabilities) ? (poll.capabilities as Capability[]) : [];
}

/** Whether the platform lets the app read a stream: false unless all of its APIs were refused. */
export function isDenied(poll: Poll, stream: Stream): boolean {
  const needed = capabilitiesOf(poll).filter((one) => one.stream === stream);
  return needed.length > 0 && needed.every((one) => one.state === 'DENIED');
}

/** Asks the platform what the app may call: at first, when somebody asks, and now and then while something is denied. */
export async function probe(poll: Poll, isAsked: boolean): Promise<void> {
  const known = capabilitiesOf(poll);
  const lastMs = poll.memory.probedAtMs.get(poll.shop.shopId) ?? -Infinity;
  const isStale = performance.now() - lastMs > reprobeEveryMs && known.some((one) => one.state === 'DENIED');
  if (known.length > 0 && !isAsked && !isStale) return;
  try {
    const capabilities = await poll.connector.probeCapabilities(poll.session);
    poll.memory.probedAtMs.set(poll.shop.shopId, performance.now());
    poll.capabilities = capabilities;
    await underLease(poll, (sql, at) => saveCapabilities(sql, poll.shop.shopId, capabilities, at));
  } catch (error) {
    if (!isAppError(error, 'transient', 'permanent', 'deadline_exceeded', 'permission_missing')) throw error;
    poll.log.warn({ code: error.code }, 'the permissions could not be probed');
  }
}

/** What is needed to write for a shop. */
type PolledUnderLease = Pick<Poll, 'ports' | 'lease'> & {
  readonly shop: Pick<PolledShop, 'shopId' | 'organizationId'>;
};

/** Runs a short transaction under the lease's fence. @throws AppError `lease_lost` */
async function underLease(
  poll: PolledUnderLease,
  work: (sql: Sql, at: Date) => Promise<void>,
): Promise<void> {
  const at = poll.ports.clock.now();
  const { leaseSeconds, pageDeadlineMs } = poll.ports.settings;
  await withOrganization(
    poll.ports.db,
    'worker',
    poll.shop.organizationId,
    async (sql) => {
      if (!(await holdLease(sql, poll.lease, leaseSeconds, pageDeadlineMs))) {
        throw new AppError('lease_lost', 'another worker polls this shop now');
      }
      await work(sql, at);
    },
    { isIdempotent: true, deadlineMs: pageDeadlineMs },
  );
}

/**
 * Records that a stream could not be read: a failed run, the failure counted, the next try later. A missing
 * permission is shown as a denied capability instead, and the stream is left out until it is granted.
 */
export async function noteStreamFailure(poll: Poll, name: string, error: AppError): Promise<void> {
  const stream = name.split(':')[0] as Stream;
  if (error.code === 'permission_missing' && name !== 'hints') {
    await denyStream(poll, stream, error);
    return;
  }
  const state = failPass(stateOf(poll, name));
  poll.states.set(name, state);
  const waitMs = computeBackoffMs(state.failedCount);
  poll.memory.retryAtMs.set(`${poll.shop.shopId}/${name}`, performance.now() + waitMs);
  poll.log.warn({ stream: name, code: error.code, failedCount: state.failedCount, waitMs }, error.message);
  const at = poll.ports.clock.now();
  const run = {
    ...newRun(name === 'hints' ? 'listings' : stream, kindOf(name), at, null),
    state: 'FAILED' as const,
    finishedAt: at,
    errorCode: error.code,
    errorMessage: error.message,
  };
  await underLease(poll, async (sql) => {
    if (name !== 'hints') await saveStreamState(sql, poll.shop, state, at);
    await saveSyncRun(sql, poll.shop, run, at);
    await appendEvents(
      sql,
      poll.shop.organizationId,
      [{ topic: 'SYNC_RUN', shopId: poll.shop.shopId, syncRunId: run.syncRunId, occurredAt: at }],
      at,
    );
  });
  poll.ports.wake(poll.shop.organizationId);
}

/** Whether single products or orders were refused a short while ago: they are then read with their lists only. */
export function isDeniedById({ memory, shop }: Poll, kind: 'PRODUCT' | 'ORDER'): boolean {
  const refusedAtMs = memory.deniedByIdAtMs.get(`${shop.shopId}/${kind}`) ?? -Infinity;
  return performance.now() - refusedAtMs < reprobeEveryMs;
}

/**
 * Records that the app may not read single products or orders, which is no failure: their list is read all the same.
 * The refused API is shown as denied. Writes `shop`.
 */
export async function denyById(
  poll: Poll,
  kind: 'PRODUCT' | 'ORDER',
  stream: Stream,
  error: AppError,
): Promise<void> {
  poll.memory.deniedByIdAtMs.set(`${poll.shop.shopId}/${kind}`, performance.now());
  const denied = {
    api: error.params.api ?? `${stream} by id`,
    stream,
    state: 'DENIED' as const,
    code: error.params.platformCode ?? error.code,
  };
  poll.log.warn({ stream, code: denied.code }, 'the platform does not let the app read these one by one');
  const others = capabilitiesOf(poll).filter((one) => one.api !== denied.api);
  // Standing alone it would say that the stream cannot be read at all. The next probe shows it among the others.
  if (!others.some((one) => one.stream === stream)) return;
  poll.capabilities = [...others, denied].sort((a, b) => (a.api < b.api ? -1 : 1));
  await underLease(poll, (sql, at) => saveCapabilities(sql, poll.shop.shopId, poll.capabilities, at));
}

function kindOf(name: string): RunKind {
  if (name === 'hints') return 'HINTS';
  return name.endsWith(':sweep') ? 'SWEEP' : 'INCREMENTAL';
}

async function denyStream(poll: Poll, stream: Stream, error: AppError): Promise<void> {
  const code = error.params.platformCode ?? error.code;
  const known = capabilitiesOf(poll);
  const entries = known.some((one) => one.stream === stream)
    ? known
    : [...known, { api: error.params.api ?? stream, stream, state: 'DENIED' as const, code }];
  poll.capabilities = entries.map((one) =>
    one.stream === stream ? { ...one, state: 'DENIED' as const, code: one.code ?? code } : one,
  );
  poll.memory.probedAtMs.set(poll.shop.shopId, performance.now());
  poll.log.warn({ stream, code }, 'the platform does not let the app read this stream');
  await underLease(poll, (sql, at) => saveCapabilities(sql, poll.shop.shopId, poll.capabilities, at));
}

/**
 * Ends a poll for which this process is not set up: the shop shows why, and is tried again before long, since
 * another process or a restart may know how. Writes `shop`.
 *
 * @param reason - for a person
 */
export async function saveUnready(poll: PolledUnderLease, reason: string): Promise<PollOutcome> {
  const { shopId } = poll.shop;
  poll.ports.log.warn({ shopId, reason }, 'the shop cannot be read by this process');
  await underLease(poll, (sql, at) => saveShopState(sql, shopId, 'DISCONNECTED', reason, at));
  return { dueInSeconds: unreadyDueInSeconds, isEnabled: true };
}

/**
 * Ends a poll: what it means for the shop's state, and when the shop is due again.
 *
 * @param error - what stopped the poll; null = nothing
 * @throws the error itself when it concerns the worker and not the shop
 */
export async function saveOutcome(poll: Poll, error: unknown): Promise<PollOutcome> {
  const { shopId } = poll.shop;
  if (error === null) {
    const streams = poll.connector.streams;
    if (streams.length > 0 && streams.every((stream) => isDenied(poll, stream))) {
      const reason = 'the platform lets the app read nothing; grant it the APIs in its console';
      await underLease(poll, (sql, at) => saveShopState(sql, shopId, 'PERMISSION_MISSING', reason, at));
    } else if (poll.readCount > 0) {
      await underLease(poll, (sql, at) => saveShopState(sql, shopId, 'ACTIVE', null, at));
    }
    return { dueInSeconds: 0, isEnabled: true };
  }
  if (isAppError(error, 'secret_unreadable')) {
    const reason = `${error.message}; start with the TOKEN_KEYS that the shop was connected with, or connect it again`;
    return saveUnready(poll, reason);
  }
  if (isAppError(error, 'authorization_expired')) {
    poll.log.warn({ code: error.code }, 'the shop must be authorized again; it is no longer polled');
    await underLease(poll, (sql, at) =>
      saveShopState(sql, shopId, 'AUTHORIZATION_EXPIRED', error.message, at),
    );
    return { dueInSeconds: throttledDueInSeconds, isEnabled: false };
  }
  if (isAppError(error, 'throttled')) {
    const waitMs = error.retryAfterMs ?? throttledDueInSeconds * secondMs;
    poll.log.debug({ waitMs }, 'the call budget makes the shop wait');
    return { dueInSeconds: waitMs / 1000, isEnabled: true };
  }
  throw error;
}
