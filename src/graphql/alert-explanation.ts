import type { StockAlertRow } from '../db/queries/alert.ts';
import type { StoredAlertFacts } from '../db/queries/alert-candidate.ts';
import { type AlertFact, explainAlert } from '../domain/alert/alert-explanation.ts';
import { alertRuleDefaults } from '../domain/alert/alert-rule.ts';
import type { Explanation as DomainExplanation } from '../domain/plan/explanation.ts';
import { attributeChange } from '../domain/plan/explanation-change.ts';
import { Decimal, formatDecimal } from '../shared/decimal.ts';
import { describeAlert } from './alert-text.ts';
import type { ExplanationValue } from './explanation.ts';
import { labelOf } from './explanation-label.ts';

/**
 * Why an alert stands as it does, made anew from the stored facts by the function that decided it: the same numbers,
 * since nothing else goes in. The last step is the alert's urgency.
 */
export function explainStockAlert(alert: StockAlertRow): ExplanationValue {
  const facts = alert.facts === null ? toOldFacts(alert) : (JSON.parse(alert.facts) as StoredAlertFacts);
  const explanation = facts === null ? null : explain(alert, facts.inputs);
  const numberOf = (name: string): Decimal | null => {
    const found =
      explanation?.steps.find((step) => step.name === name) ??
      explanation?.inputs.find((input) => input.name === name);
    return found === undefined ? null : new Decimal(found.value);
  };
  return {
    inputs: explanation?.inputs ?? [],
    steps: explanation?.steps.map((step) => ({ ...step, code: step.name })) ?? [],
    binding: explanation?.binding ?? null,
    changeSincePrevious: explanation === null ? [] : findChanges(alert, explanation, facts?.previous ?? null),
    label: labelOf,
    text: (locale) => describeAlert(alert, numberOf, locale),
  };
}

/** An alert that is older than its facts shows at least the two numbers it was decided on. */
function toOldFacts({ kind, available, threshold, changedAt }: StockAlertRow): StoredAlertFacts | null {
  if (kind !== 'LOW_STOCK' || available === null || threshold === null) return null;
  const { recoveryShare, recoveryUnits } = alertRuleDefaults.LOW_STOCK;
  const observedAt = changedAt.toISOString();
  return {
    previous: null,
    inputs: [
      { name: 'available', value: formatDecimal(available), observedAt },
      { name: 'safety_stock', value: formatDecimal(threshold), observedAt },
      { name: 'recovery_share', value: formatDecimal(recoveryShare), observedAt: null },
      { name: 'recovery_units', value: formatDecimal(recoveryUnits), observedAt: null },
    ],
  };
}

function explain(alert: StockAlertRow, inputs: readonly AlertFact[]): DomainExplanation | null {
  return inputs.length === 0 ? null : explainAlert(alert.kind, inputs, alert.state === 'RESOLVED');
}

/** How much each cause moved the urgency since the previous event, both taken as of an open alert. */
function findChanges(
  alert: StockAlertRow,
  current: DomainExplanation,
  previous: readonly AlertFact[] | null,
): ExplanationValue['changeSincePrevious'] {
  if (previous === null || previous.length === 0) return [];
  const before = explain(alert, previous);
  if (before === null) return [];
  return attributeChange(before, current).map(({ cause, delta }) => ({ cause, delta: formatDecimal(delta) }));
}
