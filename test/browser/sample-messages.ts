import { randomUUID } from 'node:crypto';
import type { ChannelMessage } from '../../src/connectors/channel.ts';
import {
  compareFacts,
  composeLine,
  composeTitle,
  type MessageLine,
  type NoticeFacts,
  worstSeverity,
} from '../../src/domain/notification/message.ts';
import type { MessageLocale } from '../../src/domain/notification/words.ts';

const at = (text: string) => new Date(`2026-11-20T${text}:00+08:00`);

const base: NoticeFacts = {
  alertId: '',
  kind: 'LOW_STOCK',
  state: 'FIRING',
  severity: 'WARNING',
  cause: 'EVENT',
  sku: null,
  itemTitle: null,
  unit: '件',
  warehouseName: '义乌仓',
  shopName: null,
  available: null,
  threshold: null,
  incoming: null,
  openedAt: at('14:05'),
  changedAt: at('14:05'),
  timeZone: 'Asia/Shanghai',
};

/** What a shop could be told of at the end of an afternoon. */
export const afternoon: readonly NoticeFacts[] = [
  {
    ...base,
    ...{ kind: 'OUT_OF_STOCK', severity: 'CRITICAL', sku: 'CF1018-03', available: '0', threshold: '0' },
    ...{ itemTitle: '景德镇青瓷盖碗茶具套装 家用功夫茶 礼盒装 150ml', unit: '套', incoming: '240' },
    figures: { units_per_day: '18.4', lead_time_days: '7', inbound_due: '240', reorder_point: '180' },
  },
  {
    ...base,
    ...{ kind: 'LOW_STOCK', severity: 'CRITICAL', sku: 'YS2207', available: '3', threshold: '40' },
    ...{ itemTitle: '抗UV折叠晴雨伞 黑胶 八骨', unit: '把', cause: 'ESCALATION', openedAt: at('09:40') },
    figures: {
      ...{ units_per_day: '6.5', lead_time_days: '10', stock_out_probability: '0.98' },
      ...{ inbound_due: '0', reorder_point: '110' },
    },
    order: { quantity: '200', byOn: '2026-11-20' },
  },
  {
    ...base,
    ...{ sku: 'TX-088-L', available: '1180', threshold: '1500', incoming: '3000' },
    itemTitle: '纯棉短袖T恤 男女同款 白色 L',
    figures: { units_per_day: '95', lead_time_days: '14' },
  },
  {
    ...base,
    ...{ sku: 'TX-088-XL', available: '960', threshold: '1200' },
    itemTitle: '纯棉短袖T恤 男女同款 白色 XL',
  },
  {
    ...base,
    ...{ kind: 'REORDER_DUE', sku: 'SB-450', available: '310', threshold: '420', unit: '个' },
    ...{ itemTitle: '不锈钢保温杯 450ml', warehouseName: '东莞仓' },
    order: { quantity: '240', byOn: '2026-11-22' },
  },
  {
    ...base,
    ...{
      kind: 'OVERSTOCK',
      severity: 'INFO',
      sku: 'ZB-11',
      available: '5200.5',
      threshold: '3000',
      unit: '米',
    },
    ...{ itemTitle: '提花织带 25mm', cause: 'REPEAT' },
  },
  {
    ...base,
    ...{ kind: 'SOURCE_STALE', warehouseName: null, shopName: '义乌百货 1688 旗舰店', openedAt: at('13:30') },
    figures: { minutes_since_reading: '95' },
  },
  {
    ...base,
    ...{ state: 'RESOLVED', sku: 'LG-20', available: '860', threshold: '300', changedAt: at('15:20') },
    itemTitle: '万向轮拉杆箱 20寸',
  },
];

/** A message as it is sent. */
export function messageOf(facts: readonly NoticeFacts[], locale: MessageLocale): ChannelMessage {
  const alerts: MessageLine[] = [...facts]
    .sort(compareFacts)
    .map((one) => ({ ...one, alertId: randomUUID(), text: composeLine(one, locale) }));
  return {
    deliveryId: '0b5a8c1e-6d2f-4c3a-9e7b-1f0a5d4c2b11',
    kind: 'ALERTS',
    locale,
    severity: worstSeverity(alerts),
    title: composeTitle(alerts, locale, { number: 1, count: 1 }),
    texts: alerts.map(({ text }) => text),
    alerts,
    composedAt: at('16:00'),
    dashboardUrl: 'https://stock.example.com',
  };
}
