import type { Collection } from '../db/queries/collection.ts';
import { type Condition, everything } from '../db/queries/filter.ts';
import {
  type BoundedCount,
  type PageRows,
  readCount,
  readCountsByParent,
  readPage,
  readPagesByParent,
} from '../db/queries/keyset.ts';
import { completeSort, type PageRequest, type SortStep } from '../db/queries/page-sql.ts';
import type { GraphqlContext } from './context.ts';
import { decodeCursor, encodeCursor, fingerprint } from './cursor.ts';
import { isDataException, requestError } from './errors.ts';
import { loaderOf } from './loader.ts';
import type { PageArguments, PageSizes } from './page.ts';

/** One page as the connection types read it. */
export interface ConnectionValue<Row> {
  readonly edges: readonly { readonly node: Row; readonly cursor: string }[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  /** Runs only when the count is selected. */
  readonly count: () => Promise<BoundedCount>;
}

/** What a connection field asks for. */
export interface ConnectionQuery<Row, Field extends string> {
  readonly collection: Collection<Row, Field>;
  readonly args: PageArguments;
  readonly sizes: PageSizes;
  readonly condition?: Condition;
  readonly sort: readonly SortStep<Field>[];
  /** The object whose rows these are; all such fields of one operation are answered together. */
  readonly parent?: { readonly fields: readonly Field[]; readonly tuple: readonly string[] };
}

/**
 * Answers a connection field: one statement a page, also for the pages of many parents.
 *
 * @throws GraphQLError for page sizes out of range and for cursors that are not of this sort and filter
 */
export async function resolveConnection<Row, Field extends string>(
  context: GraphqlContext,
  query: ConnectionQuery<Row, Field>,
): Promise<ConnectionValue<Row>> {
  const { collection, args } = query;
  const condition = query.condition ?? everything;
  const { limit, isBackward } = checkPage(context, args, query.sizes);
  const print = fingerprint(collection.name, condition, query.sort);
  const keyCount = completeSort(collection, query.sort).length;
  const position = (isBackward ? args.before : args.after) ?? null;
  const boundary = position === null ? null : readCursor(context, position, print, keyCount);
  const request: PageRequest<Field> = { condition, sort: query.sort, limit, isBackward, boundary };
  const page = await loadRows(context, query, request).catch((error: unknown) => {
    // A cursor that somebody made up may hold what its column cannot.
    if (boundary !== null && isDataException(error))
      throw requestError(context.viewer.locale, 'CURSOR_INVALID', {});
    throw error;
  });
  return {
    edges: page.rows.map((row) => ({ node: row, cursor: encodeCursor(print, row.cursorKeys) })),
    hasNextPage: isBackward ? boundary !== null : page.hasMore,
    hasPreviousPage: isBackward ? page.hasMore : boundary !== null,
    count: () => loadCount(context, query, condition),
  };
}

function loadRows<Row, Field extends string>(
  context: GraphqlContext,
  query: ConnectionQuery<Row, Field>,
  request: PageRequest<Field>,
): Promise<PageRows<Row>> {
  const { collection, parent } = query;
  if (parent === undefined) return context.load(readPage(collection, request));
  const name = `${collection.name} of ${parent.fields.join(' ')} ${JSON.stringify(request)}`;
  return loaderOf<readonly string[], PageRows<Row>>(context, name, (tuples) =>
    context.load(readPagesByParent(collection, { fields: parent.fields, tuples }, request)),
  ).load(parent.tuple);
}

function loadCount<Row, Field extends string>(
  context: GraphqlContext,
  query: ConnectionQuery<Row, Field>,
  condition: Condition,
): Promise<BoundedCount> {
  const { collection, parent } = query;
  if (parent === undefined) return context.load(readCount(collection, condition));
  const name = `count of ${collection.name} of ${parent.fields.join(' ')} ${JSON.stringify(condition)}`;
  return loaderOf<readonly string[], BoundedCount>(context, name, (tuples) =>
    context.load(readCountsByParent(collection, { fields: parent.fields, tuples }, condition)),
  ).load(parent.tuple);
}

/** How many rows from which end; @throws GraphQLError when the arguments contradict each other or the bound. */
function checkPage(
  context: GraphqlContext,
  args: PageArguments,
  sizes: PageSizes,
): { limit: number; isBackward: boolean } {
  const { locale } = context.viewer;
  const isBackward = args.last != null;
  if (isBackward ? args.first != null || args.after != null : args.before != null) {
    throw requestError(locale, 'PAGE_ARGUMENTS_CONFLICT', {});
  }
  const limit = (isBackward ? args.last : args.first) ?? sizes.default;
  if (limit < 0 || limit > sizes.max) {
    throw requestError(locale, 'PAGE_SIZE_OUT_OF_RANGE', {
      argument: isBackward ? 'last' : 'first',
      max: String(sizes.max),
      value: String(limit),
    });
  }
  return { limit, isBackward };
}

function readCursor(
  context: GraphqlContext,
  cursor: string,
  print: string,
  keyCount: number,
): (string | null)[] {
  const decoded = decodeCursor(cursor, print, keyCount);
  if (decoded.kind === 'valid') return decoded.keys;
  throw requestError(
    context.viewer.locale,
    decoded.kind === 'invalid' ? 'CURSOR_INVALID' : 'CURSOR_MISMATCH',
    {},
  );
}
