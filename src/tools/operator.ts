import { randomUUID } from 'node:crypto';
import { Command, InvalidArgumentError, Option } from 'commander';
import { ensureBusinessClock, openBusinessClock } from '../db/business-clock.ts';
import type { Database } from '../db/client.ts';
import { revokeApiKey } from '../db/queries/api-key.ts';
import { findOrganization, renewEventEpochs, saveOrganization } from '../db/queries/organization.ts';
import { asOwner } from '../db/tenant.ts';
import { createApiKey } from '../server/key-store.ts';
import { AppError } from '../shared/errors.ts';
import { brandId, isUuid, type OrganizationId } from '../shared/ids.ts';
import { isScope, type Scope, scopes } from '../shared/scopes.ts';
import { dayMs } from '../shared/time.ts';
import { withDatabase } from './with-database.ts';

/** Reads an organization's id from the command line. */
export function parseOrganizationId(text: string): OrganizationId {
  if (!isUuid(text)) throw new InvalidArgumentError('must be the id that `organization create` printed');
  return brandId<OrganizationId>(text);
}

function parseScopes(text: string): Scope[] {
  const names = text.split(',').map((name) => name.trim());
  const known = names.filter(isScope);
  if (known.length !== names.length) throw new InvalidArgumentError(`must be among ${scopes.join(', ')}`);
  return known;
}

function parseDays(text: string): number {
  const days = Number(text);
  if (!(Number.isInteger(days) && days >= 1 && days <= 3650)) {
    throw new InvalidArgumentError('must be whole days from 1 to 3650');
  }
  return days;
}

/** `shuiwei organization create`: a new tenant. */
export function organizationCommand(): Command {
  return new Command('organization').description('tenants of this installation').addCommand(
    new Command('create')
      .description('make an organization and print its id')
      .requiredOption('--name <name>', 'for people')
      .addOption(
        new Option('--locale <locale>', 'language of texts').choices(['zh-CN', 'en']).default('zh-CN'),
      )
      .action(async (options: { name: string; locale: 'zh-CN' | 'en' }) => {
        const organizationId = brandId<OrganizationId>(randomUUID());
        await withDatabase(async ({ db }) => {
          const recordedAt = await readBusinessTime(db);
          await asOwner(db, organizationId, (sql) =>
            saveOrganization(sql, { organizationId, recordedAt, ...options }),
          );
        });
        console.log(organizationId);
      }),
  );
}

/** `shuiwei key create | revoke`: API keys. */
export function keyCommand(): Command {
  const create = new Command('create')
    .description('make an API key; it is shown once and stored only as a hash')
    .requiredOption('--organization <id>', 'whose data it opens', parseOrganizationId)
    .requiredOption('--name <name>', 'whose key it is, or what it is for')
    .addOption(
      new Option('--scopes <list>', `what it may do, separated by commas: ${scopes.join(', ')}`)
        .argParser(parseScopes)
        .default([...scopes], 'all of them'),
    )
    .option('--days <n>', 'how long it is valid; default: until revoked', parseDays)
    .action(
      async (options: { organization: OrganizationId; name: string; scopes: Scope[]; days?: number }) => {
        const text = await withDatabase(async ({ db }) => {
          const known = await asOwner(db, options.organization, (sql) =>
            findOrganization(sql, options.organization),
          );
          if (known === null) {
            throw new AppError(
              'not_found',
              'there is no such organization; make one with `organization create`',
            );
          }
          return createApiKey(db, {
            organizationId: options.organization,
            name: options.name,
            scopes: options.scopes,
            expiresAt: options.days === undefined ? null : new Date(Date.now() + options.days * dayMs),
          });
        });
        console.log(text);
      },
    );
  const revoke = new Command('revoke')
    .description('end an API key; open connections with it end within a minute')
    .argument('<prefix>', 'the key’s visible start, such as sw_0123456789ab')
    .action(async (prefix: string) => {
      const isRevoked = await withDatabase(({ db }) => asOwner(db, null, (sql) => revokeApiKey(sql, prefix)));
      if (!isRevoked)
        throw new AppError('not_found', `no key begins with ${prefix}, or it was revoked before`);
      console.log(`${prefix} is revoked`);
    });
  return new Command('key').description('API keys').addCommand(create).addCommand(revoke);
}

/** `shuiwei events new-epoch`: after a database was restored. */
export function eventsCommand(): Command {
  return new Command('events').description('the event logs').addCommand(
    new Command('new-epoch')
      .description('after restoring a database: cursors from before are answered with CURSOR_UNKNOWN')
      .action(async () => {
        const count = await withDatabase(({ db }) => asOwner(db, null, renewEventEpochs));
        if (count === 0) {
          throw new AppError(
            'not_found',
            'this database holds no event log; is DATABASE_URL the one that was restored?',
          );
        }
        console.log(`${count} event logs have a new epoch`);
      }),
  );
}

/** Now, as the others on this database know it; where nobody has set the clock yet, it is real time from now on. */
async function readBusinessTime(db: Database): Promise<Date> {
  await ensureBusinessClock(db);
  const clock = await openBusinessClock(db);
  clock.stop();
  return clock.now();
}
