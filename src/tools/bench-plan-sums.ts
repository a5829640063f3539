import { Command } from 'commander';
import type { Database } from '../db/client.ts';
import { markAllPlanDue } from '../db/queries/plan-due.ts';
import { markSumsDue } from '../db/queries/plan-sum-due.ts';
import { asOwner, withOrganization } from '../db/tenant.ts';
import { beginPlanDay } from '../pipeline/plan-day.ts';
import { summarizePlans } from '../pipeline/plan-summary.ts';
import { type PipelinePorts, pipelineSettingsDefault } from '../pipeline/ports.ts';
import { silentLog } from '../shared/log.ts';
import {
  benchAt,
  benchOrganizationId,
  benchWarehouses,
  fillBenchDatabase,
  withBenchDatabase,
} from './bench-database.ts';

const demandDays = 30;
const changedItems = 250;

/** `bench plan-sums`: what it takes to sum plans up and to begin a daily round, transaction by transaction. */
export function benchPlanSumsCommand(): Command {
  return new Command('plan-sums')
    .description(
      'time and longest transaction of a whole summary, one after few changes, and the beginning of a daily round',
    )
    .option('--levels <count>', 'levels, 4 warehouses each item', '200000')
    .option('--explain', 'print how Postgres marks levels in the middle of a round', false)
    .action(async (options: { levels: string; explain: boolean }) => {
      await withBenchDatabase((db) => measure(db, Number(options.levels), options.explain));
    });
}

async function measure(db: Database, levels: number, isExplained: boolean): Promise<void> {
  await fillBenchDatabase(db, Math.ceil(levels / benchWarehouses), demandDays);
  await fillPlans(db);
  const times: number[] = [];
  const ports = portsOf(timed(db, times));
  const run = async (what: string, work: () => Promise<unknown>) => {
    times.length = 0;
    const startedMs = performance.now();
    await work();
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
    const longest = (Math.max(...times) / 1000).toFixed(2);
    print(
      `${what.padEnd(42)}${seconds.padStart(7)} s in ${String(times.length).padStart(4)} transactions, longest ${longest} s`,
    );
  };
  const inOrganization = <T>(work: Parameters<typeof withOrganization<T>>[3]) =>
    withOrganization(db, 'worker', benchOrganizationId, work, { deadlineMs: 600_000 });
  await run(`first summary of ${levels} levels`, () => summarizePlans(ports, benchOrganizationId));
  await run('summary, nothing changed', () => summarizePlans(ports, benchOrganizationId));
  const itemIds = await inOrganization(
    (sql) => sql<{ item_id: string }[]>`select item_id from item order by item_id limit ${changedItems}`,
  );
  await inOrganization((sql) =>
    markSumsDue(
      sql,
      itemIds.map((row) => row.item_id),
      benchAt,
    ),
  );
  await run(`summary, ${changedItems} items changed`, () => summarizePlans(ports, benchOrganizationId));
  await run('a daily round begins: factors, all marks', () => beginPlanDay(ports, benchOrganizationId));
  await inOrganization((sql) => sql`delete from plan_due`);
  await run('the same marks in one statement', () => inOrganization((sql) => markAllPlanDue(sql, benchAt)));
  if (isExplained) await explainStep(inOrganization);
}

async function explainStep(
  inOrganization: (work: Parameters<typeof withOrganization<void>>[3]) => Promise<void>,
): Promise<void> {
  await inOrganization(async (sql) => {
    const rows = await sql`
      explain (analyze, buffers, costs off)
      select organization_id, item_id, warehouse_id from stock_level
      where (item_id, warehouse_id) > ('80000000-0000-0000-0000-000000000000'::uuid,
                                       '00000000-0000-0000-0000-000000000000'::uuid)
      order by organization_id, item_id, warehouse_id limit 20000`;
    print(rows.map((row) => row['QUERY PLAN']).join('\n'));
  });
}

/** The same database, with the length of every transaction written down, ms. */
function timed(db: Database, times: number[]): Database {
  return new Proxy(db, {
    get(target, name, receiver) {
      if (name !== 'transaction') return Reflect.get(target, name, receiver);
      return async (...given: Parameters<Database['transaction']>) => {
        const startedMs = performance.now();
        try {
          return await target.transaction(...given);
        } finally {
          times.push(performance.now() - startedMs);
        }
      };
    },
  });
}

function portsOf(db: Database): PipelinePorts {
  return {
    ...{ db, log: silentLog, settings: pipelineSettingsDefault, wake: () => {} },
    clock: { now: () => benchAt, speed: 1 },
  } as unknown as PipelinePorts;
}

/** Plans and forecasts of all levels, made by the database itself; facts as large as real ones. */
async function fillPlans(db: Database): Promise<void> {
  await asOwner(
    db,
    benchOrganizationId,
    async (sql) => {
      await sql`
        insert into level_forecast (organization_id, item_id, warehouse_id, first_on, history_days, method, flags,
          stored, units_per_day, effects, units_sold_90, units_sold_365, computed_at, data_as_of, recorded_at)
        select organization_id, item_id, warehouse_id, ${benchAt}::timestamptz::date - 1, 400, 'LEVEL_MIX', '{}', '{}',
               1 + h % 7, '{}', 90 * (h % 7), 365 * (h % 7), ${benchAt}::timestamptz, ${benchAt}::timestamptz,
               ${benchAt}::timestamptz
        from (select *, hashtext(warehouse_id::text || item_id)::bigint & 2147483647 as h from stock_level) l`;
      await sql`
        insert into level_plan (organization_id, item_id, warehouse_id, planned_on, inputs, lead_time_days,
          lead_time_sd_days, lead_time_origin, review_period_days, protection_days, service_level,
          service_level_origin, safety_stock_method, position_due, inbound_overdue, is_dead, health_weight,
          units_per_day, turnover_90, turnover_365, sell_through_90, in_stock_rate_90, stock_out_days_90, stock_value,
          days_to_stock_out_p50, health_score, excess_value, stock_out_probability, urgency_tier, urgency_score,
          computed_at, data_as_of, recorded_at)
        select organization_id, item_id, warehouse_id, ${benchAt}::timestamptz::date,
               json_build_object('available', available::text, 'history', json_build_object(
                 'meanUnits90', (10 + h % 50)::text, 'meanUnits365', (12 + h % 50)::text, 'countedUnits90',
                 (90 * (h % 7))::text, 'unitsSold90', (90 * (h % 7))::text, 'unitsSold365', (365 * (h % 7))::text),
                 'padding', repeat(md5(item_id::text), 30)),
               14, 4, 'DEFAULT', 1, 15, 0.95, 'DEFAULT', 'QUANTILE', available, 0, h % 50 = 0, 1 + h % 9,
               1 + h % 7, 4 + h % 11, 5 + h % 11, 2, 0.9, 3, 3 * available, (h / 7) % 366,
               round((h % 1000003) / 10000.03, 6), round((h % 999983) / 7.0, 6), (h % 1000) / 999.0, 'OK',
               round((h % 1000003) / 10000.03, 6), ${benchAt}::timestamptz, ${benchAt}::timestamptz,
               ${benchAt}::timestamptz
        from (select *, hashtext(warehouse_id::text || item_id)::bigint & 2147483647 as h from stock_level) l`;
      await sql`
        insert into plan_sum_due (organization_id, item_id, marked_at)
        select organization_id, item_id, ${benchAt}::timestamptz from item`;
      await sql`analyze`;
    },
    { deadlineMs: 1_800_000 },
  );
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
