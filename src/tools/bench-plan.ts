import { availableParallelism } from 'node:os';
import { Command } from 'commander';
import type { Database } from '../db/client.ts';
import { planSteps } from '../pipeline/plan-loop.ts';
import { summarizePlans } from '../pipeline/plan-summary.ts';
import { createPlanThreads } from '../pipeline/plan-threads.ts';
import { type PipelinePorts, pipelineSettingsDefault } from '../pipeline/ports.ts';
import { silentLog } from '../shared/log.ts';
import {
  benchAt,
  benchOrganizationId,
  benchWarehouses,
  fillBenchDatabase,
  withBenchDatabase,
} from './bench-database.ts';

/** `bench plan`: levels planned per second from stored demand, the whole way, in a database of its own. */
export function benchPlanCommand(): Command {
  return new Command('plan')
    .description('levels planned per second: load, forecast, plan and write, in a throw-away database')
    .option('--levels <count>', 'levels, 4 warehouses each item', '4000')
    .option('--days <count>', 'days of demand on record', '730')
    .option('--threads <count>', 'threads; 0 = none', String(Math.max(1, availableParallelism() - 1)))
    .action(async (options: { levels: string; days: string; threads: string }) => {
      await withBenchDatabase((db) =>
        measure(db, Number(options.levels), Number(options.days), Number(options.threads)),
      );
    });
}

async function measure(db: Database, levels: number, days: number, threadCount: number): Promise<void> {
  await fillBenchDatabase(db, Math.ceil(levels / benchWarehouses), days);
  let now = benchAt;
  const ports = {
    ...{ db, log: silentLog, settings: pipelineSettingsDefault, wake: () => {} },
    clock: { now: () => now, speed: 1 },
  } as unknown as PipelinePorts;
  const threads = createPlanThreads(threadCount);
  const report = (what: string, startedMs: number, count: number) => {
    const seconds = (performance.now() - startedMs) / 1000;
    const memory = Math.round(process.memoryUsage().rss / 1e6);
    process.stdout.write(
      `${what.padEnd(34)}${count.toLocaleString('en').padStart(9)} levels in ${seconds.toFixed(1).padStart(6)} s` +
        ` = ${Math.round(count / seconds)
          .toLocaleString('en')
          .padStart(7)} levels/s, ${memory} MB\n`,
    );
  };
  let started = performance.now();
  await planSteps(ports, benchOrganizationId, threads, Number.POSITIVE_INFINITY);
  report('first round, every forecast', started, levels);
  started = performance.now();
  await summarizePlans(ports, benchOrganizationId);
  report('summary', started, levels);
  now = new Date(benchAt.getTime() + 24 * 3_600_000);
  started = performance.now();
  await planSteps(ports, benchOrganizationId, threads, Number.POSITIVE_INFINITY);
  report('next day', started, levels);
  await threads.stop();
}
