import type { ObservationPage } from '../connectors/marketplace.ts';
import type { RunKind, StreamState } from '../db/queries/ingest-sync.ts';
import { minuteMs } from '../shared/time.ts';
import type { PipelineSettings } from './ports.ts';

/** One pass over a stream: which window, and what kind of reading it is. */
export interface Pass {
  readonly kind: RunKind;
  /** Null = from the beginning. */
  readonly from: Date | null;
  readonly to: Date;
}

/** What of a stream is read: the newest, the past, the last days once more, or all of a stream without windows. */
export type StreamPart = 'live' | 'history' | 'sweep' | 'whole';

/** Where a stream stands after a page, and whether the pass is over. */
export interface PassStep {
  readonly next: StreamState;
  /** True when that was the last page of the pass. */
  readonly isOver: boolean;
}

/** Slices of history overlap, since nothing documents whether the end of a window belongs to it. */
const sliceOverlapMs = minuteMs;

/** Under which name the history of a windowed stream keeps its state. */
export function historyOf(stream: string): string {
  return `${stream}:history`;
}

/** Under which name the daily sweep of a windowed stream keeps its state. */
export function sweepOf(stream: string): string {
  return `${stream}:sweep`;
}

/**
 * The pass that is due for a stream read by modification window, live part.
 *
 * A pass under way goes on with its own window. The first one begins just before now: what is older is history and
 * must not keep live events waiting. Later ones reach back over the overlap.
 *
 * @param now - business time
 * @param isForced - somebody asked: do not wait for the interval
 * @returns null = not due yet
 */
export function planWindow(
  state: StreamState,
  now: Date,
  settings: PipelineSettings,
  isForced: boolean,
): Pass | null {
  if (state.windowTo !== null) return { kind: 'INCREMENTAL', from: state.windowFrom, to: state.windowTo };
  if (!isForced && !isDue(state.passFinishedAt, now, settings.pollIntervalMs)) return null;
  const from = new Date((state.watermarkAt ?? now).getTime() - settings.overlapMs);
  return { kind: 'INCREMENTAL', from, to: now };
}

/**
 * The sweep that is due for a stream read by modification window: once a day it goes over the sweep window up to
 * where the live part has come, for what the platform showed later than the overlap. A reading of its own beside the
 * live one, which never waits for it.
 *
 * @param state - of the sweep
 * @param live - of the live part
 * @param now - business time
 * @returns null = not due yet
 */
export function planSweep(
  state: StreamState,
  live: StreamState,
  now: Date,
  settings: PipelineSettings,
): Pass | null {
  if (state.windowTo !== null) return { kind: 'SWEEP', from: state.windowFrom, to: state.windowTo };
  const sweptAt = state.sweptAt ?? live.sweptAt;
  if (live.watermarkAt === null || sweptAt === null) return null;
  if (!isDue(sweptAt, now, settings.sweepIntervalMs)) return null;
  const from = new Date(live.watermarkAt.getTime() - settings.sweepWindowMs);
  return { kind: 'SWEEP', from, to: live.watermarkAt };
}

/**
 * The pass that is due for a stream that is read whole.
 *
 * @returns null = not due yet
 */
export function planWhole(
  state: StreamState,
  now: Date,
  settings: PipelineSettings,
  isForced: boolean,
): Pass | null {
  const kind = state.passFinishedAt === null ? 'INITIAL' : 'INCREMENTAL';
  if (state.pageCursor !== null) return { kind, from: null, to: now };
  if (!isForced && !isDue(state.passStartedAt, now, settings.pollIntervalMs)) return null;
  return { kind, from: null, to: now };
}

/**
 * The next slice of the history of a windowed stream, from now backwards; after an empty slice everything older in
 * one.
 *
 * @param state - of the history; its watermark is what was read from, at first where the live reading began
 * @param now - business time
 * @returns null = the history is complete
 */
export function planHistory(state: StreamState, now: Date, settings: PipelineSettings): Pass | null {
  if (state.passFinishedAt !== null) return null;
  if (state.windowTo !== null) return { kind: 'INITIAL', from: state.windowFrom, to: state.windowTo };
  const readFrom = state.watermarkAt ?? now;
  const to = new Date(Math.min(readFrom.getTime() + sliceOverlapMs, now.getTime()));
  const wasEmpty = state.passTotal === 0;
  const from = wasEmpty ? null : new Date(readFrom.getTime() - settings.historySliceMs);
  return { kind: 'INITIAL', from, to };
}

/**
 * Moves a stream past one page of a pass.
 *
 * @param part - `live`, `history` and `sweep` of a windowed stream, or `whole`
 * @param requestedAt - business time right before the page was asked for
 * @param now - business time
 */
export function advancePass(
  part: StreamPart,
  state: StreamState,
  pass: Pass,
  page: ObservationPage,
  { requestedAt, now }: { requestedAt: Date; now: Date },
): PassStep {
  const isFirst = state.pageCursor === null;
  const under: StreamState = {
    ...state,
    windowFrom: part === 'whole' ? null : pass.from,
    windowTo: part === 'whole' ? null : pass.to,
    pageCursor: page.nextCursor,
    passStartedAt: isFirst ? requestedAt : state.passStartedAt,
    passTotal: isFirst ? page.totalRows : state.passTotal,
    failedCount: 0,
  };
  if (page.nextCursor !== null) return { next: under, isOver: false };
  const isEmpty = isFirst && page.observations.length + page.rejected.length === 0;
  return { next: finishPass(part, under, pass, isEmpty, now), isOver: true };
}

function finishPass(
  part: StreamPart,
  state: StreamState,
  pass: Pass,
  isEmpty: boolean,
  now: Date,
): StreamState {
  const finished = { ...state, windowFrom: null, windowTo: null, passTotal: null };
  switch (part) {
    case 'live':
      return {
        ...finished,
        watermarkAt: pass.to,
        passFinishedAt: now,
        // From here the first sweep waits its day.
        sweptAt: state.sweptAt ?? now,
      };
    case 'sweep':
      return { ...finished, passFinishedAt: now, sweptAt: now };
    case 'history':
      return {
        ...finished,
        watermarkAt: pass.from ?? state.watermarkAt,
        passTotal: isEmpty ? 0 : null,
        passFinishedAt: pass.from === null ? now : null,
      };
    case 'whole': {
      const startedAt = state.passStartedAt ?? now;
      return { ...finished, passFinishedAt: now, cycleMs: Math.max(now.getTime() - startedAt.getTime(), 0) };
    }
  }
}

/** A pass that failed at the same place this often starts again from its first page: its cursor may have expired. */
const failuresBeforeRestart = 3;

/** Where a stream stands after its page could not be read: the cursor never passes it. */
export function failPass(state: StreamState): StreamState {
  const failedCount = state.failedCount + 1;
  const restarts = failedCount % failuresBeforeRestart === 0;
  return { ...state, failedCount, pageCursor: restarts ? null : state.pageCursor };
}

/**
 * How long to wait, in real time, before a failed stream is tried again: a second, doubled with every failure, at
 * most five minutes.
 *
 * @param failedCount - failures in a row, >= 1
 * @returns ms
 */
export function computeBackoffMs(failedCount: number): number {
  return Math.min(1000 * 2 ** Math.min(failedCount - 1, 9), 300_000);
}

/** While business time stands still there is nothing new to read, s. */
const standingDueInSeconds = 3600;

/**
 * Database time until a shop is due again.
 *
 * @param elapsedMs - real time that the poll took, ms
 * @param speed - of the business clock; 0 = moved by hand: whoever moves it wakes the shops
 * @returns s, >= 0
 */
export function computeDueInSeconds(
  settings: PipelineSettings,
  speed: number,
  elapsedMs: number,
  hasMore: boolean,
): number {
  if (hasMore) return 0;
  if (speed <= 0) return standingDueInSeconds;
  return Math.max(settings.pollIntervalMs / speed - elapsedMs, 0) / 1000;
}

function isDue(lastAt: Date | null, now: Date, intervalMs: number): boolean {
  return lastAt === null || now.getTime() - lastAt.getTime() >= intervalMs;
}
