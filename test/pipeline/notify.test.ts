import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Channels } from '../../src/connectors/channel.ts';
import { prepareMessages } from '../../src/pipeline/notify.ts';
import { buyer, lenientChannels, owner } from '../connectors/channels/rig.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type MailDouble, mailLogin, startMailServer } from '../support/mail-server.ts';
import { type RobotServer, robotSecrets, robotSettings, startRobotServer } from '../support/robot-server.ts';
import {
  addChannel,
  addRoute,
  deliveriesOf,
  moveAlerts,
  type NotifyWorld,
  notifyPorts,
  notifyWorld,
  openAlerts,
  openBeside,
  recordingLog,
  until,
  whileNotifying,
} from './notify-rig.ts';
import { minutes, noon } from './seed.ts';

let test: TestDatabase;
let robots: RobotServer;
let mail: MailDouble;
let channels: Channels;
beforeAll(async () => {
  test = await createTestDatabase();
  robots = await startRobotServer();
  mail = await startMailServer();
  channels = lenientChannels(robots, mail.url);
});
afterAll(async () => {
  await channels.close();
  await mail.stop();
  await robots[Symbol.asyncDispose]();
  await test.drop();
});

const reader = { name: '王芳', role: 'BUYER', address: 'wang@example.com', userId: null } as const;
const chief = { name: 'Li', role: 'OWNER', address: 'li@example.com', userId: null } as const;
const from = { from: 'alerts@shop.example.com' };

const pending = (world: NotifyWorld) =>
  test.sql<{ cause: string; due_reason: string; due_at: Date; cancelled_reason: string | null }[]>`
    select cause, due_reason, due_at, cancelled_reason from notification_notice
    where organization_id = ${world.organizationId} and delivery_id is null order by due_at, cause`;

const allSettled = (found: { state: string }[]) =>
  found.length > 0 && found.every(({ state }) => state !== 'QUEUED');

describe('the notifier', () => {
  it('tells one alert by every channel, once', async () => {
    const world = await notifyWorld(test);
    const settings = robotSettings(robots);
    const ids = [
      await addChannel(test, world, channels, 'EMAIL', from, [reader, chief]),
      await addChannel(test, world, channels, 'SMS', settings.SMS, [buyer]),
      await addChannel(test, world, channels, 'DINGTALK', settings.DINGTALK, [buyer, owner]),
      await addChannel(test, world, channels, 'WECOM', settings.WECOM),
      await addChannel(test, world, channels, 'FEISHU', settings.FEISHU),
      await addChannel(test, world, channels, 'WEBHOOK', settings.WEBHOOK),
      await addChannel(test, world, channels, 'INBOX', {}),
    ];
    await addRoute(test, world, ids, { roles: ['BUYER'] });
    // The same alert by a second route: still one message per address.
    await addRoute(test, world, ids, { roles: ['BUYER'] });
    await openAlerts(test, world, 1);
    const log = recordingLog();
    const found = await whileNotifying(notifyPorts(test, world, channels, {}, log), () =>
      until(() => deliveriesOf(test, world), allSettled),
    );
    expect(found.map(({ state, answer }) => [state, answer])).toEqual(
      found.map(({ answer }) => ['SENT', answer]),
    );
    expect(found).toHaveLength(7);
    expect(mail.mails.map((one) => one.to)).toEqual([['wang@example.com']]);
    expect(JSON.parse(robots.taken('dingtalk')[0]!.body).at.atMobiles).toEqual(['13800138000']);
    expect(robots.refused()).toEqual([]);
    const written = JSON.stringify([log.lines, found, await test.sql`select * from notification_channel`]);
    for (const secret of [...Object.values(robotSecrets), mailLogin.pass]) {
      if (secret !== robotSecrets.smsKeyId) expect(written).not.toContain(secret);
    }
  });

  it('plans and gathers nothing when run again', async () => {
    const world = await notifyWorld(test);
    const inbox = await addChannel(test, world, channels, 'INBOX', {});
    await addRoute(test, world, [inbox]);
    await openAlerts(test, world, 3);
    const ports = notifyPorts(test, world, channels);
    await Promise.all([1, 2, 3].map(() => prepareMessages(ports, world.organizationId)));
    await prepareMessages(ports, world.organizationId);
    expect(await deliveriesOf(test, world)).toMatchObject([{ state: 'SENT', notice_count: 3 }]);
  });

  it('tells the figures that an alert rests on, what is on its way and since when, and leads to the item', async () => {
    const world = await notifyWorld(test);
    const hook = await addChannel(test, world, channels, 'WEBHOOK', robotSettings(robots).WEBHOOK);
    await addRoute(test, world, [hook]);
    const [alert] = await openAlerts(test, world, 1);
    const inputs = [
      { name: 'units_per_day', value: '1.5', observedAt: null },
      { name: 'recovery_share', value: '0.1', observedAt: null },
    ];
    await test.sql`
      update stock_alert set facts = ${test.sql.json({ inputs, previous: null } as never)} where alert_id = ${alert!.alertId}`;
    const before = robots.taken('webhook').length;
    const ports = { ...notifyPorts(test, world, channels), dashboardUrl: 'https://stock.example.com' };
    await whileNotifying(ports, () => until(() => deliveriesOf(test, world), allSettled));
    const [seen] = robots.taken('webhook').slice(before);
    const [told] = JSON.parse(seen?.body ?? '{}').data.alerts;
    expect(told).toMatchObject({
      figures: { units_per_day: '1.5' },
      timeZone: 'Asia/Shanghai',
      url: `https://stock.example.com/items/${told.sku}`,
    });
    expect(told.figures.recovery_share).toBeUndefined();
    expect(told.text).toContain('可售 2 天');
  });

  it('tells how much to order, for which it waits half a minute at most', async () => {
    const world = await notifyWorld(test);
    const { organizationId, warehouseId } = world;
    await addRoute(test, world, [await addChannel(test, world, channels, 'INBOX', {})]);
    const ports = notifyPorts(test, world, channels);
    const texts = async () => {
      await prepareMessages(ports, organizationId);
      const rows = await test.sql<{ texts: string[] }[]>`
        select message -> 'texts' as texts from notification_delivery where organization_id = ${organizationId}
        order by queued_at`;
      return rows.flatMap((row) => row.texts);
    };
    const openDue = async () => {
      const [alert] = await openAlerts(test, world, 1);
      await test.sql`update stock_alert set kind = 'REORDER_DUE' where alert_id = ${alert!.alertId}`;
      await test.sql`
        insert into suggestion_due (organization_id, item_id, marked_at)
        values (${organizationId}, ${alert!.itemId}, ${world.clock.at})`;
      return alert!.itemId;
    };
    const itemId = await openDue();
    expect(await texts()).toEqual([]);
    await test.sql`delete from suggestion_due where organization_id = ${organizationId}`;
    await test.sql`
      insert into replenishment_suggestion (
        organization_id, suggestion_id, item_id, warehouse_id, kind, state, quantity, need, is_due, order_by_on,
        overdue_days, flags, hold_causes, explanation, changes, planned_on, computed_at, data_as_of, inputs, opened_at,
        recorded_at)
      values (
        ${organizationId}, gen_random_uuid(), ${itemId}, ${warehouseId}, 'PURCHASE', 'OPEN', 120, 117, true,
        '2026-03-12', 0, '{}', '{}', '{}', '[]', '2026-03-10', ${noon}, ${noon}, '{}', ${noon}, ${noon})`;
    expect(await texts()).toEqual([expect.stringContaining('应下单 120 件，最迟 3月12日')]);
    // Whoever decides is busy elsewhere: the alert is told all the same.
    await openDue();
    world.clock.at = minutes(0.49);
    expect(await texts()).toHaveLength(1);
    world.clock.at = minutes(0.5);
    expect(await texts()).toHaveLength(2);
  });

  it('gathers what happens within a window and while an address is busy', async () => {
    const world = await notifyWorld(test);
    const inbox = await addChannel(test, world, channels, 'INBOX', {});
    await addRoute(test, world, [inbox], { digest_minutes: 5 });
    const ports = notifyPorts(test, world, channels);
    world.clock.at = minutes(1);
    await openAlerts(test, world, 2);
    await prepareMessages(ports, world.organizationId);
    expect(await pending(world)).toMatchObject([
      { due_reason: 'DIGEST_WINDOW', due_at: minutes(5) },
      { due_reason: 'DIGEST_WINDOW', due_at: minutes(5) },
    ]);
    world.clock.at = minutes(5);
    await prepareMessages(ports, world.organizationId);
    expect(await deliveriesOf(test, world)).toMatchObject([{ notice_count: 2, digest: 'WINDOW' }]);
  });

  it('ends reminders and the chain when somebody acknowledges, and takes back what is silenced', async () => {
    const world = await notifyWorld(test);
    const inbox = await addChannel(test, world, channels, 'INBOX', {});
    await addRoute(test, world, [inbox], {
      repeat_minutes: 30,
      escalation: [{ afterMinutes: 60, channelIds: [inbox], roles: ['OWNER'], recipientNames: [] }],
    });
    const ports = notifyPorts(test, world, channels);
    const alerts = await openAlerts(test, world, 1);
    await prepareMessages(ports, world.organizationId);
    expect((await pending(world)).map(({ cause, due_at }) => [cause, due_at])).toEqual([
      ['REPEAT', minutes(30)],
      ['ESCALATION', minutes(60)],
    ]);
    world.clock.at = minutes(30);
    await prepareMessages(ports, world.organizationId);
    expect((await pending(world)).map(({ cause, due_at }) => [cause, due_at])).toEqual([
      ['ESCALATION', minutes(60)],
      ['REPEAT', minutes(60)],
    ]);
    await moveAlerts(test, world, alerts, 'ACKNOWLEDGED');
    world.clock.at = minutes(61);
    await prepareMessages(ports, world.organizationId);
    expect((await pending(world)).map(({ cancelled_reason }) => cancelled_reason)).toEqual([
      'ACKNOWLEDGED',
      'ACKNOWLEDGED',
    ]);
    expect(await deliveriesOf(test, world)).toHaveLength(2);
  });

  it('lets the stronger alert speak to whoever is told of it, and to nobody else', async () => {
    const world = await notifyWorld(test);
    const all = await addChannel(test, world, channels, 'INBOX', {});
    const orders = await addChannel(test, world, channels, 'INBOX', {});
    await addRoute(test, world, [all], { digest_minutes: 30, repeat_minutes: 60 });
    await addRoute(test, world, [orders], { kinds: ['LOW_STOCK'], digest_minutes: 30 });
    const ports = notifyPorts(test, world, channels);
    world.clock.at = minutes(1);
    const [low] = await openAlerts(test, world, 1);
    const out = await openBeside(test, world, low!, 'OUT_OF_STOCK');
    world.clock.at = minutes(30);
    await prepareMessages(ports, world.organizationId);
    const told = async () =>
      (
        await test.sql`
          select n.channel_id, a.kind, a.state from notification_notice n join stock_alert a using (alert_id)
          where n.organization_id = ${world.organizationId} and n.delivery_id is not null and n.cause = 'EVENT'
          order by n.event_number, a.kind`
      ).map((row) => [row.channel_id === all ? 'all' : 'orders', row.kind]);
    expect(await told()).toEqual([
      ['orders', 'LOW_STOCK'],
      ['all', 'OUT_OF_STOCK'],
    ]);
    // Its reminder waits for its turn as long as the other one fires.
    world.clock.at = minutes(95);
    await prepareMessages(ports, world.organizationId);
    expect((await pending(world)).map((one) => [one.cause, one.cancelled_reason])).toEqual([
      ['EVENT', 'SPOKEN_FOR'],
      ['REPEAT', 'SPOKEN_FOR'],
      ['REPEAT', null],
      ['REPEAT', null],
    ]);
    await moveAlerts(test, world, [out], 'RESOLVED', 'OUT_OF_STOCK');
    world.clock.at = minutes(96);
    await moveAlerts(test, world, [low!], 'RESOLVED');
    world.clock.at = minutes(120);
    await prepareMessages(ports, world.organizationId);
    expect((await told()).slice(2)).toEqual([
      ['all', 'OUT_OF_STOCK'],
      ['orders', 'LOW_STOCK'],
    ]);
  });

  it('escalates when nobody acknowledges', async () => {
    const world = await notifyWorld(test);
    const inbox = await addChannel(test, world, channels, 'INBOX', {});
    const second = await addChannel(test, world, channels, 'INBOX', {});
    await addRoute(test, world, [inbox], {
      escalation: [{ afterMinutes: 15, channelIds: [second], roles: [], recipientNames: [] }],
    });
    const ports = notifyPorts(test, world, channels);
    await openAlerts(test, world, 1);
    await prepareMessages(ports, world.organizationId);
    world.clock.at = minutes(15);
    await prepareMessages(ports, world.organizationId);
    expect((await deliveriesOf(test, world)).map(({ channel_id }) => channel_id)).toEqual([inbox, second]);
  });

  it('mail server down, then up: all mail arrives, none twice', async () => {
    const world = await notifyWorld(test);
    const down = await startMailServer();
    const { port } = down;
    const out = lenientChannels(null, down.url);
    await down.stop();
    const channelId = await addChannel(test, world, out, 'EMAIL', from, [reader, chief]);
    await addRoute(test, world, [channelId]);
    await openAlerts(test, world, 2);
    const retry = { baseMs: 50, maxMs: 200, attemptsMax: 1_000 };
    const up = await whileNotifying(notifyPorts(test, world, out, { retry }), async () => {
      await until(
        () => deliveriesOf(test, world),
        (found) => found.length === 2 && found.every(({ attempts }) => attempts >= 2),
      );
      const back = await startMailServer(port);
      await until(() => deliveriesOf(test, world), allSettled);
      return back;
    });
    expect(up.mails.map((one) => one.to[0]).sort()).toEqual(['li@example.com', 'wang@example.com']);
    expect(new Set(up.mails.map((one) => one.messageId)).size).toBe(up.mails.length);
    await up.stop();
    await out.close();
  });

  it('a dead endpoint and a gone one hold back nobody, and say why', async () => {
    const world = await notifyWorld(test);
    const signSecret = robotSecrets.webhookSecret;
    const dead = await addChannel(test, world, channels, 'WEBHOOK', {
      url: 'http://127.0.0.1:1/x',
      signSecret,
    });
    const gone = await addChannel(test, world, channels, 'DINGTALK', {
      webhookUrl: `${robots.url}/dingtalk?access_token=nobodys-token`,
    });
    const good = await addChannel(test, world, channels, 'WEBHOOK', robotSettings(robots).WEBHOOK);
    await addRoute(test, world, [dead, gone, good]);
    await openAlerts(test, world, 1);
    const ports = notifyPorts(test, world, channels);
    const found = await whileNotifying(ports, () => until(() => deliveriesOf(test, world), allSettled));
    const of = (channelId: string) => found.find((one) => one.channel_id === channelId);
    expect(of(good)).toMatchObject({ state: 'SENT', attempts: 1 });
    expect(of(dead)).toMatchObject({ state: 'FAILED', attempts: 5 });
    expect(of(gone)).toMatchObject({ state: 'FAILED', attempts: 1, error_code: '300005' });
    await openAlerts(test, world, 1);
    await prepareMessages(ports, world.organizationId);
    const channelStates = await test.sql`select state from notification_channel where channel_id = ${gone}`;
    expect(channelStates).toEqual([{ state: 'GONE' }]);
    expect((await deliveriesOf(test, world)).filter((one) => one.channel_id === gone)).toHaveLength(1);
  });

  it('a storm is digested: no refused message, every alert in one that was taken', async () => {
    const world = await notifyWorld(test);
    await using strict = await startRobotServer({ minuteMs: 2_000, secondMs: 33, blockMs: 20_000 });
    const out = lenientChannels(strict, null, { minuteSeconds: 2 });
    const settings = robotSettings(strict);
    const ids = [
      await addChannel(test, world, out, 'DINGTALK', settings.DINGTALK),
      await addChannel(test, world, out, 'WECOM', settings.WECOM),
      await addChannel(test, world, out, 'FEISHU', settings.FEISHU),
    ];
    await addRoute(test, world, ids);
    // Shorter messages than the robots allow, so that there are more of them than a window takes.
    await test.sql`
      update notification_channel set message_bytes_max = 3500 where organization_id = ${world.organizationId}`;
    await openAlerts(test, world, 400);
    await whileNotifying(notifyPorts(test, world, out), async () => {
      await openAlerts(test, world, 200);
      await until(
        () => deliveriesOf(test, world),
        (found) => allSettled(found) && found.reduce((sum, one) => sum + one.notice_count, 0) === 1_800,
        25_000,
      );
    });
    expect(strict.refused()).toEqual([]);
    const told = await test.sql`
      select n.channel_id, count(distinct n.alert_id)::int as alerts from notification_notice n
      join notification_delivery d using (organization_id, delivery_id)
      where d.state = 'SENT' and n.organization_id = ${world.organizationId} group by 1`;
    expect(told.map((row) => row.alerts)).toEqual([600, 600, 600]);
    await out.close();
  });
});
