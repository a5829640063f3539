import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bucketWithin,
  cutToBytes,
  toMarkdownText,
  utf8Length,
} from '../../../src/domain/notification/limits.ts';
import {
  compareFacts,
  composeLine,
  composeTest,
  composeTitle,
  isOver,
  type NoticeFacts,
  nameItem,
  nameNews,
  toBody,
  toSections,
  worstSeverity,
} from '../../../src/domain/notification/message.ts';
import { isMobile } from '../../../src/domain/notification/recipient.ts';
import { nameSince } from '../../../src/domain/notification/since.ts';
import { linkTo, linkToSuggestions, nameKind, rankKind } from '../../../src/domain/notification/words.ts';

const at = new Date('2026-03-10T10:00:00Z');
const facts: NoticeFacts = {
  alertId: 'a',
  kind: 'LOW_STOCK',
  state: 'FIRING',
  severity: 'CRITICAL',
  cause: 'EVENT',
  sku: 'A-1',
  itemTitle: '青瓷茶杯',
  unit: '件',
  warehouseName: '义乌仓',
  shopName: null,
  available: '3.00',
  threshold: '10',
  incoming: null,
  openedAt: at,
  changedAt: at,
  timeZone: 'Asia/Shanghai',
};

const part = { number: 1, count: 1 };
const resolved: NoticeFacts = { ...facts, alertId: 'b', state: 'RESOLVED' };
const source: NoticeFacts = {
  ...facts,
  ...{ kind: 'SOURCE_STALE', sku: null, itemTitle: null, warehouseName: null, shopName: '1号店' },
  ...{ available: null, threshold: null },
};

describe('texts', () => {
  it('in both languages', () => {
    expect(composeLine(facts, 'zh-CN')).toBe(
      '【紧急】低库存：A-1 青瓷茶杯（义乌仓），可用 3 件，警戒线 10 件',
    );
    expect(composeLine(facts, 'en')).toBe(
      '[Critical] Low stock: A-1 青瓷茶杯 (义乌仓), available 3 件, threshold 10 件',
    );
  });

  it('have a title that tells of one alert what it is, of more how many', () => {
    expect(composeTitle([facts], 'en', part)).toBe('Shuiwei [Critical] Low stock: A-1 青瓷茶杯 (义乌仓)');
    expect(composeTitle([facts], 'zh-CN', part)).toBe('水位预警【紧急】低库存：A-1 青瓷茶杯（义乌仓）');
    const some = [facts, { ...facts, severity: 'WARNING' as const }, facts, resolved];
    expect(composeTitle(some, 'zh-CN', { number: 1, count: 2 })).toBe(
      '水位预警：共 4 条（紧急 2、警告 1、已恢复 1） 1/2',
    );
    expect(composeTitle(some, 'en', part)).toBe('Shuiwei: 4 alerts (2 critical, 1 warning, 1 resolved)');
    expect(composeTitle([resolved], 'zh-CN', part)).toBe('水位预警【已恢复】低库存：A-1 青瓷茶杯（义乌仓）');
  });

  it('name goods, tests and what is worst', () => {
    expect(nameItem(facts)).toBe('A-1 青瓷茶杯');
    expect(composeTest('en', 'ops').title).toBe('Shuiwei test message');
    expect(composeTest('zh-CN', '采购群').text).toBe('渠道“采购群”已接通，水位预警会发到这里。');
    expect(worstSeverity([{ severity: 'WARNING' }, facts])).toBe('CRITICAL');
    expect(worstSeverity([])).toBe('INFO');
    expect(rankKind('OUT_OF_STOCK')).toBe(0);
    expect(nameKind('SOMETHING_NEW', 'en')).toBe('SOMETHING_NEW');
  });

  it('say what is new about it', () => {
    expect(isOver(resolved)).toBe(true);
    expect(nameNews({ ...facts, cause: 'REPEAT' }, 'en')).toBe('reminder');
    expect(composeLine(resolved, 'zh-CN')).toMatch(/^【已恢复】低库存/);
    expect(composeLine({ ...facts, state: 'ACKNOWLEDGED' }, 'zh-CN')).toMatch(/（已有人接手）$/);
    expect(composeLine({ ...facts, cause: 'REPEAT' }, 'en')).toMatch(/ \(reminder\)$/);
    expect(composeLine({ ...facts, cause: 'ESCALATION' }, 'zh-CN')).toMatch(/（无人接手）$/);
  });

  it('of a source name its shop and no numbers', () => {
    expect(composeLine(source, 'zh-CN')).toBe('【紧急】数据源过期：1号店');
    expect(toSections([source], 'en')).toMatchObject([
      { heading: '[Critical] Source is stale', items: ['1号店'] },
    ]);
  });

  it('stand below one heading when severity, kind and place are the same, what costs sales first', () => {
    const out = { ...facts, kind: 'OUT_OF_STOCK', sku: 'A-2', available: '0' };
    const elsewhere = { ...facts, warehouseName: '东莞仓', severity: 'WARNING' as const };
    const sorted = [resolved, elsewhere, facts, out, { ...facts, sku: 'A-3' }].sort(compareFacts);
    expect(toSections(sorted, 'zh-CN').map(({ heading, items }) => [heading, items.length])).toEqual([
      ['【紧急】缺货 · 义乌仓', 1],
      ['【紧急】低库存 · 义乌仓', 2],
      ['【警告】低库存 · 东莞仓', 1],
      ['【已恢复】低库存 · 义乌仓', 1],
    ]);
    expect(toSections([facts], 'zh-CN')[0]?.items).toEqual(['A-1 青瓷茶杯：可用 3 件，警戒线 10 件']);
    expect(toBody([facts], 'zh-CN')[0]?.items).toEqual(['可用 3 件，警戒线 10 件']);
  });

  it('name since when by the clock of the place', () => {
    expect(nameSince(facts, 'zh-CN')).toBe('3月10日 18:00 起');
    expect(nameSince(facts, 'en')).toBe('since 10 Mar, 18:00 GMT+8');
    expect(nameSince({ ...facts, timeZone: 'Mars/Base' }, 'en')).toBe('since 10 Mar, 10:00 UTC');
    expect(nameSince({ ...resolved, timeZone: 'Europe/Berlin' }, 'zh-CN')).toBe('3月10日 GMT+1 11:00 恢复');
  });

  it('lead to an item, whatever its key is', () => {
    expect(linkTo('https://stock.example.com', 'A/1')).toBe('https://stock.example.com/items/A%2F1');
    expect(linkTo('https://stock.example.com', '(甲)')).toBe(
      'https://stock.example.com/items/%28%E7%94%B2%29',
    );
    expect(linkToSuggestions('https://stock.example.com', 'A/1')).toBe(
      'https://stock.example.com/suggestions?sku=A%2F1',
    );
    expect(linkTo('https://stock.example.com', null)).toBe('https://stock.example.com/alerts');
  });

  it('stay one line within any channel, whatever goods are called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (itemTitle) => {
        const line = composeLine({ ...facts, itemTitle }, 'zh-CN');
        expect(line).not.toMatch(/[\r\n]/);
        expect(utf8Length(line)).toBeLessThan(700);
      }),
    );
  });
});

describe('bytes', () => {
  it('are counted, and characters never cut', () => {
    expect(utf8Length('水位')).toBe(6);
    expect(cutToBytes('库存不足', 9)).toBe('库存…');
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 50 }),
        fc.integer({ min: 3, max: 60 }),
        (text, max) => {
          const cut = cutToBytes(text, max);
          expect(utf8Length(cut)).toBeLessThanOrEqual(max);
          expect(cut.isWellFormed()).toBe(text.isWellFormed() || cut.isWellFormed());
        },
      ),
    );
  });

  it('markdown and mentions lose their meaning', () => {
    expect(toMarkdownText('<@all> [x](y) `z` #1 *b*')).toBe('＜＠all＞ [x］(y) ｀z｀ ＃1 ＊b＊');
  });

  it('a mobile number is one of mainland China', () => {
    expect(isMobile('13800138000')).toBe(true);
    expect(isMobile('+8613800138000')).toBe(false);
  });
});

describe('a bucket', () => {
  it('never lets more through than the limit within any window', () => {
    expect(bucketWithin(20, 60)).toEqual({ burst: 2, perSecond: 16 / 60 });
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 5_000 }),
        fc.integer({ min: 1, max: 3_600 }),
        (limit, seconds) => {
          const { burst, perSecond } = bucketWithin(limit, seconds);
          expect(burst).toBeGreaterThanOrEqual(1);
          expect(burst + perSecond * seconds).toBeLessThanOrEqual(limit);
        },
      ),
    );
  });
});
