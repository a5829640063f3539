import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createChannelSealer } from '../../src/app/notifications.ts';
import type { Channels } from '../../src/connectors/channel.ts';
import { createChannels } from '../../src/connectors/channels.ts';
import { createTokenVault } from '../../src/connectors/token-vault.ts';
import { encodeId } from '../../src/graphql/node.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { askWell, type JsonObject, viewerOf } from './ask.ts';
import { pipelinePorts } from './ports.ts';
import { buildOrganization, type WorldOrganization, worldNow } from './world.ts';

// What an operator does when something did not arrive: looks into the log, sends again, asks why nobody is told.

let database: TestDatabase;
let world: WorldOrganization;
let channels: Channels;
beforeAll(async () => {
  database = await createTestDatabase();
  world = await buildOrganization(database.sql, 'O', 3);
  channels = createChannels({ smtpUrl: null });
});
afterAll(async () => {
  await channels.close();
  await database.drop();
});

const vault = createTokenVault({ keys: [{ keyId: 'k', key: new Uint8Array(32) }] });
const ports = () => pipelinePorts({ prepareChannel: createChannelSealer(channels, vault) });

async function change(name: string, selection: string, input: JsonObject): Promise<JsonObject> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const data = await askWell(
    database.db,
    viewerOf(world.organizationId),
    `mutation ($input: ${type}!) { ${name}(input: $input) { ${selection} userErrors { code path } } }`,
    { input },
    ports(),
  );
  return data[name];
}

const codes = (answer: JsonObject) =>
  answer.userErrors.map((error: JsonObject) => [error.path.join('.'), error.code]);

async function makeChannel(input: JsonObject): Promise<string> {
  const made = await change('notificationChannelUpsert', 'notificationChannel { id }', {
    name: randomUUID(),
    ...input,
  });
  return made.notificationChannel.id;
}

/** A message of a channel, given up after a story. */
async function giveUp(channelId: string, state = 'FAILED'): Promise<string> {
  const deliveryId = randomUUID();
  const attempt = {
    at: '2026-03-10T03:00:00Z',
    tookMs: 1_250,
    outcome: 'RETRY',
    code: '-1',
    answer: 'busy',
    waitMs: 5_000,
  };
  const last = {
    ...attempt,
    outcome: 'FAILED',
    code: '310000',
    answer: '310000 sign not match',
    waitMs: null,
  };
  const wait = { ...attempt, outcome: 'WAIT', code: '130101', waitMs: 600_000 };
  await database.sql`insert into notification_delivery ${database.sql({
    ...{
      organization_id: world.organizationId,
      delivery_id: deliveryId,
      channel_id: channelId,
      kind: 'ALERTS',
      state,
    },
    ...{
      recipient: '',
      severity: 'WARNING',
      title: 't',
      part_number: 1,
      part_count: 1,
      notice_count: 1,
      digest: 'NONE',
    },
    ...{
      changed_at: worldNow,
      queued_at: worldNow,
      finished_at: worldNow,
      attempts: 2,
      next_attempt_at: worldNow,
    },
    ...{ error_code: '310000', answer: 'sign not match', recorded_at: worldNow },
    message: database.sql.json({ texts: ['x'], alerts: [], mentions: [] }),
    attempt_log: database.sql.json([attempt, wait, last]),
  } as never)}`;
  return deliveryId;
}

const stored = async (deliveryId: string) =>
  (
    await database.sql`
      select state, attempts, finished_at, delivery_id from notification_delivery where delivery_id = ${deliveryId}`
  )[0];

describe('a message that was given up', () => {
  let channelId: string;
  let id: string;
  beforeAll(async () => {
    id = await makeChannel({ kind: 'WECOM', settings: { webhookUrl: 'https://robots.example.com/x?key=k' } });
    const [row] = await database.sql<{ channel_id: string }[]>`
      select channel_id from notification_channel where kind = 'WECOM'`;
    channelId = row?.channel_id ?? '';
  });
  const globalId = (deliveryId: string) => encodeId('NotificationDelivery', deliveryId);
  const resend = (...ids: string[]) =>
    change('notificationDeliveryResend', 'notificationDeliveries { state deliveryId attempts finishedAt }', {
      ids,
    });

  it('tells its whole story', async () => {
    const deliveryId = await giveUp(channelId);
    const { node } = await askWell(
      database.db,
      viewerOf(world.organizationId),
      `{ node(id: "${globalId(deliveryId)}") { ... on NotificationDelivery {
        attempts attemptLog { outcome tookSeconds errorCode answer waitSeconds by } } } }`,
    );
    expect(node.attemptLog).toEqual([
      { outcome: 'RETRY', tookSeconds: 1.25, errorCode: '-1', answer: 'busy', waitSeconds: 5, by: null },
      { outcome: 'WAIT', tookSeconds: 1.25, errorCode: '130101', answer: 'busy', waitSeconds: 600, by: null },
      {
        outcome: 'FAILED',
        tookSeconds: 1.25,
        errorCode: '310000',
        answer: '310000 sign not match',
        waitSeconds: null,
        by: null,
      },
    ]);
  });

  it('is sent again under its old id, with all attempts anew and a note of who wanted it', async () => {
    const deliveryId = await giveUp(channelId);
    const answer = await resend(globalId(deliveryId));
    expect(answer).toEqual({
      userErrors: [],
      notificationDeliveries: [{ state: 'QUEUED', deliveryId, attempts: 0, finishedAt: null }],
    });
    const [row] = await database.sql`
      select attempt_log -> -1 as last from notification_delivery where delivery_id = ${deliveryId}`;
    expect(row?.last).toMatchObject({ outcome: 'RESENT', by: 'tests' });
    // A second time there is nothing to send again.
    expect(codes(await resend(globalId(deliveryId)))).toEqual([['input.ids.0', 'STATE_CONFLICT']]);
  });

  it('is not sent again when one of several cannot be', async () => {
    const [failed, sent] = [await giveUp(channelId), await giveUp(channelId, 'SENT')];
    const answer = await resend(globalId(failed), globalId(sent), globalId(randomUUID()));
    expect(codes(answer)).toEqual([
      ['input.ids.1', 'STATE_CONFLICT'],
      ['input.ids.2', 'NOT_FOUND'],
    ]);
    expect(await stored(failed)).toMatchObject({ state: 'FAILED', attempts: 2 });
    expect(codes(await resend())).toEqual([['input.ids', 'OUT_OF_RANGE']]);
  });

  it('is not sent again by a channel that is off', async () => {
    const deliveryId = await giveUp(channelId);
    await database.sql`update notification_channel set state = 'GONE' where channel_id = ${channelId}`;
    expect(codes(await resend(globalId(deliveryId)))).toEqual([['input.ids.0', 'STATE_CONFLICT']]);
    await database.sql`update notification_channel set state = 'ACTIVE' where channel_id = ${channelId}`;
  });

  it('counts in its channel: calls, how often it had to wait, the busiest minute', async () => {
    await database.sql`delete from notification_delivery where channel_id = ${channelId}`;
    await giveUp(channelId);
    await giveUp(channelId, 'SENT');
    const { node } = await askWell(
      database.db,
      viewerOf(world.organizationId),
      `{ node(id: "${id}") { ... on NotificationChannel {
        statistics(from: "2026-03-01T00:00:00Z", to: "2026-03-20T00:00:00Z") {
          sentCount failedCount attemptCount throttledCount busiestMinuteCount } } } }`,
    );
    expect(node.statistics).toEqual({
      ...{ sentCount: 1, failedCount: 1, attemptCount: 6, throttledCount: 2, busiestMinuteCount: 6 },
    });
  });
});

describe('a route that would tell nobody is refused', () => {
  let mail: string;
  let chat: string;
  beforeAll(async () => {
    mail = await makeChannel({
      kind: 'EMAIL',
      settings: { from: 'a@shop.example.com' },
      recipients: [{ name: 'Wang', role: 'BUYER', address: 'wang@example.com' }],
    });
    chat = await makeChannel({ kind: 'INBOX' });
  });
  const route = (input: JsonObject) =>
    change('notificationRouteUpsert', 'notificationRoute { id }', { name: randomUUID(), ...input });

  it.each<[string, () => JsonObject, [string, string][]]>([
    [
      'a role that no recipient has',
      () => ({ channelIds: [mail], roles: ['OWNER'] }),
      [['input.roles', 'NOT_FOUND']],
    ],
    ['a role that one has', () => ({ channelIds: [mail], roles: ['BUYER'] }), []],
    [
      'a name that no channel has',
      () => ({ channelIds: [mail], recipientNames: ['Wang', 'Li'] }),
      [['input.recipientNames.1', 'NOT_FOUND']],
    ],
    ['a group is told whoever is named', () => ({ channelIds: [chat, mail], roles: ['OWNER'] }), []],
    [
      'a step of the chain to nobody',
      () => ({ channelIds: [chat], escalation: [{ afterMinutes: 5, channelIds: [mail], roles: ['OWNER'] }] }),
      [['input.escalation.0.roles', 'NOT_FOUND']],
    ],
  ])('%s', async (_name, input, expected) => {
    expect(codes(await route(input()))).toEqual(expected);
  });
});

describe('rates of a channel', () => {
  it('can be set, within bounds, and are the platform’s otherwise', async () => {
    const selection = 'notificationChannel { perMinuteMax perSecondMax perDayMax }';
    const feishu = { kind: 'FEISHU', settings: { webhookUrl: 'https://robots.example.com/hook/x' } };
    const set = await change('notificationChannelUpsert', selection, { name: 'f', ...feishu });
    expect(set.notificationChannel).toEqual({ perMinuteMax: 100, perSecondMax: 5, perDayMax: null });
    const changed = await change('notificationChannelUpsert', selection, {
      name: 'f',
      kind: 'FEISHU',
      perSecondMax: 2,
    });
    expect(changed.notificationChannel).toEqual({ perMinuteMax: 100, perSecondMax: 2, perDayMax: null });
    const wrong = { name: 'f', kind: 'FEISHU', perSecondMax: 0, perDayMax: 1_001 };
    expect(codes(await change('notificationChannelUpsert', selection, wrong))).toEqual([
      ['input.perSecondMax', 'OUT_OF_RANGE'],
      ['input.perDayMax', 'OUT_OF_RANGE'],
    ]);
  });
});

describe('why nobody is told', () => {
  const reasonOf = async (alertId: string) => {
    const { node } = await askWell(
      database.db,
      viewerOf(world.organizationId),
      `{ node(id: "${encodeId('StockAlert', alertId)}") { ... on StockAlert {
        nextNotificationAt nextNotificationReason } } }`,
    );
    return [node.nextNotificationAt, node.nextNotificationReason];
  };
  let alertId: string;
  let channelId: string;
  beforeEach(async () => {
    alertId = world.alertIds[0] ?? '';
    await database.sql`delete from notification_notice`;
    await database.sql`delete from outbox`;
    await database.sql`update stock_alert set state = 'FIRING' where alert_id = ${alertId}`;
    const [row] = await database.sql<{ channel_id: string }[]>`
      select channel_id from notification_channel where kind = 'WECOM'`;
    channelId = row?.channel_id ?? '';
  });
  const tell = async (state: string) => {
    const deliveryId = await giveUp(channelId, state);
    await database.sql`insert into notification_notice ${database.sql({
      ...{ organization_id: world.organizationId, channel_id: channelId, recipient: '', event_number: 1 },
      ...{
        cause: 'EVENT',
        ordinal: 0,
        alert_id: alertId,
        route_id: randomUUID(),
        mentions: [],
        due_at: worldNow,
      },
      ...{ due_reason: 'IMMEDIATE', changed_at: worldNow, delivery_id: deliveryId, recorded_at: worldNow },
    } as never)}`;
  };

  it('no route leads to anybody', async () => {
    expect(await reasonOf(alertId)).toEqual([null, 'NO_ROUTE']);
  });

  it.each(['ACKNOWLEDGED', 'SNOOZED', 'RESOLVED', 'PENDING'])('it is %s', async (state) => {
    await database.sql`update stock_alert set state = ${state} where alert_id = ${alertId}`;
    expect(await reasonOf(alertId)).toEqual([null, state]);
  });

  it('all has been said, or its message was given up', async () => {
    await tell('SENT');
    expect(await reasonOf(alertId)).toEqual([null, 'TOLD']);
    await database.sql`update notification_delivery set state = 'FAILED' where state = 'SENT'`;
    expect(await reasonOf(alertId)).toEqual([null, 'FAILED']);
  });

  it('it is on its way', async () => {
    await tell('QUEUED');
    expect((await reasonOf(alertId))[1]).toBe('SENDING');
  });

  it('its last event is still to be planned', async () => {
    await database.sql`
      insert into outbox (organization_id, event_number, purpose, alert_id, recorded_at)
      values (${world.organizationId}, 99, 'NOTIFY', ${alertId}, ${worldNow})`;
    expect(await reasonOf(alertId)).toEqual([null, 'PLANNING']);
  });
});
