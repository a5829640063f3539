import type { Condition } from '../db/queries/filter.ts';
import type { builder } from './builder.ts';
import type { GraphqlContext } from './context.ts';
import { requestError } from './errors.ts';
import type { PageSizes } from './page.ts';

type ArgumentBuilder = Parameters<Parameters<typeof builder.queryField>[1]>[0]['arg'];

/** `first` and `after`, with the sizes of this list in their descriptions. */
export function forwardArgs(arg: ArgumentBuilder, sizes: PageSizes) {
  return {
    first: arg.int({
      description: `How many rows from the start or after \`after\`: 0 to ${sizes.max}, ${sizes.default} unless given. Out of range is refused, never cut.`,
    }),
    after: arg.string({
      description: 'Cursor of the row after which the page begins; null = the first page.',
    }),
  };
}

/** `first`, `after`, `last` and `before`. */
export function pageArgs(arg: ArgumentBuilder, sizes: PageSizes) {
  return {
    ...forwardArgs(arg, sizes),
    last: arg.int({
      description: `How many rows from the end or before \`before\`: 0 to ${sizes.max}. Not together with \`first\`.`,
    }),
    before: arg.string({ description: 'Cursor of the row before which the page ends; only with `last`.' }),
  };
}

/**
 * A half-open span of time as a condition.
 *
 * @throws GraphQLError when it ends before it begins
 */
export function spanCondition(
  context: GraphqlContext,
  field: string,
  from: Date | null | undefined,
  to: Date | null | undefined,
): Condition[] {
  if (from != null && to != null && from > to) {
    throw requestError(context.viewer.locale, 'ARGUMENT_OUT_OF_RANGE', { argument: 'to', bound: '≥ from' });
  }
  const tests: Condition[] = [];
  if (from != null) tests.push({ kind: 'test', field, operator: 'gte', value: from.toISOString() });
  if (to != null) tests.push({ kind: 'test', field, operator: 'lt', value: to.toISOString() });
  return tests;
}
