import { isUuid, type OrganizationId } from '../shared/ids.ts';
import type { Database, Orm } from './client.ts';
import type { PendingQuery, RowList, Sql } from './connection.ts';
import type { TransactionOptions } from './transaction.ts';

/** Who works for an organization: the API or a worker. */
export type TenantRole = 'app' | 'worker';

/**
 * Runs work in one transaction that sees and writes the rows of one organization only, by row-level security.
 *
 * Role and organization are set with SET LOCAL, so they end with the transaction and cannot reach the next user of
 * the connection, nor another client of a pooler. They travel with the first statement, in one round trip.
 *
 * @param options.isIdempotent - true = may be run again after a deadlock or a lost connection
 * @throws AppError `deadline_exceeded`; errors of Postgres as they are
 * @example await withOrganization(db, 'app', organizationId, (sql) => sql`select title from item`)
 */
export function withOrganization<T>(
  db: Database,
  role: TenantRole,
  organizationId: OrganizationId,
  work: (sql: Sql) => Promise<T>,
  options?: Partial<TransactionOptions>,
): Promise<T> {
  return db.transaction(role, setOrganization(organizationId), work, options);
}

/**
 * One statement under the same locks as {@link withOrganization}, in one round trip: for hot reads.
 *
 * @param build - makes the statement and nothing else; not an async function
 * @example await queryOrganization(db, 'app', organizationId, (sql) => sql`select title from item`)
 */
export function queryOrganization<Row extends readonly (object | undefined)[]>(
  db: Database,
  role: TenantRole,
  organizationId: OrganizationId,
  build: (sql: Sql) => PendingQuery<Row>,
  options?: Partial<TransactionOptions>,
): Promise<RowList<Row>> {
  return db.statement(role, setOrganization(organizationId), build, options);
}

/** As {@link withOrganization}, with drizzle's query builder. Dates come as drizzle's column types say. */
export function withOrganizationOrm<T>(
  db: Database,
  role: TenantRole,
  organizationId: OrganizationId,
  work: (orm: Orm) => Promise<T>,
  options?: Partial<TransactionOptions>,
): Promise<T> {
  return db.ormTransaction(role, setOrganization(organizationId), work, options);
}

/**
 * Runs work in one transaction without an organization: calls of the functions that guard the coordination tables
 * (keys, leases, budgets, routes, clock). Business tables look empty here.
 */
export function withoutOrganization<T>(
  db: Database,
  role: TenantRole,
  work: (sql: Sql) => Promise<T>,
  options?: Partial<TransactionOptions>,
): Promise<T> {
  return db.transaction(role, '', work, options);
}

/**
 * Runs work in one transaction as the owner: for migrations and the operator's command line, never for requests or
 * stages. A superuser looks past row-level security, another owner does not.
 *
 * @param organizationId - whose rows an owner who is no superuser works on; null = none
 */
export function asOwner<T>(
  db: Database,
  organizationId: OrganizationId | null,
  work: (sql: Sql) => Promise<T>,
  options?: Partial<TransactionOptions>,
): Promise<T> {
  return db.transaction(
    'owner',
    organizationId === null ? '' : setOrganization(organizationId),
    work,
    options,
  );
}

/** SET takes no parameters, so the id is checked again at the very place where it becomes SQL. */
function setOrganization(organizationId: OrganizationId): string {
  if (!isUuid(organizationId)) throw new Error('not an organization id');
  return `set local app.organization = '${organizationId}';`;
}
