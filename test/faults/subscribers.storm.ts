import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { startApi } from '../support/api.ts';
import { makeViewer } from '../support/app.ts';
import { createTestDatabase } from '../support/database.ts';
import { alertEvent, commitEvents, createEventWorld } from '../support/event-world.ts';
import type { CrewOrder, CrewReport } from './subscriber-crew.ts';

/** Who listens, how many stop reading, how much is told; rounds with and without the paused take turns. `npm run bench -- subscribers` plays four of them. */
const subscriberCount = Number(process.env.SUBSCRIBERS ?? 1_000);
const pausedCount = Number(process.env.PAUSED ?? 20);
const eventCount = Number(process.env.EVENTS ?? 60);
const rounds = Number(process.env.ROUNDS ?? 1);
/** Events committed together, and how often. */
const eventsAtOnce = 1;
const everyMs = 500;
const crewFile = fileURLToPath(new URL('./subscriber-crew.ts', import.meta.url));

/** The next report of a kind. */
async function hear<Kind extends CrewReport['kind']>(
  crew: ChildProcess,
  kind: Kind,
): Promise<Extract<CrewReport, { kind: Kind }>> {
  for (;;) {
    const [report] = (await once(crew, 'message')) as [CrewReport];
    if (report.kind === kind) return report as Extract<CrewReport, { kind: Kind }>;
  }
}

const percentile = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
const median = (values: readonly number[]) => {
  const sorted = [...values].sort((one, other) => one - other);
  const [low, high] = [Math.floor((sorted.length - 1) / 2), Math.ceil((sorted.length - 1) / 2)];
  return ((sorted[low] ?? 0) + (sorted[high] ?? 0)) / 2;
};

/** One round with an organization and a crew of its own. */
async function play(paused: number) {
  await using resources = new AsyncDisposableStack();
  const database = await createTestDatabase();
  resources.defer(() => database.drop());
  const world = await createEventWorld(database);
  const viewer = makeViewer({ organizationId: world.organizationId });
  const api = resources.use(await startApi(database.db, viewer));
  const crew = fork(crewFile, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  resources.defer(async () => {
    crew.kill('SIGKILL');
    if (crew.exitCode === null && crew.signalCode === null) await once(crew, 'exit');
  });
  const order: CrewOrder = {
    ...{ kind: 'subscribe', url: api.socketUrl, count: subscriberCount, pausedCount: paused, eventCount },
  };
  crew.send(order);
  await hear(crew, 'ready');
  const heard = hear(crew, 'heard');
  for (let told = 0; told < eventCount; told += eventsAtOnce) {
    const occurredAt = new Date();
    await commitEvents(
      database,
      world,
      Array.from({ length: Math.min(eventsAtOnce, eventCount - told) }, () =>
        alertEvent(world, { occurredAt }),
      ),
    );
    api.wakeup.announce();
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  const { delaysMs, completeCount } = await heard;
  crew.send({ kind: 'resume' } satisfies CrewOrder);
  const resumed = await hear(crew, 'resumed');
  return {
    ...{ p50: percentile(delaysMs, 0.5), p99: percentile(delaysMs, 0.99) },
    ...{ messages: delaysMs.length, completeCount, resumed },
  };
}

it('paused subscribers cost the others nothing, and resume complete', { timeout: 1_800_000 }, async () => {
  const without: number[] = [];
  const beside: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    for (const paused of round % 2 === 0 ? [pausedCount, 0] : [0, pausedCount]) {
      const result = await play(paused);
      (paused === 0 ? without : beside).push(result.p99);
      console.info(JSON.stringify({ round, paused, ...result }));
      expect(result.completeCount).toBe(subscriberCount);
      expect(result.resumed.completeCount).toBe(paused);
    }
  }
  const ratio = median(beside) / median(without);
  console.info(
    JSON.stringify({
      subscriberCount,
      pausedCount,
      p99Without: median(without),
      p99Beside: median(beside),
      ratio,
    }),
  );
  // The bar of the requirements, for a run of full length.
  if (rounds >= 4) expect(ratio).toBeLessThanOrEqual(1.2);
});
