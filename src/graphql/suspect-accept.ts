import { ensureSnapshotPartitions } from '../db/queries/ingest-partition.ts';
import { stockLevels } from '../db/queries/stock-level.ts';
import { brandId, type ItemId, type WarehouseId } from '../shared/ids.ts';
import { builder } from './builder.ts';
import { loadByKey } from './loader.ts';
import { announce, definePayload, idempotencyKeyDescription, runMutation } from './mutation.ts';
import { requireId } from './node.ts';
import { StockLevel } from './refs.ts';
import { Refusal, userError } from './user-error.ts';

const SuspectLevelAcceptInput = builder.inputType('SuspectLevelAcceptInput', {
  description: 'A level whose implausible reading is true after all.',
  fields: (t) => ({
    stockLevelId: t.id({ required: true, description: 'The level’s id.' }),
    idempotencyKey: t.string({ description: idempotencyKeyDescription }),
  }),
});

const SuspectLevelAcceptPayload = definePayload<{ level: [string, string] }>(
  'SuspectLevelAcceptPayload',
  'The level with the accepted quantities.',
  (t) => ({
    stockLevel: t.field({
      type: StockLevel,
      nullable: true,
      description: 'The level.',
      resolve: ({ result }, _args, context) =>
        result === null ? null : loadByKey(context, stockLevels, ...result.level),
    }),
  }),
);

builder.mutationField('suspectLevelAccept', (t) =>
  t.field({
    type: SuspectLevelAcceptPayload,
    authScopes: { scope: 'write:stock' },
    description:
      'Believes the reading that is held back (`suspectReading`): from now on it is the level, and alerts fire or resolve by it. Refused when nothing is held back.',
    args: { input: t.arg({ type: SuspectLevelAcceptInput, required: true, description: 'Which level.' }) },
    resolve: async (_root, { input }, context) => {
      const [item = '', warehouse = ''] = requireId(context, input.stockLevelId, 'StockLevel');
      const key = { itemId: brandId<ItemId>(item), warehouseId: brandId<WarehouseId>(warehouse) };
      const { organizationId } = context.viewer;
      await ensureSnapshotPartitions(context.db, 'app', [context.now]);
      const level = await loadByKey(context, stockLevels, item, warehouse);
      return runMutation(context, 'suspectLevelAccept', input, async (scope) => {
        const { sql, now } = scope;
        const input = { organizationId, levels: [key], recordedAt: now };
        const accepted = await context.ports.acceptSuspects(sql, input);
        if (accepted.touched.length === 0) {
          const path = ['input', 'stockLevelId'];
          throw new Refusal(
            level === null
              ? userError('NOT_FOUND', path)
              : userError('STATE_CONFLICT', path, {}, 'USER_NOTHING_HELD_BACK'),
          );
        }
        await announce(context, scope, accepted.touched, accepted.events);
        return { level: [item, warehouse] as [string, string] };
      });
    },
  }),
);
