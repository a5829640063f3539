import { startApi } from './app/api.ts';
import { connectShop } from './app/connect-shop.ts';
import { openDatabase } from './app/database.ts';
import { createGateways } from './app/gateways.ts';
import { createMutationPorts } from './app/mutation-ports.ts';
import { createNotifications } from './app/notifications.ts';
import { createReceiver, startPushReplay } from './app/pushes.ts';
import { type ReplayResult, runReplay } from './app/replay.ts';
import { openSandboxWorld, type SandboxWorld, saveDemoOrganization, startSandbox } from './app/sandbox.ts';
import { createAppBudget, createPipelinePorts } from './app/worker.ts';
import type { Config } from './config.ts';
import { createTokenVault, parseKeyRing } from './connectors/token-vault.ts';
import { markBusinessClockSeen, openBusinessClock, setBusinessClock } from './db/business-clock.ts';
import type { Database } from './db/client.ts';
import { createPostgresWakeup } from './events/wakeup-postgres.ts';
import { startNotifier } from './pipeline/notify.ts';
import type { NotifyPorts } from './pipeline/notify-ports.ts';
import { startPlanner } from './pipeline/plan-loop.ts';
import type { PipelinePorts } from './pipeline/ports.ts';
import { startPoller } from './pipeline/runner.ts';
import { startStages } from './pipeline/stages.ts';
import type { Log } from './shared/log.ts';
import { secondMs } from './shared/time.ts';

/** A running process with its roles. */
export interface App {
  /** Address of the API; null without the api role. */
  readonly url: string | null;
  /** Folder of the embedded database; null with DATABASE_URL. */
  readonly embeddedDir: string | null;
  /** What the sandbox plays; null without the sandbox role. */
  readonly world: SandboxWorld | null;
  /** With `--speed max`: settles when the whole trace is in, with the reconciliation. Null otherwise. */
  readonly replay: Promise<ReplayResult> | null;
  /** Stops everything in order: traffic, work, connections, the database. Safe to call twice. */
  stop(): Promise<void>;
}

/** How often the sandbox notes that business time is running, ms: a kill loses so much real time at most. */
const seenEveryMs = secondMs;

/**
 * Builds and starts every part for the wanted roles.
 *
 * @throws AppError `invalid_configuration` naming the setting; whatever was started is stopped again
 */
export async function startApp(config: Config, log: Log): Promise<App> {
  const stops: (() => unknown)[] = [];
  let stopping: Promise<void> | null = null;
  const stop = () => {
    stopping ??= stopAll(stops, log);
    return stopping;
  };
  try {
    return await build(config, log, stops, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function build(
  config: Config,
  log: Log,
  stops: (() => unknown)[],
  stop: () => Promise<void>,
): Promise<App> {
  const isSandbox = config.roles.has('sandbox');
  const { db, embeddedDir, tokenKeys, close } = await openDatabase(config, log);
  stops.push(close);
  const world = isSandbox ? await openSandboxWorld(config, db, log) : null;
  await setClock(config, db, world);
  const clock = await openBusinessClock(db);
  stops.push(() => clock.stop());
  if (world !== null) {
    await saveDemoOrganization(db, world);
    const beat = setInterval(() => void markBusinessClockSeen(db).catch(() => {}), seenEveryMs);
    stops.push(() => clearInterval(beat));
  }
  const gateways = createGateways(config, clock, log);
  stops.push(() => gateways.close());
  const wakeup = createPostgresWakeup(db, log);
  stops.push(() => wakeup.stop());
  const vault = createTokenVault(parseKeyRing(tokenKeys));
  const shared = { config, db, clock, gateways, vault, wakeup, log };
  const pipeline = createPipelinePorts(shared);
  const notifications = createNotifications(shared);
  stops.push(() => notifications.close());

  let url: string | null = null;
  if (config.roles.has('api')) {
    const api = await startApi({
      ...shared,
      ports: createMutationPorts(
        (shop) => connectShop(shared, shop),
        pipeline.wake,
        notifications.prepareChannel,
      ),
      receivePush: createReceiver(config, pipeline, isSandbox),
      isDemo: isSandbox && embeddedDir !== null && isLoopback(config.host),
    });
    stops.push(() => api.stop());
    url = api.server.url();
  }
  let gatewayUrl: string | null = null;
  if (world !== null) {
    const pushUrl = url === null ? null : new URL('/hooks/1688', url).href;
    const sandbox = await startSandbox({ ...shared, pushUrl, speed: config.speed }, world);
    stops.push(() => sandbox.gateway.close());
    gatewayUrl = sandbox.gateway.gatewayUrl;
  }
  // Started last and so stopped first: nobody polls a gateway that is going away.
  const worker = config.roles.has('worker') ? startWorker(pipeline, notifications.ports) : null;
  if (worker !== null) {
    stops.push(worker.stop);
    if (gatewayUrl !== null || config.alibaba1688.appKey !== null) {
      stops.push(startPushReplay(pipeline, gateways, createAppBudget(shared, gatewayUrl), gatewayUrl));
    }
  }
  const replay =
    config.speed === Infinity && world?.trace != null && worker !== null
      ? runReplay({
          ...shared,
          trace: world.trace,
          traceFile: config.traceFile ?? '',
          nudge: worker.poller.nudge,
          runStages: worker.stages.runOnce,
          plan: worker.planner.runOnce,
        })
      : null;
  return { url, embeddedDir, world, replay, stop };
}

/** Polling, the stages after it, and the telling: all end together, polling first. */
function startWorker(pipeline: PipelinePorts, notify: NotifyPorts) {
  const poller = startPoller(pipeline);
  const stages = startStages(pipeline);
  const planner = startPlanner(pipeline);
  const notifier = startNotifier(notify);
  return {
    poller,
    stages,
    planner,
    async stop() {
      await poller.stop();
      await Promise.all([stages.stop(), planner.stop(), notifier.stop()]);
    },
  };
}

/** Real time with a real gateway; the sandbox's own speed with a sandbox; otherwise whatever the others have set. */
async function setClock(config: Config, db: Database, world: SandboxWorld | null): Promise<void> {
  if (world === null) {
    if (config.speed === 1) await setBusinessClock(db, { speed: 1, startAt: null });
    return;
  }
  const speed = config.speed === Infinity ? 0 : config.speed;
  await setBusinessClock(db, { speed, startAt: world.startAt });
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

/** Last started, first stopped; a part that cannot stop does not keep the others from it. */
async function stopAll(stops: (() => unknown)[], log: Log): Promise<void> {
  for (const stopPart of stops.reverse()) {
    try {
      await stopPart();
    } catch (error) {
      log.warn({ error }, 'a part did not stop cleanly');
    }
  }
}
