import type { SortStep } from '../db/queries/page-sql.ts';
import { builder } from './builder.ts';
import type { GraphqlContext } from './context.ts';
import { requestError } from './errors.ts';

/** One step of an order as it comes. */
export interface OrderInput {
  readonly field: string;
  readonly direction: 'ASC' | 'DESC';
  readonly nulls: 'FIRST' | 'LAST';
}

/** An order type of a list. */
export interface OrderDefinition {
  readonly ref: ReturnType<typeof builder.inputRef<OrderInput>>;
}

const OrderDirection = builder.enumType('OrderDirection', {
  description: 'Which way a list is sorted.',
  values: {
    ASC: { description: 'Smallest, earliest or first in the alphabet first.' },
    DESC: { description: 'Largest, latest or last in the alphabet first.' },
  } as const,
});

const NullsOrder = builder.enumType('NullsOrder', {
  description: 'Where rows without a value stand, whichever the direction.',
  values: {
    FIRST: { description: 'Before all others.' },
    LAST: { description: 'After all others.' },
  } as const,
});

/** More steps never decide anything: the last is unique anyway. */
const stepsMax = 4;

/**
 * Makes the order type of a list.
 *
 * @param name - of the input type: `ItemOrder` makes the enum `ItemOrderField` too
 * @param fields - enum value to the collection's field and what it means
 */
export function defineOrder<Field extends string>(
  name: string,
  fields: Readonly<Record<string, { field: Field; description: string }>>,
): OrderDefinition {
  const Fields = builder.enumType(`${name}Field`, {
    description: `What the list can be sorted by. New values may be added.`,
    values: Object.fromEntries(
      Object.entries(fields).map(([value, { field, description }]) => [value, { value: field, description }]),
    ),
  });
  const ref = builder.inputRef<OrderInput>(name);
  ref.implement({
    description: `One step of the order; later steps decide among equals, and the unique key last. At most ${stepsMax} steps.`,
    fields: (t) =>
      ({
        field: t.field({ type: Fields, required: true, description: 'What to sort by.' }),
        direction: t.field({
          type: OrderDirection,
          required: true,
          defaultValue: 'ASC',
          description: 'Which way; ASC unless given.',
        }),
        nulls: t.field({
          type: NullsOrder,
          required: true,
          defaultValue: 'LAST',
          description: 'Where rows without a value stand; LAST unless given.',
        }),
      }) as never,
  });
  return { ref };
}

/** The wished order, or the list's own when none is wished; @throws GraphQLError when it has too many steps. */
export function toSort<Field extends string>(
  context: GraphqlContext,
  input: readonly OrderInput[] | null | undefined,
  own: readonly SortStep<Field>[],
): readonly SortStep<Field>[] {
  if (input == null || input.length === 0) return own;
  if (input.length > stepsMax) {
    throw requestError(context.viewer.locale, 'ARGUMENT_OUT_OF_RANGE', {
      argument: 'orderBy',
      bound: `1–${stepsMax}`,
    });
  }
  return input.map((step) => ({
    // The enum's inner values are the collection's fields.
    field: step.field as Field,
    isDescending: step.direction === 'DESC',
    areNullsFirst: step.nulls === 'FIRST',
  }));
}

/** Ascending by a field, nulls last. */
export function ascending<Field extends string>(field: Field): SortStep<Field> {
  return { field, isDescending: false, areNullsFirst: false };
}

/** Descending by a field, nulls last. */
export function descending<Field extends string>(field: Field): SortStep<Field> {
  return { field, isDescending: true, areNullsFirst: false };
}
