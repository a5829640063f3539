import type { JudgedLevel, ReadingWrite } from '../db/queries/suggestion-guard.ts';
import { type GuardCause, judgeJump, type PlanReading } from '../domain/plan/jump-guard.ts';

/** A level with what the guard says of it. */
export interface JudgedOutcome {
  readonly level: JudgedLevel;
  /** Empty = accepted. */
  readonly causes: readonly GuardCause[];
  /** Null = nothing to be kept anew. */
  readonly reading: ReadingWrite | null;
}

interface HeldReading extends PlanReading {
  readonly on: string;
}

/** Held readings that are kept: more than any agreement asks for. */
const heldMax = 5;

/**
 * Judges one level against what was last accepted. An accepted reading is kept once a day, so that a busy day writes
 * no more than a quiet one.
 */
export function judgeLevel(level: JudgedLevel): JudgedOutcome {
  if (level.targetLevel === null) return { level, causes: [], reading: null };
  const current: PlanReading = { target: Number(level.targetLevel), available: Number(level.available) };
  const held = level.held === null ? [] : (JSON.parse(level.held) as HeldReading[]);
  const verdict = judgeJump({
    current,
    accepted:
      level.acceptedTarget === null || level.isSettling
        ? null
        : { target: Number(level.acceptedTarget), available: Number(level.acceptedAvailable) },
    held: held.filter(({ on }) => on < level.plannedOn),
    issuedUnits: Number(level.issuedUnits),
    addedUnits: Number(level.addedUnits),
    areIssuesKnown: level.areIssuesKnown,
    areMovementsKnown: level.areMovementsKnown,
    doubledUnits: Number(level.doubledUnits),
  });
  const { itemId, warehouseId, plannedOn } = level;
  if (verdict.isHeld) {
    const kept = held.filter(({ on }) => on < plannedOn).concat({ on: plannedOn, ...current });
    const base = { itemId, warehouseId, acceptedOn: level.acceptedOn ?? plannedOn, accepted: null };
    return {
      ...{ level, causes: verdict.causes },
      reading: { ...base, held: kept.slice(-heldMax), causes: verdict.causes },
    };
  }
  const isNew = level.acceptedOn === null || level.acceptedOn < plannedOn || held.length > 0;
  if (!isNew) return { level, causes: [], reading: null };
  const accepted = {
    target: level.targetLevel,
    available: level.available,
    demand: level.demandToday,
  };
  return {
    ...{ level, causes: [] },
    reading: { itemId, warehouseId, acceptedOn: plannedOn, accepted, held: null, causes: [] },
  };
}
