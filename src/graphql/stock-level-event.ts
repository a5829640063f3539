import type { StockLevelEventRow } from '../db/queries/event.ts';
import { encodeEventCursor } from '../events/cursor.ts';
import { builder } from './builder.ts';
import type { Delivered } from './event-stream.ts';
import { StockLevel } from './refs.ts';
import { StreamGap } from './stream-gap.ts';

const cursorOf = (event: StockLevelEventRow) => encodeEventCursor(event.epoch, event.number);

/** A change of a level. */
export const StockLevelEvent = builder.objectRef<Delivered<StockLevelEventRow>>('StockLevelEvent').implement({
  description:
    'One change of a level, or a reading that was held back as implausible. Events are numbered in commit order without gaps.',
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    eventId: t.id({
      description: 'Unique and stable: the same event read twice has the same id.',
      resolve: cursorOf,
    }),
    cursor: t.string({
      description: 'Position in the log; give it to `after` of `stockLevelChanged`.',
      resolve: cursorOf,
    }),
    occurredAt: t.field({
      type: 'DateTime',
      description: 'When it was so at the source (business time).',
      resolve: (event) => event.occurredAt,
    }),
    recordedAt: t.field({
      type: 'DateTime',
      description: 'When it was stored (business time).',
      resolve: (event) => event.eventRecordedAt,
    }),
    stockLevel: t.field({
      type: StockLevel,
      description:
        'The level with its quantities as of the event; its item, warehouse and threshold are as they are now.',
      resolve: (event) => event,
    }),
    gap: t.field({
      type: StreamGap,
      nullable: true,
      description:
        'Set when numbers before this event are missing from the log, so that a client must read the present state; null as it should be.',
      resolve: (event) => event.gap,
    }),
  }),
});
