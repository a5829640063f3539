import { describe, expect, it } from 'vitest';
import { alertRuleDefaults, type LevelAlertKind } from '../../../src/domain/alert/alert-rule.ts';
import { judgeLevel, type WatchedLevel } from '../../../src/domain/alert/level-reading.ts';
import { Decimal } from '../../../src/shared/decimal.ts';

const d = (value: number | string) => new Decimal(value);
const plan = {
  ...{ position: d(100), reorderPoint: d(20), targetLevel: d(100), excessUnits: d(0) },
  stockOutProbability: d(0),
};
const level = (available: number | string, changes: Partial<WatchedLevel> = {}): WatchedLevel => ({
  ...{ available: d(available), threshold: d(10), isWatched: true, isHeld: false, plan, physical: null },
  ...changes,
});
const quiet = { isOut: false, isLow: false };
const read = (kind: LevelAlertKind, of: WatchedLevel, firing = quiet) =>
  judgeLevel(kind, of, alertRuleDefaults[kind], firing).reading;
const planned = (changes: Partial<typeof plan>) => level(50, { plan: { ...plan, ...changes } });

describe('judgeLevel at its bounds', () => {
  const raised = (severity: string) => ({ kind: 'RAISED', severity });
  const near = { kind: 'NEAR' };
  const clear = { kind: 'CLEAR' };
  it.each([
    // The example: at the threshold, one above, above its recovery.
    ['LOW_STOCK', level(10), raised('WARNING')],
    ['LOW_STOCK', level('10.0001'), near],
    ['LOW_STOCK', level(11), near],
    ['LOW_STOCK', level('11.001'), clear],
    ['LOW_STOCK', level(0), raised('CRITICAL')],
    ['LOW_STOCK', level('2.9', { threshold: d(2) }), near],
    ['LOW_STOCK', level(3, { threshold: d(2) }), clear],
    ['LOW_STOCK', level(0, { threshold: d(0) }), raised('CRITICAL')],
    ['LOW_STOCK', level(5, { threshold: null }), { kind: 'OVER' }],
    ['OUT_OF_STOCK', level(0), raised('CRITICAL')],
    ['OUT_OF_STOCK', level(-3), raised('CRITICAL')],
    ['OUT_OF_STOCK', level('0.5'), near],
    ['OUT_OF_STOCK', level(1), clear],
    ['APPROACHING', level(12), raised('INFO')],
    ['APPROACHING', level('12.0001'), near],
    ['APPROACHING', level('13.21'), clear],
    ['REORDER_DUE', planned({ position: d(20) }), raised('WARNING')],
    ['REORDER_DUE', planned({ position: d(22) }), near],
    ['REORDER_DUE', planned({ position: d(23) }), clear],
    ['REORDER_DUE', planned({ position: d(0) }), raised('CRITICAL')],
    ['REORDER_DUE', planned({ position: d(0), reorderPoint: d(0) }), { kind: 'OVER' }],
    ['REORDER_DUE', level(5, { plan: null }), { kind: 'OVER' }],
    ['STOCK_OUT_PREDICTED', planned({ stockOutProbability: d('0.5') }), raised('WARNING')],
    ['STOCK_OUT_PREDICTED', planned({ stockOutProbability: d('0.9') }), raised('CRITICAL')],
    ['STOCK_OUT_PREDICTED', planned({ stockOutProbability: d('0.4') }), near],
    ['STOCK_OUT_PREDICTED', planned({ stockOutProbability: d('0.399') }), clear],
    ['OVERSTOCK', { ...planned({ excessUnits: d(1) }), available: d('125.01') }, raised('INFO')],
    ['OVERSTOCK', { ...planned({ excessUnits: d(1) }), available: d(125) }, near],
    ['OVERSTOCK', { ...planned({ excessUnits: d(0) }), available: d(500) }, clear],
    ['OVERSTOCK', { ...planned({ excessUnits: d(1) }), available: d('112.5') }, clear],
    ['LISTING_MISMATCH', level(111, { physical: d(100), isWatched: false }), raised('WARNING')],
    ['LISTING_MISMATCH', level(89, { physical: d(100), isWatched: false }), raised('WARNING')],
    ['LISTING_MISMATCH', level(110, { physical: d(100), isWatched: false }), near],
    ['LISTING_MISMATCH', level(105, { physical: d(100), isWatched: false }), clear],
    ['LISTING_MISMATCH', level(2, { physical: d(0), isWatched: false }), raised('CRITICAL')],
    ['LISTING_MISMATCH', level(1, { physical: d(0), isWatched: false }), near],
    ['LISTING_MISMATCH', level(50), { kind: 'OVER' }],
  ] as const)('%s %#', (kind, of, expected) => {
    expect(read(kind, of)).toEqual(expected);
  });

  it('is over where nobody watches, held where nothing can be believed, off before held', () => {
    expect(read('LOW_STOCK', level(3, { isHeld: true }))).toEqual({ kind: 'HELD' });
    expect(read('LOW_STOCK', level(3, { isHeld: true, isWatched: false }))).toEqual({ kind: 'OVER' });
    const off = { ...alertRuleDefaults.LOW_STOCK, isEnabled: false };
    expect(judgeLevel('LOW_STOCK', level(3, { isHeld: true }), off, quiet).reading.kind).toBe('OVER');
  });

  it('lets the worse alert speak', () => {
    const out = { isOut: true, isLow: true };
    expect(read('LOW_STOCK', level(0), out)).toEqual({ kind: 'HELD' });
    expect(read('APPROACHING', level(0), out)).toEqual({ kind: 'HELD' });
    expect(read('APPROACHING', level(5), { isOut: false, isLow: true })).toEqual({ kind: 'HELD' });
    expect(read('OUT_OF_STOCK', level(0), out)).toEqual(raised('CRITICAL'));
    expect(read('REORDER_DUE', planned({ position: d(5) }), out)).toEqual(raised('WARNING'));
  });
});
