import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createChannelSealer } from '../../src/app/notifications.ts';
import type { Channels } from '../../src/connectors/channel.ts';
import { createChannels } from '../../src/connectors/channels.ts';
import { createTokenVault } from '../../src/connectors/token-vault.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { ask, askWell, type JsonObject, viewerOf } from './ask.ts';
import { pipelinePorts } from './ports.ts';
import { buildOrganization, type WorldOrganization } from './world.ts';

let database: TestDatabase;
let world: WorldOrganization;
let channels: Channels;
beforeAll(async () => {
  database = await createTestDatabase();
  world = await buildOrganization(database.sql, 'N', 3);
  channels = createChannels({ smtpUrl: null });
});
afterAll(async () => {
  await channels.close();
  await database.drop();
});

const vault = createTokenVault({ keys: [{ keyId: 'k', key: new Uint8Array(randomBytes(32)) }] });
const ports = () => pipelinePorts({ prepareChannel: createChannelSealer(channels, vault) });

function change(name: string, selection: string, input: JsonObject, keyName = 'tests'): Promise<JsonObject> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  return askWell(
    database.db,
    viewerOf(world.organizationId, { keyName }),
    `mutation ($input: ${type}!) { ${name}(input: $input) { ${selection} userErrors { code path message } } }`,
    { input },
    ports(),
  ).then((data) => data[name]);
}

const read = (source: string, keyName = 'tests') =>
  askWell(database.db, viewerOf(world.organizationId, { keyName }), source);

const upsert = (input: JsonObject) =>
  change(
    'notificationChannelUpsert',
    'notificationChannel { id name kind isEnabled locale perMinuteMax messageBytesMax settings { name value } recipients { name role address } }',
    input,
  );

const webhook = {
  name: 'hook',
  kind: 'WEBHOOK',
  settings: { url: 'https://hooks.example.com/in?token=url-token-0123', signSecret: 'sign-secret-0123' },
};

describe('channels', () => {
  it('take back what was set, and go away once no route leads to them', async () => {
    const smtpUrl = 'smtps://user:mail-secret-0123@mail.example.com:465';
    const boss = { name: 'boss', role: 'OWNER', address: 'boss@example.com' };
    const settings = { from: 'alerts@shop.example.com', smtpUrl };
    const mail = { name: 'mail of its own', kind: 'EMAIL' };
    const made = await upsert({
      ...mail,
      settings,
      recipients: [boss],
      perMinuteMax: 7,
      messageBytesMax: 9_000,
    });
    const { id } = made.notificationChannel;
    const sealed = async () => {
      const [row] = await database.sql`
        select s.sealed from notification_secret s join notification_channel c using (channel_id)
        where c.name = ${mail.name}`;
      return row?.sealed;
    };
    const before = await sealed();
    const back = await upsert({
      ...mail,
      resets: ['PER_MINUTE_MAX', 'MESSAGE_BYTES_MAX', 'SMTP_URL'],
      messageBytesMax: 8_000,
    });
    expect(back).toMatchObject({
      notificationChannel: { id, perMinuteMax: 600, messageBytesMax: 8_000 },
      userErrors: [],
    });
    expect(await sealed()).not.toBe(before);
    const routeSelection = 'notificationRoute { id timeZone }';
    const route = await change('notificationRouteUpsert', routeSelection, {
      ...{ name: 'to the mail', channelIds: [id], digestMinutes: 60, timeZone: 'Asia/Urumqi' },
    });
    expect(route.notificationRoute.timeZone).toBe('Asia/Urumqi');
    const remove = (name: string, gone: string) => change(name, 'deletedId', { id: gone });
    expect(await remove('notificationChannelDelete', id)).toMatchObject({
      deletedId: null,
      userErrors: [{ code: 'STATE_CONFLICT', path: ['input', 'id'] }],
    });
    expect(await remove('notificationRouteDelete', route.notificationRoute.id)).toEqual({
      deletedId: route.notificationRoute.id,
      userErrors: [],
    });
    await change('notificationChannelTest', 'notificationDelivery { state }', { id });
    expect(await remove('notificationChannelDelete', id)).toEqual({ deletedId: id, userErrors: [] });
    expect(await sealed()).toBeUndefined();
    expect(await remove('notificationChannelDelete', id)).toMatchObject({
      userErrors: [{ code: 'NOT_FOUND' }],
    });
  });

  it('are made and changed by name; secrets go in and never come out', async () => {
    const made = await upsert(webhook);
    expect(made).toMatchObject({
      notificationChannel: {
        kind: 'WEBHOOK',
        isEnabled: true,
        locale: 'EN',
        perMinuteMax: 600,
        settings: [{ name: 'host', value: 'hooks.example.com' }],
      },
      userErrors: [],
    });
    const changed = await upsert({ name: 'hook', kind: 'WEBHOOK', perMinuteMax: 30, isEnabled: false });
    expect(changed.notificationChannel).toMatchObject({
      id: made.notificationChannel.id,
      perMinuteMax: 30,
      isEnabled: false,
    });
    const stored = await database.sql`
      select s.sealed, c.settings from notification_secret s join notification_channel c using (channel_id)`;
    const everything = JSON.stringify([made, changed, stored]);
    expect(everything).not.toContain('url-token-0123');
    expect(everything).not.toContain('sign-secret-0123');
  });

  it.each([
    [
      'a private address is refused later, a wrong form at once',
      { ...webhook, name: 'a', settings: { ...webhook.settings, url: 'http://x.example.com' } },
      'input.settings.url',
      'INVALID',
    ],
    [
      'a missing secret',
      { ...webhook, name: 'b', settings: { url: 'https://x.example.com/' } },
      'input.settings.signSecret',
      'INVALID',
    ],
    [
      'a setting of another kind',
      { name: 'c', kind: 'INBOX', settings: { templateCode: 'SMS_1234' } },
      'input.settings.templateCode',
      'INVALID',
    ],
    ['another kind under a known name', { name: 'hook', kind: 'INBOX' }, 'input.kind', 'NOT_ALLOWED_HERE'],
    [
      'a bad address',
      {
        name: 'd',
        kind: 'EMAIL',
        settings: { from: 'a@b.example' },
        recipients: [{ name: 'x', address: 'no mail' }],
      },
      'input.recipients.0.address',
      'INVALID',
    ],
    [
      'a mail recipient without address',
      { name: 'd', kind: 'EMAIL', settings: { from: 'a@b.example' }, recipients: [{ name: 'x' }] },
      'input.recipients.0.address',
      'REQUIRED',
    ],
    [
      'a mention that would be markup',
      { name: 'e', kind: 'INBOX', recipients: [{ name: 'x', userId: '<@all>' }] },
      'input.recipients.0.userId',
      'INVALID',
    ],
    [
      'the same name twice',
      { name: 'f', kind: 'INBOX', recipients: [{ name: 'x' }, { name: 'x' }] },
      'input.recipients.1.name',
      'DUPLICATE',
    ],
    [
      'a rate of nothing',
      { name: 'g', kind: 'INBOX', perMinuteMax: 0 },
      'input.perMinuteMax',
      'OUT_OF_RANGE',
    ],
  ])('%s', async (_name, input, path, code) => {
    const answer = await upsert(input);
    expect(answer.notificationChannel).toBeNull();
    expect(answer.userErrors.map((error: JsonObject) => [error.path.join('.'), error.code])).toEqual([
      [path, code],
    ]);
    expect(JSON.stringify(answer)).not.toContain('sign-secret-0123');
  });

  it('need their own scopes', async () => {
    const viewer = viewerOf(world.organizationId, { scopes: new Set(['read:alerts', 'read:stock']) });
    const answers = await Promise.all([
      ask(database.db, viewer, '{ notificationChannels { nodes { id } } }'),
      ask(database.db, viewer, '{ notificationDeliveries { nodes { id } } }'),
      ask(
        database.db,
        viewer,
        'mutation { notificationChannelUpsert(input: { name: "x", kind: INBOX }) { userErrors { code } } }',
      ),
    ]);
    expect(answers.map(({ errors }) => errors[0]?.code)).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']);
  });
});

describe('a test message', () => {
  it('is queued for the worker, and refused for a channel that is off', async () => {
    const { notificationChannel: on } = await upsert({ ...webhook, name: 'on' });
    const queued = await change(
      'notificationChannelTest',
      'notificationDelivery { state kind title latencySeconds }',
      { id: on.id },
    );
    expect(queued.notificationDelivery).toEqual({
      state: 'QUEUED',
      kind: 'TEST',
      title: 'Shuiwei test message',
      latencySeconds: null,
    });
    const { notificationChannel: off } = await upsert({ name: 'on', kind: 'WEBHOOK', isEnabled: false });
    const refused = await change('notificationChannelTest', 'notificationDelivery { state }', { id: off.id });
    expect(refused.userErrors).toMatchObject([{ code: 'STATE_CONFLICT' }]);
  });
});

describe('routes', () => {
  it('are made and replaced by name', async () => {
    const { notificationChannels } = await read('{ notificationChannels { nodes { id name } } }');
    const [{ id }] = notificationChannels.nodes;
    const input = {
      name: 'night',
      channelIds: [id],
      kinds: ['LOW_STOCK'],
      severityMin: 'WARNING',
      quietHours: { from: '22:00', to: '07:00', timeZone: 'Asia/Shanghai', exceptSeverity: 'CRITICAL' },
      digestMinutes: 5,
      repeatMinutes: 120,
      escalation: [{ afterMinutes: 30, channelIds: [id], roles: ['OWNER'] }],
    };
    const selection =
      'notificationRoute { id kinds digestMinutes repeatMinutes quietHours { from to timeZone exceptSeverity } escalation { afterMinutes roles channels { id } } channels { id } }';
    const made = await change('notificationRouteUpsert', selection, input);
    expect(made.notificationRoute).toMatchObject({
      kinds: ['LOW_STOCK'],
      digestMinutes: 5,
      quietHours: { from: '22:00', to: '07:00', timeZone: 'Asia/Shanghai', exceptSeverity: 'CRITICAL' },
      escalation: [{ afterMinutes: 30, roles: ['OWNER'], channels: [{ id }] }],
    });
    const replaced = await change('notificationRouteUpsert', selection, { name: 'night', channelIds: [id] });
    expect(replaced.notificationRoute).toMatchObject({
      id: made.notificationRoute.id,
      kinds: null,
      quietHours: null,
      escalation: [],
    });
    const bad = await change('notificationRouteUpsert', selection, {
      ...input,
      quietHours: { from: '25:00', to: '07:00', timeZone: 'Mars/Base' },
      escalation: [
        { afterMinutes: 30, channelIds: [id] },
        { afterMinutes: 30, channelIds: [] },
      ],
    });
    expect(bad.userErrors.map((error: JsonObject) => error.path.join('.'))).toEqual([
      'input.quietHours.from',
      'input.quietHours.timeZone',
      'input.escalation.1.afterMinutes',
      'input.escalation.1.channelIds',
    ]);
  });
});

describe('the inbox', () => {
  it('keeps a read state for each reader', async () => {
    const unread =
      '{ notifications(filter: { isRead: { eq: false } }) { nodes { id title texts readAt alerts { id } } } }';
    const { notifications } = await read(unread);
    const [message] = notifications.nodes;
    expect(message).toMatchObject({ title: 'Shuiwei: 1 alert', readAt: null, alerts: [{}] });
    const done = await change('notificationRead', 'notifications { readAt }', { ids: [message.id] });
    expect(done.notifications[0].readAt).not.toBeNull();
    expect((await read(unread)).notifications.nodes).toEqual([]);
    expect((await read(unread, 'somebody else')).notifications.nodes).toHaveLength(1);
  });
});

describe('the log and what is next', () => {
  it('says when an alert is told next, and why', async () => {
    const { stockAlerts } = await read(
      '{ stockAlerts { nodes { nextNotificationAt nextNotificationReason } } }',
    );
    expect(stockAlerts.nodes).toContainEqual({
      nextNotificationAt: '2026-03-10T05:00:00.000Z',
      nextNotificationReason: 'REPEAT',
    });
    expect(stockAlerts.nodes).toContainEqual({
      nextNotificationAt: null,
      nextNotificationReason: 'NO_ROUTE',
    });
  });

  it('tells how channels did', async () => {
    const { notificationChannels } = await read(`{ notificationChannels { nodes { name
      statistics(from: "2026-03-01T00:00:00Z", to: "2026-03-20T00:00:00Z") {
        sentCount failedCount queuedCount noticeCount digestCount budgetDigestCount latencyP50Seconds } } } }`);
    expect(notificationChannels.nodes).toContainEqual({
      name: 'inbox',
      statistics: {
        ...{ sentCount: 1, failedCount: 0, queuedCount: 0, noticeCount: 1 },
        ...{ digestCount: 0, budgetDigestCount: 0, latencyP50Seconds: 0 },
      },
    });
  });

  it('filters the log', async () => {
    const { notificationDeliveries } = await read(
      '{ notificationDeliveries(filter: { state: { eq: SENT } }) { nodes { deliveryId state texts channel { name } } totalCount { value } } }',
    );
    expect(notificationDeliveries).toMatchObject({
      nodes: [{ state: 'SENT', texts: ['Low stock'], channel: { name: 'inbox' } }],
      totalCount: { value: 1 },
    });
  });
});
