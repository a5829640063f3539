import { builder } from './builder.ts';

/** What is suggested. */
export const ReplenishmentKind = builder.enumType('ReplenishmentKind', {
  description: 'What is suggested. New values may be added.',
  values: {
    PURCHASE: {
      description: 'Goods to order, for a physical warehouse, or for the pool of an item that has none.',
    },
    LISTING: {
      description:
        'A quantity to offer in a channel’s pool, from what the physical warehouses hold. Never a purchase.',
    },
  } as const,
});

/** Where a suggestion stands. */
export const SuggestionState = builder.enumType('SuggestionState', {
  description: 'Where a suggestion stands. New values may be added.',
  values: {
    OPEN: { description: 'Waits for a decision.' },
    HELD: {
      description:
        'Moves more than its history warrants: somebody should look at `holdCauses` and release it first.',
    },
    APPROVED: { description: 'Approved; a purchase is expected inbound until it is recorded or cancelled.' },
    DISMISSED: { description: 'Not wanted, with a reason.' },
    EXPIRED: { description: 'No longer needed before anybody decided.' },
    RECORDED: { description: 'Approved, and the order is on record by now.' },
    CANCELLED: { description: 'Approved, and cancelled afterwards.' },
  } as const,
});

/** What a person can decide. */
export const SuggestionDecision = builder.enumType('SuggestionDecision', {
  description: 'What to do with a suggestion.',
  values: {
    APPROVE: {
      description:
        'Do it, with the suggested or another quantity. Only while OPEN. Nothing is ordered by it.',
    },
    DISMISS: { description: 'Do not do it; a reason is needed. While OPEN or HELD.' },
    RELEASE: {
      description: 'Believe what the guard held: OPEN again with the new quantity. Only while HELD.',
    },
    CANCEL: { description: 'Take an approval back: nothing is expected any more. Only while APPROVED.' },
  } as const,
});
