import { builder } from './builder.ts';

const mayGrow = 'New values may be added: a client must bear unknown ones.';

/** What a storefront may do with an item. */
export const SalesPolicyState = builder.enumType('SalesPolicyState', {
  description: `What a storefront may do with an item, mildest first; where several rules hold, the strictest counts. ${mayGrow} Treat an unknown one as NORMAL.`,
  values: {
    NORMAL: { description: 'Sell as usual. Every item that no rule speaks of.' },
    LOW_STOCK_BADGE: { description: 'Show that little is left.' },
    LIMIT_PROMOTION: { description: 'Promote less: it will not last.' },
    STOP_PROMOTION: { description: 'Do not promote.' },
    PRE_SALE: { description: 'Sell in advance: nothing is left, more is on its way.' },
    HIDE: { description: 'Do not show.' },
  } as const,
});

/** What a rule looks at. */
export const SalesPolicyMetric = builder.enumType('SalesPolicyMetric', {
  description: `What a rule looks at. ${mayGrow}`,
  values: {
    AVAILABLE: {
      description:
        'What can be promised: over physical warehouses where there are any, else the largest pool. A doubted reading begins and ends nothing.',
    },
    DAYS_TO_STOCK_OUT: {
      description: 'Median days until the first of the item’s shelves is empty, from the newest plan.',
    },
    ALERT: { description: 'Open alerts of the item, acknowledged and snoozed ones too.' },
  } as const,
});

/** Whether goods must be on their way. */
export const SalesPolicyIncoming = builder.enumType('SalesPolicyIncoming', {
  description: `Whether goods must be on their way to a physical warehouse for a rule to hold. ${mayGrow}`,
  values: {
    ANY: { description: 'No matter.' },
    SOME: { description: 'Something is on its way.' },
    NONE: { description: 'Nothing is, or nobody reports it.' },
  } as const,
});

/** What the channel is to offer. */
export const SalesPolicyListed = builder.enumType('SalesPolicyListed', {
  description: `What the channel is to offer while a rule decides; matters only where write-back is on. ${mayGrow}`,
  values: {
    KEEP: { description: 'What it offers now: nothing is written.' },
    ZERO: {
      description:
        'Nothing. When no rule wants that any more, what the physical warehouses hold is offered again.',
    },
    PHYSICAL: { description: 'What the physical warehouses hold, in whole packs.' },
  } as const,
});

/** Whether quantities are written back. */
export const SalesPolicyWriteMode = builder.enumType('SalesPolicyWriteMode', {
  description: `Whether quantities for sale are changed on the platform. ${mayGrow}`,
  values: {
    OFF: { description: 'Never. So it is unless somebody sets it.' },
    DRY_RUN: { description: 'Read and recorded what would be sent; nothing is sent.' },
    ON: { description: 'Changed, and recorded.' },
  } as const,
});

/** Where a write stands. */
export const SalesPolicyWriteState = builder.enumType('SalesPolicyWriteState', {
  description: `Where the change of a quantity for sale stands. ${mayGrow}`,
  values: {
    PLANNED: { description: 'Waits for its turn.' },
    SENDING: { description: 'Under way.' },
    UNCERTAIN: {
      description: 'Its answer was lost: the quantity is read again before anything else is sent.',
    },
    DONE: { description: 'The platform shows what was wanted, or took the change; of a dry run: recorded.' },
    FAILED: { description: 'Given up, with its reason.' },
    SUPERSEDED: { description: 'A later change of the same listing came before it was begun.' },
  } as const,
});
