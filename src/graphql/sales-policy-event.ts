import { items } from '../db/queries/item.ts';
import type { SalesPolicyEventRow } from '../db/queries/sales-policy.ts';
import { salesPolicyRules } from '../db/queries/sales-policy-rule.ts';
import { encodeEventCursor } from '../events/cursor.ts';
import { builder } from './builder.ts';
import { contextOfEvent, type Delivered } from './event-stream.ts';
import { loadByKey } from './loader.ts';
import { Item } from './refs.ts';
import { SalesPolicyState } from './sales-policy-enums.ts';
import { SalesPolicyRule } from './sales-policy-rule.ts';
import { StreamGap } from './stream-gap.ts';

const cursorOf = (event: SalesPolicyEventRow) => encodeEventCursor(event.epoch, event.number);

/** A change of what a storefront may do with an item. */
export const SalesPolicyEvent = builder
  .objectRef<Delivered<SalesPolicyEventRow>>('SalesPolicyEvent')
  .implement({
    description:
      'One change of what a storefront may do with an item. Events are numbered in commit order without gaps.',
    authScopes: { scope: 'read:stock' },
    fields: (t) => ({
      eventId: t.id({
        description: 'Unique and stable: the same event read twice has the same id.',
        resolve: cursorOf,
      }),
      cursor: t.string({
        description:
          'Position in the log; give it to `after` of `salesPolicyChanged`. Webhooks carry the same.',
        resolve: cursorOf,
      }),
      occurredAt: t.field({
        type: 'DateTime',
        description: 'When it was decided (business time).',
        resolve: (event) => event.occurredAt,
      }),
      recordedAt: t.field({
        type: 'DateTime',
        description: 'When it was stored (business time).',
        resolve: (event) => event.eventRecordedAt,
      }),
      sku: t.exposeString('sku', { description: 'The item’s article number.' }),
      item: t.field({
        type: Item,
        nullable: true,
        description: 'The item as it is now; null only when it was removed.',
        resolve: (event, _args, context) => loadByKey(contextOfEvent(context, event), items, event.itemId),
      }),
      state: t.field({
        type: SalesPolicyState,
        description: 'What the storefront may do from now on.',
        resolve: (event) => event.state,
      }),
      previousState: t.field({
        type: SalesPolicyState,
        description: 'What it could do before.',
        resolve: (event) => event.previousState,
      }),
      rule: t.field({
        type: SalesPolicyRule,
        nullable: true,
        description: 'The rule that decided, as it is now; null for NORMAL.',
        resolve: (event, _args, context) =>
          event.ruleId === null
            ? null
            : loadByKey(contextOfEvent(context, event), salesPolicyRules, event.ruleId),
      }),
      available: t.field({
        type: 'Decimal',
        nullable: true,
        description: 'What could be promised then, in the item’s unit; null = not known, or in doubt.',
        resolve: (event) => event.available,
      }),
      daysToStockOut: t.exposeInt('daysToStockOut', {
        nullable: true,
        description:
          'Median days until the first shelf was to be empty; null = not known, or beyond the days looked at.',
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
