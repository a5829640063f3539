import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Channels } from '../../src/connectors/channel.ts';
import { lenientChannels } from '../connectors/channels/rig.ts';
import {
  addChannel,
  addRoute,
  deliveriesOf,
  notifyPorts,
  notifyWorld,
  openAlerts,
  until,
  whileNotifying,
} from '../pipeline/notify-rig.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type MailDouble, startMailServer } from '../support/mail-server.ts';
import { type RobotServer, robotSettings, startRobotServer } from '../support/robot-server.ts';

/** Seconds that a minute of the robots' limits lasts: 60 = as they are, less = the same storm in less time. */
const minuteSeconds = Number(process.env.STORM_MINUTE_SECONDS ?? 6);
const alertCount = 5_000;
const owner = { name: '老板', role: 'OWNER', address: 'boss@example.com', userId: null } as const;

let test: TestDatabase;
let robots: RobotServer;
let mail: MailDouble;
let channels: Channels;
beforeAll(async () => {
  test = await createTestDatabase();
  robots = await startRobotServer({
    minuteMs: minuteSeconds * 1_000,
    secondMs: (minuteSeconds * 1_000) / 60,
    blockMs: minuteSeconds * 10_000,
  });
  mail = await startMailServer();
  channels = lenientChannels(robots, mail.url, { minuteSeconds });
});
afterAll(async () => {
  await channels.close();
  await robots[Symbol.asyncDispose]();
  await mail.stop();
  await test.drop();
});

it(`${alertCount} alerts at once: no refused message, every alert in one that was taken`, async () => {
  const world = await notifyWorld(test);
  const started = Date.now();
  world.clock.now = () => new Date(world.clock.at.getTime() + Date.now() - started);
  const settings = robotSettings(robots);
  const ids = [
    await addChannel(test, world, channels, 'DINGTALK', settings.DINGTALK),
    await addChannel(test, world, channels, 'WECOM', settings.WECOM),
    await addChannel(test, world, channels, 'FEISHU', settings.FEISHU),
    await addChannel(test, world, channels, 'WEBHOOK', settings.WEBHOOK),
    await addChannel(test, world, channels, 'EMAIL', { from: 'alerts@shop.example.com' }, [owner]),
  ];
  await addRoute(test, world, ids);
  const ports = { ...notifyPorts(test, world, channels), dashboardUrl: 'https://stock.example.com' };
  await whileNotifying(ports, async () => {
    for (let count = 0; count < alertCount; count += 500) await openAlerts(test, world, 500);
    await until(
      () => deliveriesOf(test, world),
      (found) =>
        found.every(({ state }) => state !== 'QUEUED') &&
        found.reduce((sum, { notice_count }) => sum + notice_count, 0) === alertCount * ids.length,
      1_500_000,
    );
  });
  const told = await test.sql`
    select c.kind, count(distinct n.alert_id)::int as alerts, count(distinct d.delivery_id)::int as messages,
           count(distinct d.delivery_id) filter (where d.digest <> 'NONE')::int as digests,
           round(percentile_cont(0.5) within group (order by extract(epoch from d.finished_at - n.changed_at))::numeric, 2)::text as p50_s,
           round(percentile_cont(0.99) within group (order by extract(epoch from d.finished_at - n.changed_at))::numeric, 2)::text as p99_s
    from notification_notice n
    join notification_delivery d on d.delivery_id = n.delivery_id and d.state = 'SENT'
    join notification_channel c on c.channel_id = d.channel_id
    group by 1 order by 1`;
  const refused = robots.refused().map(({ robot, code }) => [robot, code]);
  console.info(
    `storm of ${alertCount} alerts, a minute of the limits = ${minuteSeconds} s, refused: ${refused.length}`,
  );
  console.table(told.map((row) => ({ ...row })));
  expect(refused).toEqual([]);
  expect(told.map(({ alerts }) => alerts)).toEqual(ids.map(() => alertCount));
});
