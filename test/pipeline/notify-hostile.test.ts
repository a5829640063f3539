import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Channels } from '../../src/connectors/channel.ts';
import { createChannels } from '../../src/connectors/channels.ts';
import { requeueDeliveries } from '../../src/db/queries/notification-resend.ts';
import { withOrganization } from '../../src/db/tenant.ts';
import { prepareMessages } from '../../src/pipeline/notify.ts';
import { lenientChannels } from '../connectors/channels/rig.ts';
import { raw, type ScriptedServer, type Step, startScriptedServer } from '../connectors/scripted-server.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type RobotServer, robotSecrets, robotSettings, startRobotServer } from '../support/robot-server.ts';
import {
  addChannel,
  addRoute,
  deliveriesOf,
  notifyPorts,
  notifyWorld,
  openAlerts,
  recordingLog,
  until,
  whileNotifying,
} from './notify-rig.ts';

let test: TestDatabase;
let robots: RobotServer;
let channels: Channels;
beforeAll(async () => {
  test = await createTestDatabase();
  robots = await startRobotServer();
  channels = lenientChannels(robots);
});
afterAll(async () => {
  await channels.close();
  await robots[Symbol.asyncDispose]();
  await test.drop();
});

const signSecret = robotSecrets.webhookSecret;
const settled = (found: { state: string }[]) =>
  found.length > 0 && found.every(({ state }) => state !== 'QUEUED');
const endless: Step = (response) => {
  response.writeHead(200);
  const more = () => {
    while (!response.destroyed && response.write(Buffer.alloc(16_384, 97)));
  };
  response.on('drain', more);
  more();
};
const always = (step: Step) => Array.from({ length: 9 }, () => step);

describe('receivers that misbehave', () => {
  it('each gets its own state and words, and none of them anybody else’s time', async () => {
    const servers: ScriptedServer[] = [];
    const serve = async (step: Step) => {
      const server = await startScriptedServer();
      server.script.push(...always(step));
      servers.push(server);
      return { url: `${server.url}/in?key=query-secret-0123456789`, signSecret };
    };
    const world = await notifyWorld(test);
    const add = (settings: Record<string, string>) => addChannel(test, world, channels, 'WEBHOOK', settings);
    const redirected = await startScriptedServer();
    const ids = {
      good: await add(robotSettings(robots).WEBHOOK),
      wrong: await add({ ...robotSettings(robots).WEBHOOK, signSecret: 'wrong-secret-0123456789' }),
      gone: await add(await serve(raw(410, {}))),
      redirect: await add(await serve(raw(307, { location: `${redirected.url}/inside` }))),
      huge: await add(await serve(raw(200, {}, Buffer.alloc(10 * 1024 * 1024, 97)))),
      endless: await add(await serve(endless)),
      broken: await add(await serve(raw(500, {}, 'stack trace with key=query-secret-0123456789'))),
      dead: await add({ url: 'http://127.0.0.1:1/in', signSecret }),
    };
    await addRoute(test, world, Object.values(ids));
    await openAlerts(test, world, 1);
    const log = recordingLog();
    const found = await whileNotifying(notifyPorts(test, world, channels, {}, log), () =>
      until(() => deliveriesOf(test, world), settled),
    );
    const outcomes = Object.entries(ids).map(([name, id]) => {
      const one = found.find(({ channel_id }) => channel_id === id);
      return [name, one?.state, one?.attempts, one?.error_code];
    });
    expect(outcomes).toEqual([
      ['good', 'SENT', 1, null],
      ['wrong', 'FAILED', 1, 'HTTP 401'],
      ['gone', 'FAILED', 1, 'HTTP 410'],
      ['redirect', 'FAILED', 1, 'permanent'],
      ['huge', 'SENT', 1, null],
      ['endless', 'SENT', 1, null],
      ['broken', 'FAILED', 5, 'HTTP 500'],
      ['dead', 'FAILED', 5, 'transient'],
    ]);
    expect(redirected.seen).toEqual([]);
    const states = await test.sql<{ channel_id: string }[]>`
      select channel_id from notification_channel where organization_id = ${world.organizationId} and state = 'GONE'`;
    expect(states.map(({ channel_id }) => channel_id)).toEqual([ids.gone]);
    const written = JSON.stringify([log.lines, found]);
    for (const secret of [signSecret, 'wrong-secret-0123456789', 'query-secret', 'stack trace']) {
      expect(written).not.toContain(secret);
    }
    const story = await test.sql<{ outcome: string; waits: boolean }[]>`
      select e ->> 'outcome' as outcome, e ->> 'waitMs' is not null as waits
      from notification_delivery d, jsonb_array_elements(d.attempt_log) e where d.channel_id = ${ids.dead}`;
    expect(story.map(({ outcome, waits }) => [outcome, waits])).toEqual([
      ...Array.from({ length: 4 }, () => ['RETRY', true]),
      ['FAILED', false],
    ]);
    for (const server of [...servers, redirected]) await server[Symbol.asyncDispose]();
  });

  it('a private address in whatever spelling is given up at once, with the guard’s code', async () => {
    const world = await notifyWorld(test);
    const guarded = createChannels({ smtpUrl: null });
    const urls = [
      'https://127.0.0.1/x',
      'https://2130706433/x',
      'https://0177.0.0.1/x',
      'https://0x7f.1/x',
      'https://[::ffff:7f00:1]/x',
      'https://[64:ff9b::7f00:1]/x',
      'https://169.254.169.254/latest/meta-data/',
      'https://①②⑦.0.0.1/x',
      'https://localhost/x',
    ];
    // Entered where inner addresses are allowed: as those that stood there before, or lead inside only now.
    for (const url of urls)
      await addRoute(test, world, [await addChannel(test, world, channels, 'WEBHOOK', { url, signSecret })]);
    await openAlerts(test, world, 1);
    const found = await whileNotifying(notifyPorts(test, world, guarded), () =>
      until(
        () => deliveriesOf(test, world),
        (all) => all.length === urls.length && settled(all),
      ),
    );
    expect(found.map(({ state, attempts, error_code }) => [state, attempts, error_code])).toEqual(
      urls.map(() => ['FAILED', 1, 'forbidden']),
    );
    await guarded.close();
  });

  it('what was given up goes out under its old id when somebody sends it again', async () => {
    const world = await notifyWorld(test);
    const hook = await addChannel(test, world, channels, 'WEBHOOK', robotSettings(robots).WEBHOOK);
    await addRoute(test, world, [hook]);
    await openAlerts(test, world, 1);
    const ports = notifyPorts(test, world, channels, { retry: { baseMs: 1, maxMs: 1, attemptsMax: 1 } });
    await test.sql`update notification_secret set sealed = 'not a seal' where channel_id = ${hook}`;
    const [given] = await whileNotifying(ports, () => until(() => deliveriesOf(test, world), settled));
    expect(given).toMatchObject({ state: 'FAILED', error_code: 'secret_unreadable' });
    const again = await addChannel(test, world, channels, 'WEBHOOK', robotSettings(robots).WEBHOOK);
    await test.sql`
      update notification_delivery set channel_id = ${again} where organization_id = ${world.organizationId}`;
    await withOrganization(test.db, 'app', world.organizationId, (sql) =>
      requeueDeliveries(sql, [given?.delivery_id ?? ''], 'operator', world.clock.now()),
    );
    const [sent] = await whileNotifying(ports, () => until(() => deliveriesOf(test, world), settled));
    expect(sent).toMatchObject({ state: 'SENT', attempts: 1, delivery_id: given?.delivery_id });
    expect(robots.taken('webhook').at(-1)?.headers['webhook-id']).toBe(given?.delivery_id);
  });
});

describe('a route that was changed', () => {
  it.each([
    ['switched off', { is_enabled: false }],
    ['without reminders and chain', { repeat_minutes: null, escalation: [] }],
  ])('%s ends what it had planned', async (_name, changes) => {
    const world = await notifyWorld(test);
    const inbox = await addChannel(test, world, channels, 'INBOX', {});
    const chain = [{ afterMinutes: 30, channelIds: [inbox], roles: [], recipientNames: [] }];
    const routeId = await addRoute(test, world, [inbox], { repeat_minutes: 30, escalation: chain });
    await openAlerts(test, world, 1);
    const ports = notifyPorts(test, world, channels);
    await prepareMessages(ports, world.organizationId);
    await test.sql`update notification_route set ${test.sql(changes as never)} where route_id = ${routeId}`;
    world.clock.at = new Date(world.clock.at.getTime() + 30 * 60_000);
    await prepareMessages(ports, world.organizationId);
    expect(await deliveriesOf(test, world)).toHaveLength(1);
    const reasons = await test.sql<{ cancelled_reason: string }[]>`
      select cancelled_reason from notification_notice
      where organization_id = ${world.organizationId} and delivery_id is null`;
    expect(reasons.map((row) => row.cancelled_reason)).toEqual(['ROUTE_CHANGED', 'ROUTE_CHANGED']);
  });
});
