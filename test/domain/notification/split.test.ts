import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareFacts, composeLine, type MessageLine } from '../../../src/domain/notification/message.ts';
import { boundMessage, fitMentions, splitIntoMessages } from '../../../src/domain/notification/split.ts';

const at = new Date('2026-03-10T10:00:00Z');
const room = { messageBytes: 4_096, locale: 'zh-CN', dashboardUrl: null, mentionBytes: 0 } as const;
const boss = { name: '老板', role: 'OWNER', address: null, userId: 'boss-1' } as const;
const wang = { name: '王芳', role: 'BUYER', address: '13800138000', userId: null } as const;

function line(sku: string, changes: Partial<MessageLine> = {}): MessageLine {
  const facts = {
    ...({
      alertId: sku,
      kind: 'LOW_STOCK',
      state: 'FIRING',
      severity: 'WARNING',
      cause: 'EVENT',
      sku,
    } as const),
    ...{ itemTitle: '青瓷茶杯', unit: '件', warehouseName: '义乌仓', shopName: null, available: '3' },
    ...{
      threshold: '10',
      incoming: null,
      openedAt: at,
      changedAt: at,
      timeZone: 'Asia/Shanghai',
      ...changes,
    },
  };
  return { ...facts, text: composeLine(facts, 'zh-CN') };
}

describe('lines are divided', () => {
  it('when they do not fit, in order, none lost', () => {
    expect(splitIntoMessages('WECOM', [line('a'), line('b')], room)).toEqual([[0, 1]]);
    const many = Array.from({ length: 200 }, (_one, index) => line(`S-${index}`)).sort(compareFacts);
    const parts = splitIntoMessages('WECOM', many, room);
    expect(parts.flat()).toEqual(many.map((_one, index) => index));
    expect(parts.length).toBe(3);
    // Smaller messages, more of them; a longer address costs room in each.
    expect(splitIntoMessages('WECOM', many, { ...room, messageBytes: 2_048 }).length).toBeGreaterThan(
      parts.length,
    );
    const dashboardUrl = `https://${'s'.repeat(900)}.example.com`;
    expect(splitIntoMessages('WECOM', many, { ...room, dashboardUrl }).length).toBeGreaterThan(parts.length);
  });

  it('by bytes, not by characters: Chinese titles make more messages', () => {
    const lines = (itemTitle: string) =>
      Array.from({ length: 120 }, (_one, index) => line(`S-${index}`, { itemTitle }));
    const [chinese, latin] = ['青'.repeat(30), 'q'.repeat(30)].map(lines);
    expect(splitIntoMessages('WECOM', chinese!, room).length).toBeGreaterThan(
      splitIntoMessages('WECOM', latin!, room).length,
    );
  });

  it('never: an SMS is one sentence about all', () => {
    const many = Array.from({ length: 500 }, (_one, index) => line(`S-${index}`));
    expect(splitIntoMessages('SMS', many, room)).toEqual([many.map((_one, index) => index)]);
  });

  it('each line once, whatever goods are called', () => {
    const kinds = fc.constantFrom(
      'DINGTALK' as const,
      'WECOM' as const,
      'FEISHU' as const,
      'EMAIL' as const,
      'WEBHOOK' as const,
      'INBOX' as const,
    );
    const titles = fc.array(fc.string({ unit: 'grapheme', maxLength: 100 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(kinds, titles, (kind, all) => {
        const lines = all.map((itemTitle, index) => line(`S-${index}`, { itemTitle }));
        const parts = splitIntoMessages(kind, lines, { ...room, messageBytes: 2_048 });
        expect(parts.flat()).toEqual(lines.map((_one, index) => index));
      }),
      { numRuns: 40 },
    );
  });
});

describe('mentions', () => {
  it('take room, and no more than a quarter of a message', () => {
    expect(fitMentions('WECOM', [boss], 4_096)).toEqual({ recipients: [boss], bytes: 10 });
    const hundred = Array.from({ length: 100 }, (_one, index) => ({
      ...boss,
      userId: `${'u'.repeat(90)}${index}`,
    }));
    for (const kind of ['DINGTALK', 'WECOM', 'FEISHU'] as const) {
      const { recipients, bytes } = fitMentions(kind, hundred, 20_000);
      expect(bytes).toBeLessThanOrEqual(5_000);
      expect(recipients.length).toBeGreaterThan(10);
      expect(recipients.length).toBeLessThan(100);
    }
    expect(fitMentions('EMAIL', hundred, 20_000).recipients).toHaveLength(100);
  });

  it('by mobile number make a WeCom message a text, which takes half', () => {
    expect(boundMessage('WECOM', [wang], 4_096)).toBe(2_048);
    expect(boundMessage('WECOM', [boss], 4_096)).toBe(4_096);
    expect(boundMessage('DINGTALK', [wang], 20_000)).toBe(20_000);
  });
});
