import { Decimal } from '../../shared/decimal.ts';
import {
  type ChangeCause,
  changeCauses,
  type Explanation,
  type ExplanationInput,
  recomputeExplanation,
} from './explanation.ts';

/** How much of a change one cause explains, in the unit of the result; may be negative. */
export interface AttributedCause {
  readonly cause: ChangeCause;
  readonly delta: Decimal;
}

/**
 * Says why a computed value differs from the previous run's.
 *
 * Today's steps are run on yesterday's inputs, then the inputs are brought up to date cause by cause, in the
 * order DEMAND, STOCK, INCOMING, LEAD_TIME, SETTINGS; each difference is charged to its cause. A change of the
 * way of calculating (other steps) is charged to SETTINGS. The order matters where inputs interact, as with any
 * one-at-a-time attribution; it is fixed so that the answer is always the same.
 *
 * A distribution of demand over the protection period changes with the forecast *and* with the lead time. To tell
 * them apart, pass today's inputs as they would be with yesterday's lead time; without them both are charged to
 * DEMAND.
 *
 * @param previous - the explanation stored with the previous run
 * @param current - the one of this run
 * @param withOldLeadTime - inputs of this run that depend on the lead time too, made with the previous run's
 * @returns causes with a delta other than 0, in the fixed order; the deltas add up to current minus previous, exactly
 * @throws AppError `invalid_input` if either cannot be recomputed
 * @see sequential substitution, as in the variance analysis of cost accounting
 * @example
 * // target 40 → 50 (demand), available 12 → 15: need 28 → 35
 * attributeChange(before, after) // [{ cause: 'DEMAND', delta: 10 }, { cause: 'STOCK', delta: -3 }]
 */
export function attributeChange(
  previous: Explanation,
  current: Explanation,
  withOldLeadTime: readonly ExplanationInput[] = [],
): AttributedCause[] {
  const replaced = new Map<string, ExplanationInput>();
  const before = new Map(previous.inputs.map((input) => [input.name, input]));
  for (const input of current.inputs) {
    const old = before.get(input.name);
    if (old !== undefined && (old.unit === 'distribution') === (input.unit === 'distribution')) {
      replaced.set(input.name, old);
    }
  }
  const deltas = new Map<ChangeCause, Decimal>();
  const charge = (cause: ChangeCause, delta: Decimal): void => {
    deltas.set(cause, (deltas.get(cause) ?? new Decimal(0)).plus(delta));
  };
  let value = recomputeExplanation(current, replaced);
  charge('SETTINGS', value.minus(recomputeExplanation(previous)));
  for (const cause of changeCauses) {
    for (const input of current.inputs) if (input.cause === cause) replaced.delete(input.name);
    for (const input of withOldLeadTime) {
      if (cause === 'DEMAND') replaced.set(input.name, input);
      if (cause === 'LEAD_TIME') replaced.delete(input.name);
    }
    const next = recomputeExplanation(current, replaced);
    charge(cause, next.minus(value));
    value = next;
  }
  return changeCauses.flatMap((cause) => {
    const delta = deltas.get(cause) ?? new Decimal(0);
    return delta.isZero() ? [] : [{ cause, delta }];
  });
}
