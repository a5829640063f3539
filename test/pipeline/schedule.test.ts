import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ObservationPage } from '../../src/connectors/marketplace.ts';
import { type StreamState, unreadStream } from '../../src/db/queries/ingest-sync.ts';
import { pipelineSettingsDefault as settings } from '../../src/pipeline/ports.ts';
import {
  advancePass,
  computeBackoffMs,
  computeDueInSeconds,
  failPass,
  type Pass,
  planHistory,
  planSweep,
  planWhole,
  planWindow,
} from '../../src/pipeline/schedule.ts';
import { minutes, noon } from './seed.ts';

const page = (more: Partial<ObservationPage> = {}): ObservationPage => ({
  observations: [],
  rejected: [],
  nextCursor: null,
  totalRows: null,
  ...more,
});
const day = 24 * 60;
const times = { requestedAt: noon, now: noon };
const read: StreamState = { ...unreadStream('s'), watermarkAt: noon, passFinishedAt: noon, sweptAt: noon };

describe('planWindow', () => {
  it('waits for the interval, unless somebody asks', () => {
    expect(planWindow(read, minutes(4), settings, false)).toBeNull();
    expect(planWindow(read, minutes(4), settings, true)).toMatchObject({ kind: 'INCREMENTAL' });
    expect(planWindow(read, minutes(5), settings, false)).toEqual({
      kind: 'INCREMENTAL',
      from: minutes(-10),
      to: minutes(5),
    });
  });

  it('goes on with the window under way', () => {
    const under = { ...read, windowFrom: minutes(-10), windowTo: minutes(5), pageCursor: 'c' };
    expect(planWindow(under, minutes(60), settings, false)).toMatchObject({
      from: minutes(-10),
      to: minutes(5),
    });
  });

  it('never leaves a hole after a long stop', () => {
    const late = planWindow(read, minutes(10 * day), settings, false);
    expect(late).toMatchObject({ from: minutes(-10), to: minutes(10 * day) });
  });
});

describe('planSweep', () => {
  const unswept = unreadStream('s:sweep');
  const live = { ...read, watermarkAt: minutes(day - 5) };

  it('goes over two days up to the live part, a day after the last one', () => {
    expect(planSweep(unswept, live, minutes(day - 1), settings)).toBeNull();
    const due = planSweep(unswept, live, minutes(day), settings);
    expect(due).toEqual({ kind: 'SWEEP', from: minutes(-day - 5), to: minutes(day - 5) });
    expect(planSweep(unswept, unreadStream('s'), minutes(day), settings)).toBeNull();
  });

  it('goes on with its own window, which the live part does not wait for', () => {
    const due = planSweep(unswept, live, minutes(day), settings)!;
    const { next } = advancePass('sweep', unswept, due, page({ nextCursor: 'c' }), times);
    expect(planSweep(next, live, minutes(day + 60), settings)).toEqual(due);
    expect(planWindow(live, minutes(day + 60), settings, false)).toMatchObject({ to: minutes(day + 60) });
    const over = { requestedAt: minutes(day + 61), now: minutes(day + 61) };
    const done = advancePass('sweep', next, due, page(), over).next;
    expect(done).toMatchObject({ windowTo: null, sweptAt: minutes(day + 61), watermarkAt: null });
    expect(planSweep(done, live, minutes(2 * day), settings)).toBeNull();
    expect(planSweep(done, live, minutes(2 * day + 61), settings)).not.toBeNull();
  });
});

describe('planWhole', () => {
  it('starts a pass at the interval after the start of the last, and goes on with one under way', () => {
    const state = { ...unreadStream('s'), passStartedAt: noon, passFinishedAt: minutes(2) };
    expect(planWhole(unreadStream('s'), noon, settings, false)).toMatchObject({ kind: 'INITIAL' });
    expect(planWhole(state, minutes(4), settings, false)).toBeNull();
    expect(planWhole(state, minutes(5), settings, false)).toMatchObject({ kind: 'INCREMENTAL' });
    expect(planWhole({ ...state, pageCursor: 'c' }, minutes(1), settings, false)).not.toBeNull();
  });
});

describe('planHistory', () => {
  it('goes back slice by slice, takes the rest after an empty one, and ends', () => {
    let state: StreamState = { ...unreadStream('s:history'), watermarkAt: noon };
    const step = (rows: number) => {
      const pass = planHistory(state, noon, settings)!;
      const observations = Array.from({ length: rows }, () => ({}) as never);
      state = advancePass('history', state, pass, page({ observations }), times).next;
      return pass;
    };
    const [first, second] = [step(3), step(3)];
    expect(noon.getTime() - first.from!.getTime()).toBe(settings.historySliceMs);
    expect(second.to.getTime()).toBeGreaterThan(first.from!.getTime());
    expect(step(0).from).not.toBeNull();
    expect(step(2).from).toBeNull();
    expect(planHistory(state, noon, settings)).toBeNull();
  });
});

describe('advancePass', () => {
  const pass: Pass = { kind: 'INCREMENTAL', from: minutes(-10), to: minutes(5) };

  it('moves the watermark only when the last page is read', () => {
    const one = advancePass('live', read, pass, page({ nextCursor: 'a', totalRows: 3 }), times);
    expect([one.isOver, one.next.watermarkAt, one.next.pageCursor]).toEqual([false, noon, 'a']);
    const two = advancePass('live', one.next, pass, page({ totalRows: 3 }), times);
    expect([two.isOver, two.next.watermarkAt, two.next.windowTo]).toEqual([true, minutes(5), null]);
  });

  it.each(['live', 'history', 'sweep'] as const)(
    'ends a %s window though rows leave it meanwhile',
    (part) => {
      const one = advancePass(part, read, pass, page({ nextCursor: 'a', totalRows: 3 }), times);
      const two = advancePass(part, one.next, pass, page({ totalRows: 2 }), times);
      expect([one.isOver, two.isOver, two.next.windowTo]).toEqual([false, true, null]);
      expect(two.next.watermarkAt).toEqual({ live: minutes(5), history: minutes(-10), sweep: noon }[part]);
    },
  );

  it('measures how long a whole pass takes', () => {
    const whole: Pass = { kind: 'INITIAL', from: null, to: noon };
    const one = advancePass('whole', unreadStream('s'), whole, page({ nextCursor: 'a' }), times);
    const two = advancePass('whole', one.next, whole, page(), { requestedAt: minutes(3), now: minutes(4) });
    expect(two.next).toMatchObject({ cycleMs: 4 * 60_000, passFinishedAt: minutes(4), pageCursor: null });
  });

  it('covers all time between two watermarks, whatever the pages and failures', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 1, max: 4 }), fc.boolean())),
        (polls) => {
          let state: StreamState = { ...unreadStream('s'), watermarkAt: noon };
          let minute = 0;
          let covered = noon.getTime();
          for (const [wait, pageCount, fails] of polls) {
            minute += wait;
            const due = planWindow(state, minutes(minute), settings, false);
            if (due === null) continue;
            expect(due.from!.getTime()).toBeLessThanOrEqual(covered);
            for (let index = 1; index <= pageCount; index += 1) {
              if (fails && index === pageCount) {
                state = failPass(state);
                break;
              }
              const nextCursor = index < pageCount ? String(index) : null;
              state = advancePass('live', state, due, page({ nextCursor }), times).next;
              if (nextCursor === null) covered = due.to.getTime();
            }
            expect(state.watermarkAt!.getTime()).toBeLessThanOrEqual(covered);
          }
        },
      ),
    );
  });
});

describe('failures', () => {
  it('keep the cursor, and start the pass again after three', () => {
    let state: StreamState = { ...read, pageCursor: 'c' };
    state = failPass(failPass(state));
    expect(state).toMatchObject({ pageCursor: 'c', failedCount: 2 });
    expect(failPass(state)).toMatchObject({ pageCursor: null, watermarkAt: noon });
  });

  it('wait longer each time, five minutes at most', () => {
    expect([1, 2, 3, 20].map(computeBackoffMs)).toEqual([1000, 2000, 4000, 300_000]);
  });
});

describe('computeDueInSeconds', () => {
  it('divides the interval by the speed and takes off what the poll took', () => {
    expect(computeDueInSeconds(settings, 1, 10_000, false)).toBe(290);
    expect(computeDueInSeconds(settings, 720, 100, false)).toBeCloseTo(0.3167, 3);
    expect(computeDueInSeconds(settings, 720, 5_000, false)).toBe(0);
    expect(computeDueInSeconds(settings, 1, 0, true)).toBe(0);
    expect(computeDueInSeconds(settings, 0, 0, false)).toBeGreaterThan(60);
  });
});
