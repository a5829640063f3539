import { builder } from './builder.ts';
import { PolicyValueOrigin } from './enums.ts';
import { Explanation, type ExplanationValue } from './explanation.ts';

/** An amount of money. */
export interface MoneyValue {
  amount: string;
  currencyCode: string;
}

/**
 * Money added up over items. Every source so far prices in yuan (`item.currency_code` is never anything else), so sums
 * are in yuan; a second currency needs a rate before it can be added at all.
 */
export function sumOfMoney(amount: string): MoneyValue {
  return { amount, currencyCode: 'CNY' };
}

/** A number that a decision uses, with where it comes from. */
export interface PolicyValueValue {
  value: string;
  origin: 'OVERRIDE' | 'COMPUTED' | 'DEFAULT';
  computedAt: Date | null;
  /** What only a planned value has. */
  planned?: {
    readonly method: 'QUANTILE' | 'CLASSIC' | 'LEAD_TIME_VARIANCE';
    readonly dataAsOf: Date;
    readonly explanation: ExplanationValue | null;
    readonly classic: ClassicValue | null;
  };
}

/** The classic safety stock with every number it used. */
interface ClassicValue {
  readonly z: number;
  readonly leadTimeDays: string;
  readonly sigma: string;
  readonly value: string;
}

/** An amount of money in a currency. */
export const Money = builder.objectRef<MoneyValue>('Money').implement({
  description: 'An amount of money.',
  fields: (t) => ({
    amount: t.field({
      type: 'Decimal',
      description: 'Amount in the main unit of the currency (yuan, not fen), exact.',
      resolve: (money) => money.amount,
    }),
    currencyCode: t.exposeString('currencyCode', { description: 'ISO 4217 code, such as CNY.' }),
  }),
});

/** The unit in which an item is counted. */
export const Unit = builder.objectRef<{ code: string; decimals: number }>('Unit').implement({
  description: 'The unit in which an item is counted.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'The merchant’s own word, such as 件.' }),
    decimals: t.exposeInt('decimals', {
      description: 'Decimal places that make sense for this unit; 0 = whole units only.',
    }),
  }),
});

/** A place on the earth. */
export const GeoPoint = builder.objectRef<{ latitude: number; longitude: number }>('GeoPoint').implement({
  description: 'A place on the earth, WGS 84.',
  fields: (t) => ({
    latitude: t.exposeFloat('latitude', { description: 'Degrees, −90 to 90, north positive.' }),
    longitude: t.exposeFloat('longitude', { description: 'Degrees, −180 to 180, east positive.' }),
  }),
});

/** How a safety stock is computed. */
export const SafetyStockMethod = builder.enumType('SafetyStockMethod', {
  description: 'How a safety stock is computed. New values may be added.',
  values: {
    QUANTILE: {
      description:
        'Quantile of the protection period’s demand less its mean: what reaches the service level.',
    },
    CLASSIC: { description: 'Z · √L̄ · σ_D.' },
    LEAD_TIME_VARIANCE: { description: 'Z · √(P̄·σ_d² + d̄²·σ_L²).' },
  } as const,
});

const ClassicSafetyStock = builder.objectRef<ClassicValue>('ClassicSafetyStock').implement({
  description: 'The classic safety stock Z · √L̄ · σ_D with every number it used, to compare with.',
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    z: t.exposeFloat('z', { description: 'Standard normal quantile of the service level, 1.645 at 95 %.' }),
    leadTimeDays: t.field({
      type: 'Decimal',
      description: 'Mean lead time L̄, days.',
      resolve: (classic) => classic.leadTimeDays,
    }),
    sigma: t.field({
      type: 'Decimal',
      description: 'Standard deviation of daily demand over the last 56 days, units a day.',
      resolve: (classic) => classic.sigma,
    }),
    value: t.field({
      type: 'Decimal',
      description: 'The formula’s result, units, rounded to 6 places.',
      resolve: (classic) => classic.value,
    }),
  }),
});

/** A number that a decision uses. */
export const PolicyValue = builder.objectRef<PolicyValueValue>('PolicyValue').implement({
  description: 'A number that decisions use, with where it comes from.',
  fields: (t) => ({
    value: t.field({
      type: 'Decimal',
      description: 'The effective value, in the item’s unit.',
      resolve: (value) => value.value,
    }),
    origin: t.field({
      type: PolicyValueOrigin,
      description: 'Who or what set it.',
      resolve: (value) => value.origin,
    }),
    computedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'When it was computed or set to this; a safety stock keeps it while later plans find the same. Null when that was not noted.',
      resolve: (value) => value.computedAt,
    }),
    method: t.field({
      type: SafetyStockMethod,
      nullable: true,
      description: 'How the safety stock inside it is computed; null when it was not planned yet.',
      resolve: (value) => value.planned?.method ?? null,
    }),
    dataAsOf: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'Newest data of the last plan, which found or confirmed it; null when it was not planned yet.',
      resolve: (value) => value.planned?.dataAsOf ?? null,
    }),
    classic: t.field({
      type: ClassicSafetyStock,
      nullable: true,
      description: 'The classic formula beside it; null without two days of demand on record.',
      resolve: (value) => value.planned?.classic ?? null,
    }),
    explanation: t.field({
      type: Explanation,
      nullable: true,
      description: 'How it came about; null when it was not planned yet.',
      resolve: (value) => value.planned?.explanation ?? null,
    }),
  }),
});
