import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { setBusinessClock } from '../../src/db/business-clock.ts';
import { loadHistories } from '../../src/pipeline/plan-history.ts';
import { buildPlanWorld, type PlanWorld } from '../pipeline/plan-world.ts';
import { asWorker, noon } from '../pipeline/seed.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const cli = new URL('../../src/tools/cli.ts', import.meta.url).pathname;
let database: TestDatabase;
let world: PlanWorld;
beforeAll(async () => {
  database = await createTestDatabase();
  world = await buildPlanWorld(database, 12);
  const wanted = world.itemIds.map((itemId) => ({
    itemId,
    warehouseId: world.northId,
    lastDay: '2026-03-09',
  }));
  await asWorker(database, world.organizationId, (sql) =>
    loadHistories(sql, world.organizationId, wanted, noon),
  );
  await setBusinessClock(database.db, { startAt: noon, speed: 1 });
});
afterAll(() => database.drop());

function shuiwei(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const env = {
    PATH: process.env.PATH,
    DATABASE_URL: database.ownerUrl,
    TOKEN_KEYS: `2026a:${randomBytes(32).toString('base64')}`,
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [cli, 'policy-backtest', ...args], { env }, (error, out, err) =>
      resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    );
  });
}

it('prints figures of the whole shop, with progress and caveats beside them', async () => {
  const { code, out, err } = await shuiwei(
    ...['--organization', world.organizationId, '--from', '2026-01-10', '--to', '2026-02-20'],
    ...['--method', 'DAYS_OF_COVER', '--cover-days', '10', '--lead-days', '5', '--locale', 'zh-CN'],
  );
  expect([code, err.split('\n')[0]]).toEqual([0, '12 of 12 levels']);
  const figures = Object.fromEntries(
    out
      .trim()
      .split('\n')
      .map((line) => line.split(',')),
  );
  expect(figures).toMatchObject({ figure: 'value', levels: '10', level_days: '370' });
  expect(Number(figures.fill_rate)).toBeGreaterThan(0.3);
  expect(err).toContain('2 个库存水位没有需求记录');
});

it.each([
  [['--from', '2026-02-30', '--to', '2026-03-01'], 'must be a day that exists'],
  [['--from', '2026-01-10', '--to', '2026-02-20', '--sku', 'nobody'], 'no watched level is left'],
])('refuses %j', async (args, words) => {
  const { code, out, err } = await shuiwei('--organization', world.organizationId, ...args);
  expect([code, out]).toEqual([1, '']);
  expect(err).toContain(words);
});
