import { mkdir, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { createDatabase, type Database } from '../db/client.ts';
import { startEmbeddedPostgres } from '../db/embedded.ts';
import { migrateDatabase } from '../db/migrate.ts';
import type { Collection } from '../db/queries/collection.ts';
import { everything } from '../db/queries/filter.ts';
import { type ItemField, items } from '../db/queries/item.ts';
import { type PageRows, readPage } from '../db/queries/keyset.ts';
import { saveOrganization } from '../db/queries/organization.ts';
import { type StockLevelField, stockLevels } from '../db/queries/stock-level.ts';
import { asOwner, queryOrganization } from '../db/tenant.ts';
import { brandId, type OrganizationId } from '../shared/ids.ts';
import { silentLog } from '../shared/log.ts';

const organizationId = brandId<OrganizationId>('00000000-0000-4000-8000-00000050a750');
const at = new Date('2026-03-10T04:00:00.000Z');
const warehouses = 4;
const pageSize = 50;
const roundsMeasured = 15;

/** `bench kpi-sorts`: time of a page of 50 by each computed figure, in a database of its own. */
export function benchKpiSortsCommand(): Command {
  return new Command('kpi-sorts')
    .description(
      'time of a page of 50 sorted by a computed figure, first and far behind, in a throw-away database',
    )
    .requiredOption('--dir <folder>', 'an empty or new folder for the database; removed afterwards')
    .option('--levels <count>', 'levels, 4 warehouses each item', '1000000')
    .option('--explain', 'print the plan of every page', false)
    .action(async (options: { dir: string; levels: string; explain: boolean }) => {
      const folder = resolve(options.dir);
      await mkdir(folder, { recursive: true, mode: 0o711 });
      const server = await startEmbeddedPostgres({
        ...{ projectDir: folder, dataDir: folder, log: silentLog, port: 0, isDurable: false },
      });
      try {
        const migrations = fileURLToPath(new URL('../../drizzle', import.meta.url));
        await migrateDatabase({ ownerUrl: server.ownerUrl, folder: migrations, log: silentLog });
        const db = createDatabase({ ownerUrl: server.ownerUrl, log: silentLog });
        try {
          const startedMs = performance.now();
          await fill(db, Math.ceil(Number(options.levels) / warehouses));
          print(
            `${options.levels} levels filled in ${((performance.now() - startedMs) / 1000).toFixed(0)} s`,
          );
          await measureAll(db, options.explain);
        } finally {
          await db.close();
        }
      } finally {
        await server.stop();
        await rm(folder, { recursive: true, force: true });
      }
    });
}

const levelSorts: readonly StockLevelField[] = [
  ...(['daysToStockOut', 'healthScore', 'excessValue', 'stockOutProbability', 'urgencyScore'] as const),
];
const itemSorts: readonly ItemField[] = ['daysToStockOut', 'healthScore', 'excessValue'];

async function measureAll(db: Database, isExplained: boolean): Promise<void> {
  for (const isDescending of [false, true]) {
    for (const field of levelSorts) await measure(db, stockLevels, field, isDescending, isExplained);
    for (const field of itemSorts) await measure(db, items, field, isDescending, isExplained);
  }
}

/** The first page, the one after ten more, and one some thousands of rows behind. */
async function measure<Row, Field extends string>(
  db: Database,
  collection: Collection<Row, Field>,
  field: Field,
  isDescending: boolean,
  isExplained: boolean,
): Promise<void> {
  const sort = [{ field, isDescending, areNullsFirst: false }];
  const pageAfter = (boundary: readonly (string | null)[] | null, limit: number) =>
    readPage(collection, { condition: everything, sort, limit, isBackward: false, boundary });
  const load = async (
    boundary: readonly (string | null)[] | null,
    limit = pageSize,
  ): Promise<PageRows<Row>> => {
    const read = pageAfter(boundary, limit);
    return read.parse(
      await queryOrganization(db, 'app', organizationId, (sql) => read.build({ sql, now: at })),
    );
  };
  const times: string[] = [];
  let boundary: readonly (string | null)[] | null = null;
  for (const [name, skipped] of [
    ['first', 0],
    ['after 500', 500],
    ['after 20,500', 20_000],
  ] as const) {
    if (skipped > 0) boundary = (await load(boundary, skipped)).rows.at(-1)!.cursorKeys;
    times.push(`${name} ${(await medianMs(() => load(boundary))).toFixed(1)} ms`);
    if (isExplained) print(await explain(db, pageAfter(boundary, pageSize).build));
  }
  print(`${collection.name} by ${field} ${isDescending ? 'desc' : 'asc'}: ${times.join(', ')}`);
}

async function medianMs(work: () => Promise<unknown>): Promise<number> {
  await work();
  const times: number[] = [];
  for (let round = 0; round < roundsMeasured; round += 1) {
    const startedMs = performance.now();
    await work();
    times.push(performance.now() - startedMs);
  }
  return times.sort((one, other) => one - other)[roundsMeasured >> 1]!;
}

async function explain(db: Database, build: ReturnType<typeof readPage>['build']): Promise<string> {
  const rows = await queryOrganization(
    db,
    'app',
    organizationId,
    (sql) => sql`explain (analyze, buffers, costs off) ${build({ sql, now: at }) as never}`,
  );
  return (rows as unknown as readonly Record<string, string>[]).map((row) => row['QUERY PLAN']).join('\n');
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Levels with plans, made by the database itself; figures spread as in a real shop, a fifth of them missing. */
async function fill(db: Database, itemCount: number): Promise<void> {
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
        insert into level_plan (organization_id, item_id, warehouse_id, planned_on, inputs, lead_time_days,
          lead_time_sd_days, lead_time_origin, review_period_days, protection_days, service_level,
          service_level_origin, safety_stock_method, position_due, inbound_overdue, is_dead, health_weight,
          days_to_stock_out_p50, health_score, excess_value, stock_out_probability, urgency_score, computed_at,
          data_as_of, recorded_at)
        select organization_id, item_id, warehouse_id, ${at}::timestamptz::date,
               json_build_object('available', available::text, 'padding', repeat(md5(item_id::text), 30)), 14, 4,
               'DEFAULT', 1, 15, 0.95, 'DEFAULT', 'QUANTILE', available, 0, h % 50 = 0, 1,
               case when h % 5 > 0 then (h / 7) % 366 end,
               case when h % 20 > 0 then round((h % 1000003) / 10000.03, 6) end,
               case when h % 20 > 0 then case when h % 5 < 3 then 0 else round((h % 999983) / 7.0, 6) end end,
               case when h % 20 > 0 then (h % 1000) / 999.0 end, round((h % 1000003) / 10000.03, 6),
               ${at}::timestamptz, ${at}::timestamptz, ${at}::timestamptz
        from (
          select *, hashtext(warehouse_id::text || item_id)::bigint & 2147483647 as h from stock_level
        ) l`;
      await sql`
        insert into item_plan (organization_id, item_id, level_count, scored_count, health_weight, units_sold_90,
          days_to_stock_out_p50, stock_out_probability, health_score, excess_value, computed_at, data_as_of,
          recorded_at)
        select organization_id, item_id, count(*), count(health_score), 1, 0, min(days_to_stock_out_p50),
               max(stock_out_probability), round(avg(health_score), 6), sum(excess_value), ${at}::timestamptz,
               ${at}::timestamptz, ${at}::timestamptz
        from level_plan group by 1, 2`;
      await sql`analyze`;
    },
    { deadlineMs: 1_800_000 },
  );
}
