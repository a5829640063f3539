import { type AnyPgTable, getTableConfig } from 'drizzle-orm/pg-core';
import type postgres from 'postgres';

/**
 * Tables without an organization's lock, each with its reason. Whoever adds one must say here why the organization
 * cannot be known first, or why the rows belong to nobody.
 */
export const coordinationTables: Readonly<Record<string, string>> = {
  api_key: 'a request shows a key before anybody knows whose it is',
  shop_lease:
    'a worker claims due shops of all organizations; a push message names a member, not an organization',
  call_budget: 'the budget of an app key is shared by the shops of all organizations',
  business_clock: 'one time for all processes and organizations',
};

/** The only policy there is; a sub-select in it could not be pushed to the node of an organization. */
const policy = `(organization_id = (NULLIF(current_setting('app.organization'::text, true), ''::text))::uuid)`;

const isPartition = 'c.relispartition';
const roles = ['shuiwei_app', 'shuiwei_worker'];

async function findings(sql: postgres.Sql, query: string): Promise<string[]> {
  const rows = await sql.unsafe<{ finding: string }[]>(query);
  return rows.map((row) => row.finding).sort();
}

const list = (names: readonly string[]) => names.map((name) => `'${name}'`).join(', ');
const coordination = list(Object.keys(coordinationTables));
const tables = `pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')`;
const businessTables = `${tables} and not ${isPartition} and c.relname not in (${coordination})`;

/** Business tables whose rows are not locked to their organization, for the owner too. */
export function findUnlockedTables(sql: postgres.Sql): Promise<string[]> {
  return findings(
    sql,
    `select c.relname || ': row-level security is not enabled and forced' as finding
     from ${businessTables} and not (c.relrowsecurity and c.relforcerowsecurity)
     union all
     select c.relname || ': does not have exactly the one policy' from ${businessTables} and 1 <> (
       select count(*) filter (where p.polpermissive and p.polcmd = '*' and p.polroles = '{0}'
           and pg_get_expr(p.polqual, p.polrelid) = $policy$${policy}$policy$
           and pg_get_expr(p.polwithcheck, p.polrelid) = $policy$${policy}$policy$)
         + 10 * (count(*) - 1)
       from pg_policy p where p.polrelid = c.oid
     )
     union all
     select c.relname || ': organization_id is no uuid that is never null' from ${businessTables} and not exists (
       select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organization_id'
         and a.atttypid = 'uuid'::regtype and a.attnotnull
     )
     union all
     select c.relname || ': partition is not locked' from ${tables}
       and ${isPartition} and not (c.relrowsecurity and c.relforcerowsecurity)
     union all
     select c.relname || ': view shows every organization' from pg_class c
     where c.relnamespace = 'public'::regnamespace and (c.relkind = 'm'
       or c.relkind = 'v' and coalesce(array_to_string(c.reloptions, ','), '') not like '%security_invoker=true%')`,
  );
}

/** Keys of business tables that do not begin with the organization: they could not be distributed, and leak existence. */
export function findKeysWithoutOrganization(sql: postgres.Sql): Promise<string[]> {
  const nameOf = (relation: string, number: string) =>
    `(select a.attname from pg_attribute a where a.attrelid = ${relation} and a.attnum = ${number})`;
  return findings(
    sql,
    `select c.relname || ': has no primary key' as finding from ${businessTables}
       and not exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary)
     union all
     select c.relname || ': unique index ' || i.indexrelid::regclass || ' begins with '
       || coalesce(${nameOf('i.indrelid', 'i.indkey[0]')}, 'an expression')
     from pg_index i join pg_class c on c.oid = i.indrelid
     where i.indisunique and c.oid in (select c.oid from ${businessTables})
       and ${nameOf('i.indrelid', 'i.indkey[0]')} is distinct from 'organization_id'
     union all
     select c.relname || ': foreign key ' || k.conname || ' does not join by organization first'
     from pg_constraint k join pg_class c on c.oid = k.conrelid
     where k.contype = 'f' and not ${isPartition} and c.relnamespace = 'public'::regnamespace
       and (${nameOf('k.conrelid', 'k.conkey[1]')} is distinct from 'organization_id'
         or ${nameOf('k.confrelid', 'k.confkey[1]')} is distinct from 'organization_id')`,
  );
}

/** What the roles of API and workers may do and must not. */
export function findWrongGrants(sql: postgres.Sql): Promise<string[]> {
  const granted = (condition: string) =>
    `${tables} and exists (select from unnest(array[${list(roles)}]) as r (name) where ${condition})`;
  const may = (privilege: string) => `has_table_privilege(r.name, c.oid, '${privilege}')`;
  const any = ['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger']
    .map(may)
    .join(' or ');
  return findings(
    sql,
    `select c.relname || ': coordination table with a grant' as finding from ${granted(any)}
       and c.relname in (${coordination})
     union all
     select c.relname || ': partition can be reached directly' from ${granted(any)} and ${isPartition}
     union all
     select c.relname || ': may be truncated, referenced or given triggers'
       from ${granted(`${may('truncate')} or ${may('references')} or ${may('trigger')}`)}
     union all
     select c.relname || ': append-only, yet can be changed' from ${granted(may('update'))}
       and c.relname in ('stock_snapshot', 'event_log', 'replenishment_version')
     union all
     select name || ': the API can read secrets' from unnest(array['shop_credential', 'notification_secret']) as s (name)
       where has_table_privilege('shuiwei_app', s.name, 'select')
       or has_column_privilege('shuiwei_app', s.name, 'sealed', 'select')
     union all
     select r.rolname || ': is superuser, owner, may log in, or looks past row-level security' from pg_roles r
     where r.rolname in (${list(roles)}) and (r.rolsuper or r.rolbypassrls or r.rolcanlogin or r.rolcreaterole
       or r.rolcreatedb or r.rolreplication
       or exists (select from pg_class c where c.relowner = r.oid) or exists (select from pg_proc p where p.proowner = r.oid))
     union all
     select r.name || ': may make objects in the schema' from unnest(array[${list(roles)}]) as r (name)
     where has_schema_privilege(r.name, 'public', 'create')`,
  );
}

/** Functions that run as the owner but could be led astray, or be called by anybody. */
export function findUnsafeFunctions(sql: postgres.Sql): Promise<string[]> {
  const functions = `pg_proc p where p.pronamespace = 'public'::regnamespace`;
  return findings(
    sql,
    `select p.proname || ': SECURITY DEFINER without a fixed search_path that ends with pg_temp' as finding
     from ${functions} and p.prosecdef
       and not coalesce(p.proconfig @> array['search_path=pg_catalog, pg_temp'], false)
     union all
     select p.proname || ': not SECURITY DEFINER, so it has no place among the guards' from ${functions} and not p.prosecdef
     union all
     select p.proname || ': everybody may call it' from ${functions}
       and exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) g where g.grantee = 0)`,
  );
}

/** What would not work when organizations are spread over several nodes. */
export function findUndistributable(sql: postgres.Sql): Promise<string[]> {
  return findings(
    sql,
    `select t.tgrelid::regclass || ': trigger ' || t.tgname as finding from pg_trigger t where not t.tgisinternal
     union all
     select c.relname || '.' || a.attname || ': default ' || pg_get_expr(d.adbin, d.adrelid) || ' depends on when or where it runs'
     from pg_attrdef d join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
     join pg_class c on c.oid = d.adrelid and c.relnamespace = 'public'::regnamespace
     where a.attgenerated = ''
       and pg_get_expr(d.adbin, d.adrelid) ~* '\\m(now|clock_timestamp|statement_timestamp|transaction_timestamp|current_timestamp|current_date|localtimestamp|gen_random_uuid|random|uuidv[47]|nextval|pg_current_xact_id)\\M'
     union all
     select c.relname || ': foreign key ' || k.conname || ' joins a coordination table'
     from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class f on f.oid = k.confrelid
     where k.contype = 'f' and (c.relname in (${coordination}) or f.relname in (${coordination}))`,
  );
}

/** Business tables that do not say when a row was stored. */
export function findTablesWithoutRecordedAt(sql: postgres.Sql): Promise<string[]> {
  return findings(
    sql,
    `select c.relname as finding from ${businessTables} and not exists (
       select from pg_attribute a where a.attrelid = c.oid and a.attname = 'recorded_at' and a.attnotnull
         and a.atttypid = 'timestamptz'::regtype
     )`,
  );
}

/** One table as text: columns with type, null and default; keys and indexes by name and columns. */
export interface TableShape {
  columns: string[];
  primaryKey: string[];
  indexes: string[];
  foreignKeys: string[];
}

/** The tables that the code believes in. */
export function shapeOfTables(declared: readonly AnyPgTable[]): Record<string, TableShape> {
  return Object.fromEntries(
    declared.map((table) => {
      const config = getTableConfig(table);
      const shape: TableShape = {
        columns: config.columns.map(
          (column) =>
            `${column.name} ${column.getSQLType()}${column.notNull || column.primary ? ' not null' : ''}${
              column.generated !== undefined ? ' generated' : column.hasDefault ? ' default' : ''
            }`,
        ),
        primaryKey: config.primaryKeys[0]?.columns.map((column) => column.name) ?? [
          ...config.columns.filter((column) => column.primary).map((column) => column.name),
        ],
        indexes: [
          ...config.indexes.map((index) => index.config.name ?? ''),
          ...config.uniqueConstraints.map((unique) => unique.name ?? ''),
          ...config.columns.filter((column) => column.isUnique).map((column) => column.uniqueName ?? ''),
        ],
        foreignKeys: config.foreignKeys.map((key) => {
          const { columns, foreignTable, foreignColumns } = key.reference();
          const names = (given: readonly { name: string }[]) => given.map((column) => column.name).join(', ');
          return `(${names(columns)}) -> ${getTableConfig(foreignTable).name} (${names(foreignColumns)})`;
        }),
      };
      return [config.name, sorted(shape)];
    }),
  );
}

/** The tables that the database has. */
export async function shapeOfCatalog(sql: postgres.Sql): Promise<Record<string, TableShape>> {
  const rows = await sql.unsafe<
    { name: string; columns: string[]; primary_key: string[]; indexes: string[]; foreign_keys: string[] }[]
  >(`
    select c.relname as name,
      array(select a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
          || case when a.attnotnull then ' not null' else '' end
          || case when a.attgenerated <> '' then ' generated' when a.atthasdef then ' default' else '' end
        from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
      array(select a.attname from pg_index i cross join unnest(i.indkey) with ordinality as k (number, place)
        join pg_attribute a on a.attrelid = c.oid and a.attnum = k.number
        where i.indrelid = c.oid and i.indisprimary order by k.place)::text[] as primary_key,
      array(select x.relname from pg_index i join pg_class x on x.oid = i.indexrelid
        where i.indrelid = c.oid and not i.indisprimary)::text[] as indexes,
      array(select '(' || array_to_string(array(select a.attname from unnest(k.conkey) with ordinality as n (number, place)
            join pg_attribute a on a.attrelid = k.conrelid and a.attnum = n.number order by n.place), ', ')
          || ') -> ' || k.confrelid::regclass || ' ('
          || array_to_string(array(select a.attname from unnest(k.confkey) with ordinality as n (number, place)
            join pg_attribute a on a.attrelid = k.confrelid and a.attnum = n.number order by n.place), ', ') || ')'
        from pg_constraint k where k.conrelid = c.oid and k.contype = 'f') as foreign_keys
    from ${tables} and not ${isPartition}`);
  return Object.fromEntries(
    rows.map((row) => [
      row.name,
      sorted({
        columns: row.columns,
        primaryKey: row.primary_key,
        indexes: row.indexes,
        foreignKeys: row.foreign_keys,
      }),
    ]),
  );
}

/** The order of a primary key matters, the order of the rest does not. */
function sorted(shape: TableShape): TableShape {
  return {
    columns: shape.columns.toSorted(),
    primaryKey: shape.primaryKey,
    indexes: shape.indexes.toSorted(),
    foreignKeys: shape.foreignKeys.toSorted(),
  };
}
