import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { createDatabase, type Database } from '../db/client.ts';
import { startEmbeddedPostgres } from '../db/embedded.ts';
import { migrateDatabase } from '../db/migrate.ts';
import { saveOrganization } from '../db/queries/organization.ts';
import { asOwner } from '../db/tenant.ts';
import { summarizePlans } from '../pipeline/plan.ts';
import { planSteps } from '../pipeline/plan-loop.ts';
import { createPlanThreads } from '../pipeline/plan-threads.ts';
import { type PipelinePorts, pipelineSettingsDefault } from '../pipeline/ports.ts';
import { brandId, type OrganizationId } from '../shared/ids.ts';
import { silentLog } from '../shared/log.ts';

const organizationId = brandId<OrganizationId>('00000000-0000-4000-8000-00000000be9c');
const at = new Date('2026-03-10T04:00:00.000Z');
const warehouses = 4;

/** `bench plan`: levels planned per second from stored demand, the whole way, in a database of its own. */
export function benchPlanCommand(): Command {
  return new Command('plan')
    .description('levels planned per second: load, forecast, plan and write, in a throw-away database')
    .option('--levels <count>', 'levels, 4 warehouses each item', '4000')
    .option('--days <count>', 'days of demand on record', '730')
    .option('--threads <count>', 'threads; 0 = none', String(Math.max(1, availableParallelism() - 1)))
    .action(async (options: { levels: string; days: string; threads: string }) => {
      const folder = await mkdtemp(join(tmpdir(), 'shuiwei-bench-'));
      await chmod(folder, 0o711);
      const server = await startEmbeddedPostgres({
        ...{ projectDir: folder, dataDir: folder, log: silentLog, port: 0, isDurable: false },
      });
      try {
        const migrations = fileURLToPath(new URL('../../drizzle', import.meta.url));
        await migrateDatabase({ ownerUrl: server.ownerUrl, folder: migrations, log: silentLog });
        const db = createDatabase({ ownerUrl: server.ownerUrl, log: silentLog });
        try {
          await measure(db, Number(options.levels), Number(options.days), Number(options.threads));
        } finally {
          await db.close();
        }
      } finally {
        await server.stop();
        await rm(folder, { recursive: true, force: true });
      }
    });
}

async function measure(db: Database, levels: number, days: number, threadCount: number): Promise<void> {
  await fill(db, Math.ceil(levels / warehouses), days);
  let now = at;
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
  await planSteps(ports, organizationId, threads, Number.POSITIVE_INFINITY);
  report('first round, every forecast', started, levels);
  started = performance.now();
  await summarizePlans(ports, organizationId);
  report('summary', started, levels);
  now = new Date(at.getTime() + 24 * 3_600_000);
  started = performance.now();
  await planSteps(ports, organizationId, threads, Number.POSITIVE_INFINITY);
  report('next day', started, levels);
  await threads.stop();
}

/** Items with demand on two days of five, made by the database itself. */
async function fill(db: Database, itemCount: number, days: number): Promise<void> {
  await asOwner(
    db,
    organizationId,
    async (sql) => {
      await saveOrganization(sql, { organizationId, name: 'bench', locale: 'en', recordedAt: at });
      await sql`
        insert into item (organization_id, item_id, sku, title, category, unit_cost, unit_price, observed_at, recorded_at)
        select ${organizationId}::uuid, md5('i' || i)::uuid, 'B-' || i, 'item ' || i, 'c' || i % 20, 3, 9,
               ${at}::timestamptz, ${at}::timestamptz
        from generate_series(1, ${itemCount}::int) i`;
      await sql`
        insert into warehouse (organization_id, warehouse_id, code, name, kind, observed_at, recorded_at)
        select ${organizationId}::uuid, md5('w' || w)::uuid, 'W' || w, 'W' || w, 'PHYSICAL', ${at}::timestamptz,
               ${at}::timestamptz
        from generate_series(1, ${warehouses}::int) w`;
      await sql`
        insert into stock_level (organization_id, item_id, warehouse_id, available, source, observed_at, recorded_at,
          checked_at, snapshot_observed_at)
        select organization_id, item_id, warehouse_id, hashtext(item_id::text || warehouse_id)::bigint & 63, 'FEED',
               ${at}::timestamptz, ${at}::timestamptz, ${at}::timestamptz, ${at}::timestamptz
        from item cross join (select warehouse_id from warehouse) w`;
      await sql`
        insert into demand_daily (organization_id, item_id, warehouse_id, day, units, source, observed_at, recorded_at)
        select organization_id, item_id, warehouse_id, ${at}::timestamptz::date - d,
               1 + (hashtext(item_id::text || warehouse_id || d)::bigint & 7) / 2, 'MOVEMENTS', ${at}::timestamptz,
               ${at}::timestamptz
        from stock_level cross join generate_series(1, ${days}::int) d
        where (hashtext(warehouse_id || item_id::text || d)::bigint & 255) < 102`;
      await sql`analyze`;
    },
    { deadlineMs: 600_000 },
  );
}
