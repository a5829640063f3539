import { describe, expect, it } from 'vitest';
import type { NoticeFacts } from '../../../src/domain/notification/message.ts';
import { listNumbers, showQuantity } from '../../../src/domain/notification/numbers.ts';

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
    ['nothing on its way', { incoming: '0' }, ['可用 3 件', '警戒线 10 件']],
    [
      'nothing left: the line of zero is not worth telling',
      { kind: 'OUT_OF_STOCK', available: '0', threshold: '0' },
      ['可用 0 件', '在途 240 件'],
    ],
    ['a position holds what is on its way', { kind: 'REORDER_DUE' }, ['库存头寸 3 件', '再订货点 10 件']],
    ['too much', { kind: 'OVERSTOCK' }, ['可用 3 件', '上限 10 件']],
    ['a difference', { kind: 'LISTING_MISMATCH' }, ['相差 3 件', '允许相差 10 件']],
    [
      'a probability',
      { kind: 'STOCK_OUT_PREDICTED', available: '0.935', threshold: '0.5' },
      ['断货概率 94%', '警戒概率 50%'],
    ],
    [
      'a prediction without a line',
      { kind: 'STOCK_OUT_PREDICTED', threshold: null },
      ['可用 3 件', '在途 240 件'],
    ],
    ['a source', { kind: 'SOURCE_STALE', available: null, threshold: null }, []],
  ])('%s', (_name, changes, numbers) => {
    expect(told(changes)).toEqual(numbers);
  });
});
