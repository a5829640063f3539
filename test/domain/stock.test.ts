import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  agreesWithSuspect,
  type ComparedReading,
  findSuspicions,
  isChangeExplained,
  judgeReading,
  type KnownLevel,
  needsMaximum,
  type Quantities,
} from '../../src/domain/stock.ts';
import { Decimal } from '../../src/shared/decimal.ts';

const none = { onHand: null, reserved: null, damaged: null, incoming: null };
const quantities = (available: number | string): Quantities => ({
  ...none,
  available: new Decimal(available),
});
const at = (minute: number) => new Date(Date.UTC(2026, 2, 1, 0, minute));
const known = (available: number, minute: number, suspect?: [number, number]): KnownLevel => ({
  quantities: quantities(available),
  observedAt: at(minute),
  suspect: suspect === undefined ? null : { available: new Decimal(suspect[0]), since: at(suspect[1]) },
});
const reading = (available: number, minute: number) => ({
  quantities: quantities(available),
  observedAt: at(minute),
});

describe('judgeReading', () => {
  it('believes a level that was never seen', () => {
    expect(judgeReading(null, reading(0, 1), 'PAGE_OF_ZEROS', false)).toBe('CHANGED');
  });

  it.each([
    [known(5, 10), reading(5, 11), 'SAME'],
    [known(5, 10), reading(5, 10), 'SAME'],
    [known(5, 10), reading(4, 11), 'CHANGED'],
    [known(5, 10), reading(4, 10), 'OLDER'],
    [known(5, 10), reading(5, 9), 'OLDER'],
  ] as const)('compares versions and quantities (%#)', (level, read, verdict) => {
    expect(judgeReading(level, read, null, false)).toBe(verdict);
  });

  it('compares numbers, and tells unreported from zero', () => {
    const level = known(5, 10);
    expect(judgeReading(level, { quantities: quantities('5.00'), observedAt: at(11) }, null, false)).toBe(
      'SAME',
    );
    const reported = { ...quantities(5), incoming: new Decimal(0) };
    expect(judgeReading(level, { quantities: reported, observedAt: at(11) }, null, false)).toBe('CHANGED');
  });

  it('repeats the example: a page of zeros, doubted twice, believed once orders explain it', () => {
    expect(judgeReading(known(40, 0), reading(0, 5), 'PAGE_OF_ZEROS', false)).toBe('SUSPECT');
    expect(judgeReading(known(40, 0, [0, 5]), reading(0, 6), null, false)).toBe('STILL_SUSPECT');
    expect(judgeReading(known(40, 0, [0, 5]), reading(0, 6), null, true)).toBe('CHANGED');
    expect(judgeReading(known(40, 0, [0, 5]), reading(39, 6), null, false)).toBe('CHANGED');
  });

  it('never lets an older reading through, and never believes a doubted one without an explanation', () => {
    const quantity = fc.integer({ min: -5, max: 500 });
    const minute = fc.integer({ min: 0, max: 50 });
    fc.assert(
      fc.property(
        quantity,
        minute,
        fc.option(fc.tuple(quantity, minute), { nil: undefined }),
        quantity,
        minute,
        fc.constantFrom('PAGE_OF_ZEROS' as const, 'ABOVE_MAXIMUM' as const, null),
        fc.boolean(),
        (before, seenAt, suspect, now, readAt, suspicion, isExplained) => {
          const level = known(before, seenAt, suspect);
          const verdict = judgeReading(level, reading(now, readAt), suspicion, isExplained);
          if (readAt < seenAt) expect(verdict).toBe('OLDER');
          if (suspect !== undefined && readAt <= suspect[1]) expect(verdict).toBe('OLDER');
          if (verdict === 'CHANGED' && suspicion !== null)
            expect(suspect !== undefined && isExplained).toBe(true);
          if (verdict === 'SAME') expect(now).toBe(before);
        },
      ),
    );
  });
});

describe('agreesWithSuspect', () => {
  it('allows for the sales between two readings, not for stock where there was none', () => {
    expect(agreesWithSuspect(new Decimal(5000), new Decimal(4900))).toBe(true);
    expect(agreesWithSuspect(new Decimal(5000), new Decimal(4400))).toBe(false);
    expect(agreesWithSuspect(new Decimal(0), new Decimal(0))).toBe(true);
    expect(agreesWithSuspect(new Decimal(0), new Decimal(1))).toBe(false);
  });
});

describe('findSuspicions', () => {
  const compared = (before: number | null, now: number, maximum: number | null = null): ComparedReading => ({
    available: new Decimal(now),
    availableBefore: before === null ? null : new Decimal(before),
    maximum: maximum === null ? null : new Decimal(maximum),
  });

  it('doubts a page of zeros, from three readings on', () => {
    const sold = compared(5, 0);
    expect(findSuspicions([sold, sold, sold], 0)).toEqual(Array.from({ length: 3 }, () => 'PAGE_OF_ZEROS'));
    expect(findSuspicions([sold, sold], 0)).toEqual([null, null]);
    expect(findSuspicions([sold, sold, compared(5, 1)], 0)).toEqual([null, null, null]);
  });

  it('does not doubt goods that were out before, or are new', () => {
    expect(findSuspicions([compared(0, 0), compared(null, 0), compared(5, 0)], 0)).toEqual([
      null,
      null,
      'PAGE_OF_ZEROS',
    ]);
    expect(findSuspicions([compared(0, 0), compared(0, 0), compared(0, 0)], 0)).toEqual([null, null, null]);
  });

  it('doubts more than twenty at zero in one pass', () => {
    const page = [...Array.from({ length: 20 }, () => compared(5, 0)), compared(5, 5)];
    expect(findSuspicions(page, 0).filter((one) => one !== null)).toHaveLength(0);
    expect(findSuspicions(page, 1).filter((one) => one === 'MANY_AT_ZERO')).toHaveLength(20);
  });

  it('doubts what is above twenty times the maximum, not what is at it, nor a first restock', () => {
    expect(findSuspicions([compared(3, 101, 5)], 0)).toEqual(['ABOVE_MAXIMUM']);
    expect(findSuspicions([compared(3, 100, 5)], 0)).toEqual([null]);
    expect(findSuspicions([compared(0, 900, 0)], 0)).toEqual([null]);
  });

  it('looks the maximum up whenever it could matter', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 50 }),
        fc.integer({ min: 0, max: 2000 }),
        fc.integer({ min: 0, max: 60 }),
        (before, now, more) => {
          // The quantity before is part of the 90 days, so the maximum is at least that.
          const [verdict] = findSuspicions([compared(before, now, before + more)], 0);
          if (verdict === 'ABOVE_MAXIMUM') expect(needsMaximum(compared(before, now))).toBe(true);
        },
      ),
    );
  });
});

describe('isChangeExplained', () => {
  const happened = (left: number, arrived: number) => ({
    leftUnits: new Decimal(left),
    arrivedUnits: new Decimal(arrived),
  });
  it('needs four fifths of the change, in the right direction', () => {
    const [full, empty] = [new Decimal(40), new Decimal(0)];
    expect(isChangeExplained(full, empty, happened(38, 0))).toBe(true);
    expect(isChangeExplained(full, empty, happened(32, 0))).toBe(true);
    expect(isChangeExplained(full, empty, happened(31, 500))).toBe(false);
    expect(isChangeExplained(new Decimal(5), new Decimal(505), happened(900, 400))).toBe(true);
    expect(isChangeExplained(new Decimal(5), new Decimal(505), happened(900, 399))).toBe(false);
  });
});
