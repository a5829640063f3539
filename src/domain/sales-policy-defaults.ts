import { Decimal } from '../shared/decimal.ts';
import type { SalesPolicyRule } from './sales-policy.ts';
import type { SalesPolicyListed } from './sales-policy-write.ts';

/** A rule that every organization begins with. */
export interface DefaultSalesPolicyRule extends Omit<SalesPolicyRule, 'ruleId'> {
  readonly name: string;
  readonly isEnabled: boolean;
  readonly listed: SalesPolicyListed;
}

const everything: Omit<DefaultSalesPolicyRule, 'name' | 'state' | 'metric'> = {
  ...{ isEnabled: true, enterAt: null, leaveAt: null, alertKinds: null, severityMin: null },
  ...{ itemId: null, category: null, holdMinutes: 0 },
  incoming: 'ANY',
  listed: 'KEEP',
};
const empty = { metric: 'AVAILABLE', enterAt: new Decimal(0), leaveAt: new Decimal(0) } as const;

/**
 * What an organization begins with: a badge while stock is low, less promotion when the shelf will be empty within a
 * week, none within three days or with nothing left, pre-sale while goods are on their way. Hiding is prepared and
 * switched off: to take goods out of a shop is for people to decide. Nothing is written back.
 *
 * @see the merchant's wish: at very low stock limit promotion and show a mark
 * @example defaultSalesPolicyRules.filter((rule) => rule.isEnabled).length // 5
 */
export const defaultSalesPolicyRules: readonly DefaultSalesPolicyRule[] = [
  {
    ...everything,
    name: 'Low stock: show a badge',
    state: 'LOW_STOCK_BADGE',
    metric: 'ALERT',
    alertKinds: ['LOW_STOCK', 'OUT_OF_STOCK'],
  },
  {
    ...everything,
    name: 'Empty within a week: limit promotion',
    state: 'LIMIT_PROMOTION',
    metric: 'DAYS_TO_STOCK_OUT',
    enterAt: new Decimal(7),
    leaveAt: new Decimal(10),
  },
  {
    ...everything,
    name: 'Empty within three days: stop promotion',
    state: 'STOP_PROMOTION',
    metric: 'DAYS_TO_STOCK_OUT',
    enterAt: new Decimal(3),
    leaveAt: new Decimal(5),
  },
  { ...everything, ...empty, name: 'Nothing left: stop promotion', state: 'STOP_PROMOTION' },
  {
    ...everything,
    ...empty,
    name: 'Nothing left, goods on their way: pre-sale',
    state: 'PRE_SALE',
    incoming: 'SOME',
  },
  {
    ...everything,
    ...empty,
    name: 'Nothing left, nothing on its way: hide',
    isEnabled: false,
    state: 'HIDE',
    incoming: 'NONE',
  },
];
