import { availableParallelism } from 'node:os';
import { Command } from 'commander';
import { graphql } from 'graphql';
import type { Database } from '../db/client.ts';
import { createGraphqlContext } from '../graphql/context.ts';
import { schema } from '../graphql/schema.ts';
import { planSteps } from '../pipeline/plan-loop.ts';
import { createPlanThreads } from '../pipeline/plan-threads.ts';
import { type PipelinePorts, pipelineSettingsDefault } from '../pipeline/ports.ts';
import { createScenarioThreads } from '../pipeline/scenario-threads.ts';
import { silentLog } from '../shared/log.ts';
import { scopes } from '../shared/scopes.ts';
import {
  benchAt,
  benchOrganizationId,
  benchWarehouses,
  fillBenchDatabase,
  withBenchDatabase,
} from './bench-database.ts';

const question = `query ($scenario: ScenarioInput!) {
  portfolioPlan(scenario: $scenario) {
    base { levelCount atRiskCount expectedLostUnits shortfallValue { amount } }
    scenario { levelCount atRiskCount expectedLostUnits shortfallValue { amount } }
  }
}`;

/** The parts of an answer that a bench prints. */
interface Figures {
  readonly levelCount: number;
  readonly atRiskCount: number;
  readonly expectedLostUnits: string;
}

/** `bench scenario`: time of a what-if over a portfolio, from the question to the answer, in a database of its own. */
export function benchScenarioCommand(): Command {
  return new Command('scenario')
    .description('time of a what-if over a portfolio, question to answer, in a throw-away database')
    .option('--levels <count>', 'levels, 4 warehouses each item', '10000')
    .option('--days <count>', 'days of demand on record', '120')
    .option('--runs <count>', 'times that it is asked', '5')
    .option('--threads <count>', 'threads', String(availableParallelism()))
    .action(async (options: { levels: string; days: string; runs: string; threads: string }) => {
      const [levels, days, runs, threads] = [options.levels, options.days, options.runs, options.threads].map(
        Number,
      ) as [number, number, number, number];
      await withBenchDatabase((db) => measure(db, { levels, days, runs, threads }));
    });
}

async function measure(
  db: Database,
  options: { levels: number; days: number; runs: number; threads: number },
): Promise<void> {
  await fillBenchDatabase(db, Math.ceil(options.levels / benchWarehouses), options.days);
  const clock = { now: () => benchAt, speed: 1 };
  const ports = {
    ...{ db, clock, log: silentLog, settings: pipelineSettingsDefault, wake: () => {} },
  } as unknown as PipelinePorts;
  const planThreads = createPlanThreads(options.threads);
  await planSteps(ports, benchOrganizationId, planThreads, Number.POSITIVE_INFINITY);
  await planThreads.stop();
  const threads = createScenarioThreads(options.threads);
  const ask = async (scenario: object): Promise<{ base: Figures; scenario: Figures }> => {
    const contextValue = createGraphqlContext(
      {
        ...{ organizationId: benchOrganizationId, scopes: new Set(scopes), locale: 'en' as const },
        ...{ keyName: 'bench', isAnonymous: false },
      },
      {
        ...{ db, clock, clockSpeed: () => 1, ports: {} as never, events: {} as never },
        planScenarios: threads.run,
        sumScenarios: threads.sum,
      },
    );
    const { data, errors } = await graphql({
      ...{ schema, source: question, contextValue, variableValues: { scenario } },
    });
    if (errors !== undefined) throw errors[0]!;
    return (data as { portfolioPlan: { base: Figures; scenario: Figures } }).portfolioPlan;
  };
  const same = await ask({});
  const isEqual = JSON.stringify(same.base) === JSON.stringify(same.scenario);
  process.stdout.write(
    `empty scenario over ${same.base.levelCount} levels: ${isEqual ? 'equal' : 'DIFFERENT'}\n`,
  );
  const seconds: number[] = [];
  const cpuBefore = process.cpuUsage();
  for (let run = 0; run < options.runs; run += 1) {
    const startedMs = performance.now();
    const { base, scenario } = await ask({
      ...{ demandFactor: '1.4', leadTimeDaysAdd: '5', serviceLevel: '0.98' },
    });
    seconds.push((performance.now() - startedMs) / 1000);
    const risk = `${base.atRiskCount} → ${scenario.atRiskCount} at risk`;
    process.stdout.write(
      `${seconds.at(-1)!.toFixed(2)} s for ${scenario.levelCount} levels, ${risk}, expected lost units ${base.expectedLostUnits} → ${scenario.expectedLostUnits}\n`,
    );
  }
  const median = seconds.toSorted((a, b) => a - b)[Math.floor(seconds.length / 2)]!;
  // On a busy machine the wall clock measures its neighbours; the processor time is this program's own.
  const { user, system } = process.cpuUsage(cpuBefore);
  const cpu = ((user + system) / 1e6 / seconds.length).toFixed(2);
  process.stdout.write(
    `median ${median.toFixed(2)} s, ${options.threads} threads, ${cpu} s of processor time each (database not counted)\n`,
  );
  await threads.stop();
}
