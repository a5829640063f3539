import type { Decimal } from '../shared/decimal.ts';

/** What a storefront may do with an item, mildest first: where several rules hold, the last one counts. */
export const salesPolicyStates = [
  'NORMAL',
  'LOW_STOCK_BADGE',
  'LIMIT_PROMOTION',
  'STOP_PROMOTION',
  'PRE_SALE',
  'HIDE',
] as const;
/** One of {@link salesPolicyStates}. */
export type SalesPolicyState = (typeof salesPolicyStates)[number];

/** What a rule looks at. */
export type SalesPolicyMetric = 'AVAILABLE' | 'DAYS_TO_STOCK_OUT' | 'ALERT';
/** Whether goods must be on their way for a rule to hold. */
export type SalesPolicyIncoming = 'ANY' | 'SOME' | 'NONE';
/** How bad an alert is, mildest first. */
const severities = ['INFO', 'WARNING', 'CRITICAL'] as const;

/** When an item is in a state. */
export interface SalesPolicyRule {
  readonly ruleId: string;
  readonly state: SalesPolicyState;
  readonly metric: SalesPolicyMetric;
  /** The rule begins at or below this, units or days; null for ALERT. */
  readonly enterAt: Decimal | null;
  /** Once begun it ends above this, ≥ `enterAt`; null for ALERT. */
  readonly leaveAt: Decimal | null;
  /** ALERT: open alerts of these kinds; null = of every kind. */
  readonly alertKinds: readonly string[] | null;
  /** ALERT: this bad, or worse; null = any. */
  readonly severityMin: (typeof severities)[number] | null;
  readonly incoming: SalesPolicyIncoming;
  /** Only this item; null = all. */
  readonly itemId: string | null;
  /** Only goods of this category; null = all. */
  readonly category: string | null;
  /** Once begun it lasts at least so long, minutes, ≥ 0. */
  readonly holdMinutes: number;
}

/** What is known of an item now. */
export interface SalesPolicyFacts {
  readonly itemId: string;
  readonly category: string | null;
  /** What can be promised, units; null = not known: no level, or a reading in doubt. */
  readonly available: Decimal | null;
  /** Median days until its first shelf is empty; Infinity = beyond the days looked at; null = not known. */
  readonly daysToStockOut: number | null;
  /** On the way, units; null = not known, which counts as none. */
  readonly incoming: Decimal | null;
  /** Alerts that are open, whether or not somebody is on it. */
  readonly alerts: readonly { readonly kind: string; readonly severity: (typeof severities)[number] }[];
}

/** A rule that holds for an item, and since when. */
export interface ActiveSalesRule {
  readonly ruleId: string;
  /** Business time, ms since 1970. */
  readonly sinceMs: number;
}

/** What was decided last. */
export interface HeldSalesPolicy {
  readonly state: SalesPolicyState;
  readonly active: readonly ActiveSalesRule[];
}

/** What an item's state is, and why. */
export interface SalesPolicyDecision {
  readonly state: SalesPolicyState;
  /** The rule that decides; null for NORMAL. */
  readonly ruleId: string | null;
  /** Every rule that holds, also those that a stricter one hides. */
  readonly active: readonly ActiveSalesRule[];
  /** When to look again although nothing changes: a rule is then no longer held; null = no need. ms since 1970. */
  readonly recheckMs: number | null;
}

const minuteMs = 60_000;

/**
 * The state of an item under an organization's rules, with hysteresis.
 *
 * Every rule has a memory of its own: it begins at or below `enterAt`, ends above `leaveAt`, and not before it has
 * lasted `holdMinutes`. What is not known neither begins nor ends a rule. Of the rules that hold the strictest state
 * counts; among equals the first of `rules`.
 *
 * @param held - the last decision; null = never decided, that is NORMAL
 * @param rules - the enabled ones, in the order in which equals are preferred
 * @param atMs - business time, ms since 1970
 * @returns the same again when nothing about it changed, so that deciding twice changes nothing
 * @see low-stock thresholds that flap: a band between raising and lifting, as in docs/decisions/low-stock-thresholds.md
 * @example
 * // begins at 3 days, ends above 5: at 4 days it depends on the past
 * decideSalesPolicy(null, { ...facts, daysToStockOut: 4 }, [stop], 0).state // 'NORMAL'
 * decideSalesPolicy(stopped, { ...facts, daysToStockOut: 4 }, [stop], 0).state // 'STOP_PROMOTION'
 */
export function decideSalesPolicy(
  held: HeldSalesPolicy | null,
  facts: SalesPolicyFacts,
  rules: readonly SalesPolicyRule[],
  atMs: number,
): SalesPolicyDecision {
  const since = new Map((held?.active ?? []).map(({ ruleId, sinceMs }) => [ruleId, sinceMs]));
  const active: ActiveSalesRule[] = [];
  let winner: SalesPolicyRule | null = null;
  let recheckMs: number | null = null;
  for (const rule of rules) {
    if (!isInScope(rule, facts)) continue;
    const sinceMs = since.get(rule.ruleId) ?? null;
    let isActive = isRuleMet(rule, facts, sinceMs !== null);
    const heldUntilMs = (sinceMs ?? 0) + rule.holdMinutes * minuteMs;
    if (!isActive && sinceMs !== null && atMs < heldUntilMs) {
      isActive = true;
      recheckMs = Math.min(recheckMs ?? heldUntilMs, heldUntilMs);
    }
    if (!isActive) continue;
    active.push({ ruleId: rule.ruleId, sinceMs: sinceMs ?? atMs });
    if (winner === null || strictness(rule.state) > strictness(winner.state)) winner = rule;
  }
  if (winner === null || winner.state === 'NORMAL')
    return { state: 'NORMAL', ruleId: null, active, recheckMs };
  return { state: winner.state, ruleId: winner.ruleId, active, recheckMs };
}

function isInScope(rule: SalesPolicyRule, facts: SalesPolicyFacts): boolean {
  return (
    (rule.itemId === null || rule.itemId === facts.itemId) &&
    (rule.category === null || rule.category === facts.category)
  );
}

function isRuleMet(rule: SalesPolicyRule, facts: SalesPolicyFacts, isHolding: boolean): boolean {
  const isIncoming = facts.incoming?.gt(0) === true;
  if (rule.incoming !== 'ANY' && (rule.incoming === 'SOME') !== isIncoming) return false;
  if (rule.metric === 'ALERT') {
    const least = severities.indexOf(rule.severityMin ?? 'INFO');
    return facts.alerts.some(
      ({ kind, severity }) =>
        (rule.alertKinds === null || rule.alertKinds.includes(kind)) && severities.indexOf(severity) >= least,
    );
  }
  const value = rule.metric === 'AVAILABLE' ? facts.available : facts.daysToStockOut;
  const bound = isHolding ? rule.leaveAt : rule.enterAt;
  if (value === null || bound === null) return isHolding;
  return bound.gte(value);
}

function strictness(state: SalesPolicyState): number {
  return salesPolicyStates.indexOf(state);
}
