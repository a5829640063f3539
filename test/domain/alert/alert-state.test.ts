import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AlertTransition,
  decideLowStock,
  type LowStockReading,
  type OpenAlert,
} from '../../../src/domain/alert/alert-state.ts';
import { Decimal } from '../../../src/shared/decimal.ts';

const level = (available: number | string, more: Partial<LowStockReading> = {}): LowStockReading => ({
  available: new Decimal(available),
  threshold: new Decimal(10),
  isWatched: true,
  isSuspect: false,
  isRuleEnabled: true,
  ...more,
});
const firing: OpenAlert = { state: 'FIRING', severity: 'WARNING' };

/** The open alert after a transition. */
function apply(open: OpenAlert | null, transition: AlertTransition | null): OpenAlert | null {
  if (transition === null) return open;
  if (transition.state === 'RESOLVED') return null;
  return { state: transition.state, severity: transition.severity };
}

describe('decideLowStock', () => {
  it('opens at the threshold, not above', () => {
    expect(decideLowStock(null, level(10))).toMatchObject({
      reason: 'OPENED',
      state: 'FIRING',
      severity: 'WARNING',
    });
    expect(decideLowStock(null, level('10.0001'))).toBeNull();
    expect(decideLowStock(null, level(0))).toMatchObject({ severity: 'CRITICAL' });
  });

  it('resolves above 1.1 times the threshold, and at least one unit above', () => {
    expect(decideLowStock(firing, level(11))).toBeNull();
    expect(decideLowStock(firing, level('11.001'))).toMatchObject({ reason: 'RESOLVED' });
    const small = { threshold: new Decimal(2) };
    expect(decideLowStock(firing, level('2.9', small))).toBeNull();
    expect(decideLowStock(firing, level(3, small))).toMatchObject({ reason: 'RESOLVED' });
  });

  it('works at a threshold of zero', () => {
    const zero = { threshold: new Decimal(0) };
    expect(decideLowStock(null, level(0, zero))).toMatchObject({ reason: 'OPENED', severity: 'CRITICAL' });
    expect(decideLowStock(firing, level('0.5', zero))).toBeNull();
    expect(decideLowStock(firing, level(1, zero))).toMatchObject({ reason: 'RESOLVED' });
  });

  it('escalates once when nothing is left, and keeps what a person did', () => {
    const acknowledged: OpenAlert = { state: 'ACKNOWLEDGED', severity: 'WARNING' };
    expect(decideLowStock(acknowledged, level(0))).toMatchObject({
      reason: 'ESCALATED',
      state: 'ACKNOWLEDGED',
    });
    expect(decideLowStock({ ...firing, severity: 'CRITICAL' }, level(0))).toBeNull();
    expect(decideLowStock({ ...firing, severity: 'CRITICAL' }, level(5))).toBeNull();
  });

  it('ends when nobody watches any more, and does nothing while in doubt', () => {
    for (const over of [{ isWatched: false }, { isRuleEnabled: false }, { threshold: null }]) {
      expect(decideLowStock(firing, level(0, over))).toMatchObject({ reason: 'RESOLVED' });
      expect(decideLowStock(null, level(0, over))).toBeNull();
    }
    expect(decideLowStock(null, level(0, { isSuspect: true }))).toBeNull();
    expect(decideLowStock(firing, level(99, { isSuspect: true }))).toBeNull();
  });

  it('is at rest after its transition, whatever the level', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -5, max: 40 }), fc.integer({ min: 0, max: 20 }), fc.boolean())),
        (readings) => {
          let open: OpenAlert | null = null;
          for (const [available, threshold, isWatched] of readings) {
            const read = level(available, { threshold: new Decimal(threshold), isWatched });
            open = apply(open, decideLowStock(open, read));
            expect(decideLowStock(open, read)).toBeNull();
            if (isWatched && available <= threshold) expect(open).not.toBeNull();
            if (available > threshold * 1.1 && available >= threshold + 1) expect(open).toBeNull();
          }
        },
      ),
    );
  });
});

describe('urgency', () => {
  it('is the missing share in percent, bounded', () => {
    const urgency = (available: number, threshold: number) =>
      decideLowStock(null, level(available, { threshold: new Decimal(threshold) }))?.urgency.toString();
    expect(urgency(4, 10)).toBe('60');
    expect(urgency(10, 10)).toBe('0');
    expect(urgency(0, 0)).toBe('100');
    expect(urgency(1, 3)).toBe('66.67');
    expect(urgency(-1_000_000, 1)).toBe('1000');
  });
});
