import { fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
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
  vaultKey,
  whileNotifying,
} from '../pipeline/notify-rig.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startMailServer } from '../support/mail-server.ts';
import { type RobotServer, robotSettings, startRobotServer } from '../support/robot-server.ts';

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

const leaseSeconds = 1;

/** Starts a worker in a process of its own. */
function startWorker(at: Date, smtpUrl = '') {
  const worker = fork(
    resolve(import.meta.dirname, 'notify-worker.ts'),
    [test.ownerUrl, vaultKey, at.toISOString(), String(leaseSeconds), smtpUrl],
    { stdio: 'inherit' },
  );
  return { worker, ended: once(worker, 'exit') };
}

it('a worker killed between sending and marking: the message is sent again, with the same id', async () => {
  const world = await notifyWorld(test);
  const hook = await addChannel(test, world, channels, 'WEBHOOK', robotSettings(robots).WEBHOOK);
  await addRoute(test, world, [hook]);
  await openAlerts(test, world, 1);
  const { worker, ended } = startWorker(world.clock.at);
  // The message has arrived and its sender dies before it hears so.
  robots.onMessage = async () => {
    worker.kill('SIGKILL');
    await ended;
  };
  expect(await ended).toEqual([null, 'SIGKILL']);
  expect(await deliveriesOf(test, world)).toMatchObject([{ state: 'QUEUED', attempts: 1 }]);
  robots.onMessage = () => {};
  const found = await whileNotifying(notifyPorts(test, world, channels), () =>
    until(
      () => deliveriesOf(test, world),
      ([first]) => first?.state === 'SENT',
    ),
  );
  expect(found).toMatchObject([{ state: 'SENT', attempts: 2 }]);
  const ids = robots.taken('webhook').map(({ headers }) => headers['webhook-id']);
  expect(ids).toEqual([found[0]?.delivery_id, found[0]?.delivery_id]);
  const [first, second] = robots.taken('webhook').map(({ body }) => body);
  expect(second).toBe(first);
});

it('the same with mail: it comes twice under one Message-ID, so that a mailbox shows it once', async () => {
  const world = await notifyWorld(test);
  const mail = await startMailServer();
  const out = lenientChannels(null, mail.url);
  const from = { from: 'alerts@shop.example.com' };
  const reader = { name: '王芳', role: 'BUYER', address: 'wang@example.com', userId: null } as const;
  await addRoute(test, world, [await addChannel(test, world, out, 'EMAIL', from, [reader])]);
  await openAlerts(test, world, 1);
  const { worker, ended } = startWorker(world.clock.at, mail.url);
  mail.onMail = async () => {
    worker.kill('SIGKILL');
    await ended;
  };
  expect(await ended).toEqual([null, 'SIGKILL']);
  mail.onMail = () => {};
  const found = await whileNotifying(notifyPorts(test, world, out), () =>
    until(
      () => deliveriesOf(test, world),
      ([first]) => first?.state === 'SENT',
    ),
  );
  expect(mail.mails.map(({ messageId }) => messageId)).toEqual([
    `<${found[0]?.delivery_id}@shop.example.com>`,
    `<${found[0]?.delivery_id}@shop.example.com>`,
  ]);
  await out.close();
  await mail.stop();
});
