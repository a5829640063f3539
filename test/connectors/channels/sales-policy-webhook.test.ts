import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Channels } from '../../../src/connectors/channel.ts';
import type { PolicyChangeLine } from '../../../src/domain/notification/sales-policy-message.ts';
import { type RobotServer, robotSettings, startRobotServer } from '../../support/robot-server.ts';
import { forever, lenientChannels, message, robotTarget } from './rig.ts';

let robots: RobotServer;
let channels: Channels;
beforeAll(async () => {
  robots = await startRobotServer();
  channels = lenientChannels(robots);
});
afterAll(async () => {
  await channels.close();
  await robots[Symbol.asyncDispose]();
});

it('tells changes of sales policies as data, signed over id, time and body', async () => {
  const change: PolicyChangeLine = {
    ...{ cursor: 'c-1', changeId: 'x-1', itemId: 'i-1', sku: 'A-1', itemTitle: '茶杯' },
    state: 'STOP_PROMOTION',
    previousState: 'NORMAL',
    available: '0',
    daysToStockOut: null,
    occurredAt: new Date('2026-03-10T04:00:00Z'),
  };
  const policies = message({
    kind: 'SALES_POLICIES',
    title: 't',
    texts: ['x'],
    alerts: [],
    policies: [change],
  });
  await channels.deliver('WEBHOOK', robotTarget(channels, robots, 'WEBHOOK'), policies, forever);
  const [seen] = robots.taken('webhook');
  const body = seen?.body ?? '';
  expect(JSON.parse(body)).toEqual({
    ...{ id: policies.deliveryId, type: 'sales_policies.changed', timestamp: '2026-03-10T04:00:00.000Z' },
    data: { title: 't', policies: [{ ...change, occurredAt: '2026-03-10T04:00:00.000Z' }] },
  });
  const secret = robotSettings(robots).WEBHOOK.signSecret;
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : secret;
  const signed = `${policies.deliveryId}.${String(seen?.headers['webhook-timestamp'])}.${body}`;
  const signature = createHmac('sha256', key).update(signed).digest('base64');
  expect(seen?.headers['webhook-signature']).toBe(`v1,${signature}`);
});
