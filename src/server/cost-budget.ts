import { complexityFromQuery } from '@pothos/plugin-complexity';
import { type ExecutionArgs, getOperationAST, Kind } from 'graphql';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { RateBudget } from '../graphql/context.ts';
import { secondMs } from '../shared/time.ts';
import type { Session } from './auth.ts';

/** What one operation did to its key's budget. */
export interface Charge {
  /** Points of the operation: the same number that the limit of a single operation looks at. */
  readonly cost: number;
  /** What is left after it. */
  readonly budget: RateBudget;
  /** Null = it may run; else in how many ms it may be tried again. */
  readonly retryAfterMs: number | null;
}

/** Budgets of query cost, one for each API key, kept in this process. */
export interface CostBudgets {
  /**
   * Takes the cost of an operation from its key's budget. A refused operation counts too, until the budget is
   * filled up again: trying harder does not help.
   *
   * @returns null for the anonymous visitor of the demo, who is not limited
   */
  charge(session: Session, args: ExecutionArgs): Promise<Charge | null>;
}

/** A budget is filled up anew this often, s: a page full of queries may come at once, a flood may not. */
const windowSeconds = 10;

/**
 * Makes the budgets. Work is counted, not requests: a page of 250 rows costs 250 times what one row costs.
 *
 * @param pointsPerSecond - what a key may spend in the long run; null = nobody is limited
 */
export function createCostBudgets(pointsPerSecond: number | null): CostBudgets {
  if (pointsPerSecond === null) return { charge: async () => null };
  const capacity = pointsPerSecond * windowSeconds;
  const limiter = new RateLimiterMemory({ points: capacity, duration: windowSeconds });
  const budgetOf = (spent: RateLimiterRes): RateBudget => ({
    capacity,
    remaining: Math.max(0, spent.remainingPoints),
    restorePerSecond: pointsPerSecond,
  });
  return {
    async charge({ keyId }, args) {
      if (keyId === null) return null;
      const cost = costOf(args);
      try {
        return { cost, budget: budgetOf(await limiter.consume(keyId, cost)), retryAfterMs: null };
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        const retryAfterMs = Math.min(Math.max(refusal.msBeforeNext, 1), windowSeconds * secondMs);
        return { cost, budget: budgetOf(refusal), retryAfterMs };
      }
    },
  };
}

function costOf({ schema, document, operationName, variableValues }: ExecutionArgs): number {
  const operation = getOperationAST(document, operationName);
  // The one that will run: a document may hold several.
  const definitions = document.definitions.filter(
    (each) => each === operation || each.kind === Kind.FRAGMENT_DEFINITION,
  );
  try {
    const asked = { ...document, definitions };
    const result = complexityFromQuery(asked, { schema, variables: { ...variableValues }, ctx: {} });
    return Math.max(1, Math.ceil(result.complexity));
  } catch {
    // Variables that fit nothing: execution says what is wrong with them.
    return 1;
  }
}
