import { Decimal, formatDecimal } from '../../shared/decimal.ts';

/** Of a level's plan, what a portfolio adds up. Decimal text as planned. */
export interface PortfolioLevel {
  readonly unitCost: string | null;
  readonly unitPrice: string | null;
  readonly serviceLevel: number;
  readonly safetyStock: string;
  readonly reorderPoint: string | null;
  readonly targetLevel: string | null;
  readonly positionDue: string;
  readonly stockOutProbability: number | null;
  readonly expectedLostUnits: string | null;
  readonly excessValue: string | null;
}

/** Levels added up. Money at cost, at price where the cost is unknown; levels with neither add nothing. */
export interface PortfolioFigures {
  readonly levelCount: number;
  /** Levels without a forecast: they add to the count alone. */
  readonly unavailableCount: number;
  /** Levels whose risk over the protection period is above what their service level allows. */
  readonly atRiskCount: number;
  /** Levels that run out within the protection period with a probability of at least one half. */
  readonly likelyOutCount: number;
  /** Levels whose position is at or below the reorder point. */
  readonly reorderDueCount: number;
  readonly safetyStockValue: string;
  readonly targetValue: string;
  /** What is missing to the target level. */
  readonly shortfallValue: string;
  readonly expectedLostUnits: string;
  /** Price less cost of what is expected to be lost, over levels with a known price; never below zero a unit. */
  readonly expectedLostMargin: string;
  readonly excessValue: string;
  /** Levels without cost and price, which no value counts. */
  readonly unpricedCount: number;
}

const likelyFrom = 0.5;

/** Adds levels up, one at a time, so that no portfolio has to be held in memory. */
interface PortfolioSum {
  add(level: PortfolioLevel): void;
  figures(): PortfolioFigures;
}

/**
 * Starts to add levels up.
 *
 * @returns an empty sum; money and units are exact decimals, so the order of adding does not matter
 * @throws AppError never
 * @see `computeStockValue` for why the price stands in for an unknown cost
 * @example
 * // 10 below a target of 30 at a cost of 3: 60 of money are missing
 * const sum = startPortfolio(); sum.add({ ...level, targetLevel: '30', positionDue: '10', unitCost: '3' });
 * sum.figures().shortfallValue // '60'
 */
export function startPortfolio(): PortfolioSum {
  const counts = { level: 0, unavailable: 0, atRisk: 0, likelyOut: 0, reorderDue: 0, unpriced: 0 };
  const zero = new Decimal(0);
  const sums = { safety: zero, target: zero, shortfall: zero, lost: zero, margin: zero, excess: zero };
  return {
    add(level) {
      counts.level += 1;
      const { stockOutProbability: risk, targetLevel, reorderPoint, unitPrice } = level;
      const position = new Decimal(level.positionDue);
      const value = level.unitCost ?? unitPrice;
      if (value === null) counts.unpriced += 1;
      const worth = new Decimal(value ?? 0);
      sums.excess = sums.excess.plus(level.excessValue ?? 0);
      if (targetLevel === null || reorderPoint === null || risk === null) {
        counts.unavailable += 1;
        return;
      }
      if (risk > 1 - level.serviceLevel + 1e-9) counts.atRisk += 1;
      if (risk >= likelyFrom) counts.likelyOut += 1;
      if (position.lte(reorderPoint)) counts.reorderDue += 1;
      const lost = new Decimal(level.expectedLostUnits ?? 0);
      sums.safety = sums.safety.plus(worth.times(level.safetyStock));
      sums.target = sums.target.plus(worth.times(targetLevel));
      sums.shortfall = sums.shortfall.plus(
        worth.times(Decimal.max(0, new Decimal(targetLevel).minus(position))),
      );
      sums.lost = sums.lost.plus(lost);
      if (unitPrice !== null) sums.margin = sums.margin.plus(lostMargin(level, lost));
    },
    figures: () => ({
      levelCount: counts.level,
      unavailableCount: counts.unavailable,
      atRiskCount: counts.atRisk,
      likelyOutCount: counts.likelyOut,
      reorderDueCount: counts.reorderDue,
      safetyStockValue: formatDecimal(sums.safety),
      targetValue: formatDecimal(sums.target),
      shortfallValue: formatDecimal(sums.shortfall),
      expectedLostUnits: formatDecimal(sums.lost),
      expectedLostMargin: formatDecimal(sums.margin),
      excessValue: formatDecimal(sums.excess),
      unpricedCount: counts.unpriced,
    }),
  };
}

function lostMargin({ unitPrice, unitCost }: PortfolioLevel, lost: Decimal): Decimal {
  return Decimal.max(0, new Decimal(unitPrice ?? 0).minus(unitCost ?? 0)).times(lost);
}
