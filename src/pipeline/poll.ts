import type { Stream } from '../connectors/marketplace.ts';
import { appendEvents } from '../db/queries/event-append.ts';
import { loadHints, removeHints, type StoredHint } from '../db/queries/hint.ts';
import { loadStreamStates, takeOverRuns, unreadStream } from '../db/queries/ingest-sync.ts';
import { type ShopLease, stopListening } from '../db/queries/lease.ts';
import { loadShop, type ShopRow } from '../db/queries/lease-shop.ts';
import { withOrganization } from '../db/tenant.ts';
import { AppError, isAppError } from '../shared/errors.ts';
import { type Poll, type PollMemory, type PollOutcome, stateOf } from './poll-context.ts';
import { isDenied, noteStreamFailure, probe, saveOutcome, saveUnready } from './poll-outcome.ts';
import type { PipelinePorts, PolledShop } from './ports.ts';
import { readHints, readsByWindow } from './read-hints.ts';
import { newRun, readStream } from './read-stream.ts';
import {
  computeDueInSeconds,
  historyOf,
  planHistory,
  planSweep,
  planWhole,
  planWindow,
  sweepOf,
} from './schedule.ts';

/** What a poll is started with. */
export interface PollInput {
  readonly ports: PipelinePorts;
  readonly lease: ShopLease;
  readonly memory: PollMemory;
  /** Cuts calls short: the lease is lost, or the process cannot wait any longer. */
  readonly signal: AbortSignal;
  readonly isStopping: () => boolean;
}

/** A shop whose poll failed as a whole is left alone for this long, real time, s. */
const failureDueInSeconds = 5;

/**
 * Polls one shop: hints first, then every stream in the adapter's order, then a slice of history and of the sweep.
 *
 * Every page is stored in a transaction of its own under the lease's fence. A stream that fails does not stop the
 * others; a refused authorization stops the shop and no other shop, and one that this process is not set up for waits. Long first loads are cut into steps, so that
 * live streams get their turn in between.
 *
 * @throws AppError `lease_lost`; errors of the database as they are
 */
export async function pollShop(input: PollInput): Promise<PollOutcome> {
  const startedMs = performance.now();
  const { ports, lease } = input;
  const row = await withOrganization(ports.db, 'worker', lease.organizationId, (sql) =>
    loadShop(sql, lease.shopId),
  );
  if (row === null) return { dueInSeconds: failureDueInSeconds, isEnabled: false };
  if (row.state === 'AUTHORIZATION_EXPIRED') {
    return { dueInSeconds: failureDueInSeconds, isEnabled: false };
  }
  let poll: Poll;
  try {
    poll = await openPoll(input, row);
  } catch (error) {
    if (!isAppError(error, 'invalid_configuration')) throw error;
    return saveUnready({ ports, lease, shop: row }, error.message);
  }
  try {
    await readAll(poll);
  } catch (error) {
    return saveOutcome(poll, error);
  }
  await saveOutcome(poll, null);
  const elapsedMs = performance.now() - startedMs;
  const { settings, clock } = ports;
  return {
    dueInSeconds: computeDueInSeconds(settings, clock.speed, elapsedMs, poll.hasMore && !input.isStopping()),
    isEnabled: true,
  };
}

async function openPoll(input: PollInput, row: ShopRow): Promise<Poll> {
  const { ports, lease } = input;
  const at = ports.clock.now();
  const { states, runs } = await withOrganization(ports.db, 'worker', row.organizationId, async (sql) => {
    const found = {
      states: await loadStreamStates(sql, row.shopId),
      runs: await takeOverRuns(sql, row.shopId, at),
    };
    const events = found.runs.interrupted.map((syncRunId) => ({
      topic: 'SYNC_RUN' as const,
      shopId: row.shopId,
      syncRunId,
      occurredAt: at,
    }));
    await appendEvents(sql, row.organizationId, events, at);
    return found;
  });
  const shop: PolledShop = { ...row, platform: lease.platform as PolledShop['platform'] };
  const log = ports.log.child({ shopId: shop.shopId, platform: shop.platform });
  return {
    ports,
    lease,
    shop,
    log,
    connector: ports.connectorFor(shop),
    session: {
      credentials: ports.credentialSource(shop),
      budget: ports.callBudget(shop),
      signal: input.signal,
    },
    memory: input.memory,
    isStopping: input.isStopping,
    states,
    initialRuns: runs.initial,
    capabilities: row.capabilities,
    hasMore: false,
    readCount: 0,
    failedCount: 0,
  };
}

/** As many hints as are looked at when a poll is planned. */
const hintsSeenMax = 1_000;

async function readAll(poll: Poll): Promise<void> {
  const { shopId, organizationId } = poll.shop;
  const { db } = poll.ports;
  const hints = await withOrganization(db, 'worker', organizationId, (sql) =>
    loadHints(sql, shopId, hintsSeenMax),
  );
  const asked = hints.filter((hint) => hint.kind === 'SYNC_NOW');
  const orders = readsByWindow(poll, hints) ? hints.filter((hint) => hint.kind === 'ORDER') : [];
  const answer = (answered: readonly StoredHint[]) =>
    withOrganization(db, 'worker', organizationId, (sql) => removeHints(sql, shopId, answered));
  await probe(poll, asked.length > 0);
  await guarded(poll, 'hints', () => readHints(poll));
  for (const stream of poll.connector.streams) {
    if (poll.isStopping()) return;
    if (isDenied(poll, stream)) continue;
    const hinted = stream === 'sales_orders' ? orders : [];
    const startedAt = poll.ports.clock.now();
    await guarded(poll, stream, () => readLive(poll, stream, asked.length + hinted.length > 0));
    const { passFinishedAt } = stateOf(poll, stream);
    if (hinted.length > 0 && passFinishedAt !== null && passFinishedAt >= startedAt) await answer(hinted);
  }
  // Before the last reading of hints: who wakes the shop from now on may have come too late for it.
  await withOrganization(db, 'worker', organizationId, (sql) => stopListening(sql, poll.lease));
  await guarded(poll, 'hints', () => readHints(poll));
  const waiting = await withOrganization(db, 'worker', organizationId, (sql) =>
    loadHints(sql, shopId, hintsSeenMax),
  );
  for (const stream of poll.connector.windowedStreams) {
    if (poll.isStopping()) return;
    if (isDenied(poll, stream)) continue;
    await guarded(poll, historyOf(stream), () => readHistory(poll, stream));
    if (poll.isStopping()) return;
    await guarded(poll, sweepOf(stream), () => readSweep(poll, stream));
  }
  await answer(asked);
  if (await hasNews(poll, waiting)) poll.hasMore = true;
}

/** Whether somebody asked while this poll was under way: giving the shop back would let it wait a whole interval. */
async function hasNews({ ports, shop }: Poll, waiting: readonly StoredHint[]): Promise<boolean> {
  const textOf = (hint: StoredHint) => `${hint.kind}/${hint.externalId}/${hint.createdAt.getTime()}`;
  const isWaiting = new Set(waiting.map(textOf));
  const left = await withOrganization(ports.db, 'worker', shop.organizationId, (sql) =>
    loadHints(sql, shop.shopId, hintsSeenMax),
  );
  // What a person asked for stays until it is answered; of the rest, what was left before waits as it did. Told apart
  // by what they are and not by time alone, which may stand still.
  return left.some((hint) => hint.kind === 'SYNC_NOW' || !isWaiting.has(textOf(hint)));
}

async function readLive(poll: Poll, stream: Stream, isForced: boolean): Promise<void> {
  const { clock, settings } = poll.ports;
  const isWindowed = poll.connector.windowedStreams.has(stream);
  let state = stateOf(poll, stream);
  const now = clock.now();
  if (isWindowed && state.watermarkAt === null) {
    // What is older than this first look is history.
    state = { ...state, watermarkAt: now };
    poll.states.set(stream, state);
    poll.states.set(historyOf(stream), { ...unreadStream(historyOf(stream)), watermarkAt: now });
  }
  const pass = isWindowed
    ? planWindow(state, now, settings, isForced)
    : planWhole(state, now, settings, isForced);
  if (pass === null) return;
  await readStream(poll, { stream, stateName: stream, part: isWindowed ? 'live' : 'whole', pass });
}

async function readHistory(poll: Poll, stream: Stream): Promise<void> {
  const startedMs = performance.now();
  const stateName = historyOf(stream);
  const { clock, settings } = poll.ports;
  // Before the live reading has begun there is no border to go back from.
  if (stateOf(poll, stream).watermarkAt === null) return;
  while (!poll.isStopping()) {
    const pass = planHistory(stateOf(poll, stateName), clock.now(), settings);
    if (pass === null) return;
    if (!poll.initialRuns.has(stream)) await beginHistory(poll, stream, pass.to);
    await readStream(poll, { stream, stateName, part: 'history', pass });
    if (performance.now() - startedMs > settings.stepBudgetMs) {
      poll.hasMore = planHistory(stateOf(poll, stateName), clock.now(), settings) !== null || poll.hasMore;
      return;
    }
  }
}

/** Behind everything that is new, and for no longer than a step at a time. */
async function readSweep(poll: Poll, stream: Stream): Promise<void> {
  const stateName = sweepOf(stream);
  const { clock, settings } = poll.ports;
  const pass = planSweep(stateOf(poll, stateName), stateOf(poll, stream), clock.now(), settings);
  if (pass !== null) await readStream(poll, { stream, stateName, part: 'sweep', pass });
}

/** Asks once how many rows the whole history has, so that the progress of its slices can be shown. */
async function beginHistory(poll: Poll, stream: Stream, to: Date): Promise<void> {
  const page = await poll.connector.fetchPage(poll.session, {
    stream,
    modifiedFrom: null,
    modifiedTo: to,
    cursor: null,
  });
  poll.initialRuns.set(stream, newRun(stream, 'INITIAL', poll.ports.clock.now(), page.totalRows));
}

/** Lets a stream fail alone. What concerns the whole shop goes on upwards. */
async function guarded(poll: Poll, name: string, read: () => Promise<void>): Promise<void> {
  const key = `${poll.shop.shopId}/${name}`;
  if ((poll.memory.retryAtMs.get(key) ?? 0) > performance.now()) return;
  try {
    await read();
    poll.memory.retryAtMs.delete(key);
    poll.readCount += 1;
  } catch (error) {
    if (poll.session.signal.aborted) throw poll.session.signal.reason ?? error;
    if (!(error instanceof AppError)) throw error;
    if (isAppError(error, 'lease_lost', 'authorization_expired', 'throttled', 'secret_unreadable'))
      throw error;
    poll.failedCount += 1;
    await noteStreamFailure(poll, name, error);
  }
}
