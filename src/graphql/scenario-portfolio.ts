import type { Condition } from '../db/queries/filter.ts';
import { readPage } from '../db/queries/keyset.ts';
import type { LevelPlanRow } from '../db/queries/level-plan.ts';
import { scenarioLevels } from '../db/queries/scenario-level.ts';
import type { LevelFacts } from '../domain/plan/level-facts.ts';
import { type PortfolioFigures, type PortfolioLevel, startPortfolio } from '../domain/plan/portfolio.ts';
import type { PortfolioOutcome } from '../domain/plan/scenario-job.ts';
import type { GraphqlContext } from './context.ts';
import { requestError } from './errors.ts';
import { type OpenedPlan, openPlan } from './level-plan.ts';
import { ascending } from './order.ts';
import type { PreparedScenario } from './scenario.ts';
import {
  type ClosedPlan,
  planScenarios,
  sumScenarios,
  toScenarioJob,
  toScenarioRow,
} from './scenario-plan.ts';

/** A level before and under a scenario, ready to answer. */
export interface PortfolioChange {
  readonly base: OpenedPlan;
  readonly scenario: OpenedPlan;
  /** How much its expected lost units change. */
  readonly lostUnitsChange: number;
}

/** A portfolio before and under a scenario. */
export interface PortfolioResult {
  readonly base: PortfolioFigures;
  readonly scenario: PortfolioFigures;
  /** Levels for which the scenario makes no sense: they stand in neither sum. */
  readonly refusedCount: number;
  /** The levels that change most, greatest first. */
  readonly changes: readonly PortfolioChange[];
}

/** More levels than this are no what-if but a batch. */
const levelsMax = 20_000;
const pageSize = 1_000;
/** As many changes as can be asked for. */
export const changesMax = 100;

interface Candidate {
  readonly base: ClosedPlan;
  readonly change: number;
}

/**
 * Adds up the plans of all levels that meet a condition, as they stand and under a scenario. Pages are read while the
 * one before is being computed; nothing is written.
 *
 * @throws GraphQLError ARGUMENT_OUT_OF_RANGE when more than 20,000 levels meet it
 */
export async function computePortfolio(
  context: GraphqlContext,
  condition: Condition,
  scenario: PreparedScenario,
): Promise<PortfolioResult> {
  const before = startPortfolio();
  const after = startPortfolio();
  let refusedCount = 0;
  let candidates: Candidate[] = [];
  const take = (bases: readonly ClosedPlan[], outcomes: readonly PortfolioOutcome[]) => {
    for (const [i, base] of bases.entries()) {
      const outcome = outcomes[i] ?? null;
      if (outcome === null) {
        refusedCount += 1;
        continue;
      }
      const { facts } = base;
      const own = scenario.of(base.row, facts.plannedDay);
      before.add(toLevel(base, base.row, facts.serviceLevel.level));
      after.add(toLevel(base, outcome, own.serviceLevel ?? facts.serviceLevel.level));
      const change = Number(outcome.expectedLostUnits ?? 0) - Number(base.row.expectedLostUnits ?? 0);
      if (change !== 0) candidates.push({ base, change });
    }
    if (candidates.length > 2 * changesMax) candidates = largest(candidates);
  };
  let computing: Promise<void> = Promise.resolve();
  for await (const bases of readPlans(context, condition)) {
    await computing;
    const jobs = bases.map((base) => toScenarioJob(base, scenario));
    computing = sumScenarios(context, jobs).then((outcomes) => take(bases, outcomes));
    // Waited for above or below; until then a failure must not count as unhandled.
    computing.catch(() => {});
  }
  await computing;
  return {
    base: before.figures(),
    scenario: after.figures(),
    refusedCount,
    changes: await openChanges(context, largest(candidates), scenario),
  };
}

/** Plans whole what is shown of single levels. */
async function openChanges(
  context: GraphqlContext,
  candidates: readonly Candidate[],
  scenario: PreparedScenario,
): Promise<PortfolioChange[]> {
  const jobs = candidates.map(({ base }) => toScenarioJob(base, scenario));
  const outcomes = await planScenarios(context, jobs);
  return candidates.flatMap(({ base: { row, facts }, change }, i) => {
    const outcome = outcomes[i] ?? null;
    if (outcome === null) return [];
    const base = openPlan(row);
    const own = scenario.of(row, facts.plannedDay);
    const changed = openPlan(toScenarioRow(base, own, outcome, context.now));
    return { base, scenario: changed, lostUnitsChange: change };
  });
}

async function* readPlans(context: GraphqlContext, condition: Condition): AsyncGenerator<ClosedPlan[]> {
  const sort = [ascending('itemId' as const), ascending('warehouseId' as const)];
  let boundary: (string | null)[] | null = null;
  for (let count = 0; ; ) {
    const request = { condition, sort, limit: pageSize, isBackward: false, boundary };
    const page: {
      rows: readonly (LevelPlanRow & { cursorKeys: readonly (string | null)[] })[];
      hasMore: boolean;
    } = await context.load(readPage(scenarioLevels, request));
    count += page.rows.length;
    if (count > levelsMax || (count === levelsMax && page.hasMore)) {
      throw requestError(context.viewer.locale, 'ARGUMENT_OUT_OF_RANGE', {
        argument: 'filter',
        bound: `≤ ${levelsMax}`,
      });
    }
    yield page.rows.map((row) => ({ row, facts: JSON.parse(row.inputs) as LevelFacts }));
    if (!page.hasMore) return;
    boundary = [...page.rows.at(-1)!.cursorKeys];
  }
}

function largest(candidates: readonly Candidate[]): Candidate[] {
  const keyOf = ({ base }: Candidate) => `${base.row.itemId}/${base.row.warehouseId}`;
  return candidates
    .toSorted((a, b) => Math.abs(b.change) - Math.abs(a.change) || (keyOf(a) < keyOf(b) ? -1 : 1))
    .slice(0, changesMax);
}

function toLevel(
  { facts }: ClosedPlan,
  plan: Omit<PortfolioLevel, 'unitCost' | 'unitPrice' | 'serviceLevel'>,
  serviceLevel: number,
): PortfolioLevel {
  const { safetyStock, reorderPoint, targetLevel, positionDue } = plan;
  const { stockOutProbability, expectedLostUnits, excessValue } = plan;
  return {
    ...{ unitCost: facts.unitCost, unitPrice: facts.unitPrice, serviceLevel, safetyStock, reorderPoint },
    ...{ targetLevel, positionDue, stockOutProbability, expectedLostUnits, excessValue },
  };
}
