import { builder } from './builder.ts';

const mayGrow = 'New values may be added: treat an unknown one as “something else”.';

/** How demand is forecast. */
export const ForecastMethodEnum = builder.enumType('ForecastMethod', {
  description: `How demand is forecast. ${mayGrow}`,
  values: {
    LEVEL_MIX: {
      description:
        'The default: pooled weekday factors times several smoothed levels, mixed by how well each did.',
    },
    EXPONENTIAL_SMOOTHING: { description: 'Simple exponential smoothing.' },
    SEASONAL_NAIVE: { description: 'The same weekday of last week.' },
    TSB: { description: 'Teunter, Syntetos and Babai: smoothed probability of a sale times smoothed size.' },
    SBA: { description: 'Syntetos and Boylan’s correction of Croston’s method.' },
    MOVING_AVERAGE: { description: 'Mean of the last 28 days.' },
  } as const,
});

/** Pattern of demand. */
export const DemandClass = builder.enumType('DemandClass', {
  description: `Pattern of demand: how often, and how unevenly. ${mayGrow}`,
  values: {
    SMOOTH: { description: 'Often and evenly.' },
    ERRATIC: { description: 'Often and unevenly.' },
    INTERMITTENT: { description: 'Seldom and evenly.' },
    LUMPY: { description: 'Seldom and unevenly.' },
  } as const,
});

/** Class by value. */
export const AbcClass = builder.enumType('AbcClass', {
  description: 'Class by margin of the last 365 days (revenue where the cost is unknown).',
  values: {
    A: { description: 'The few items that bring up to 80 %.' },
    B: { description: 'The next, up to 95 %.' },
    C: { description: 'The rest.' },
  } as const,
});

/** Class by steadiness. */
export const XyzClass = builder.enumType('XyzClass', {
  description: 'Class by steadiness of weekly demand over 26 weeks.',
  values: {
    X: { description: 'Steady: coefficient of variation up to 0.5.' },
    Y: { description: 'Up to 1.' },
    Z: { description: 'Erratic: above 1.' },
  } as const,
});

/** Band of a health score. */
export const HealthBandEnum = builder.enumType('HealthBand', {
  description: 'How good a health score is.',
  values: {
    GOOD: { description: '80 and more.' },
    FAIR: { description: '60 to below 80.' },
    POOR: { description: '40 to below 60.' },
    CRITICAL: { description: 'Below 40.' },
  } as const,
});

/** What should happen first. */
export const UrgencyTierEnum = builder.enumType('UrgencyTier', {
  description: `What should happen, most urgent first; OUT, WILL_RUN_OUT and ORDER_NOW are ranked together by money. ${mayGrow}`,
  values: {
    SOURCE: {
      description:
        'The data cannot be believed: held back as implausible, not confirmed for 30 hours, or its source not read lately, failing or cut off. Check it first.',
    },
    OUT: { description: 'Nothing is left, somebody wants it and nothing arrives today.' },
    WILL_RUN_OUT: { description: 'Will be empty before an ordinary order could arrive.' },
    ORDER_NOW: { description: 'The latest day to order has come.' },
    ORDER_SOON: { description: 'It comes before the next chance but one.' },
    RECORD: { description: 'Negative or phantom stock, overdue inbound: count or chase.' },
    EXCESS: { description: 'More than the coming 90 days are likely to need, or dead.' },
    OK: { description: 'Nothing to do.' },
  } as const,
});
