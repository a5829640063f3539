import type { BacktestRequest } from '../domain/plan/backtest-request.ts';
import type { BacktestSums } from '../domain/plan/policy-backtest-sum.ts';
import { builder } from './builder.ts';
import type { LocaleName } from './context.ts';
import { Locale } from './enums.ts';

const texts = {
  CENSORED_DEMAND: {
    en: 'On {count} counted level-days the goods were really out of stock: demand then is only a lower bound, so the fill rate is too rosy and lost units are too few.',
    'zh-CN': '有 {count} 个计入的商品日当时实际缺货：当日需求只是下限，因此满足率偏乐观，缺货损失偏少。',
  },
  NO_HISTORY: {
    en: '{count} levels have no demand on record and were left out.',
    'zh-CN': '{count} 个库存水位没有需求记录，未参与回测。',
  },
  SHORT_HISTORY: {
    en: '{count} levels have less than 28 days of history before the window, or no day after the first arrival, and were left out.',
    'zh-CN': '{count} 个库存水位在区间之前不足 28 天历史，或首次到货之后没有可计入的日子，未参与回测。',
  },
  FAULT: {
    en: '{count} levels could not be replayed and were left out.',
    'zh-CN': '{count} 个库存水位无法回测，未参与。',
  },
  COST_UNKNOWN: {
    en: '{count} levels have no known cost and no part in stock values.',
    'zh-CN': '{count} 个库存水位没有成本，未计入库存金额。',
  },
  RECORDS_AS_CORRECTED: {
    en: 'Demand and stock of past days are as they are on record now, later corrections included.',
    'zh-CN': '过去各日的需求与库存按目前的记录计算，包含事后更正。',
  },
  LEAD_TIME_FIXED: {
    en: 'At {count} levels every order arrives after the mean lead time, exactly: a person set it, or fewer than five receipts were on record before the window. Elsewhere orders take as long as those receipts did, in turn.',
    'zh-CN':
      '有 {count} 个库存水位的每笔订货恰好在平均补货提前期后到货：补货提前期由人设定，或区间之前的收货记录不足 5 次。其他库存水位依次采用这些收货的实际补货提前期。',
  },
  START_WITHOUT_INBOUND: {
    en: 'What was on its way at the beginning is left out, and days until the first order can arrive are not counted.',
    'zh-CN': '期初在途不计；首笔订货到货之前的日子不计入。',
  },
  OWN_HISTORY_ONLY: {
    en: 'Forecasts were made as of each day from the level’s own history alone, without promotions, overrides and group factors, which were learnt later.',
    'zh-CN': '各日预测仅用该库存水位当时的历史，不含促销、人工预测与事后学得的类目因子。',
  },
} as const;

type CaveatCode = keyof typeof texts;

/** Something to keep in mind with a backtest. */
export interface Caveat {
  readonly code: CaveatCode;
  readonly count: number | null;
}

/** What is to be kept in mind with these sums. */
export function caveatsOf(request: BacktestRequest, sums: BacktestSums): Caveat[] {
  const counted: readonly (readonly [CaveatCode, number])[] = [
    ['CENSORED_DEMAND', sums.censoredDays],
    ['NO_HISTORY', sums.skipped.NO_HISTORY],
    ['SHORT_HISTORY', sums.skipped.SHORT_HISTORY],
    ['FAULT', sums.skipped.FAULT],
    ['COST_UNKNOWN', sums.costlessLevels],
    ['LEAD_TIME_FIXED', sums.fixedLeadLevels ?? sums.levels],
  ];
  const always: readonly CaveatCode[] = [
    'RECORDS_AS_CORRECTED',
    'START_WITHOUT_INBOUND',
    ...(request.policy.method === 'SERVICE_LEVEL' ? (['OWN_HISTORY_ONLY'] as const) : []),
  ];
  return [
    ...counted.filter(([, count]) => count > 0).map(([code, count]) => ({ code, count })),
    ...always.map((code) => ({ code, count: null })),
  ];
}

/** A caveat in words. */
export function caveatText({ code, count }: Caveat, locale: LocaleName): string {
  return texts[code][locale].replace('{count}', String(count ?? 0));
}

const CaveatCodeEnum = builder.enumType('PolicyBacktestCaveatCode', {
  description: 'What is to be kept in mind. New values may be added: show `text` for unknown ones.',
  values: Object.fromEntries(
    Object.entries(texts).map(([code, words]) => [
      code,
      { description: words.en.replace('{count}', words.en.startsWith('{') ? 'Some' : 'some') },
    ]),
  ) as Record<CaveatCode, { description: string }>,
});

/** A caveat of a backtest. */
export const PolicyBacktestCaveat = builder.objectRef<Caveat>('PolicyBacktestCaveat').implement({
  description: 'Something to keep in mind with the figures.',
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    code: t.field({ type: CaveatCodeEnum, description: 'Decide by this.', resolve: ({ code }) => code }),
    count: t.int({
      nullable: true,
      description: 'How many level-days or levels it is about; null = it holds for the whole.',
      resolve: ({ count }) => count,
    }),
    text: t.string({
      description: 'For people.',
      args: { locale: t.arg({ type: Locale, description: 'Language; null = that of the request.' }) },
      resolve: (caveat, { locale }, context) => caveatText(caveat, locale ?? context.viewer.locale),
    }),
  }),
});
