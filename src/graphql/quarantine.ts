import { quarantinedRows } from '../db/queries/quarantine.ts';
import { shops } from '../db/queries/shop.ts';
import { forwardArgs } from './arguments.ts';
import { builder } from './builder.ts';
import { resolveConnection } from './connection.ts';
import { DateTimeFilter, defineFilter, IdFilter, TextFilter, toCondition } from './filter.ts';
import { loadByKey } from './loader.ts';
import { encodeId, Node, registerNode } from './node.ts';
import { descending } from './order.ts';
import { flatPage, pageCost } from './page.ts';
import { QuarantinedRow, QuarantinedRowConnection, Shop } from './refs.ts';

registerNode('QuarantinedRow', (context, key) => loadByKey(context, quarantinedRows, ...key));

const quarantineFilter = defineFilter('QuarantineFilter', 'quarantined rows', {
  shopId: { input: IdFilter, idOf: 'Shop', description: 'The shop, by its id.' },
  stream: { input: TextFilter, description: 'What was read, such as listings.' },
  rowKey: { input: TextFilter, description: 'The row’s own key at the source.' },
  reason: { input: TextFilter, description: 'Why it could not be used.' },
  recordedAt: { input: DateTimeFilter, description: 'When it was first stored.' },
});

QuarantinedRow.implement({
  description: 'A row that could not be used, with its reason. The same row and reason again only counts up.',
  interfaces: [Node],
  authScopes: { scope: 'read:shops' },
  fields: (t) => ({
    id: t.id({
      description: 'Opaque and stable.',
      resolve: (row) => encodeId('QuarantinedRow', row.quarantinedRowId),
    }),
    shop: t.field({
      type: Shop,
      nullable: true,
      description: 'Where it came from; null for imports.',
      resolve: (row, _args, context) => (row.shopId === null ? null : loadByKey(context, shops, row.shopId)),
    }),
    stream: t.exposeString('stream', { description: 'What was read, such as listings.' }),
    rowKey: t.exposeString('rowKey', {
      description: 'The row’s own key at the source, as far as it had one.',
    }),
    reason: t.exposeString('reason', { description: 'Why it could not be used: code and field.' }),
    raw: t.exposeString('raw', { description: 'The row as it came, as text, possibly shortened.' }),
    timesSeen: t.exposeInt('timesSeen', { description: 'How often it came, 1 or more.' }),
    observedAt: t.field({
      type: 'DateTime',
      description: 'When it was last read (business time).',
      resolve: (row) => row.observedAt,
    }),
    recordedAt: t.field({
      type: 'DateTime',
      description: 'When it was first stored (business time).',
      resolve: (row) => row.recordedAt,
    }),
  }),
});

builder.queryField('quarantinedRows', (t) =>
  t.field({
    type: QuarantinedRowConnection,
    authScopes: { scope: 'read:shops' },
    description: 'Rows that could not be used, newest first.',
    args: {
      ...forwardArgs(t.arg, flatPage),
      filter: t.arg({ type: quarantineFilter.ref, description: 'Which rows; null = all.' }),
    },
    complexity: pageCost(flatPage),
    resolve: (_root, args, context) =>
      resolveConnection(context, {
        collection: quarantinedRows,
        args,
        sizes: flatPage,
        condition: toCondition(context, quarantineFilter, args.filter),
        sort: [descending('recordedAt')],
      }),
  }),
);
