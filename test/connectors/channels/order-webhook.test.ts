import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Channels } from '../../../src/connectors/channel.ts';
import { composeOrderLine, type OrderLine } from '../../../src/domain/notification/order-message.ts';
import { type RobotServer, startRobotServer } from '../../support/robot-server.ts';
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

it('tells approved orders as data and in words', async () => {
  const line: OrderLine = {
    ...{ suggestionId: 's-1', orderId: 'SW-1', supplierName: 'maker', sku: 'A-1', itemTitle: 'Teacup' },
    ...{ warehouseCode: 'NORTH', quantity: '30', unit: 'pcs', unitCost: '4.5' },
    ...{ orderByOn: '2026-03-10', expectedArrivalOn: '2026-03-18' },
  };
  expect(composeOrderLine(line, 'en')).toBe('A-1 Teacup: 30 pcs to NORTH');
  const order = message({ kind: 'ORDERS', title: 't', texts: ['x'], alerts: [], orders: [line] });
  await channels.deliver('WEBHOOK', robotTarget(channels, robots, 'WEBHOOK'), order, forever);
  expect(JSON.parse(robots.taken('webhook')[0]?.body ?? '')).toEqual({
    ...{ id: order.deliveryId, type: 'orders.approved', timestamp: '2026-03-10T04:00:00.000Z' },
    data: { title: 't', orders: [line] },
  });
});
