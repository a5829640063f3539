import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AlertFact, explainAlert } from '../../../src/domain/alert/alert-explanation.ts';
import { collectLevelFacts, collectSourceFacts } from '../../../src/domain/alert/alert-facts.ts';
import {
  alertRuleDefaults,
  levelAlertKinds,
  sourceAlertKinds,
} from '../../../src/domain/alert/alert-rule.ts';
import { attributeChange } from '../../../src/domain/plan/explanation-change.ts';
import { Decimal } from '../../../src/shared/decimal.ts';
import { findDisagreements } from '../plan/explanation-checker.ts';

const now = '2026-03-10T04:00:00.000Z';
const units = fc.integer({ min: -50, max: 5_000 }).map((value) => new Decimal(value).div(4));
const positive = fc.integer({ min: 1, max: 4_000 }).map((value) => new Decimal(value).div(8));
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const anyLevel = fc.record({
  available: units,
  threshold: positive,
  physical: units,
  position: units,
  reorderPoint: positive,
  targetLevel: positive,
  excessUnits: positive,
  probability: fc.integer({ min: 0, max: 1000 }).map((value) => new Decimal(value).div(1000)),
  unitsPerDay: maybe(positive),
  leadTimeDays: positive,
  unitMargin: maybe(units),
});
type AnyLevel = typeof anyLevel extends fc.Arbitrary<infer Value> ? Value : never;

function factsOf(kind: (typeof levelAlertKinds)[number], given: AnyLevel): AlertFact[] {
  const { available, threshold, physical, position, reorderPoint, targetLevel, excessUnits } = given;
  const plan = {
    position,
    reorderPoint,
    targetLevel,
    excessUnits,
    isCurrent: true,
    stockOutProbability: given.probability,
  };
  const behind = { available: physical, isHeld: false };
  const level = { available, threshold, physical: behind, plan, isWatched: true, isHeld: false };
  return collectLevelFacts(kind, level, alertRuleDefaults[kind], {
    ...{ observedAt: now, thresholdComputedAt: now, isThresholdSet: false, plannedAt: now },
    ...{ unitsPerDay: given.unitsPerDay, leadTimeDays: given.leadTimeDays, excessValue: null },
    ...{ unitMargin: given.unitMargin },
  });
}

describe('explainAlert', () => {
  it('repeats the example: 4 left of 10, without a forecast', () => {
    const fact = (name: AlertFact['name'], value: string): AlertFact => ({ name, value, observedAt: null });
    const facts = [
      fact('available', '4'),
      fact('safety_stock', '10'),
      fact('recovery_share', '0.1'),
      fact('recovery_units', '1'),
    ];
    expect(explainAlert('LOW_STOCK', facts).steps.at(-1)).toMatchObject({ name: 'urgency', value: '30' });
    expect(explainAlert('LOW_STOCK', facts, true).steps.at(-1)?.value).toBe('0');
  });

  it('weighs days short against the lead time, and the margin lost against the reference', () => {
    const fact = (name: AlertFact['name'], value: string): AlertFact => ({ name, value, observedAt: null });
    const facts = [
      fact('available', '10'),
      fact('safety_stock', '20'),
      fact('recovery_share', '0.1'),
      fact('recovery_units', '1'),
      fact('units_per_day', '2'),
      fact('lead_time_days', '10'),
      fact('unit_margin', '3'),
      fact('reference_loss', '30'),
    ];
    // Lasts 5 of 10 days: 25 points; 5 days × 2 units × 3 = 30 lost, as much as the reference: 25 points.
    expect(explainAlert('LOW_STOCK', facts).steps.at(-1)?.value).toBe('50');
  });

  it('of every kind is recomputed to the same decimal by a reader of its own, within 0 and 100', () => {
    fc.assert(
      fc.property(fc.constantFrom(...levelAlertKinds), anyLevel, (kind, given) => {
        const explanation = explainAlert(kind, factsOf(kind, given));
        expect(findDisagreements(JSON.stringify(explanation))).toEqual([]);
        const urgency = Number(explanation.steps.at(-1)?.value);
        expect(urgency).toBeGreaterThanOrEqual(0);
        expect(urgency).toBeLessThanOrEqual(100);
      }),
      { numRuns: 200 },
    );
  });

  it('charges every change to causes that add up', () => {
    fc.assert(
      fc.property(fc.constantFrom(...levelAlertKinds), anyLevel, anyLevel, (kind, before, after) => {
        const [old, fresh] = [
          explainAlert(kind, factsOf(kind, before)),
          explainAlert(kind, factsOf(kind, after)),
        ];
        const sum = attributeChange(old, fresh).reduce(
          (total, { delta }) => total.plus(delta),
          new Decimal(0),
        );
        const change = new Decimal(fresh.steps.at(-1)!.value).minus(old.steps.at(-1)!.value);
        expect(sum.toString()).toBe(change.toString());
      }),
      { numRuns: 200 },
    );
  });

  it('puts what nothing else can be believed beside above everything else', () => {
    const source = {
      ...{ lastReadAt: new Date('2026-03-09T00:00:00Z'), failedCount: 4, isConnected: true },
      ...{ suspectCount: 30, levelCount: 40 },
    };
    for (const kind of sourceAlertKinds) {
      const facts = collectSourceFacts(kind, source, alertRuleDefaults[kind], new Date(now));
      const explanation = explainAlert(kind, facts);
      expect(findDisagreements(JSON.stringify(explanation))).toEqual([]);
      expect(Number(explanation.steps.at(-1)?.value)).toBeGreaterThanOrEqual(95);
    }
  });
});
