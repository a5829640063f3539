import { AppError } from '../shared/errors.ts';
import { type Clock, secondMs } from '../shared/time.ts';
import type { Database } from './client.ts';
import { asOwner, withoutOrganization } from './tenant.ts';

/** Business time, as this process knows it. */
export interface BusinessClock extends Clock {
  /** Business seconds in one second; 1 in real operation, 0 while a replay moves the clock by hand. */
  readonly speed: number;
  /** Reads the shared row again; otherwise it is read every few seconds. */
  refresh(): Promise<void>;
  stop(): void;
}

interface Reading {
  anchor_at: Date;
  anchored_at: Date;
  speed: number;
  last_seen_at: Date;
  database_at: Date;
}

const refreshEveryMs = 5 * secondMs;

/**
 * Sets business time running at a speed. Time that a stopped sandbox missed is not made up for: it goes on from
 * the moment it was last seen. Writes the `business_clock` row; the same speed on a running clock changes nothing.
 *
 * @param speed - business seconds in one second; 1 = real time, whatever stood there before
 * @param startAt - where a clock that never ran begins; null = now
 * @param moveTo - sets a running clock to this instant: for a replay that moves time by hand; null = leave it
 */
export async function setBusinessClock(
  db: Database,
  { speed, startAt, moveTo }: { speed: number; startAt: Date | null; moveTo?: Date },
): Promise<void> {
  await asOwner(db, null, async (sql) => {
    const isReal = speed === 1 && startAt === null;
    await sql`
      insert into business_clock as c (only_row, anchor_at, anchored_at, speed, last_seen_at)
      select true, coalesce(${startAt}::timestamptz, moment), moment, ${speed}, coalesce(${startAt}::timestamptz, moment)
      from clock_timestamp() moment
      on conflict (only_row) do update
      set anchor_at = case when ${isReal} then excluded.anchored_at
                           else coalesce(${moveTo ?? null}::timestamptz, c.last_seen_at) end,
          anchored_at = excluded.anchored_at,
          speed = excluded.speed,
          last_seen_at = case when ${isReal} then excluded.anchored_at
                              else coalesce(${moveTo ?? null}::timestamptz, c.last_seen_at) end`;
  });
}

/**
 * Lets business time be real time where nobody has set it yet. Writes the `business_clock` row if there is none, and
 * never changes one: a sandbox may be running on it.
 */
export async function ensureBusinessClock(db: Database): Promise<void> {
  await asOwner(
    db,
    null,
    (sql) => sql`
      insert into business_clock (only_row, anchor_at, anchored_at, speed, last_seen_at)
      select true, moment, moment, 1, moment from clock_timestamp() moment
      on conflict (only_row) do nothing`,
  );
}

/**
 * What business time a database lives in: `real`, `played` by a sandbox (faster, or elsewhere in time), or `unset`.
 * Reads the `business_clock` row.
 */
export async function loadBusinessTimeKind(db: Database): Promise<'unset' | 'real' | 'played'> {
  const [row] = await withoutOrganization(
    db,
    'app',
    (sql) => sql<{ is_real: boolean }[]>`
      select speed = 1 and anchor_at = anchored_at as is_real from business_clock_read()`,
  );
  if (row === undefined) return 'unset';
  return row.is_real ? 'real' : 'played';
}

/** Notes that business time is running, so that it can go on from here after a stop. Writes `last_seen_at`. */
export async function markBusinessClockSeen(db: Database): Promise<void> {
  await withoutOrganization(db, 'worker', (sql) => sql`select business_clock_seen()`);
}

/**
 * Reads business time from the shared row and carries it on by this process's monotonic clock, so that a host clock
 * that is wrong, or jumps, has no effect.
 *
 * @throws AppError `invalid_configuration` when nobody has set the clock yet
 */
export async function openBusinessClock(db: Database): Promise<BusinessClock> {
  let reading: Reading;
  let readAtMs: number;
  const refresh = async () => {
    const before = performance.now();
    const [row] = await withoutOrganization(
      db,
      'app',
      (sql) => sql<Reading[]>`select * from business_clock_read()`,
    );
    if (row === undefined) {
      throw new AppError(
        'invalid_configuration',
        'business time is not set: start `npm start` on this database first',
      );
    }
    reading = row;
    readAtMs = (before + performance.now()) / 2;
  };
  await refresh();
  // A failed refresh is no harm: the next one comes, and the time runs on meanwhile.
  const timer = setInterval(() => void refresh().catch(() => {}), refreshEveryMs);
  timer.unref();
  return {
    get speed() {
      return reading.speed;
    },
    now() {
      const sinceAnchorMs =
        reading.database_at.getTime() - reading.anchored_at.getTime() + (performance.now() - readAtMs);
      return new Date(reading.anchor_at.getTime() + sinceAnchorMs * reading.speed);
    },
    refresh,
    stop: () => clearInterval(timer),
  };
}
