import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decideSalesPolicy,
  type HeldSalesPolicy,
  type SalesPolicyFacts,
  type SalesPolicyRule,
  salesPolicyStates,
} from '../../src/domain/sales-policy.ts';
import { defaultSalesPolicyRules } from '../../src/domain/sales-policy-defaults.ts';
import { planListedWrite } from '../../src/domain/sales-policy-write.ts';
import { Decimal } from '../../src/shared/decimal.ts';

const facts: SalesPolicyFacts = {
  itemId: 'i',
  category: 'cups',
  available: new Decimal(50),
  daysToStockOut: Infinity,
  incoming: null,
  alerts: [],
};
const rule = (ruleId: string, more: Partial<SalesPolicyRule>): SalesPolicyRule => ({
  ...{ ruleId, state: 'STOP_PROMOTION', metric: 'DAYS_TO_STOCK_OUT' },
  ...{ enterAt: new Decimal(3), leaveAt: new Decimal(5), alertKinds: null, severityMin: null },
  ...{ incoming: 'ANY', itemId: null, category: null, holdMinutes: 0 },
  ...more,
});
const stop = rule('stop', {});
const limit = rule('limit', {
  state: 'LIMIT_PROMOTION',
  enterAt: new Decimal(7),
  leaveAt: new Decimal(10),
});
const days = (daysToStockOut: number | null) => ({ ...facts, daysToStockOut });
const stopped: HeldSalesPolicy = { state: 'STOP_PROMOTION', active: [{ ruleId: 'stop', sinceMs: 0 }] };

describe('the state of an item', () => {
  it('depends on the past between the bounds', () => {
    expect(decideSalesPolicy(null, days(4), [stop], 0).state).toBe('NORMAL');
    expect(decideSalesPolicy(stopped, days(4), [stop], 0).state).toBe('STOP_PROMOTION');
    expect(decideSalesPolicy(null, days(3), [stop], 0).state).toBe('STOP_PROMOTION');
    expect(decideSalesPolicy(stopped, days(5), [stop], 0).state).toBe('STOP_PROMOTION');
    expect(decideSalesPolicy(stopped, days(6), [stop], 0).state).toBe('NORMAL');
  });

  it('remembers a rule that a stricter one hid', () => {
    const both = decideSalesPolicy(null, days(2), [limit, stop], 0);
    expect(both).toMatchObject({ state: 'STOP_PROMOTION', ruleId: 'stop' });
    // Above the limit's beginning, below its end: it holds only because it was remembered.
    expect(decideSalesPolicy(both, days(8), [limit, stop], 1).state).toBe('LIMIT_PROMOTION');
    expect(decideSalesPolicy(null, days(8), [limit, stop], 1).state).toBe('NORMAL');
  });

  it('lets what is not known begin and end nothing', () => {
    expect(decideSalesPolicy(null, days(null), [stop], 0).state).toBe('NORMAL');
    expect(decideSalesPolicy(stopped, days(null), [stop], 0).state).toBe('STOP_PROMOTION');
  });

  it('holds a rule as long as it says, and asks to be looked at again then', () => {
    const held = rule('stop', { holdMinutes: 60 });
    expect(decideSalesPolicy(stopped, days(9), [held], 59 * 60_000)).toMatchObject({
      state: 'STOP_PROMOTION',
      recheckMs: 3_600_000,
    });
    expect(decideSalesPolicy(stopped, days(9), [held], 3_600_000)).toMatchObject({
      state: 'NORMAL',
      recheckMs: null,
    });
  });

  it('prefers goods on their way to none, and keeps to item and category', () => {
    const empty = { metric: 'AVAILABLE', enterAt: new Decimal(0), leaveAt: new Decimal(0) } as const;
    const rules = [
      rule('pre', { ...empty, state: 'PRE_SALE', incoming: 'SOME' }),
      rule('hide', { ...empty, state: 'HIDE', incoming: 'NONE' }),
    ];
    const gone = { ...facts, available: new Decimal(0) };
    expect(decideSalesPolicy(null, { ...gone, incoming: new Decimal(5) }, rules, 0).state).toBe('PRE_SALE');
    expect(decideSalesPolicy(null, gone, rules, 0).state).toBe('HIDE');
    const plates = rules.map((one) => ({ ...one, category: 'plates' }));
    expect(decideSalesPolicy(null, gone, plates, 0).state).toBe('NORMAL');
    const other = rules.map((one) => ({ ...one, itemId: 'j' }));
    expect(decideSalesPolicy(null, gone, other, 0).state).toBe('NORMAL');
  });

  it('follows open alerts of its kinds and severity', () => {
    const badge = rule('badge', {
      ...{ state: 'LOW_STOCK_BADGE', metric: 'ALERT', enterAt: null, leaveAt: null },
      ...{ alertKinds: ['LOW_STOCK'], severityMin: 'WARNING' },
    });
    const withAlert = (kind: string, severity: 'INFO' | 'WARNING') => ({
      ...facts,
      alerts: [{ kind, severity }],
    });
    expect(decideSalesPolicy(null, withAlert('LOW_STOCK', 'WARNING'), [badge], 0).state).toBe(
      'LOW_STOCK_BADGE',
    );
    expect(decideSalesPolicy(null, withAlert('LOW_STOCK', 'INFO'), [badge], 0).state).toBe('NORMAL');
    expect(decideSalesPolicy(null, withAlert('OVERSTOCK', 'WARNING'), [badge], 0).state).toBe('NORMAL');
  });

  it('is decided the same twice, and never flaps inside a band', () => {
    const walk = fc.array(fc.oneof(fc.integer({ min: 0, max: 15 }), fc.constant(null)), { maxLength: 40 });
    fc.assert(
      fc.property(walk, (values) => {
        let held: HeldSalesPolicy | null = null;
        let before: number | null = null;
        values.forEach((value, step) => {
          const first = decideSalesPolicy(held, days(value), [limit, stop], step);
          expect(decideSalesPolicy(first, days(value), [limit, stop], step)).toEqual(first);
          // Inside the band of both rules nothing changes.
          if (value !== null && before !== null && value > 7 && value <= 10) {
            const was = salesPolicyStates.indexOf(held?.state ?? 'NORMAL');
            expect(salesPolicyStates.indexOf(first.state)).toBeLessThanOrEqual(was);
          }
          held = first;
          before = value;
        });
      }),
      { numRuns: 300 },
    );
  });

  it('begins every organization with five rules that count, and hiding prepared', () => {
    expect(defaultSalesPolicyRules.filter((one) => one.isEnabled)).toHaveLength(5);
    const rules = defaultSalesPolicyRules
      .filter((one) => one.isEnabled)
      .map((one) => ({ ...one, ruleId: one.name }));
    expect(decideSalesPolicy(null, facts, rules, 0).state).toBe('NORMAL');
    const gone = { ...facts, available: new Decimal(0), daysToStockOut: 0 };
    expect(decideSalesPolicy(null, gone, rules, 0).state).toBe('STOP_PROMOTION');
    expect(defaultSalesPolicyRules.every((one) => one.listed === 'KEEP')).toBe(true);
  });
});

describe('what is written to a listing', () => {
  const ten = new Decimal(10);
  it('is the difference to what was just read, in whole packs', () => {
    const write = planListedWrite('PHYSICAL', new Decimal(25), ten, new Decimal(5));
    expect(write).toEqual({ kind: 'CHANGE', wanted: new Decimal(2), change: new Decimal(-3) });
    expect(planListedWrite('ZERO', new Decimal(25), ten, new Decimal(5))).toMatchObject({
      change: new Decimal(-5),
    });
    expect(planListedWrite('PHYSICAL', new Decimal(-7), ten, new Decimal(0))).toEqual({
      kind: 'NOTHING',
      wanted: new Decimal(0),
    });
  });

  it('is refused where only the pool knows the goods, or the platform does not count them', () => {
    expect(planListedWrite('ZERO', null, ten, new Decimal(5))).toEqual({
      kind: 'REFUSED',
      reason: 'NO_PHYSICAL_STOCK',
    });
    expect(planListedWrite('ZERO', ten, ten, null)).toEqual({ kind: 'REFUSED', reason: 'NOT_TRACKED' });
  });
});
