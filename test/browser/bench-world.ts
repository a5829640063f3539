import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../src/app/database.ts';
import { demoOrganizationId } from '../../src/app/demo.ts';
import { saveOrganization } from '../../src/db/queries/organization.ts';
import { asOwner } from '../../src/db/tenant.ts';
import { silentLog } from '../../src/shared/log.ts';

/**
 * Makes a folder with a database of so many items in four warehouses, with stock, thresholds and planned figures, all
 * made by the database itself, so that no planning has to run.
 *
 * @returns the folder, for SHUIWEI_DATA_DIR
 */
export async function makeBenchWorld(itemCount: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'shuiwei-bench-'));
  // Started as root, Postgres runs as another user, who must get in.
  await chmod(folder, 0o755);
  const open = await openDatabase(
    {
      ...{ databaseUrl: null, databaseAppUrl: null, databaseWorkerUrl: null },
      ...{ dataDir: folder, tokenKeys: null, traceFile: null },
    },
    silentLog,
  );
  const organizationId = demoOrganizationId;
  const at = new Date();
  try {
    await asOwner(
      open.db,
      organizationId,
      async (sql) => {
        await saveOrganization(sql, {
          organizationId,
          name: '水位示例商家',
          locale: 'zh-CN',
          recordedAt: at,
        });
        await sql`
          insert into item (organization_id, item_id, sku, title, category, unit_cost, unit_price, observed_at, recorded_at)
          select ${organizationId}::uuid, md5('i' || i)::uuid, 'B' || lpad(i::text, 6, '0'), '商品 ' || i || ' 现货批发',
                 '类目' || i % 40, 3, 9, ${at}::timestamptz, ${at}::timestamptz
          from generate_series(1, ${itemCount}::int) i`;
        await sql`
          insert into warehouse (organization_id, warehouse_id, code, name, kind, observed_at, recorded_at)
          select ${organizationId}::uuid, md5('w' || w)::uuid, 'W' || w, '仓 ' || w, 'PHYSICAL', ${at}::timestamptz,
                 ${at}::timestamptz
          from generate_series(1, 4) w`;
        await sql`
          insert into stock_level (organization_id, item_id, warehouse_id, available, source, observed_at, recorded_at,
            checked_at, snapshot_observed_at, threshold, threshold_origin, threshold_computed_at)
          select i.organization_id, i.item_id, w.warehouse_id, hashtext(i.sku || w.code)::bigint & 255, 'FEED',
                 ${at}::timestamptz, ${at}::timestamptz, ${at}::timestamptz, ${at}::timestamptz, 20, 'COMPUTED', ${at}::timestamptz
          from item i cross join warehouse w
          where (hashtext(w.code || i.sku)::bigint & 7) < 5 or w.code = 'W1'`;
        await sql`
          insert into item_plan (organization_id, item_id, abc_class, xyz_class, demand_class, ranked_value,
            days_to_stock_out_p10, days_to_stock_out_p50, days_to_stock_out_p90, stock_out_probability, urgency_tier,
            urgency_score, level_count, scored_count, health_score, health_weight, stock_value, excess_value,
            units_sold_90, turnover_90, in_stock_rate_90, computed_at, data_as_of, recorded_at)
          select organization_id, item_id, (array['A','B','C','C'])[1 + h % 4], 'X', 'SMOOTH', h % 9973,
                 h % 90, h % 90 + 5, h % 90 + 15, (h % 100) / 100.0, 'OK', h % 101, 2, 2, h % 101, 1 + h % 50,
                 h % 20000, greatest(0, h % 9000 - 4000), h % 700, h % 30, 0.9, ${at}::timestamptz, ${at}::timestamptz,
                 ${at}::timestamptz
          from (select organization_id, item_id, hashtext(sku)::bigint & 2147483647 as h from item) i`;
        await sql`analyze`;
      },
      { deadlineMs: 600_000 },
    );
  } finally {
    await open.close();
  }
  return folder;
}
