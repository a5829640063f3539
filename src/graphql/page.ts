import type { BoundedCount } from '../db/queries/keyset.ts';
import type { Scope } from '../shared/scopes.ts';
import { builder } from './builder.ts';
import type { ConnectionValue } from './connection.ts';

/** Arguments of a connection as they come. */
export interface PageArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

/** How many rows a page has. */
export interface PageSizes {
  readonly default: number;
  readonly max: number;
}

/** Page of a list at the root. */
export const flatPage: PageSizes = { default: 50, max: 250 };
/** Page of a list below another object. */
export const nestedPage: PageSizes = { default: 20, max: 100 };

/** Cost of a connection field: its own point, and all below it as often as there may be rows. */
export function pageCost(sizes: PageSizes) {
  return (args: { first?: number | null | undefined; last?: number | null | undefined }) => ({
    field: 1,
    multiplier: Math.max(1, Math.min(args.first ?? args.last ?? sizes.default, sizes.max)),
  });
}

const PageInfo = builder.objectRef<ConnectionValue<unknown>>('PageInfo').implement({
  description: 'Where a page lies in its list.',
  fields: (t) => ({
    hasNextPage: t.exposeBoolean('hasNextPage', {
      description:
        'Whether more rows follow. Reading backward it says whether the page began at a cursor, so that rows may follow.',
    }),
    hasPreviousPage: t.exposeBoolean('hasPreviousPage', {
      description:
        'Whether more rows precede. Reading forward it says whether the page began at a cursor, so that rows may precede.',
    }),
    startCursor: t.string({
      nullable: true,
      description: 'Cursor of the first row; null on an empty page.',
      resolve: (page) => page.edges[0]?.cursor ?? null,
    }),
    endCursor: t.string({
      nullable: true,
      description: 'Cursor of the last row, for `after`; null on an empty page.',
      resolve: (page) => page.edges.at(-1)?.cursor ?? null,
    }),
  }),
});

const CountPrecision = builder.enumType('CountPrecision', {
  description: 'How exact a count is. New values may be added: treat an unknown one as AT_LEAST.',
  values: {
    EXACT: { description: 'Exactly so many at the moment of reading.' },
    AT_LEAST: { description: 'Counting stopped here; there are at least so many.' },
  } as const,
});

const TotalCount = builder.objectRef<BoundedCount>('TotalCount').implement({
  description: 'How many rows the whole list has; counting stops at 10,000.',
  fields: (t) => ({
    value: t.exposeInt('value', { description: 'Number of rows, at most 10,000.' }),
    precision: t.field({
      type: CountPrecision,
      description: 'Whether `value` is exact.',
      resolve: (count) => (count.isExact ? 'EXACT' : 'AT_LEAST'),
    }),
  }),
});

/** A reference to an object type whose objects are rows of one kind. */
export type TypeRef<Row> = ReturnType<typeof builder.objectRef<Row>>;

/**
 * Makes the connection and edge types of a node type. They need the same scope as the node, so that not even a
 * count leaks.
 *
 * @param name - of the node type: `Item` makes `ItemConnection` and `ItemEdge`
 */
export function defineConnection<Row>(
  name: string,
  node: TypeRef<Row>,
  scope: Scope,
): TypeRef<ConnectionValue<Row>> {
  // The rows' type is a parameter here, which the types of the library cannot follow; each use is checked again.
  const nodeType = node as TypeRef<unknown>;
  const Edge = builder.objectRef<ConnectionValue<unknown>['edges'][number]>(`${name}Edge`);
  Edge.implement({
    description: `One row of a list of ${name} with its cursor.`,
    authScopes: { scope },
    fields: (t) => ({
      cursor: t.exposeString('cursor', {
        description:
          'Opaque position of this row in this sort and filter; another sort or filter refuses it.',
      }),
      node: t.field({
        type: nodeType,
        description: 'The row itself.',
        resolve: (edge) => edge.node as never,
      }),
    }),
  });
  const Connection = builder.objectRef<ConnectionValue<unknown>>(`${name}Connection`);
  Connection.implement({
    description: `One page of a list of ${name}. Every sort ends with a unique key, so pages have no seams; a row whose sort value changes between two reads may move.`,
    authScopes: { scope },
    fields: (t) => ({
      edges: t.field({
        type: [Edge],
        description: 'The rows with their cursors.',
        complexity: { field: 0, multiplier: 1 },
        resolve: (page) => [...page.edges],
      }),
      nodes: t.field({
        type: [nodeType],
        description: 'The rows without cursors.',
        complexity: { field: 0, multiplier: 1 },
        resolve: (page) => page.edges.map((edge) => edge.node) as never,
      }),
      pageInfo: t.field({
        type: PageInfo,
        description: 'Where this page lies in the list.',
        resolve: (page) => page,
      }),
      totalCount: t.field({
        type: TotalCount,
        description: 'How many rows the list has. Counted only when selected, and bounded.',
        complexity: { field: 20 },
        resolve: (page) => page.count(),
      }),
    }),
  });
  return Connection as TypeRef<ConnectionValue<Row>>;
}
