import { createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDatabase, type Database } from '../../src/db/client.ts';
import type { Sql } from '../../src/db/connection.ts';
import { codeOf, isRetryable } from '../../src/db/transaction.ts';
import { silentLog } from '../../src/shared/log.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase({ poolMax: 2 });
  await test.sql`create table note (id integer primary key, body text)`;
});
beforeEach(() => test.sql`truncate note`);
afterAll(() => test.drop());

const run = <T>(work: (sql: Sql) => Promise<T>, options = {}) =>
  test.db.transaction('owner', '', work, options);
const bodies = async () => (await test.sql`select body from note order by id`).map((row) => row.body);

describe('a transaction', () => {
  it('commits what it wrote', async () => {
    await run((sql) => sql`insert into note values (1, 'kept')`);
    expect(await bodies()).toEqual(['kept']);
  });

  it('rolls back when its work fails, and the connection stays usable', async () => {
    const work = run(async (sql) => {
      await sql`insert into note values (1, 'lost')`;
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    expect(await bodies()).toEqual([]);
    await run((sql) => sql`insert into note values (2, 'after')`);
    expect(await bodies()).toEqual(['after']);
  });

  it('fails when a statement failed, even if the work did not mind', async () => {
    const work = run(async (sql) => {
      await sql`insert into note values (1, 'lost')`;
      await sql`select 1/0`.catch(() => null);
    });
    await expect(work).rejects.toThrow('rolled back');
    expect(await bodies()).toEqual([]);
  });

  it('refuses statements after its end, which would run in somebody else’s transaction', async () => {
    const leaked = await run(async (sql) => ({ sql }));
    expect(() => leaked.sql`insert into note values (1, 'stray')`).toThrow('closed');
    expect(() => leaked.sql.unsafe('select 1')).toThrow('closed');
  });

  it('is read only or serializable on wish', async () => {
    const settings = (sql: Sql) =>
      sql`select current_setting('transaction_read_only') as ro, current_setting('transaction_isolation') as level`;
    expect(await run(settings)).toEqual([{ ro: 'off', level: 'read committed' }]);
    expect(await run(settings, { isReadOnly: true, isolation: 'serializable' })).toEqual([
      { ro: 'on', level: 'serializable' },
    ]);
    await expect(
      run((sql) => sql`insert into note values (1, '')`, { isReadOnly: true }),
    ).rejects.toMatchObject({
      code: '25006',
    });
  });

  it('reads and writes exact values', async () => {
    const [row] = await run(
      (sql) => sql`
        select 9007199254740993::int8 as big, 0.10::numeric as exact, date '2026-03-01' as day,
               timestamptz '2026-03-01T00:00:00Z' as instant, '{"id": 9007199254740993}'::json as json,
               ${['x', 'y,z']}::text[] as texts, ${'{"n": 9007199254740993}'}::jsonb as given,
               ${'2026-02-28'}::date as given_day, ${['9007199254740993']}::int8[] as bigs`,
    );
    expect(row).toEqual({
      big: '9007199254740993',
      exact: '0.10',
      day: '2026-03-01',
      instant: new Date('2026-03-01T00:00:00Z'),
      json: '{"id": 9007199254740993}',
      texts: ['x', 'y,z'],
      given: '{"n": 9007199254740993}',
      given_day: '2026-02-28',
      bigs: ['9007199254740993'],
    });
  });

  it('leaves the raw connections alone when drizzle changes its own', async () => {
    await test.db.ormTransaction('owner', '', (orm) => orm.execute('select now()'));
    const [row] = await run((sql) => sql`select timestamptz '2026-03-01T00:00:00Z' as at`);
    expect(row?.at).toEqual(new Date('2026-03-01T00:00:00Z'));
  });

  it('waits for a free connection, first come, first served', async () => {
    const order: number[] = [];
    await Promise.all(
      [0, 1, 2, 3, 4, 5].map((turn) =>
        run(async (sql) => {
          order.push(turn);
          await sql`select pg_sleep(0.01)`;
        }),
      ),
    );
    expect(order).toEqual([0, 1, 2, 3, 4, 5]);
    expect(test.db.stats().owner).toMatchObject({ busy: 0, waiting: 0 });
  });
});

describe('a passing fault', () => {
  it.each(['40001', '40P01', '57P01'])(
    '%s is tried again when the transaction may run twice',
    async (code) => {
      let tries = 0;
      const flaky = async (sql: Sql) => {
        tries += 1;
        if (tries < 3)
          await sql.unsafe(`do $$ begin raise exception 'passing' using errcode = '${code}'; end $$`);
        return sql`insert into note values (1, 'once')`;
      };
      await run(flaky, { isIdempotent: true });
      expect(tries).toBe(3);
      expect(await bodies()).toEqual(['once']);
    },
  );

  it('is not tried again otherwise, nor without end, nor for other errors', async () => {
    let tries = 0;
    const failing = (code: string) => (sql: Sql) => {
      tries += 1;
      return sql.unsafe(`do $$ begin raise exception 'failing' using errcode = '${code}'; end $$`);
    };
    await expect(run(failing('40001'))).rejects.toMatchObject({ code: '40001' });
    expect(tries).toBe(1);
    await expect(run(failing('40001'), { isIdempotent: true })).rejects.toMatchObject({ code: '40001' });
    expect(tries).toBe(4);
    await expect(run(failing('22012'), { isIdempotent: true })).rejects.toMatchObject({ code: '22012' });
    expect(tries).toBe(5);
  });

  it('is recognised inside another error, as drizzle wraps them', () => {
    const wrapped = new Error('query failed', {
      cause: Object.assign(new Error('deadlock'), { code: '40P01' }),
    });
    expect(codeOf(wrapped)).toBe('40P01');
    expect(isRetryable(wrapped)).toBe(true);
    expect(isRetryable(new Error('other'))).toBe(false);
  });

  it('of a terminated backend costs one transaction, the next one gets a new connection', async () => {
    const work = run(async (sql) => {
      await sql`select pg_terminate_backend(pg_backend_pid())`;
    });
    const error = await work.catch((caught: unknown) => caught);
    expect(isRetryable(error)).toBe(true);
    expect(await run((sql) => sql`select 1 as one`)).toEqual([{ one: 1 }]);
  });

  it('never lets the rest of the work run outside of the transaction', async () => {
    const work = run(async (sql) => {
      await sql`select pg_terminate_backend(pg_backend_pid())`.catch(() => null);
      await sql`insert into note values (1, 'outside')`;
    });
    await expect(work).rejects.toThrow();
    expect(await bodies()).toEqual([]);
  });
});

describe('on a bad network', () => {
  let proxy: TcpProxy;
  let db: Database;
  beforeEach(async () => {
    proxy = await startTcpProxy(test.ownerUrl);
    db = createDatabase({
      ownerUrl: proxy.through(test.ownerUrl),
      log: silentLog,
      poolMax: 1,
      deadlineMs: 20_000,
    });
  });
  afterEach(async () => {
    await db.close(0);
    await proxy.close();
  });

  it('cuts a half-open connection at the deadline and goes on with a new one', async () => {
    const statement = (deadlineMs: number) =>
      db.transaction('owner', '', (sql) => sql`select pg_backend_pid() as pid`, { deadlineMs });
    const [before] = await statement(20_000);
    proxy.freeze();
    await expect(statement(200)).rejects.toMatchObject({ code: 'deadline_exceeded' });
    expect(db.stats().owner).toEqual({ busy: 0, idle: 0, waiting: 0 });
    proxy.thaw();
    const [after] = await statement(20_000);
    expect(after?.pid).not.toBe(before?.pid);
  });

  it('frees the place of work that hangs on something else', async () => {
    const hanging = db.transaction('owner', '', () => new Promise<never>(() => {}), { deadlineMs: 100 });
    await expect(hanging).rejects.toMatchObject({ code: 'deadline_exceeded' });
    expect(await db.transaction('owner', '', (sql) => sql`select 1 as one`)).toEqual([{ one: 1 }]);
  });

  it('counts the wait for a connection into the deadline', async () => {
    const release = Promise.withResolvers<void>();
    const holding = db.transaction('owner', '', () => release.promise);
    const waiting = db.transaction('owner', '', (sql) => sql`select 1`, { deadlineMs: 100 });
    await expect(waiting).rejects.toMatchObject({ code: 'deadline_exceeded' });
    expect(db.stats().owner).toEqual({ busy: 1, idle: 0, waiting: 0 });
    release.resolve();
    await holding;
  });

  it('says so when the connection is reset', async () => {
    const statement = db.transaction('owner', '', async (sql) => {
      await sql`select 1`;
      const sleeping = sql`select pg_sleep(60)`.execute();
      proxy.cut();
      await sleeping;
    });
    await expect(statement).rejects.toSatisfy((error) => /CONNECTION_|ECONNRESET/.test(codeOf(error) ?? ''));
    expect(await db.isReachable(5_000)).toBe(true);
  });

  it('answers that it is not reachable, in time', async () => {
    expect(await db.isReachable(5_000)).toBe(true);
    proxy.freeze();
    expect(await db.isReachable(200)).toBe(false);
    proxy.thaw();
    expect(await db.isReachable(5_000)).toBe(true);
  });

  it('needs two round trips for a transaction of one statement', async () => {
    const statement = () =>
      db.transaction('owner', 'set local role shuiwei_app;', (sql) => sql`select ${1}::int`);
    await statement();
    const before = proxy.roundTrips();
    await statement();
    expect(proxy.roundTrips() - before).toBe(2);
  });

  it('needs one for a statement of its own', async () => {
    const statement = () =>
      db.statement('owner', 'set local role shuiwei_app;', (sql) => sql`select ${1}::int as one`);
    await statement();
    const before = proxy.roundTrips();
    expect(await statement()).toEqual([{ one: 1 }]);
    expect(proxy.roundTrips() - before).toBe(1);
  });

  it('cuts a statement of its own at the deadline, too', async () => {
    proxy.freeze();
    const statement = db.statement('owner', '', (sql) => sql`select 1`, { deadlineMs: 200 });
    await expect(statement).rejects.toMatchObject({ code: 'deadline_exceeded' });
    expect(db.stats().owner).toEqual({ busy: 0, idle: 0, waiting: 0 });
  });

  it('listens again after its connection was lost', async () => {
    const onNotify = vi.fn();
    const onConnect = vi.fn();
    const listener = db.listen({ channel: 'shuiwei_test', onNotify, onConnect });
    await vi.waitFor(() => expect(onConnect).toHaveBeenCalledTimes(1));
    await test.sql`notify shuiwei_test`;
    await vi.waitFor(() => expect(onNotify).toHaveBeenCalledTimes(1));
    proxy.cut();
    await vi.waitFor(() => expect(onConnect).toHaveBeenCalledTimes(2), { timeout: 10_000 });
    await test.sql`notify shuiwei_test`;
    await vi.waitFor(() => expect(onNotify).toHaveBeenCalledTimes(2));
    listener.stop();
    await vi.waitFor(() => expect(proxy.count()).toBe(0));
  });
});

describe('a server that is not there', () => {
  it('is reported at once', async () => {
    const probe = createServer();
    await new Promise<void>((resolve) => {
      probe.listen(0, '127.0.0.1', resolve);
    });
    const port = (probe.address() as { port: number }).port;
    await new Promise((resolve) => {
      probe.close(resolve);
    });
    const db = createDatabase({ ownerUrl: `postgres://nobody:x@127.0.0.1:${port}/none`, log: silentLog });
    await expect(db.transaction('owner', '', (sql) => sql`select 1`)).rejects.toMatchObject({
      code: 'ECONNREFUSED',
    });
    await db.close();
  });

  it('refuses further work after closing', async () => {
    const db = createDatabase({ ownerUrl: test.ownerUrl, log: silentLog });
    await db.close();
    await expect(db.transaction('owner', '', (sql) => sql`select 1`)).rejects.toThrow('closed');
  });
});
