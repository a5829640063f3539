import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { lenientChannels } from '../connectors/channels/rig.ts';
import {
  addChannel,
  addRoute,
  deliveriesOf,
  notifyWorld,
  openAlerts,
  until,
  vaultKey,
} from '../pipeline/notify-rig.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startMailServer } from '../support/mail-server.ts';

/** Seconds that the mail server refuses connections. */
const outageSeconds = Number(process.env.OUTAGE_SECONDS ?? 60);
/** A worker is killed so often afterwards, each time with a mail on its way. */
const kills = 5;
const recipientCount = 100;
const leaseSeconds = 2;

let test: TestDatabase;
let running: { worker: ChildProcess; ended: Promise<unknown> } | null = null;
const stop = async () => {
  running?.worker.kill('SIGKILL');
  await running?.ended;
};
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(async () => {
  await stop();
  await test.drop();
});

it(`mail server down for ${outageSeconds} s, worker killed ${kills} times: all mail arrives, none twice to a receiver that keeps ids`, async () => {
  const world = await notifyWorld(test);
  const down = await startMailServer();
  const { port, url } = down;
  await down.stop();
  const out = lenientChannels(null, url);
  const recipients = Array.from({ length: recipientCount }, (_one, index) => ({
    ...{
      name: `reader ${index}`,
      role: 'BUYER' as const,
      address: `reader-${index}@example.com`,
      userId: null,
    },
  }));
  const from = { from: 'alerts@shop.example.com' };
  await addRoute(test, world, [await addChannel(test, world, out, 'EMAIL', from, recipients)]);
  await out.close();
  const start = () => {
    const worker = fork(
      resolve(import.meta.dirname, 'notify-worker.ts'),
      [test.ownerUrl, vaultKey, world.clock.at.toISOString(), String(leaseSeconds), url],
      { stdio: 'inherit' },
    );
    running = { worker, ended: once(worker, 'exit') };
  };
  start();
  await openAlerts(test, world, 20);
  await until(
    () => deliveriesOf(test, world),
    (found) => found.length === recipientCount && found.every(({ error_code }) => error_code === 'ESOCKET'),
    120_000,
  );
  await sleep(outageSeconds * 1_000);
  const tried = await deliveriesOf(test, world);
  const back = await startMailServer(port);
  const backAt = performance.now();
  let killed = 0;
  back.onMail = async () => {
    // Every tenth mail kills its worker after the mail has arrived and before the worker hears so.
    if (killed >= kills || back.mails.length < killed * 10) return;
    killed += 1;
    await stop();
    start();
  };
  const sent = await until(
    () => deliveriesOf(test, world),
    (found) => found.every(({ state }) => state === 'SENT'),
    300_000,
  );
  const lasted = (performance.now() - backAt) / 1_000;
  await stop();
  const ids = new Set(back.mails.map(({ messageId }) => messageId));
  console.info(
    [
      `mail server down ${outageSeconds} s, ${recipientCount} mails, ${killed} kills`,
      `attempts during the outage: ${tried.reduce((sum, { attempts }) => sum + attempts, 0)}`,
      `arrived: ${back.mails.length}, with different ids: ${ids.size}; the last ${lasted.toFixed(1)} s after the server was back`,
    ].join('\n'),
  );
  expect(killed).toBe(kills);
  expect(sent).toHaveLength(recipientCount);
  expect(ids).toEqual(new Set(sent.map(({ delivery_id }) => `<${delivery_id}@shop.example.com>`)));
  expect(new Set(back.mails.map(({ to }) => to[0])).size).toBe(recipientCount);
  // A kill repeats what was on its way, not more.
  expect(back.mails.length).toBeGreaterThan(recipientCount);
  await back.stop();
});
