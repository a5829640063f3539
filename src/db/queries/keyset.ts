import type { PendingQuery } from '../connection.ts';
import type { Collection, QueryScope } from './collection.ts';
import { type Condition, compileCondition } from './filter.ts';
import {
  completeSort,
  countedTables,
  keyPrefix,
  type PageRequest,
  type ParentKeys,
  pageStatement,
  parentMatch,
  parentRows,
} from './page-sql.ts';
import { prepareIfUsual, shapeOfCondition, shapeOfPage } from './shape.ts';

/** A row with what its cursor needs. */
type Keyed<Row> = Row & { readonly cursorKeys: readonly (string | null)[] };

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

/** Counting further than this would cost more than the number is worth. */
const countMax = 10_000;

/**
 * One statement and what its rows mean, so that a caller may send it alone, with its whole transaction in one round
 * trip, or inside a transaction of its own.
 */
export interface Read<Result> {
  /** Makes the statement, without waiting for anything. */
  build(scope: QueryScope): PendingQuery<object[]>;
  /** Turns its rows into the answer. */
  parse(rows: readonly object[]): Result;
}

/** Sends a statement inside the scope's transaction. */
export async function runRead<Result>(scope: QueryScope, read: Read<Result>): Promise<Result> {
  return read.parse(await read.build(scope));
}

/** One page in one statement. Reads the collection's tables. Answers rows in the wished order, also backward. */
export function readPage<Row, Field extends string>(
  collection: Collection<Row, Field>,
  request: PageRequest<Field>,
): Read<PageRows<Row>> {
  const keyCount = completeSort(collection, request.sort).length;
  return {
    build: (scope) =>
      prepareIfUsual(
        pageStatement(scope, collection, request, scope.sql`true`, false),
        `page ${collection.name} ${shapeOfPage(request)}`,
      ),
    parse: (rows) => toPage(rows as readonly Row[], request, keyCount),
  };
}

/**
 * The same page for many parents in one statement: one index scan per parent, by LATERAL. Answers one page per tuple,
 * in their order.
 */
export function readPagesByParent<Row, Field extends string>(
  collection: Collection<Row, Field>,
  parents: ParentKeys<Field>,
  request: PageRequest<Field>,
): Read<PageRows<Row>[]> {
  const keyCount = completeSort(collection, request.sort).length;
  return {
    build(scope) {
      const match = parentMatch(scope, collection, parents.fields);
      const statement = scope.sql`
        select (parent.position - 1)::int as "parentIndex", page.*
        from ${parentRows(scope, collection, parents)}
        cross join lateral (${pageStatement(scope, collection, request, match, true)}) page
        order by parent.position, page."rowPosition"`;
      const shape = `pages ${collection.name} ${parents.fields.join(' ')} ${shapeOfPage(request)}`;
      return prepareIfUsual(statement, shape);
    },
    parse(rows) {
      const groups: Row[][] = parents.tuples.map(() => []);
      for (const row of rows as (Row & { parentIndex: number })[]) groups[row.parentIndex]?.push(row);
      return groups.map((group) => toPage(group, request, keyCount));
    },
  };
}

/** How many rows meet a condition, up to {@link countMax}. */
export function readCount<Row, Field extends string>(
  collection: Collection<Row, Field>,
  condition: Condition,
): Read<BoundedCount> {
  return {
    build: (scope) =>
      prepareIfUsual(
        scope.sql`
          select count(*)::int as value from (
            select 1 from ${countedTables(scope, collection, condition)}
            where ${compileCondition(collection, condition, scope)}
            limit ${countMax + 1}::int
          ) bounded`,
        `count ${collection.name} ${shapeOfCondition(condition)}`,
      ),
    parse: (rows) => toCount((rows as { value: number }[])[0]?.value ?? 0),
  };
}

/** The same for many parents in one statement, each up to {@link countMax}. */
export function readCountsByParent<Row, Field extends string>(
  collection: Collection<Row, Field>,
  parents: ParentKeys<Field>,
  condition: Condition,
): Read<BoundedCount[]> {
  return {
    build: (scope) =>
      prepareIfUsual(
        scope.sql`
          select (
            select count(*)::int from (
              select 1 from ${collection.from(scope)}
              where ${compileCondition(collection, condition, scope)}
                and ${parentMatch(scope, collection, parents.fields)}
              limit ${countMax + 1}::int
            ) bounded
          ) as value
          from ${parentRows(scope, collection, parents)} order by parent.position`,
        `counts ${collection.name} ${parents.fields.join(' ')} ${shapeOfCondition(condition)}`,
      ),
    parse: (rows) => (rows as { value: number }[]).map((row) => toCount(row.value)),
  };
}

/**
 * Rows by the values of some fields in one statement. Answers for each tuple the row, or null when there is none the
 * organization may see.
 */
export function readByFields<Row, Field extends string>(
  collection: Collection<Row, Field>,
  parents: ParentKeys<Field>,
): Read<(Row | null)[]> {
  return {
    build: (scope) => scope.sql`
      select (parent.position - 1)::int as "parentIndex", page.*
      from ${parentRows(scope, collection, parents)}
      cross join lateral (
        select ${collection.columns(scope)} from ${collection.from(scope)}
        where ${parentMatch(scope, collection, parents.fields)} limit 1
      ) page`,
    parse(rows) {
      const found: (Row | null)[] = parents.tuples.map(() => null);
      for (const row of rows as (Row & { parentIndex: number })[]) found[row.parentIndex] = row;
      return found;
    },
  };
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
