import { describe, expect, it } from 'vitest';
import { alertRuleDefaults, type LevelAlertKind } from '../../../src/domain/alert/alert-rule.ts';
import { shortageKinds, speaksFor } from '../../../src/domain/alert/inhibition.ts';
import { judgeLevel, type WatchedLevel } from '../../../src/domain/alert/level-reading.ts';
import { Decimal } from '../../../src/shared/decimal.ts';

const d = (value: number | string) => new Decimal(value);
const plan = {
  ...{ position: d(100), reorderPoint: d(20), targetLevel: d(100), excessUnits: d(0) },
  ...{ stockOutProbability: d(0), isCurrent: true },
};
const level = (available: number | string, changes: Partial<WatchedLevel> = {}): WatchedLevel => ({
  ...{ available: d(available), threshold: d(10), isWatched: true, isHeld: false, plan, physical: null },
  ...changes,
});
const lying = (available: number, isHeld = false) => ({ available: d(available), isHeld });
const quiet: ReadonlySet<LevelAlertKind> = new Set();
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
    ['OVERSTOCK', { ...planned({ excessUnits: d(40) }), available: d('125.01') }, raised('INFO')],
    ['OVERSTOCK', { ...planned({ excessUnits: d(40) }), available: d(125) }, near],
    ['OVERSTOCK', { ...planned({ excessUnits: d('50.01') }), available: d(200) }, raised('INFO')],
    ['OVERSTOCK', { ...planned({ excessUnits: d(50) }), available: d(200) }, near],
    ['OVERSTOCK', { ...planned({ excessUnits: d('25.01') }), available: d(200) }, near],
    ['OVERSTOCK', { ...planned({ excessUnits: d(25) }), available: d(200) }, clear],
    ['OVERSTOCK', { ...planned({ excessUnits: d(0) }), available: d(500) }, clear],
    ['OVERSTOCK', { ...planned({ excessUnits: d(40) }), available: d('112.5') }, clear],
    ['LISTING_MISMATCH', level(111, { physical: lying(100), isWatched: false }), raised('WARNING')],
    ['LISTING_MISMATCH', level(89, { physical: lying(100), isWatched: false }), raised('WARNING')],
    ['LISTING_MISMATCH', level(110, { physical: lying(100), isWatched: false }), near],
    ['LISTING_MISMATCH', level(105, { physical: lying(100), isWatched: false }), clear],
    ['LISTING_MISMATCH', level(2, { physical: lying(0), isWatched: false }), raised('CRITICAL')],
    ['LISTING_MISMATCH', level(1, { physical: lying(0), isWatched: false }), near],
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

  it('compares a pool only while both sides can be believed', () => {
    const pool = (isHeld: boolean) => level(500, { physical: lying(100, isHeld), isWatched: false });
    expect(read('LISTING_MISMATCH', pool(true))).toEqual({ kind: 'HELD' });
    expect(read('LISTING_MISMATCH', pool(false)).kind).toBe('RAISED');
    // What lies elsewhere says nothing of how low this one is.
    expect(read('LOW_STOCK', level(4, { physical: lying(100, true) })).kind).toBe('RAISED');
  });

  it('lets the stronger statement speak: nothing weaker opens beside it, but what is clear may end', () => {
    const low = d(5);
    const bad = { position: d(5), stockOutProbability: d('0.6') };
    const at = (available: number) => ({ ...planned(bad), available: d(available) });
    const shown = (kind: LevelAlertKind, firing: LevelAlertKind[], of = at(5)) =>
      read(kind, of, new Set(firing)).kind;
    const chain = shortageKinds;
    for (const [rank, kind] of chain.entries()) {
      for (const [other, speaker] of chain.entries()) {
        const of = kind === 'OUT_OF_STOCK' ? at(0) : at(5);
        expect([kind, speaker, shown(kind, [speaker], of)]).toEqual([
          kind,
          speaker,
          other < rank ? 'SPOKEN_FOR' : 'RAISED',
        ]);
      }
    }
    expect(speaksFor('OUT_OF_STOCK', 'REORDER_DUE')).toBe(true);
    expect(speaksFor('OVERSTOCK', 'APPROACHING')).toBe(false);
    // The order was placed while the shelf is still low.
    const ordered = { ...planned({ position: d(90) }), available: low };
    expect(read('REORDER_DUE', ordered, new Set(['LOW_STOCK']))).toEqual({
      kind: 'SPOKEN_FOR',
      isClear: true,
    });
    expect(shown('OVERSTOCK', ['LOW_STOCK'], planned({ excessUnits: d(0) }))).toBe('CLEAR');
    expect(shown('LISTING_MISMATCH', ['OUT_OF_STOCK'], level(500, { physical: lying(1) }))).toBe('RAISED');
  });

  it('is critical when low and nearly certain to run out before more can come', () => {
    const lowAnd = (stockOutProbability: string, isCurrent = true) => ({
      ...level(5, { plan: { ...plan, stockOutProbability: d(stockOutProbability), isCurrent } }),
    });
    expect(read('LOW_STOCK', lowAnd('0.9'))).toEqual(raised('CRITICAL'));
    expect(read('LOW_STOCK', lowAnd('0.8999'))).toEqual(raised('WARNING'));
    expect(read('LOW_STOCK', lowAnd('1', false))).toEqual(raised('WARNING'));
  });

  it('awaits what a plan says while the level is not the one that was planned', () => {
    const old = { ...planned({ position: d(5), stockOutProbability: d('0.95') }).plan!, isCurrent: false };
    const moved = level(5, { plan: old });
    expect(read('REORDER_DUE', moved)).toEqual({ kind: 'AWAITED' });
    expect(read('STOCK_OUT_PREDICTED', moved)).toEqual({ kind: 'AWAITED' });
    expect(read('OVERSTOCK', { ...moved, available: d(500) })).toEqual({ kind: 'AWAITED' });
    expect(read('LOW_STOCK', moved)).toEqual(raised('WARNING'));
    // A fact takes the place of what an older plan said, which may even have been clear: nobody knows.
    for (const position of [5, 500]) {
      const before = level(5, { plan: { ...old, position: d(position) } });
      expect(read('REORDER_DUE', before, new Set(['LOW_STOCK']))).toEqual({
        kind: 'SPOKEN_FOR',
        isClear: false,
      });
    }
  });
});
