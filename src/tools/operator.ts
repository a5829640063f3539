import { randomUUID } from 'node:crypto';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { Database } from '../db/client.ts';
import { revokeApiKey } from '../db/queries/api-key.ts';
import { loadWorkerOrganizations } from '../db/queries/lease.ts';
import { findOrganization, renewEventEpoch, saveOrganization } from '../db/queries/organization.ts';
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
        await withDatabase(({ db }) =>
          asOwner(db, organizationId, (sql) =>
            saveOrganization(sql, { organizationId, recordedAt: new Date(), ...options }),
          ),
        );
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
    .option('--scopes <list>', `what it may do, separated by commas: ${scopes.join(', ')}`, parseScopes, [
      ...scopes,
    ])
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
        const count = await withDatabase(({ db }) => renewEpochs(db));
        console.log(`${count} event logs have a new epoch`);
      }),
  );
}

/** One organization after the other: an owner who is no superuser sees the rows of one at a time only. */
async function renewEpochs(db: Database): Promise<number> {
  let count = 0;
  for (const organizationId of await loadWorkerOrganizations(db)) {
    if (await asOwner(db, organizationId, (sql) => renewEventEpoch(sql, organizationId))) count += 1;
  }
  return count;
}
