import { describe, expect, it } from 'vitest';
import type { NoticeFacts } from '../../../src/domain/notification/message.ts';
import { adviseOrder, listNumbers, showQuantity } from '../../../src/domain/notification/numbers.ts';

const at = new Date('2026-03-10T10:00:00Z');
const facts: NoticeFacts = {
  ...{ alertId: 'a', kind: 'LOW_STOCK', state: 'FIRING', severity: 'WARNING', cause: 'EVENT', sku: 'A-1' },
  ...{
    itemTitle: null,
    unit: '件',
    warehouseName: '义乌仓',
    shopName: null,
    available: '3.00',
    threshold: '10',
  },
  ...{ incoming: '240', openedAt: at, changedAt: at, timeZone: 'Asia/Shanghai' },
};
const source = { sku: null, available: null, threshold: null, incoming: null } as const;
const told = (changes: Partial<NoticeFacts>) =>
  listNumbers({ ...facts, ...changes }, 'zh-CN').map(({ name, value }) => `${name} ${value}`);

describe('quantities', () => {
  it.each([
    ['12000.500', '件', '12,000.5 件'],
    ['3.00', '件', '3 件'],
    ['1000000', null, '1,000,000'],
    ['-1234', '', '-1,234'],
    ['0', '套', '0 套'],
    ['100', '个', '100 个'],
  ])('%s %s is read as %s', (decimal, unit, text) => {
    expect(showQuantity(decimal, unit)).toBe(text);
  });
});

describe('the numbers of an alert', () => {
  it.each<[string, Partial<NoticeFacts>, string[]]>([
    ['low stock', {}, ['可用 3 件', '警戒线 10 件', '在途 240 件']],
    [
      'a computed line, to the unit',
      { threshold: '10.657583', incoming: null },
      ['可用 3 件', '警戒线 10 件'],
    ],
    [
      'a computed line of what is cut to length',
      { available: '10.50', threshold: '10.657583', unit: '米', incoming: null },
      ['可用 10.5 米', '警戒线 10.65 米'],
    ],
    ['nothing on its way', { incoming: '0' }, ['可用 3 件', '警戒线 10 件']],
    [
      'nothing left: the line of zero is not worth telling',
      { kind: 'OUT_OF_STOCK', available: '0', threshold: '0' },
      ['可用 0 件', '在途 240 件'],
    ],
    ['a position holds what is on its way', { kind: 'REORDER_DUE' }, ['库存位置 3 件', '再订货点 10 件']],
    ['too much', { kind: 'OVERSTOCK' }, ['可用 3 件', '上限 10 件']],
    ['a pool that differs', { kind: 'LISTING_MISMATCH' }, ['在售 3 件', '实物 10 件']],
    [
      'a prediction',
      {
        kind: 'STOCK_OUT_PREDICTED',
        threshold: null,
        figures: { stock_out_probability: '0.935', units_per_day: '1.2' },
      },
      ['可用 3 件', '在途 240 件', '断货风险 94%', '可售 2.5 天'],
    ],
    [
      'how long it lasts, and how long more would take',
      { figures: { units_per_day: '0.25', lead_time_days: '7' } },
      ['可用 3 件', '警戒线 10 件', '在途 240 件', '可售 12 天', '补货提前期 7 天'],
    ],
    [
      'nothing left lasts no time, but is wanted',
      {
        kind: 'OUT_OF_STOCK',
        available: '0',
        incoming: null,
        figures: { units_per_day: '12.6', lead_time_days: '7.5' },
      },
      ['可用 0 件', '日均需求 13 件', '补货提前期 7.5 天'],
    ],
    [
      'an order is due too: the alert speaks for the one that would say so',
      { incoming: null, figures: { inbound_due: '7', reorder_point: '10' } },
      ['可用 3 件', '警戒线 10 件', '补货建议 应下单'],
    ],
    [
      'what is on its way is enough',
      { figures: { inbound_due: '7.5', reorder_point: '10' } },
      ['可用 3 件', '警戒线 10 件', '在途 240 件', '补货建议 在途已够'],
    ],
    [
      'an order that is due itself says so by its name',
      { kind: 'REORDER_DUE', figures: { inbound_due: '0', reorder_point: '10' } },
      ['库存位置 3 件', '再订货点 10 件'],
    ],
    [
      'how much to order and by when',
      { kind: 'REORDER_DUE', order: { quantity: '1200.00', byOn: '2026-03-12' } },
      ['库存位置 3 件', '再订货点 10 件', '补货建议 应下单 1,200 件，最迟 3月12日'],
    ],
    [
      'the same of an alert that speaks for it, also before planning has followed',
      { incoming: null, order: { quantity: '120', byOn: null } },
      ['可用 3 件', '警戒线 10 件', '补货建议 应下单 120 件'],
    ],
    [
      'what is on its way is enough, whatever was suggested before',
      {
        figures: { inbound_due: '240', reorder_point: '10' },
        order: { quantity: '120', byOn: null },
      },
      ['可用 3 件', '警戒线 10 件', '在途 240 件', '补货建议 在途已够'],
    ],
    [
      'nothing to order of what is near only: told by the threshold, not by where near begins',
      {
        kind: 'APPROACHING',
        available: '11',
        threshold: '12',
        incoming: null,
        figures: { safety_stock: '10' },
        order: { quantity: '120', byOn: null },
      },
      ['可用 11 件', '警戒线 10 件'],
    ],
    [
      'what is over needs no outlook',
      {
        state: 'RESOLVED',
        order: { quantity: '120', byOn: null },
        figures: { units_per_day: '1', lead_time_days: '7' },
      },
      ['可用 3 件', '警戒线 10 件', '在途 240 件'],
    ],
    [
      'a source that is not read',
      { ...source, kind: 'SOURCE_STALE', figures: { minutes_since_reading: '1095', minutes_allowed: '60' } },
      ['距上次读数 1,095 分钟'],
    ],
    [
      'a source that is doubted',
      { ...source, kind: 'SOURCE_SUSPECT', figures: { held_readings: '120', levels: '200' } },
      ['可疑读数 120 / 200'],
    ],
    [
      'a source that fails',
      { ...source, kind: 'SYNC_FAILED', figures: { failed_readings: '5' } },
      ['连续失败 5 次'],
    ],
    ['a source of which nothing is known', { ...source, kind: 'SOURCE_STALE' }, []],
  ])('%s', (_name, changes, numbers) => {
    expect(told(changes)).toEqual(numbers);
  });

  it('judges in decimals, as the alert itself: 0.1 and 0.2 due reach a line of 0.3', () => {
    const figures = { inbound_due: '0.2', reorder_point: '0.3' };
    expect(adviseOrder({ ...facts, available: '0.1', figures }, 'en')).toBe('order now');
  });

  it('repeats the example: how much to order, in English', () => {
    const due = { ...facts, kind: 'REORDER_DUE' };
    expect(adviseOrder({ ...due, order: { quantity: '120', byOn: '2026-03-12' } }, 'en')).toBe(
      'order 120 件 by 12 Mar',
    );
    expect(adviseOrder({ ...due, order: { quantity: '120', byOn: null } }, 'en')).toBe('order 120 件 now');
    expect(adviseOrder(due, 'en')).toBeNull();
  });

  it('in English', () => {
    const figures = { units_per_day: '3', lead_time_days: '1' };
    expect(listNumbers({ ...facts, figures }, 'en').map(({ name, value }) => `${name} ${value}`)).toEqual([
      ...['available 3 件', 'threshold 10 件', 'incoming 240 件', 'lasts 1 day', 'lead time 1 day'],
    ]);
  });
});
