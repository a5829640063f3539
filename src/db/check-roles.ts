import { AppError } from '../shared/errors.ts';
import { secondMs } from '../shared/time.ts';
import { type Connection, openConnection } from './connection.ts';
import { codeOf } from './transaction.ts';

/** As whom a process comes to the database; null = the owner takes the role inside each transaction. */
interface Logins {
  readonly ownerUrl: string;
  /** DATABASE_APP_URL. */
  readonly appUrl: string | null;
  /** DATABASE_WORKER_URL. */
  readonly workerUrl: string | null;
}

interface LoginState {
  name: string;
  rolsuper: boolean;
  rolbypassrls: boolean;
  is_owner: boolean;
  is_member: boolean;
}

/**
 * Makes sure that row-level security will bind whoever works on a migrated database: logins of their own must be
 * plain members of their role, and without them the owner must be able to take the roles. Reads the catalog.
 *
 * @throws AppError `invalid_configuration` naming the variable and the statements that help
 */
export async function checkDatabaseRoles({ ownerUrl, appUrl, workerUrl }: Logins): Promise<void> {
  const wanted = [
    { variable: 'DATABASE_APP_URL', url: appUrl ?? ownerUrl, role: 'shuiwei_app' },
    { variable: 'DATABASE_WORKER_URL', url: workerUrl ?? ownerUrl, role: 'shuiwei_worker' },
  ];
  const logins = wanted.filter(({ url }) => url !== ownerUrl);
  if (logins.length < wanted.length) {
    const roles = wanted.filter(({ url }) => url === ownerUrl).map(({ role }) => role);
    await onConnection(ownerUrl, (connection) => checkOwner(connection, roles));
  }
  for (const { variable, url, role } of logins) {
    const state = await onConnection(url, (connection) => loadLogin(connection, role)).catch((error) => {
      throw new AppError(
        'invalid_configuration',
        `${variable}: the database cannot be reached (${codeOf(error) ?? 'unknown fault'}); check address, name, user and password`,
        { cause: error },
      );
    });
    const fault = faultOf(state, role);
    if (fault !== null) {
      throw new AppError(
        'invalid_configuration',
        `${variable}: the user ${state.name} ${fault}; use a login made by: create role NAME login password '…' in role ${role}`,
      );
    }
  }
}

function faultOf(state: LoginState, role: string): string | null {
  if (state.rolsuper) return 'is a superuser, whom row-level security does not bind';
  if (state.rolbypassrls) return 'has BYPASSRLS, so row-level security does not bind it';
  if (state.is_owner) return 'owns the tables, so it could lift row-level security';
  if (!state.is_member) return `has not the rights of ${role}`;
  return null;
}

async function checkOwner({ sql }: Connection, roles: readonly string[]): Promise<void> {
  for (const role of roles) {
    try {
      await sql.unsafe(`begin; set local role ${role}; rollback`);
    } catch (error) {
      await sql.unsafe('rollback');
      if (codeOf(error) !== '42501') throw error;
      const [owner] = await sql<{ name: string }[]>`select quote_ident(current_user) as name`;
      throw new AppError(
        'invalid_configuration',
        `DATABASE_URL: the user ${owner?.name} may not take the role ${role}; let a superuser run: grant shuiwei_app to ${owner?.name}; grant shuiwei_worker to ${owner?.name};`,
        { cause: error },
      );
    }
  }
}

async function loadLogin({ sql }: Connection, role: string): Promise<LoginState> {
  const [row] = await sql<LoginState[]>`
    select quote_ident(r.rolname) as name, r.rolsuper, r.rolbypassrls,
           pg_has_role(r.oid, c.relowner, 'member') as is_owner, pg_has_role(r.oid, ${role}, 'usage') as is_member
    from pg_roles r, pg_class c
    where r.rolname = current_user and c.oid = 'public.organization'::regclass`;
  if (row === undefined) throw new Error('the catalog does not show the own user');
  return row;
}

async function onConnection<T>(url: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = openConnection({
    url,
    applicationName: 'shuiwei setup',
    connectTimeoutMs: 5 * secondMs,
    statementTimeoutMs: 10 * secondMs,
    lockTimeoutMs: 10 * secondMs,
    idleInTransactionTimeoutMs: 0,
  });
  try {
    return await work(connection);
  } finally {
    connection.destroy();
  }
}
