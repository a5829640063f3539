import { Decimal, formatDecimal } from '../../shared/decimal.ts';
import { thresholdDefault } from '../alert/low-stock-threshold.ts';
import type { HealthPart } from '../health-parts.ts';
import { computeHealthWeight } from '../health-rollup.ts';
import type { HealthBand, HealthCap, HealthScore } from '../health-score.ts';
import { classifyIdleness, computeExcessUnits, excessCoverDays, type Idleness } from '../kpi/excess.ts';
import { computeDaysOfStock, computeStockValue } from '../kpi/turnover.ts';
import type { RiskInputs } from './checkpoints.ts';
import { computeDaysToStockOut, type DaysToStockOut } from './days-to-stock-out.ts';
import { toFigure } from './history-figures.ts';
import {
  agedInboundOf,
  type LevelFacts,
  openPlanForecast,
  type PlanForecast,
  type StoredFigure,
  safetyStockOrigin,
  toPolicyInputs,
  toRiskInputs,
} from './level-facts.ts';
import { explainHealth } from './level-health.ts';
import { computeOrderBy } from './order-by.ts';
import { computePolicyValues } from './policy-values.ts';
import type { PortfolioLevel } from './portfolio.ts';
import { computeProtectionDays } from './protection-period.ts';
import { computeClassicSafetyStock } from './safety-stock.ts';
import {
  computeExpectedLostUnits,
  computeProbabilityBeforeNextReceipt,
  computeStockOutProbability,
} from './stock-out-risk.ts';

/** A health score as plain data; its explanation is made anew when somebody asks. */
export interface PlannedHealth {
  readonly score: string;
  readonly band: HealthBand;
  readonly parts: Readonly<Record<HealthPart, string>>;
  readonly neutralParts: readonly HealthPart[];
  readonly caps: readonly HealthCap[];
}

/** Everything that is planned for an item in a warehouse. Plain data; quantities and money are decimal text. */
export interface LevelPlan {
  readonly unavailableReason: 'NO_HISTORY' | null;
  readonly unitsPerDay: string | null;
  readonly protectionDays: number;
  readonly safetyStock: string;
  readonly safetyStockOrigin: 'OVERRIDE' | 'COMPUTED' | 'DEFAULT';
  readonly classicZ: number | null;
  readonly classicSafetyStock: string | null;
  readonly reorderPoint: string | null;
  readonly targetLevel: string | null;
  readonly positionDue: string;
  readonly inboundOverdue: string;
  /** Number of the day of the next receipt after today; null = nothing is on its way. */
  readonly nextReceiptDay: number | null;
  readonly stockOutProbability: number | null;
  readonly probabilityBeforeReceipt: number | null;
  readonly daysToStockOut: DaysToStockOut | null;
  readonly expectedLostUnits: string | null;
  /** Number of the latest day to order; null = not in sight. */
  readonly orderByDay: number | null;
  readonly daysOfStock: StoredFigure;
  readonly stockValue: StoredFigure;
  readonly excessUnits: string | null;
  readonly excessValue: string | null;
  readonly idleness: Idleness;
  readonly health: PlannedHealth | null;
  readonly healthWeight: string;
}

const weightDays = 90;
const displayedDays = 28;

/**
 * Plans an item in a warehouse: policy values, risk, stock figures and health, all from one set of facts and one
 * forecast.
 *
 * @param facts - see {@link LevelFacts}
 * @param forecast - see {@link PlanForecast}
 * @returns see {@link LevelPlan}; without a forecast only what needs none (NO_HISTORY)
 * @throws AppError `invalid_input` if a fact is out of bounds
 * @see the functions it calls: each value has one definition
 * @example
 * // 2 a day for sure, 10 available, nothing coming: empty on day 5
 * planLevel(facts, forecast).daysToStockOut // { p10: 5, p50: 5, p90: 5 }
 */
export function planLevel(facts: LevelFacts, forecast: PlanForecast): LevelPlan {
  const protectionDays = computeProtectionDays(facts.leadTime.meanDays, facts.reviewDays);
  const inbound = agedInboundOf(facts);
  const value = facts.unitCost ?? facts.unitPrice;
  const onHand = Decimal.max(0, facts.onHand ?? facts.available);
  const stockValue = computeStockValue(onHand, value === null ? null : new Decimal(value));
  const common = {
    protectionDays,
    safetyStockOrigin: safetyStockOrigin(facts, forecast),
    positionDue: text(positionBy(facts, protectionDays)),
    inboundOverdue: text(new Decimal(inbound.overdueUnits).plus(inbound.ignoredUnits)),
    nextReceiptDay: nextReceiptDay(inbound.arrivals, facts.plannedDay),
    stockValue: toFigure(stockValue),
    idleness: classifyIdleness(onHand, facts.history.daysSinceSale, facts.history.stockDays),
  };
  const policy = planPolicy(facts, forecast);
  const risk = planRisk(facts, forecast, protectionDays, Number(policy.safetyStock));
  const stock = planStock(facts, forecast, protectionDays);
  const health = explainHealth(facts, forecast, {
    ...common,
    ...policy,
    ...risk,
    excessUnits: stock.excessUnits,
  });
  const healthWeight = computeHealthWeight(marginOf(facts, forecast), stockValue.value);
  return {
    ...common,
    ...policy,
    ...risk,
    ...stock,
    health: health === null ? null : toPlannedHealth(health),
    healthWeight: text(healthWeight),
  };
}

/**
 * Of a level's plan only what a portfolio adds up, at about a third of the work: the first days without stock and the
 * health of thousands of levels are looked at by nobody.
 *
 * @param facts - see {@link LevelFacts}
 * @param forecast - see {@link PlanForecast}
 * @returns the same values that {@link planLevel} gives, by the same functions
 * @throws AppError as {@link planLevel}
 * @see `startPortfolio`
 * @example planPortfolioLevel(facts, forecast).targetLevel === planLevel(facts, forecast).targetLevel // true
 */
export function planPortfolioLevel(facts: LevelFacts, forecast: PlanForecast): PlannedPortfolioLevel {
  const protectionDays = computeProtectionDays(facts.leadTime.meanDays, facts.reviewDays);
  const { safetyStock, reorderPoint, targetLevel } = planPolicy(facts, forecast);
  return {
    ...{ safetyStock, reorderPoint, targetLevel },
    positionDue: text(positionBy(facts, protectionDays)),
    ...planShortage(toRiskInputs(facts, forecast), protectionDays),
    excessValue: planExcess(facts, forecast, protectionDays).excessValue,
  };
}

/** What a portfolio adds up of a plan; prices and service level stand in the facts. */
export type PlannedPortfolioLevel = Omit<PortfolioLevel, 'unitCost' | 'unitPrice' | 'serviceLevel'>;

/** Available and what arrives within so many days, units. */
function positionBy(facts: LevelFacts, days: number): Decimal {
  return agedInboundOf(facts)
    .arrivals.filter(({ day }) => day <= days)
    .reduce((sum, { units }) => sum.plus(units), new Decimal(facts.available));
}

type PolicyPart = Pick<
  LevelPlan,
  'unavailableReason' | 'safetyStock' | 'reorderPoint' | 'targetLevel' | 'classicZ' | 'classicSafetyStock'
>;

function planPolicy(facts: LevelFacts, forecast: PlanForecast): PolicyPart {
  const inputs = toPolicyInputs(facts, forecast);
  const sigma = forecast.sigmaUnitsPerDay;
  const classic =
    sigma === null
      ? null
      : computeClassicSafetyStock(sigma, facts.leadTime.meanDays, facts.serviceLevel.level);
  const shown = {
    classicZ: classic?.z ?? null,
    classicSafetyStock: classic === null ? null : text(new Decimal(classic.value)),
  };
  if (inputs === null) {
    const safetyStock = formatDecimal(facts.safetyStockOverride ?? thresholdDefault);
    return { ...shown, unavailableReason: 'NO_HISTORY', safetyStock, reorderPoint: null, targetLevel: null };
  }
  const values = computePolicyValues(inputs);
  return {
    ...shown,
    unavailableReason: null,
    // Not rounded again: they are what their explanations recompute.
    safetyStock: formatDecimal(values.safetyStock),
    reorderPoint: formatDecimal(values.reorderPoint),
    targetLevel: formatDecimal(values.targetLevel),
  };
}

type RiskPart = Pick<
  LevelPlan,
  'stockOutProbability' | 'probabilityBeforeReceipt' | 'daysToStockOut' | 'expectedLostUnits' | 'orderByDay'
>;

function planRisk(
  facts: LevelFacts,
  forecast: PlanForecast,
  protectionDays: number,
  safetyStock: number,
): RiskPart {
  const inputs = toRiskInputs(facts, forecast);
  if (inputs === null) {
    return {
      ...planShortage(null, protectionDays),
      probabilityBeforeReceipt: null,
      daysToStockOut: null,
      orderByDay: null,
    };
  }
  const orderBy = computeOrderBy({ ...inputs, safetyStock, leadTimeDays: facts.leadTime.meanDays });
  return {
    ...planShortage(inputs, protectionDays),
    probabilityBeforeReceipt: computeProbabilityBeforeNextReceipt(inputs),
    daysToStockOut: computeDaysToStockOut(inputs),
    orderByDay: orderBy.orderByDay === null ? null : facts.plannedDay + orderBy.orderByDay - 1,
  };
}

function planShortage(
  inputs: RiskInputs | null,
  protectionDays: number,
): Pick<LevelPlan, 'stockOutProbability' | 'expectedLostUnits'> {
  if (inputs === null) return { stockOutProbability: null, expectedLostUnits: null };
  return {
    stockOutProbability: computeStockOutProbability(inputs, protectionDays),
    expectedLostUnits: text(new Decimal(computeExpectedLostUnits(inputs, protectionDays))),
  };
}

/**
 * Mean of the forecast over the coming four weeks.
 *
 * @param facts - see {@link LevelFacts}
 * @param forecast - see {@link PlanForecast}
 * @returns units a day, 6 decimals; null without a forecast
 * @see `computeDaysOfStock`
 * @example expectedPerDay(facts, { ...forecast, stored: null }) // null
 */
export function expectedPerDay(facts: LevelFacts, forecast: PlanForecast): Decimal | null {
  const opened = openPlanForecast(facts, forecast);
  if (opened === null) return null;
  return new Decimal(opened.meanOver(displayedDays)).div(displayedDays).toDecimalPlaces(6);
}

type ExcessPart = Pick<LevelPlan, 'excessUnits' | 'excessValue'>;

function planExcess(facts: LevelFacts, forecast: PlanForecast, protectionDays: number): ExcessPart {
  const position = positionBy(facts, Math.max(excessCoverDays, protectionDays));
  const excess = computeExcessUnits(position, openPlanForecast(facts, forecast), protectionDays);
  if (excess === null) return { excessUnits: null, excessValue: null };
  const excessUnits = text(excess);
  const value = facts.unitCost ?? facts.unitPrice;
  return { excessUnits, excessValue: value === null ? null : text(new Decimal(excessUnits).times(value)) };
}

type StockPart = ExcessPart & Pick<LevelPlan, 'unitsPerDay' | 'daysOfStock'>;

function planStock(facts: LevelFacts, forecast: PlanForecast, protectionDays: number): StockPart {
  const mean = expectedPerDay(facts, forecast);
  return {
    unitsPerDay: mean === null ? null : text(mean),
    daysOfStock: toFigure(computeDaysOfStock(new Decimal(facts.available), mean)),
    ...planExcess(facts, forecast, protectionDays),
  };
}

/** Expected gross margin of 90 days; the price counts where the cost is unknown; null without a price. */
function marginOf(facts: LevelFacts, forecast: PlanForecast): Decimal | null {
  const opened = openPlanForecast(facts, forecast);
  if (opened === null || facts.unitPrice === null) return null;
  const margin = new Decimal(facts.unitPrice).minus(facts.unitCost ?? 0);
  return margin.times(new Decimal(opened.meanOver(weightDays)).toDecimalPlaces(6)).toDecimalPlaces(6);
}

function toPlannedHealth({ score, band, parts, neutralParts, caps }: HealthScore): PlannedHealth {
  return {
    ...{ band, neutralParts, caps },
    score: formatDecimal(score),
    parts: {
      availability: formatDecimal(parts.availability),
      excess: formatDecimal(parts.excess),
      turnover: formatDecimal(parts.turnover),
      accuracy: formatDecimal(parts.accuracy),
    },
  };
}

function nextReceiptDay(arrivals: readonly { readonly day: number }[], plannedDay: number): number | null {
  const next = arrivals.find(({ day }) => day > 1);
  return next === undefined ? null : plannedDay + next.day - 1;
}

function text(value: Decimal): string {
  return formatDecimal(value.toDecimalPlaces(6, Decimal.ROUND_HALF_UP));
}
