import { randomUUID } from 'node:crypto';
import type { ObservationPage, Stream } from '../connectors/marketplace.ts';
import type { StoredHint } from '../db/queries/hint.ts';
import type { RunKind, StreamState, SyncRun } from '../db/queries/ingest-sync.ts';
import { AppError } from '../shared/errors.ts';
import { secondMs } from '../shared/time.ts';
import type { PageResult } from './ingest.ts';
import { ingestSalvaging } from './ingest-salvage.ts';
import { type Poll, stateOf } from './poll-context.ts';
import { advancePass, type Pass, type StreamPart } from './schedule.ts';

/** A step of reading a stream. */
export interface StreamStep {
  readonly stream: Stream;
  /** Under which name the state is kept: the stream's own, its history's or its sweep's. */
  readonly stateName: string;
  readonly part: StreamPart;
  readonly pass: Pass;
}

/** Readers are told about a first load this often, real time, ms. */
const progressEveryMs = 2 * secondMs;
/** … and the log this often: it must not drown what else is said at a start. */
const logProgressEveryMs = 15 * secondMs;
/** A reading that changed nothing is recorded this often, real time, ms: as a sign of life. */
const quietRecordEveryMs = 30 * secondMs;
/** A live window is normally one page; a big one must not keep the other streams waiting for ever, ms. */
const liveBudgetMs = 10 * secondMs;

/**
 * Reads pages of a stream until its pass is over or the step has taken its time. Every page is stored with the
 * cursor behind it, so a restart goes on where this ended, and no page is passed unread.
 *
 * @throws AppError as the adapter throws; `permanent` when the pages run in a circle
 */
export async function readStream(poll: Poll, step: StreamStep): Promise<void> {
  const startedMs = performance.now();
  const recorder = createRecorder(poll, step);
  const budgetMs = step.part === 'live' ? liveBudgetMs : poll.ports.settings.stepBudgetMs;
  const zeroed = createZeroCount(poll, step);
  for (;;) {
    const state = stateOf(poll, step.stateName);
    const requestedAt = poll.ports.clock.now();
    const page = await fetchPage(poll, step, state, requestedAt);
    const now = poll.ports.clock.now();
    const { next, isOver: isPassOver } = advancePass(step.part, state, step.pass, page, { requestedAt, now });
    const isOver = isPassOver || poll.isStopping() || performance.now() - startedMs > budgetMs;
    const { run, announcesRun } = recorder.before(page, {
      isPassOver,
      isOver,
      isHistoryOver: next.passFinishedAt !== null,
    });
    const result = await ingestSalvaging(poll.ports, {
      lease: poll.lease,
      shop: poll.shop,
      stream: step.stream,
      page,
      observedAt: requestedAt,
      isHistory: step.part === 'history',
      zeroedBefore: zeroed.before(next),
      nextState: next,
      run,
      announcesRun,
      answeredHints: [],
    });
    zeroed.add(next, result.zeroedCount);
    poll.states.set(step.stateName, next);
    recorder.after(result);
    if (!isOver) continue;
    if (!isPassOver) poll.hasMore = true;
    return;
  }
}

/** Counts the levels that fell to zero in one pass, over all polls of this worker that it takes. */
function createZeroCount(poll: Poll, step: StreamStep) {
  const { zeroed } = poll.memory;
  const key = `${poll.shop.shopId}/${step.stateName}`;
  const before = ({ passStartedAt }: StreamState) => {
    const counted = zeroed.get(key);
    return counted?.passStartedAt === passStartedAt?.getTime() ? (counted?.count ?? 0) : 0;
  };
  return {
    before,
    add(state: StreamState, count: number) {
      const passStartedAt = state.passStartedAt?.getTime() ?? 0;
      zeroed.set(key, { passStartedAt, count: before(state) + count });
    },
  };
}

async function fetchPage(
  poll: Poll,
  step: StreamStep,
  state: StreamState,
  requestedAt: Date,
): Promise<ObservationPage> {
  const page = await poll.connector.fetchPage(poll.session, {
    stream: step.stream,
    modifiedFrom: step.pass.from,
    modifiedTo: step.pass.to,
    cursor: state.pageCursor,
  });
  const key = `${poll.shop.shopId}/${step.stateName}`;
  if (page.nextCursor === null) {
    poll.memory.seenCursors.delete(key);
    return page;
  }
  // What was visited counts for this pass only: another worker may have ended the one we remember. A page whose
  // storing failed is asked for again, so only a way back to an earlier page is a circle.
  const isFirst = state.pageCursor === null;
  const passStartedAt = (isFirst ? requestedAt : (state.passStartedAt ?? requestedAt)).getTime();
  let seen = poll.memory.seenCursors.get(key);
  if (seen?.passStartedAt !== passStartedAt) {
    seen = { passStartedAt, cursors: new Set() };
    poll.memory.seenCursors.set(key, seen);
  }
  if (state.pageCursor !== null) seen.cursors.add(state.pageCursor);
  if (seen.cursors.has(page.nextCursor)) {
    poll.memory.seenCursors.delete(key);
    throw new AppError('permanent', `${step.stream}: the pages run in a circle; the reading starts again`);
  }
  return page;
}

/** Keeps the record of a reading: which pages are worth a row, and when readers are told. */
function createRecorder(poll: Poll, step: StreamStep) {
  const key = `${poll.shop.shopId}/${step.stateName}`;
  const { kind } = step.pass;
  const isInitial = kind === 'INITIAL';
  let run = (isInitial ? poll.initialRuns.get(step.stream) : undefined) ?? null;
  let isStored = run !== null && run.pageCount > 0;
  let toldAtMs = isStored ? performance.now() : Number.NEGATIVE_INFINITY;
  return {
    before(
      page: ObservationPage,
      { isPassOver, isOver, isHistoryOver }: { isPassOver: boolean; isOver: boolean; isHistoryOver: boolean },
    ) {
      const at = poll.ports.clock.now();
      run ??= newRun(step.stream, kind, at, page.totalRows);
      if (run.rowCountExpected === null && page.totalRows !== null) {
        run = { ...run, rowCountExpected: page.totalRows };
      }
      const isFinished = isInitial ? isHistoryOver && isOver : isOver;
      const hasRows = page.observations.length + page.rejected.length > 0;
      const isQuiet = !isInitial && kind !== 'SWEEP' && !isStored && !hasRows;
      const isWorthIt =
        !isQuiet || performance.now() - (poll.memory.recordedAtMs.get(key) ?? -Infinity) > quietRecordEveryMs;
      if (!isWorthIt) return { run: null, announcesRun: false };
      const isNews = isFinished || (isInitial && performance.now() - toldAtMs > progressEveryMs);
      const isCutOff = poll.isStopping() && !isPassOver;
      if (isFinished) run = { ...run, state: isCutOff ? 'INTERRUPTED' : 'SUCCEEDED', finishedAt: at };
      return { run, announcesRun: isNews };
    },
    after(result: PageResult) {
      if (result.run === null) return;
      run = result.run;
      isStored = true;
      poll.memory.recordedAtMs.set(key, performance.now());
      if (!isInitial) return;
      if (run.state === 'RUNNING') poll.initialRuns.set(step.stream, run);
      else poll.initialRuns.delete(step.stream);
      if (performance.now() - toldAtMs <= progressEveryMs && run.state === 'RUNNING') return;
      toldAtMs = performance.now();
      const loggedAtMs = poll.memory.loggedAtMs.get(key) ?? Number.NEGATIVE_INFINITY;
      if (toldAtMs - loggedAtMs <= logProgressEveryMs && run.state === 'RUNNING') return;
      poll.memory.loggedAtMs.set(key, toldAtMs);
      const { rowCount, rowCountExpected, pageCount, state } = run;
      poll.log.info({ stream: step.stream, rowCount, rowCountExpected, pageCount, state }, 'first load');
    },
  };
}

/** A reading that has not stored a page yet. */
export function newRun(stream: string, kind: RunKind, at: Date, rowCountExpected: number | null): SyncRun {
  return {
    syncRunId: randomUUID(),
    stream,
    kind,
    state: 'RUNNING',
    startedAt: at,
    finishedAt: null,
    pageCount: 0,
    rowCount: 0,
    rowCountExpected,
    changedCount: 0,
    quarantinedCount: 0,
    errorCode: null,
    errorMessage: null,
  };
}

/** A re-read that answers hints, stored without moving any cursor. */
export async function storeReread(
  poll: Poll,
  stream: Stream,
  page: ObservationPage,
  observedAt: Date,
  answeredHints: readonly StoredHint[],
): Promise<void> {
  const at = poll.ports.clock.now();
  const run = newRun(stream, 'HINTS', at, page.totalRows);
  const hasRows = page.observations.length + page.rejected.length > 0;
  await ingestSalvaging(poll.ports, {
    lease: poll.lease,
    shop: poll.shop,
    stream,
    page,
    observedAt,
    isHistory: false,
    zeroedBefore: 0,
    nextState: null,
    run: hasRows ? { ...run, state: 'SUCCEEDED', finishedAt: at } : null,
    announcesRun: hasRows,
    answeredHints,
  });
}
