import { collectLevelFlags } from '../domain/plan/level-flags.ts';
import { builder } from './builder.ts';
import { loadOpenedPlan } from './level-plan.ts';
import { StockLevel } from './refs.ts';

interface Flag {
  readonly code: string;
}

const meanings: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  NO_HISTORY: [
    '没有任何需求记录：没有预测，而不是预测为零',
    'Nothing is on record: no forecast, which is not a forecast of 0',
  ],
  NO_DEMAND: ['从未售出', 'Never sold'],
  SHORT_HISTORY: [
    '记录不足八周：参照同类新品',
    'Fewer than eight weeks on record: leans on new items of its group',
  ],
  DEAD_STOCK: ['有货但 180 天未售出', 'In stock and not sold for 180 days'],
  PHANTOM_STOCK: ['账面有货却久未售出，请盘点', 'On record and unsold for too long to be chance: count it'],
  CENSORED_DAYS: ['缺货日视为需求未知', 'Days without stock count as unknown demand'],
  CENSORING_UNKNOWN: ['没有库存记录：销量即视为需求', 'No stock on record: sales are taken for demand'],
  CLOSED_WEEKDAY: ['仓库每周有固定休息日', 'The warehouse is closed on a weekday'],
  NEGATIVE_CLIPPED: ['负的日需求按零计', 'Negative days count as 0'],
  OUTLIER_CLIPPED: ['一次性大单已削减', 'A one-off bulk order was cut down'],
  FRACTIONAL: ['数量含小数', 'Quantities have decimals'],
  PROMOTION: ['计入促销', 'Promotions are in it'],
  MARKET_INDEX: ['计入市场指数', 'A market index is in it'],
  MANUAL_OVERRIDE: ['部分日期由人工给定', 'Some days are a person’s word'],
  NEGATIVE_STOCK: ['可用量为负：欠货或记录有误', 'Less than nothing available: owed, or a record error'],
  INBOUND_OVERDUE: ['有逾期未到的在途', 'Inbound is past its day'],
  DELISTED: [
    '店铺内该商品的链接均已下架：下架期间的需求未知',
    'Every offer of it is gone from the shop: demand since then is not known',
  ],
  DEMAND_STALE: [
    '前一天的订单或出库尚未读到，未计入',
    'Orders or shipments of the day before were not read yet and are not in it',
  ],
  LEAD_TIME_DEFAULTED: ['补货提前期未知，按 14 天计', 'The lead time is not known: 14 days'],
};

const PlanFlag = builder.objectRef<Flag>('PlanFlag').implement({
  description: 'Something special about a level, for which planning took a stated default.',
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    code: t.exposeString('code', {
      description: `${Object.entries(meanings)
        .map(([code, [, en]]) => `${code}: ${en}`)
        .join('. ')}. More may be added.`,
    }),
    text: t.string({
      description: 'The same in words, in the request’s language.',
      resolve: ({ code }, _args, context) => {
        const [zh, en] = meanings[code] ?? [code, code];
        return context.viewer.locale === 'zh-CN' ? zh : en;
      },
    }),
  }),
});

builder.objectField(StockLevel, 'planFlags', (t) =>
  t.field({
    type: [PlanFlag],
    description:
      'What was special about this level when it was planned; empty until then, and when nothing was.',
    resolve: async (level, _args, context) => {
      const plan = await loadOpenedPlan(context, level);
      if (plan === null) return [];
      const { facts, row } = plan;
      const idleness = row.isDead ? 'DEAD' : 'SELLING';
      return collectLevelFlags(facts, idleness, row.flags ?? []).map((code) => ({ code }));
    },
  }),
);
