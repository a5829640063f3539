import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlertCandidate, KnownAlert } from '../../src/db/queries/alert-candidate.ts';
import { isFiring } from '../../src/domain/alert/alert-life.ts';
import {
  alertRuleSettings,
  createRuleBook,
  type LevelAlertKind,
  levelAlertKinds,
  type ScopedAlertRule,
} from '../../src/domain/alert/alert-rule.ts';
import { shortageKinds } from '../../src/domain/alert/inhibition.ts';
import { planKinds } from '../../src/domain/alert/level-reading.ts';
import { type JudgingTools, judgeCandidate } from '../../src/pipeline/judge-level.ts';
import { brandId } from '../../src/shared/ids.ts';
import { minutes, noon } from './seed.ts';

/** A look at a level: what is there, what its plan says, and which rules are judged. */
interface Look {
  readonly available: number;
  readonly inbound: number;
  readonly risk: number;
  readonly isPlanCurrent: boolean;
  readonly isSuspect: boolean;
  readonly run: 'LEVEL' | 'PLAN' | 'ALL';
}

/** Many looks lie about the lines: out at 0, low at 10, near at 12, an order due at 30, a stock-out predicted at 0.5. */
const looks = fc.array(
  fc.record<Look>({
    available: fc.constantFrom(0, 1, 4, 10, 11, 12, 13, 14, 29, 40),
    inbound: fc.constantFrom(0, 20),
    risk: fc.constantFrom(0, 0.45, 0.6, 0.95),
    isPlanCurrent: fc.boolean(),
    isSuspect: fc.constantFrom(false, false, false, true),
    run: fc.constantFrom('LEVEL', 'PLAN', 'ALL'),
  }),
  { minLength: 1, maxLength: 60 },
);

const kindsOf = (run: Look['run']) =>
  new Set(levelAlertKinds.filter((kind) => run === 'ALL' || planKinds.has(kind) === (run === 'PLAN')));

function candidateOf(look: Look, alerts: readonly KnownAlert[]): AlertCandidate {
  return {
    ...{
      itemId: brandId(randomUUID()),
      warehouseId: brandId(randomUUID()),
      category: null,
      available: String(look.available),
    },
    ...{ threshold: '10', thresholdOrigin: 'DEFAULT', thresholdComputedAt: noon, isWatched: true },
    ...{ isSuspect: look.isSuspect, source: 'POLL', shopId: null, observedAt: noon, checkedAt: noon },
    ...{ snapshotObservedAt: noon, unitCost: null, unitPrice: null, physical: null, alerts },
    plan: {
      ...{
        isCurrent: look.isPlanCurrent,
        position: String(look.available + look.inbound),
        reorderPoint: '30',
      },
      ...{ targetLevel: '60', excessUnits: '0', excessValue: null, stockOutProbability: String(look.risk) },
      ...{ unitsPerDay: '2', leadTimeDays: '5', origin: 'COMPUTED', computedAt: noon },
    },
  };
}

/** Judges as the pipeline does and keeps what it would store, until nothing is due. */
function judge(look: Look, known: readonly KnownAlert[], tools: JudgingTools): KnownAlert[] {
  let alerts = [...known];
  for (let round = 0; round < 5; round += 1) {
    const judged = judgeCandidate(candidateOf(look, alerts), kindsOf(look.run), tools);
    if (judged.length === 0) return alerts;
    for (const { write } of judged) {
      const { alertId, next: memory, urgency, facts } = write;
      const kind = write.kind as LevelAlertKind;
      alerts = [{ alertId, kind, memory, urgency, facts }, ...alerts.filter((alert) => alert.kind !== kind)];
    }
  }
  throw new Error('does not settle');
}

const toolsOf = (rules: readonly ScopedAlertRule[], minute: number): JudgingTools => ({
  loaded: {
    rules,
    ruleIds: new Map(levelAlertKinds.map((kind) => [kind, kind])),
  },
  book: createRuleBook(rules),
  sources: new Map(),
  at: minutes(minute),
});

const unset = Object.fromEntries(
  alertRuleSettings.map((name) => [name, null]),
) as ScopedAlertRule['settings'];
/** Minutes to fire and to resolve, for each kind. */
const durations = fc.array(fc.tuple(fc.constantFrom(0, 0, 2), fc.constantFrom(0, 0, 3)), {
  minLength: levelAlertKinds.length,
  maxLength: levelAlertKinds.length,
});
const rulesOf = (minutesOfKinds: readonly (readonly [number, number])[]) =>
  levelAlertKinds.map((kind, index): ScopedAlertRule => {
    const [fireAfterMinutes, resolveAfterMinutes] = minutesOfKinds[index]!;
    const settings = { ...unset, fireAfterMinutes, resolveAfterMinutes };
    return { kind, itemId: null, warehouseId: null, category: null, settings };
  });
const firingOf = (alerts: readonly KnownAlert[]) =>
  shortageKinds.filter((kind) => alerts.some((alert) => alert.kind === kind && isFiring(alert.memory.state)));

describe('a level, however it swings and whichever rules are judged', () => {
  it('has at most one alert about running out that fires, whatever the minimum durations', () => {
    fc.assert(
      fc.property(looks, durations, (series, given) => {
        let alerts: KnownAlert[] = [];
        series.forEach((look, minute) => {
          alerts = judge(look, alerts, toolsOf(rulesOf(given), minute));
          expect(firingOf(alerts).length).toBeLessThanOrEqual(1);
        });
      }),
      { numRuns: 150 },
    );
  });

  it('is never low without one: a reading that is believed finds it, whatever came before', () => {
    fc.assert(
      fc.property(looks, (series) => {
        let alerts: KnownAlert[] = [];
        series.forEach((look, minute) => {
          alerts = judge(look, alerts, toolsOf([], minute));
          const isRead = look.run !== 'PLAN' && !look.isSuspect;
          const [speaker] = firingOf(alerts);
          if (isRead && look.available <= 0) expect(speaker).toBe('OUT_OF_STOCK');
          if (isRead && look.available <= 10) expect(['OUT_OF_STOCK', 'LOW_STOCK']).toContain(speaker);
        });
      }),
      { numRuns: 150 },
    );
  });
});
