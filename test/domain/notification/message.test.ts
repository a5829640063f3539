import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bucketWithin,
  channelLimits,
  cutToBytes,
  splitIntoMessages,
  toMarkdownText,
  utf8Length,
} from '../../../src/domain/notification/limits.ts';
import { composeLine, composeTitle, type NoticeFacts } from '../../../src/domain/notification/message.ts';
import { isMobile } from '../../../src/domain/notification/recipient.ts';

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
  openedAt: at,
  changedAt: at,
};

describe('texts', () => {
  it('in both languages', () => {
    expect(composeLine(facts, 'zh-CN')).toBe('【严重】库存偏低 A-1 青瓷茶杯 @ 义乌仓：可用 3 件，阈值 10 件');
    expect(composeLine(facts, 'en')).toBe(
      '[Critical] Low stock A-1 青瓷茶杯 @ 义乌仓: available 3 件, threshold 10 件',
    );
    expect(composeTitle([facts], 'en', { number: 1, count: 1 })).toBe('Shuiwei: 1 alert, Critical');
    expect(composeTitle([facts, facts], 'zh-CN', { number: 1, count: 2 })).toBe(
      '水位预警：2 条，最高级别严重 (1/2)',
    );
  });

  it('say what is new about it', () => {
    expect(composeLine({ ...facts, state: 'RESOLVED' }, 'zh-CN')).toContain('（已恢复）');
    expect(composeLine({ ...facts, cause: 'REPEAT' }, 'en')).toContain('(reminder)');
    expect(composeLine({ ...facts, cause: 'ESCALATION' }, 'en')).toContain('(nobody has acknowledged)');
  });

  it('of a source name its shop and no numbers', () => {
    const source = { ...facts, kind: 'SOURCE_STALE', sku: null, itemTitle: null, warehouseName: null };
    expect(composeLine({ ...source, shopName: '1号店', available: null, threshold: null }, 'zh-CN')).toBe(
      '【严重】数据源过期 @ 1号店',
    );
  });

  it('stay one line within any channel, whatever goods are called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (itemTitle) => {
        const line = composeLine({ ...facts, itemTitle }, 'zh-CN');
        expect(line).not.toMatch(/[\r\n]/);
        expect(utf8Length(line)).toBeLessThan(600);
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
    expect(toMarkdownText('<@all> [x](y) `z` #1 *b*')).toBe('＜＠all＞ ［x］(y) ｀z｀ ＃1 ＊b＊');
  });

  it('lines are divided in order, none lost, none too long', () => {
    expect(splitIntoMessages('WECOM', ['甲', '乙'], 4_096)).toEqual([[0, 1]]);
    const kinds = fc.constantFrom('DINGTALK' as const, 'WECOM' as const, 'FEISHU' as const);
    const lines = fc.array(fc.string({ unit: 'grapheme', maxLength: 100 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(kinds, lines, (kind, texts) => {
        const { messageBytes } = channelLimits[kind];
        const parts = splitIntoMessages(kind, texts, messageBytes);
        expect(parts.flat()).toEqual(texts.map((_text, index) => index));
        for (const part of parts) {
          const sent = part.map((index) => JSON.stringify(toMarkdownText(texts[index] ?? ''))).join('');
          expect(part.length === 1 || utf8Length(sent) < messageBytes).toBe(true);
        }
      }),
      { numRuns: 50 },
    );
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
