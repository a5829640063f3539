import type { DemandDistribution } from '../domain/forecast/demand-distribution.ts';
import { formatDecimal } from '../shared/decimal.ts';
import { builder } from './builder.ts';

/** Early, middle and late, or low, middle and high. Decimal text; null = beyond the horizon. */
export interface QuantilesValue {
  readonly p10: string | null;
  readonly p50: string | null;
  readonly p90: string | null;
  readonly mean: string | null;
  readonly horizonDays: number;
}

/** Three quantiles of a distribution. */
export const Quantiles = builder.objectRef<QuantilesValue>('Quantiles').implement({
  description:
    'Three quantiles of a distribution: with 10, 50 and 90 % probability the outcome is at or below them. Quantiles of parts never add up to those of a whole.',
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    p10: t.field({
      type: 'Decimal',
      nullable: true,
      description: '10 % quantile; null = beyond `horizonDays`.',
      resolve: (value) => value.p10,
    }),
    p50: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'Median; null = beyond `horizonDays`.',
      resolve: (value) => value.p50,
    }),
    p90: t.field({
      type: 'Decimal',
      nullable: true,
      description: '90 % quantile; null = beyond `horizonDays`.',
      resolve: (value) => value.p90,
    }),
    mean: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'Expected value; null where it is not defined, as for days to stock-out.',
      resolve: (value) => value.mean,
    }),
    horizonDays: t.exposeInt('horizonDays', { description: 'Days looked ahead.' }),
  }),
});

/** The quantiles of a demand distribution over some days. */
export function toQuantiles(distribution: DemandDistribution, horizonDays: number): QuantilesValue {
  const text = (value: number) => formatDecimal(Number(value.toFixed(6)));
  return {
    p10: text(distribution.quantile(0.1)),
    p50: text(distribution.quantile(0.5)),
    p90: text(distribution.quantile(0.9)),
    mean: text(distribution.mean),
    horizonDays,
  };
}

/** Whole days to an event as quantiles. */
export function toDayQuantiles(
  days: { p10: number | null; p50: number | null; p90: number | null },
  horizonDays: number,
): QuantilesValue {
  const text = (value: number | null) => (value === null ? null : String(value));
  return { p10: text(days.p10), p50: text(days.p50), p90: text(days.p90), mean: null, horizonDays };
}
