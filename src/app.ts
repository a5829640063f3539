import { setTimeout as delay } from 'node:timers/promises';
import { startApi } from './app/api.ts';
import { checkSandboxApart, startBusinessTime } from './app/business-time.ts';
import { connectShop } from './app/connect-shop.ts';
import { openDatabase } from './app/database.ts';
import { startDemoDetails } from './app/demo-details.ts';
import { startDemoLanes } from './app/demo-lanes.ts';
import { createGateways } from './app/gateways.ts';
import { createMutationPorts } from './app/mutation-ports.ts';
import { createNotifications } from './app/notifications.ts';
import { createReceiver, startPushReplay } from './app/pushes.ts';
import { type ReplayResult, runReplay } from './app/replay.ts';
import { openSandboxWorld, type SandboxWorld, saveDemoOrganization, startSandbox } from './app/sandbox.ts';
import { createAppBudget, createPipelinePorts, type PipelineDependencies } from './app/worker.ts';
import type { Config } from './config.ts';
import { createTokenVault, parseKeyRing } from './connectors/token-vault.ts';
import { markBusinessClockSeen, openBusinessClock } from './db/business-clock.ts';
import { createPostgresWakeup } from './events/wakeup-postgres.ts';
import { startNotifier } from './pipeline/notify.ts';
import type { NotifyPorts } from './pipeline/notify-ports.ts';
import { startPlanner } from './pipeline/plan-loop.ts';
import { startBacktester } from './pipeline/policy-backtest-loop.ts';
import type { PipelinePorts } from './pipeline/ports.ts';
import { startPoller } from './pipeline/runner.ts';
import { startSalesPolicyWriter } from './pipeline/sales-policy-writer.ts';
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
  /**
   * With `--speed max`: settles when the whole trace is in, with the reconciliation, or with null when the app was
   * stopped before. Null otherwise.
   */
  readonly replay: Promise<ReplayResult | null> | null;
  /**
   * Stops everything in order: readiness, (off loopback) a wait for the load balancer, traffic and work, connections,
   * the database. Safe to call twice.
   */
  stop(): Promise<void>;
}

/** How often the sandbox notes that business time is running, ms: a kill loses so much real time at most. */
const seenEveryMs = secondMs;
/** A step of a stage that takes longer is cut off with its connection: it has written nothing and is done again, ms. */
const workGraceMs = 10 * secondMs;
/** A load balancer that asks `/ready` every few seconds has noticed by then that this process leaves, ms. */
const balancerMs = 5 * secondMs;

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
  const { db, embeddedDir, tokenKeys, close } = await openDatabase(config, log);
  stops.push(close);
  await checkSandboxApart(config, db);
  const world = config.roles.has('sandbox') ? await openSandboxWorld(config, db, log) : null;
  await startBusinessTime(config, db, world?.startAt ?? null);
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
  const { url, replay } = await startRoles(shared, embeddedDir, world, stops);
  return { url, embeddedDir, world, replay, stop };
}

/** Starts what serves and works, on everything that is shared; what it starts is stopped before that. */
async function startRoles(
  shared: PipelineDependencies & Parameters<typeof createNotifications>[0],
  embeddedDir: string | null,
  world: SandboxWorld | null,
  stops: (() => unknown)[],
): Promise<Pick<App, 'url' | 'replay'>> {
  const { config, gateways } = shared;
  const pipeline = createPipelinePorts(shared);
  const notifications = createNotifications(shared);
  stops.push(() => notifications.close());

  const api = config.roles.has('api')
    ? await startApi({
        ...shared,
        ports: createMutationPorts(
          (shop) => connectShop(shared, shop),
          pipeline,
          notifications.prepareChannel,
        ),
        receivePush: createReceiver(config, pipeline, world !== null),
        isDemo: world !== null && embeddedDir !== null && isLoopback(config.host),
      })
    : null;
  if (api !== null) stops.push(api.stop);
  const url = api?.server.url() ?? null;

  let gatewayUrl: string | null = null;
  if (world !== null) {
    const pushUrl = url === null ? null : new URL('/hooks/1688', url).href;
    const sandbox = await startSandbox({ ...shared, pushUrl, speed: config.speed }, world);
    stops.push(() => sandbox.gateway.close());
    gatewayUrl = sandbox.gateway.gatewayUrl;
    stops.push(startDemoLanes(shared.db, shared.clock).stop);
    // Recorded sales are played as they were.
    if (world.trace === null) stops.push(startDemoDetails(shared.db, shared.clock).stop);
  }

  const worker = config.roles.has('worker') ? startWorker(pipeline, notifications.ports) : null;
  if (worker !== null) {
    stops.push(worker.stop);
    if (gatewayUrl !== null || config.alibaba1688.appKey !== null) {
      stops.push(startPushReplay(pipeline, gateways, createAppBudget(shared, gatewayUrl), gatewayUrl));
    }
  }
  const replay = worker === null ? null : startReplay(shared, world, worker);
  // Pushed last and so done first. Work ends before the sandbox's gateway does: nobody polls what is going away.
  stops.push(async () => {
    api?.server.drain();
    if (api !== null && !isLoopback(config.host)) await delay(balancerMs);
    await Promise.all([worker?.stop(), api?.stop(), replay?.stop()]);
  });
  return { url, replay: replay?.result ?? null };
}

/** With `--speed max` begins to replay; null = nothing to replay. */
function startReplay(
  shared: PipelineDependencies,
  world: SandboxWorld | null,
  worker: ReturnType<typeof startWorker>,
) {
  const { config } = shared;
  if (config.speed !== Infinity || world?.trace == null || config.traceFile === null) return null;
  const abort = new AbortController();
  const result = runReplay({
    ...shared,
    trace: world.trace,
    traceFile: config.traceFile,
    nudge: worker.poller.nudge,
    runStages: worker.stages.runOnce,
    plan: worker.planner.runOnce,
    signal: abort.signal,
  });
  return {
    result,
    async stop() {
      abort.abort();
      // Whoever waits for the result is told why it failed.
      await result.catch(() => {});
    },
  };
}

/** Polling, the stages after it, and the telling: all end together. Safe to stop twice. */
function startWorker(pipeline: PipelinePorts, notify: NotifyPorts) {
  const poller = startPoller(pipeline);
  const stages = startStages(pipeline);
  const planner = startPlanner(pipeline);
  const notifier = startNotifier(notify);
  const writer = startSalesPolicyWriter(pipeline);
  const backtester = startBacktester(pipeline);
  let stopping: Promise<void> | null = null;
  return {
    poller,
    stages,
    planner,
    stop() {
      const parts = [poller, stages, planner, notifier, writer, backtester];
      stopping ??= Promise.race([
        Promise.all(parts.map((part) => part.stop())),
        delay(workGraceMs, undefined, { ref: false }),
      ]).then(() => {});
      return stopping;
    },
  };
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
