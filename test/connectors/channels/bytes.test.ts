import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Channels } from '../../../src/connectors/channel.ts';
import { composeMailHtml, composeMailText } from '../../../src/connectors/email-body.ts';
import { utf8Length } from '../../../src/domain/notification/limits.ts';
import {
  compareFacts,
  composeLine,
  composeTitle,
  type MessageLine,
} from '../../../src/domain/notification/message.ts';
import type { ChannelKind, Recipient } from '../../../src/domain/notification/notice.ts';
import { boundMessage, fitMentions, splitIntoMessages } from '../../../src/domain/notification/split.ts';
import { type RobotServer, startRobotServer } from '../../support/robot-server.ts';
import { forever, lenientChannels, message, robotTarget } from './rig.ts';

let robots: RobotServer;
let channels: Channels;
beforeAll(async () => {
  // Bytes are what counts here: the rates of this server never run out.
  robots = await startRobotServer({ minuteMs: 0, secondMs: 0, blockMs: 0 });
  channels = lenientChannels(robots);
});
afterAll(async () => {
  await channels.close();
  await robots[Symbol.asyncDispose]();
});

const dashboardUrl = 'https://stock.shop.example.com/水位';
const kinds = ['LOW_STOCK', 'OUT_OF_STOCK', 'SOURCE_STALE', 'REORDER_DUE'];

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.constantFrom('"""""""""""""""""\\\\\\', '<<<<<<<<<<<<>>>>>>>>>>>&&&&&&', '青'.repeat(200), '#*`@[]('),
);
const lines = fc
  .array(
    fc.record(
      {
        kind: fc.constantFrom(...kinds),
        state: fc.constantFrom('FIRING', 'RESOLVED'),
        severity: fc.constantFrom('CRITICAL' as const, 'WARNING' as const, 'INFO' as const),
        cause: fc.constantFrom('EVENT' as const, 'REPEAT' as const, 'ESCALATION' as const),
        sku: fc.option(text),
        itemTitle: fc.option(text),
        unit: fc.constantFrom('件', '套', null),
        warehouseName: fc.option(text),
        shopName: fc.option(text),
        available: fc.constantFrom('3', '1234567.50', null),
        threshold: fc.constantFrom('10', '1234567.50', null),
        incoming: fc.constantFrom('10', null),
        order: fc.constant({ quantity: '1234567.5000', byOn: '2026-12-31' }),
      },
      {
        requiredKeys: [
          'kind',
          'state',
          'severity',
          'cause',
          'sku',
          'itemTitle',
          'unit',
          'warehouseName',
          'shopName',
          'available',
          'threshold',
          'incoming',
        ],
      },
    ),
    { minLength: 1, maxLength: 150, size: 'max' },
  )
  .map((all) =>
    all.map((one, index): MessageLine => toLine({ ...message().alerts[0]!, ...one, alertId: `${index}` })),
  );
const recipients: fc.Arbitrary<Recipient[]> = fc.array(
  fc.record({
    name: fc.string(),
    role: fc.constant(null),
    address: fc.option(fc.constant('13800138000')),
    userId: fc.option(fc.stringMatching(/^[\w.@-]{1,100}$/)),
  }),
  { maxLength: 100, size: 'max' },
);

/** Many short lines: what stands around them weighs most. One heading for all, and one for each. */
const short = (isOnePlace: boolean) =>
  Array.from({ length: 700 }, (_one, index) =>
    toLine({
      ...message().alerts[0]!,
      ...{ alertId: `${index}`, sku: `S${index}`, itemTitle: null, threshold: null },
      warehouseName: isOnePlace ? 'W' : `W${index}`,
    }),
  );
const examples: [MessageLine[], Recipient[]][] = [
  [short(true), []],
  [short(false), []],
];

function toLine(line: MessageLine): MessageLine {
  return { ...line, text: composeLine(line, 'zh-CN') };
}

/** Parts of a message as the pipeline makes them, with those whom the first one mentions. */
function divide(kind: ChannelKind, all: readonly MessageLine[], called: readonly Recipient[]) {
  const platform = { DINGTALK: 20_000, WECOM: 4_096, FEISHU: 20_000, EMAIL: 100_000, WEBHOOK: 20_000 };
  const messageBytes = boundMessage(kind, called, platform[kind as keyof typeof platform]);
  const fitting = fitMentions(kind, called, messageBytes);
  const sorted = [...all].sort(compareFacts);
  const room = { messageBytes, locale: 'zh-CN', dashboardUrl, mentionBytes: fitting.bytes } as const;
  const parts = splitIntoMessages(kind, sorted, room);
  return {
    messageBytes,
    recipients: fitting.recipients,
    messages: parts.map((positions, index) => {
      const alerts = positions.map((position) => sorted[position]!);
      const part = { number: index + 1, count: parts.length };
      return message({
        alerts,
        dashboardUrl,
        title: composeTitle(alerts, 'zh-CN', part),
        texts: alerts.map((line) => line.text),
      });
    }),
  };
}

describe('whatever goods and people are called, a message fits', () => {
  it.each(['DINGTALK', 'WECOM', 'FEISHU', 'WEBHOOK'] as const)('%s takes it', async (kind) => {
    await fc.assert(
      fc.asyncProperty(lines, recipients, async (all, called) => {
        robots.seen.length = 0;
        const divided = divide(kind, all, called);
        for (const one of divided.messages) {
          const target = robotTarget(channels, robots, kind, {}, [...divided.recipients]);
          await channels.deliver(kind, target, one, forever);
        }
        expect(robots.refused()).toEqual([]);
        for (const { bytes } of robots.seen) expect(bytes).toBeLessThanOrEqual(20_000);
        // The link stands at the end: nothing was cut away to make it fit.
        for (const { body } of robots.seen) expect(body).toContain(`${dashboardUrl}/`);
      }),
      { numRuns: 25, examples },
    );
  });

  it('a mail stays short enough that mail programs show all of it', () => {
    fc.assert(
      fc.property(lines, (all) => {
        for (const one of divide('EMAIL', all, []).messages) {
          expect(utf8Length(composeMailHtml(one)) + utf8Length(composeMailText(one))).toBeLessThanOrEqual(
            100_000,
          );
        }
      }),
      { numRuns: 25, examples: examples.map(([all]) => [all]) },
    );
  });
});
