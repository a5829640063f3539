import { builder } from './builder.ts';
import { PolicyValueOrigin } from './enums.ts';

/** An amount of money. */
export interface MoneyValue {
  amount: string;
  currencyCode: string;
}

/** A number that a decision uses, with where it comes from. */
export interface PolicyValueValue {
  value: string;
  origin: 'OVERRIDE' | 'COMPUTED' | 'DEFAULT';
  computedAt: Date | null;
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
      description: 'When it was computed or set; null when that was not noted.',
      resolve: (value) => value.computedAt,
    }),
  }),
});
