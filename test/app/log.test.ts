import { sql } from 'drizzle-orm';
import { DrizzleQueryError } from 'drizzle-orm/errors';
import { expect, test } from 'vitest';
import { createLog } from '../../src/app/log.ts';
import { withOrganization, withOrganizationOrm } from '../../src/db/tenant.ts';
import { AppError } from '../../src/shared/errors.ts';
import { brandId, type OrganizationId } from '../../src/shared/ids.ts';
import { createTestDatabase } from '../support/database.ts';

/** A log into memory. */
function remember() {
  const lines: string[] = [];
  const log = createLog('debug', { write: (line) => lines.push(line) });
  return { log, text: () => lines.join('') };
}

const canary = 'canary-7f3a';

test('of a failed statement only code and place are written, however it is wrapped', async () => {
  await using database = await createTestDatabase();
  const organizationId = brandId<OrganizationId>(crypto.randomUUID());
  const failures = await Promise.allSettled([
    withOrganization(database.db, 'app', organizationId, (tag) => tag`select ${canary}::text::integer`),
    withOrganizationOrm(database.db, 'app', organizationId, (orm) =>
      orm.execute(sql`select ${canary}::text::integer`),
    ),
  ]);
  const errors = failures.map((failure) => (failure.status === 'rejected' ? failure.reason : null));
  expect(errors[1]).toBeInstanceOf(DrizzleQueryError);
  for (const error of [...errors, new AppError('transient', 'a stage failed', { cause: errors[1] })]) {
    const { log, text } = remember();
    log.warn({ error }, 'failed');
    expect(text()).toContain('"code":"22P02"');
    expect(text()).not.toContain(canary);
  }
  // A lost connection has neither severity nor routine; the wrapper still holds the statement.
  const lost = Object.assign(new Error('write CONNECTION_CLOSED'), { code: 'CONNECTION_CLOSED' });
  const { log, text } = remember();
  log.warn({ error: new DrizzleQueryError(`select '${canary}'`, [canary], lost) }, 'failed');
  expect(text()).toContain('"code":"CONNECTION_CLOSED"');
  expect(text()).not.toContain(canary);
});

test('secrets are left out at any depth', () => {
  const { log, text } = remember();
  log.info({ accessToken: canary, shop: { token: canary } }, 'flat');
  log.info({ a: { b: { refreshToken: canary, c: { appSecret: canary } } } }, 'deep');
  log.child({ part: 'x' }).info({ channels: [{ settings: { password: canary } }] }, 'in a list');
  expect(text().match(/\[secret\]/g)).toHaveLength(5);
  expect(text()).not.toContain(canary);
});

test('errors of our own keep their message, others their place', () => {
  const { log, text } = remember();
  log.warn({ error: new AppError('throttled', 'the platform asks for a pause') }, 'failed');
  log.error({ error: new TypeError('not a function') }, 'failed');
  expect(text()).toContain('the platform asks for a pause');
  expect(text()).toMatch(/"name":"TypeError","message":"not a function","at":"at .*log\.test\.ts/);
});
