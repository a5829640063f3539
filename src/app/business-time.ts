import type { Config } from '../config.ts';
import { ensureBusinessClock, loadBusinessTimeKind, setBusinessClock } from '../db/business-clock.ts';
import type { Database } from '../db/client.ts';
import { loadWorkerOrganizations } from '../db/queries/lease.ts';
import { AppError } from '../shared/errors.ts';
import { demoOrganizationId } from './demo.ts';

/**
 * Refuses to let the sandbox and real data meet in one database: the sandbox moves the time of everybody there.
 *
 * Reads the clock's row, and which organizations have a key or a shop.
 *
 * @throws AppError `invalid_configuration` saying what to do instead
 */
export async function checkSandboxApart(
  config: Pick<Config, 'roles' | 'alibaba1688'>,
  db: Database,
): Promise<void> {
  const kind = await loadBusinessTimeKind(db);
  if (config.alibaba1688.appKey !== null && kind === 'played') {
    throw new AppError(
      'invalid_configuration',
      'DATABASE_URL: the sandbox plays in this database and has its own time there; use another database for a 1688 gateway (or, without DATABASE_URL, another SHUIWEI_DATA_DIR)',
    );
  }
  if (!config.roles.has('sandbox')) return;
  const others = (await loadWorkerOrganizations(db)).filter((id) => id !== demoOrganizationId);
  if (kind !== 'real' && others.length === 0) return;
  throw new AppError(
    'invalid_configuration',
    `--roles: the sandbox plays only in a database of its own, and this one ${others.length > 0 ? 'holds another organization' : 'runs in real time'}; leave the sandbox out (--roles api,worker, or set ALIBABA_1688_APP_KEY and ALIBABA_1688_APP_SECRET), or give it another database (DATABASE_URL, SHUIWEI_DATA_DIR)`,
  );
}

/**
 * Sets business time running: at the sandbox's speed where one plays, else in real time unless a sandbox of another
 * process has set it already. Writes the clock's row.
 *
 * @param startAt - where the sandbox's world begins to be live; null = no sandbox in this process
 */
export async function startBusinessTime(
  config: Pick<Config, 'speed'>,
  db: Database,
  startAt: Date | null,
): Promise<void> {
  if (startAt === null) return ensureBusinessClock(db);
  await setBusinessClock(db, { speed: config.speed === Infinity ? 0 : config.speed, startAt });
}
