import { builder } from './builder.ts';

/** Numbers that are missing from the event log. */
export interface StreamGapValue {
  readonly fromCursor: string;
  readonly toCursor: string;
}

/** What a subscriber is told when events are provably missing. */
export const StreamGap = builder.objectRef<StreamGapValue>('StreamGap').implement({
  description:
    'Events that are provably missing: numbers have no gaps, so a missing number means that its event is lost to this reader.',
  fields: (t) => ({
    fromCursor: t.exposeString('fromCursor', { description: 'The last event before the gap.' }),
    toCursor: t.exposeString('toCursor', { description: 'The last event inside the gap.' }),
    resyncRequired: t.boolean({
      description: 'True: read the present state before going on, since something may have been missed.',
      resolve: () => true,
    }),
  }),
});
