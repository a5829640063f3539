import type { Json } from './graphql-reader.ts';

const shown = '{ steps { code op operands value } inputs { name value unit source observedAt } text }';
const planned = `{ value origin method dataAsOf explanation ${shown} }`;

/** What is read of every level: all planned values, the reasons beside them, and how they came about. */
export const levelFields = `
  id item { sku } warehouse { code timeZone } isWatched available onHand observedAt
  demand(from: $from, to: $to) { date }
  forecast { historyDays unitsPerDay flags points { date mean p10 p50 p90 } } forecastUnavailableReason
  safetyStock ${planned} safetyStockUnavailableReason
  reorderPoint ${planned} targetLevel ${planned} policyUnavailableReason
  leadTime { protectionDays origin }
  stockOutRisk { probability withinDays explanation ${shown} }
  within7: stockOutRisk(withinDays: 7) { probability explanation ${shown} }
  within28: stockOutRisk(withinDays: 28) { probability explanation ${shown} }
  daysToStockOut { p10 p50 p90 } daysToStockOutUnavailableReason expectedLostUnits
  daysOfStock daysOfStockUnavailableReason
  turnover90: turnover(days: 90) turnover365: turnover(days: 365) turnoverUnavailableReason
  turnover365Reason: turnoverUnavailableReason(days: 365) inStockRateUnavailableReason
  sellThrough inStockRate(days: 90) stockOutDays lostSalesUnits lostSalesUnavailableReason isDeadStock
  stockValue { amount } excessUnits excessValue { amount } valueUnavailableReason
  nextReceiptOn probabilityBeforeNextReceipt nextReceiptUnavailableReason orderByOn orderByUnavailableReason
  health { score band explanation ${shown} } healthUnavailableReason
  urgency { tier score stake stakeUnit explanation ${shown} } urgencyUnavailableReason plan { plannedOn }
  ofDaysOfStock: planExplanation(of: DAYS_OF_STOCK) ${shown}
  ofStockValue: planExplanation(of: STOCK_VALUE) ${shown}
  ofTurnover90: planExplanation(of: TURNOVER, days: 90) ${shown}
  ofTurnover365: planExplanation(of: TURNOVER, days: 365) ${shown}
  ofSellThrough: planExplanation(of: SELL_THROUGH) ${shown}
  ofInStockRate: planExplanation(of: IN_STOCK_RATE) ${shown}
  ofExcessUnits: planExplanation(of: EXCESS_UNITS) ${shown}`;

/** What is asked in a second question, since one may have only so many aliases: what lies ahead and what was lost. */
export const aheadFields = `
  id item { sku } warehouse { code } available onHand observedAt
  demand(from: $from, to: $to) { date } plan { plannedOn } policyUnavailableReason
  daysToStockOut { p50 p90 } daysToStockOutUnavailableReason expectedLostUnits orderByOn orderByUnavailableReason
  lostSalesUnits lostSalesUnavailableReason excessValue { amount } valueUnavailableReason
  ofDaysToStockOut: planExplanation(of: DAYS_TO_STOCK_OUT) ${shown}
  ofExpectedLostUnits: planExplanation(of: EXPECTED_LOST_UNITS) ${shown}
  ofLostSales: planExplanation(of: LOST_SALES) ${shown}
  ofOrderBy: planExplanation(of: ORDER_BY) ${shown}
  ofExcessValue: planExplanation(of: EXCESS_VALUE) ${shown}`;

/** A value that a level should have: where it stands, what says why it is missing, what explains it. */
export interface AnswerField {
  readonly name: string;
  readonly value: (level: Json) => Json;
  /** Undefined: the API has no reason for it. */
  readonly reason?: (level: Json) => Json;
  /** Undefined: a fact or a list that is its own explanation. */
  readonly explanation?: (level: Json) => Json;
  /** Whether at least 95 % of the levels with history must have it. */
  readonly isRequired: boolean;
}

const policyReason = (level: Json) => level.policyUnavailableReason;
const turnoverReason = (level: Json) => level.turnoverUnavailableReason;

function policy(name: string, reason: (level: Json) => Json): AnswerField {
  return {
    name,
    value: (level) => level[name]?.value,
    reason,
    explanation: (level) => level[name]?.explanation,
    isRequired: true,
  };
}

function risk(name: string): AnswerField {
  return {
    name: `${name}.probability`,
    value: (level) => level[name]?.probability,
    reason: policyReason,
    explanation: (level) => level[name]?.explanation,
    isRequired: true,
  };
}

/** Everything that is counted and recomputed, in the order of the printed table. */
export const answerFields: readonly AnswerField[] = [
  {
    name: 'forecast',
    value: (l) => l.forecast,
    reason: (l) => l.forecastUnavailableReason,
    isRequired: true,
  },
  policy('safetyStock', (l) => l.safetyStockUnavailableReason),
  policy('reorderPoint', policyReason),
  policy('targetLevel', policyReason),
  { name: 'leadTime', value: (l) => l.leadTime, isRequired: true },
  risk('stockOutRisk'),
  risk('within7'),
  risk('within28'),
  {
    name: 'daysToStockOut',
    value: (l) => l.daysToStockOut,
    reason: (l) => l.daysToStockOutUnavailableReason,
    isRequired: true,
  },
  {
    name: 'nextReceiptOn',
    value: (l) => l.nextReceiptOn,
    reason: (l) => l.nextReceiptUnavailableReason,
    isRequired: false,
  },
  {
    name: 'probabilityBeforeReceipt',
    value: (l) => l.probabilityBeforeNextReceipt,
    reason: (l) => l.nextReceiptUnavailableReason,
    isRequired: false,
  },
  {
    name: 'daysOfStock',
    value: (l) => l.daysOfStock,
    reason: (l) => l.daysOfStockUnavailableReason,
    explanation: (l) => l.ofDaysOfStock,
    isRequired: true,
  },
  {
    name: 'turnover90',
    value: (l) => l.turnover90,
    reason: turnoverReason,
    explanation: (l) => l.ofTurnover90,
    isRequired: true,
  },
  {
    name: 'turnover365',
    value: (l) => l.turnover365,
    reason: (l) => l.turnover365Reason,
    explanation: (l) => l.ofTurnover365,
    isRequired: true,
  },
  {
    name: 'sellThrough',
    value: (l) => l.sellThrough,
    reason: turnoverReason,
    explanation: (l) => l.ofSellThrough,
    isRequired: true,
  },
  {
    name: 'inStockRate',
    value: (l) => l.inStockRate,
    reason: (l) => l.inStockRateUnavailableReason,
    explanation: (l) => l.ofInStockRate,
    isRequired: true,
  },
  {
    name: 'stockOutDays',
    value: (l) => l.stockOutDays,
    reason: (l) => l.inStockRateUnavailableReason,
    isRequired: true,
  },
  {
    name: 'stockValue',
    value: (l) => l.stockValue?.amount,
    reason: (l) => l.valueUnavailableReason,
    explanation: (l) => l.ofStockValue,
    isRequired: true,
  },
  {
    name: 'excessUnits',
    value: (l) => l.excessUnits,
    reason: policyReason,
    explanation: (l) => l.ofExcessUnits,
    isRequired: true,
  },
  { name: 'isDeadStock', value: (l) => l.isDeadStock, isRequired: true },
  {
    name: 'health',
    value: (l) => l.health?.score,
    reason: (l) => l.healthUnavailableReason,
    explanation: (l) => l.health?.explanation,
    isRequired: true,
  },
  {
    name: 'urgency',
    value: (l) => l.urgency?.score,
    reason: (l) => l.urgencyUnavailableReason,
    explanation: (l) => l.urgency?.explanation,
    isRequired: false,
  },
];

/** The same of the second question. */
export const aheadAnswers: readonly AnswerField[] = [
  {
    // Beside the three quantiles: the median is what is explained.
    name: 'daysToStockOut.p50',
    value: (l) => l.daysToStockOut?.p50,
    reason: (l) => l.daysToStockOutUnavailableReason,
    explanation: (l) => l.ofDaysToStockOut,
    isRequired: false,
  },
  {
    name: 'expectedLostUnits',
    value: (l) => l.expectedLostUnits,
    reason: policyReason,
    explanation: (l) => l.ofExpectedLostUnits,
    isRequired: true,
  },
  {
    name: 'orderBy',
    // Days from the day of the plan, as the explanation counts.
    value: (l) =>
      l.orderByOn == null ? null : (Date.parse(l.orderByOn) - Date.parse(l.plan.plannedOn)) / 86_400_000,
    reason: (l) => l.orderByUnavailableReason,
    explanation: (l) => l.ofOrderBy,
    isRequired: false,
  },
  {
    name: 'lostSalesUnits',
    value: (l) => l.lostSalesUnits,
    reason: (l) => l.lostSalesUnavailableReason,
    explanation: (l) => l.ofLostSales,
    isRequired: false,
  },
  {
    name: 'excessValue',
    value: (l) => l.excessValue?.amount,
    reason: (l) => l.valueUnavailableReason,
    explanation: (l) => l.ofExcessValue,
    isRequired: true,
  },
];
