import type { PlanSubject } from '../db/queries/plan-subject.ts';
import type { LevelFacts } from '../domain/plan/level-facts.ts';
import type { LevelPlan } from '../domain/plan/level-plan.ts';
import {
  classifyUrgency,
  computeStake,
  computeUrgencyScore,
  steadyTier,
  type UrgencyTier,
} from '../domain/urgency.ts';

/** What the urgency of a level rests on. */
export interface UrgencyInput {
  readonly facts: LevelFacts;
  readonly plan: LevelPlan;
  /** Of the newest forecast. */
  readonly flags: readonly string[];
  readonly subject: Pick<PlanSubject, 'isSourceDown' | 'isWatched' | 'urgencyTier' | 'urgencyBetterCount'>;
}

/** Where a level stands in the list of what to do; all null for a level that nobody watches. */
export interface RankedUrgency {
  readonly urgencyTier: UrgencyTier | null;
  readonly urgencyBetterCount: number;
  readonly urgencyStake: string | null;
  readonly urgencyScore: string | null;
}

/** Enough to tell stakes apart that differ by a cent, or only by a day. */
const scoreDecimals = 14;

/** Ranks a level; a tier gets better only after two evaluations in a row. */
export function rankUrgency({ facts, plan, flags, subject }: UrgencyInput): RankedUrgency {
  if (!subject.isWatched) {
    return { urgencyTier: null, urgencyBetterCount: 0, urgencyStake: null, urgencyScore: null };
  }
  const dayFrom = (day: number | null) => (day === null ? null : day - facts.plannedDay + 1);
  const now = classifyUrgency({
    isSourceDown: subject.isSourceDown,
    available: Number(facts.available),
    meanPerDay: Number(plan.unitsPerDay ?? 0),
    arrivesToday: facts.shipments.some(({ dueDay }) => dueDay === 1),
    stockOutDay: plan.daysToStockOut?.p50 ?? null,
    nextArrivalDay: dayFrom(plan.nextReceiptDay),
    leadTimeDays: facts.leadTime.meanDays,
    orderByDay: dayFrom(plan.orderByDay),
    reviewDays: facts.reviewDays,
    hasRecordProblem:
      Number(facts.available) < 0 || flags.includes('PHANTOM_STOCK') || Number(plan.inboundOverdue) > 0,
    hasExcess: Number(plan.excessUnits ?? 0) > 0 || plan.idleness === 'DEAD',
  });
  const before =
    subject.urgencyTier === null
      ? null
      : { shown: subject.urgencyTier as UrgencyTier, betterCount: subject.urgencyBetterCount ?? 0 };
  const { shown, betterCount } = steadyTier(before, now);
  const price = numberOf(facts.unitPrice);
  const cost = numberOf(facts.unitCost);
  const stake = computeStake(shown, {
    expectedLostUnits: Number(plan.expectedLostUnits ?? 0),
    unitMargin: price === null || cost === null ? null : price - cost,
    unitPrice: price,
    excessUnits: Number(plan.excessUnits ?? 0),
    unitCost: cost ?? price,
  });
  // Out of it or about to be: the day of running out counts, else the day to order.
  const orderIn = plan.orderByDay === null ? null : plan.orderByDay - facts.plannedDay;
  const day = plan.daysToStockOut?.p50 ?? orderIn;
  return {
    urgencyTier: shown,
    urgencyBetterCount: betterCount,
    urgencyStake: stake.amount.toFixed(6),
    urgencyScore: computeUrgencyScore({ tier: shown, stake, day }).toFixed(scoreDecimals),
  };
}

function numberOf(text: string | null): number | null {
  return text === null ? null : Number(text);
}
