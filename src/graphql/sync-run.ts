import { shops } from '../db/queries/shop.ts';
import { syncRuns } from '../db/queries/sync-run.ts';
import { forwardArgs } from './arguments.ts';
import { builder } from './builder.ts';
import { resolveConnection } from './connection.ts';
import { DateTimeFilter, defineFilter, enumFilter, IdFilter, TextFilter, toCondition } from './filter.ts';
import { loadByKey } from './loader.ts';
import { encodeId, Node, registerNode } from './node.ts';
import { descending } from './order.ts';
import { flatPage, pageCost } from './page.ts';
import { Shop, SyncRun, SyncRunConnection } from './refs.ts';

registerNode('SyncRun', (context, key) => loadByKey(context, syncRuns, ...key));

const SyncRunKind = builder.enumType('SyncRunKind', {
  description: 'Why a stream was read. New values may be added: a client must bear unknown ones.',
  values: {
    INITIAL: { description: 'The first whole reading.' },
    INCREMENTAL: { description: 'What changed since the last.' },
    SWEEP: { description: 'The daily reconciliation: everything again.' },
    HINTS: { description: 'Single objects that a message, an order or somebody pointed at.' },
  } as const,
});

const SyncRunState = builder.enumType('SyncRunState', {
  description: 'Where a reading stands. New values may be added: a client must bear unknown ones.',
  values: {
    RUNNING: { description: 'Under way.' },
    SUCCEEDED: { description: 'Read to the end.' },
    FAILED: { description: 'Ended by an error; the next one goes on from the last good page.' },
    INTERRUPTED: { description: 'Its worker ended; the next one goes on from the last good page.' },
  } as const,
});

const syncRunFilter = defineFilter('SyncRunFilter', 'sync runs', {
  shopId: { input: IdFilter, idOf: 'Shop', description: 'The shop, by its id.' },
  stream: { input: TextFilter, description: 'What was read, such as listings.' },
  kind: { input: enumFilter('SyncRunKind', SyncRunKind), description: 'Why it was read.' },
  state: { input: enumFilter('SyncRunState', SyncRunState), description: 'Where it stands.' },
  startedAt: { input: DateTimeFilter, description: 'When it began.' },
});

SyncRun.implement({
  description:
    'One reading of one stream of one shop. A bad row is quarantined and counted, and never stops it.',
  interfaces: [Node],
  authScopes: { scope: 'read:shops' },
  fields: (t) => ({
    id: t.id({ description: 'Opaque and stable.', resolve: (run) => encodeId('SyncRun', run.syncRunId) }),
    shop: t.field({
      type: Shop,
      nullable: true,
      description: 'The shop that was read; null only when it is no longer kept.',
      resolve: (run, _args, context) => loadByKey(context, shops, run.shopId),
    }),
    stream: t.exposeString('stream', { description: 'What was read, such as listings. More may be added.' }),
    kind: t.field({ type: SyncRunKind, description: 'Why it was read.', resolve: (run) => run.kind }),
    state: t.field({ type: SyncRunState, description: 'Where it stands.', resolve: (run) => run.state }),
    startedAt: t.field({
      type: 'DateTime',
      description: 'When it began (business time).',
      resolve: (run) => run.startedAt,
    }),
    finishedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it ended (business time); null while RUNNING.',
      resolve: (run) => run.finishedAt,
    }),
    pageCount: t.exposeInt('pageCount', { description: 'Pages read so far.' }),
    rowCount: t.exposeInt('rowCount', { description: 'Rows read so far.' }),
    rowCountExpected: t.exposeInt('rowCountExpected', {
      nullable: true,
      description: 'Rows that the pass has in all; null = the platform does not say.',
    }),
    progress: t.float({
      nullable: true,
      description: 'Share of the rows read, 0 to 1; null when the platform does not say how many there are.',
      resolve: (run) =>
        run.rowCountExpected === null || run.rowCountExpected === 0
          ? null
          : Math.min(1, run.rowCount / run.rowCountExpected),
    }),
    changedCount: t.exposeInt('changedCount', { description: 'Rows that changed something.' }),
    quarantinedCount: t.exposeInt('quarantinedCount', { description: 'Rows that could not be used.' }),
    errorCode: t.exposeString('errorCode', {
      nullable: true,
      description: 'Code of the failure; null without one.',
    }),
    errorMessage: t.exposeString('errorMessage', {
      nullable: true,
      description: 'The failure in words, for people; null without one.',
    }),
  }),
});

builder.queryField('syncRuns', (t) =>
  t.field({
    type: SyncRunConnection,
    authScopes: { scope: 'read:shops' },
    description: 'Readings of all shops, newest first.',
    args: {
      ...forwardArgs(t.arg, flatPage),
      filter: t.arg({ type: syncRunFilter.ref, description: 'Which readings; null = all.' }),
    },
    complexity: pageCost(flatPage),
    resolve: (_root, args, context) =>
      resolveConnection(context, {
        collection: syncRuns,
        args,
        sizes: flatPage,
        condition: toCondition(context, syncRunFilter, args.filter),
        sort: [descending('startedAt')],
      }),
  }),
);
