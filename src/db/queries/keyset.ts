import { type Collection, castTo, castToArray, type Fragment, join, type QueryScope } from './collection.ts';
import { type Condition, compileCondition } from './filter.ts';

/** One step of an order. */
export interface SortStep<Field extends string = string> {
  readonly field: Field;
  readonly isDescending: boolean;
  readonly areNullsFirst: boolean;
}

/** One page of a collection. */
export interface PageRequest<Field extends string = string> {
  readonly condition: Condition;
  /** The wished order; the collection's key is added as the last resort. */
  readonly sort: readonly SortStep<Field>[];
  /** Rows wanted, >= 0. */
  readonly limit: number;
  /** True = the last rows before the boundary instead of the first after it. */
  readonly isBackward: boolean;
  /** Sort values of the row that the page lies beyond, as its cursor kept them; null = from the end. */
  readonly boundary: readonly (string | null)[] | null;
}

/** A row with what its cursor needs. */
export type Keyed<Row> = Row & { readonly cursorKeys: readonly (string | null)[] };

/** Rows in the wished order, and whether more lie beyond in the direction of reading. */
export interface PageRows<Row> {
  readonly rows: readonly Keyed<Row>[];
  readonly hasMore: boolean;
}

/** How many rows there are; counting stops at a bound. */
export interface BoundedCount {
  readonly value: number;
  /** False when counting stopped: then there are at least so many. */
  readonly isExact: boolean;
}

/** Columns with the sort values of a row, as text. */
const keyPrefix = 'cursorKey';

/** Counting further than this would cost more than the number is worth. */
export const countMax = 10_000;

/** The whole order of a page: the wished steps, then the key fields that are not among them. */
export function completeSort<Row, Field extends string>(
  collection: Collection<Row, Field>,
  sort: readonly SortStep<Field>[],
): SortStep<Field>[] {
  const named = new Set(sort.map((step) => step.field));
  const rest = collection.key.filter((field) => !named.has(field));
  return [...sort, ...rest.map((field) => ({ field, isDescending: false, areNullsFirst: false }))];
}

/**
 * Reads one page in one statement. Reads the collection's tables; writes nothing.
 *
 * @returns rows in the wished order, also when read backward
 */
export async function loadPage<Row, Field extends string>(
  scope: QueryScope,
  collection: Collection<Row, Field>,
  request: PageRequest<Field>,
): Promise<PageRows<Row>> {
  const statement = pageStatement(scope, collection, request, scope.sql`true`, false);
  const rows = (await statement) as unknown as Row[];
  return toPage(rows, request, completeSort(collection, request.sort).length);
}

/** Fields by which the parents of a nested page are named, with one value list per field. */
export interface ParentKeys<Field extends string = string> {
  readonly fields: readonly Field[];
  /** One tuple per parent, in the order of the fields. */
  readonly tuples: readonly (readonly string[])[];
}

/**
 * Reads the same page for many parents in one statement: one index scan per parent, by LATERAL.
 *
 * @returns one page per tuple, in their order
 */
export async function loadPagesByParent<Row, Field extends string>(
  scope: QueryScope,
  collection: Collection<Row, Field>,
  parents: ParentKeys<Field>,
  request: PageRequest<Field>,
): Promise<PageRows<Row>[]> {
  const { sql } = scope;
  const match = parentMatch(scope, collection, parents.fields);
  const page = pageStatement(scope, collection, request, match, true);
  const found = (await sql`
    select (parent.position - 1)::int as "parentIndex", page.*
    from ${parentRows(scope, collection, parents)}
    cross join lateral (${page}) page
    order by parent.position, page."rowPosition"
  `) as unknown as (Row & { parentIndex: number })[];
  const groups: Row[][] = parents.tuples.map(() => []);
  for (const row of found) groups[row.parentIndex]?.push(row);
  const keyCount = completeSort(collection, request.sort).length;
  return groups.map((rows) => toPage(rows, request, keyCount));
}

/** Counts the rows of a condition, up to {@link countMax}. */
export async function countRows<Row, Field extends string>(
  scope: QueryScope,
  collection: Collection<Row, Field>,
  condition: Condition,
): Promise<BoundedCount> {
  const { sql } = scope;
  const counted = await sql<{ value: number }[]>`
    select count(*)::int as value from (
      select 1 from ${collection.from(scope)} where ${compileCondition(collection, condition, scope)}
      limit ${countMax + 1}::int
    ) bounded
  `;
  return toCount(counted[0]?.value ?? 0);
}

/** Counts for many parents in one statement, each up to {@link countMax}. */
export async function countRowsByParent<Row, Field extends string>(
  scope: QueryScope,
  collection: Collection<Row, Field>,
  parents: ParentKeys<Field>,
  condition: Condition,
): Promise<BoundedCount[]> {
  const { sql } = scope;
  const counted = await sql<{ value: number }[]>`
    select (
      select count(*)::int from (
        select 1 from ${collection.from(scope)}
        where ${compileCondition(collection, condition, scope)} and ${parentMatch(scope, collection, parents.fields)}
        limit ${countMax + 1}::int
      ) bounded
    ) as value
    from ${parentRows(scope, collection, parents)} order by parent.position
  `;
  return counted.map((row) => toCount(row.value));
}

/**
 * Reads rows by the values of some fields in one statement.
 *
 * @returns for each tuple the row, or null when there is none the organization may see
 */
export async function loadByFields<Row, Field extends string>(
  scope: QueryScope,
  collection: Collection<Row, Field>,
  parents: ParentKeys<Field>,
): Promise<(Row | null)[]> {
  const { sql } = scope;
  const found = (await sql`
    select (parent.position - 1)::int as "parentIndex", page.*
    from ${parentRows(scope, collection, parents)}
    cross join lateral (
      select ${collection.columns(scope)} from ${collection.from(scope)}
      where ${parentMatch(scope, collection, parents.fields)} limit 1
    ) page
  `) as unknown as (Row & { parentIndex: number })[];
  const rows: (Row | null)[] = parents.tuples.map(() => null);
  for (const row of found) rows[row.parentIndex] = row;
  return rows;
}

/** Runs nothing by itself: the SQL of one page, also as a sub-select. */
function pageStatement<Row, Field extends string>(
  scope: QueryScope,
  collection: Collection<Row, Field>,
  request: PageRequest<Field>,
  extra: Fragment,
  isNumbered: boolean,
): Fragment {
  const { sql } = scope;
  const sort = completeSort(collection, request.sort).map((step) =>
    request.isBackward
      ? { ...step, isDescending: !step.isDescending, areNullsFirst: !step.areNullsFirst }
      : step,
  );
  const keys = sort.map(
    (step, index) =>
      sql`(${collection.fields[step.field].expression(scope)})::text as ${sql(`${keyPrefix}${index}`)}`,
  );
  const order = join(
    scope,
    sort.map((step) => orderStep(scope, collection, step)),
    sql`, `,
  );
  return sql`
    select ${collection.columns(scope)}, ${join(scope, keys, sql`, `)}
      ${isNumbered ? sql`, row_number() over (order by ${order}) as "rowPosition"` : sql``}
    from ${collection.from(scope)}
    where ${compileCondition(collection, request.condition, scope)} and ${extra}
      and ${request.boundary === null ? sql`true` : beyond(scope, collection, sort, request.boundary)}
    order by ${order}
    limit ${request.limit + 1}::int
  `;
}

function orderStep<Row, Field extends string>(
  scope: QueryScope,
  collection: Collection<Row, Field>,
  step: SortStep<Field>,
): Fragment {
  const { sql } = scope;
  const field = collection.fields[step.field];
  const direction = step.isDescending ? sql`desc` : sql`asc`;
  // Where nothing is null the words would only keep Postgres from using an index of the other kind.
  if (field.isNullable !== true) return sql`${field.expression(scope)} ${direction}`;
  return sql`${field.expression(scope)} ${direction} ${step.areNullsFirst ? sql`nulls first` : sql`nulls last`}`;
}

/** Rows that come after the boundary in this order. */
function beyond<Row, Field extends string>(
  scope: QueryScope,
  collection: Collection<Row, Field>,
  sort: readonly SortStep<Field>[],
  boundary: readonly (string | null)[],
): Fragment {
  const { sql } = scope;
  const plain = sort.every(
    (step) =>
      collection.fields[step.field].isNullable !== true && step.isDescending === sort[0]?.isDescending,
  );
  if (plain) {
    const left = sort.map((step) => collection.fields[step.field].expression(scope));
    const right = sort.map((step, index) =>
      castTo(scope, boundary[index], collection.fields[step.field].type),
    );
    const sign = sort[0]?.isDescending === true ? sql`<` : sql`>`;
    return sql`(${join(scope, left, sql`, `)}) ${sign} (${join(scope, right, sql`, `)})`;
  }
  return sort.reduceRight<Fragment>((inner, step, index) => {
    const field = collection.fields[step.field];
    const value = boundary[index] ?? null;
    const left = field.expression(scope);
    const right = castTo(scope, value, field.type);
    if (value === null) {
      return step.areNullsFirst
        ? sql`(${left} is not null or (${left} is null and ${inner}))`
        : sql`(${left} is null and ${inner})`;
    }
    const sign = step.isDescending ? sql`<` : sql`>`;
    const orNull = field.isNullable === true && !step.areNullsFirst ? sql`or ${left} is null` : sql``;
    return sql`(${left} ${sign} ${right} ${orNull} or (${left} = ${right} and ${inner}))`;
  }, sql`false`);
}

function parentRows<Row, Field extends string>(
  scope: QueryScope,
  collection: Collection<Row, Field>,
  parents: ParentKeys<Field>,
): Fragment {
  const { sql } = scope;
  const lists = parents.fields.map((name, index) =>
    castToArray(
      scope,
      parents.tuples.map((tuple) => tuple[index]),
      collection.fields[name].type,
    ),
  );
  const names = parents.fields.map((_, index) => sql`${sql(`k${index}`)}`);
  return sql`unnest(${join(scope, lists, sql`, `)}) with ordinality as parent(${join(scope, names, sql`, `)}, position)`;
}

function parentMatch<Row, Field extends string>(
  scope: QueryScope,
  collection: Collection<Row, Field>,
  fields: readonly Field[],
): Fragment {
  const { sql } = scope;
  const tests = fields.map(
    (name, index) => sql`${collection.fields[name].expression(scope)} = ${sql(`parent.k${index}`)}`,
  );
  return join(scope, tests, sql` and `);
}

function toPage<Row>(found: readonly Row[], request: PageRequest, keyCount: number): PageRows<Row> {
  const hasMore = found.length > request.limit;
  const rows = found.slice(0, request.limit).map((row) => {
    // One column per key: an array would come with its nulls as the word NULL.
    const columns = row as unknown as Record<string, string | null>;
    const cursorKeys = Array.from(
      { length: keyCount },
      (_, index) => columns[`${keyPrefix}${index}`] ?? null,
    );
    return Object.assign(row as Row & object, { cursorKeys });
  });
  return { rows: request.isBackward ? rows.reverse() : rows, hasMore };
}

function toCount(counted: number): BoundedCount {
  return counted > countMax ? { value: countMax, isExact: false } : { value: counted, isExact: true };
}
