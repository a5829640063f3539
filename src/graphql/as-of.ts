import { loadKnownSince } from '../db/queries/as-of.ts';
import type { GraphqlContext } from './context.ts';
import { requestError } from './errors.ts';

/** What `asOf` means, the same everywhere. */
export const asOfDescription =
  'As it was known at this instant (business time), from what was recorded by then; null = now. What item, warehouse and level say is of now. Before what is kept: refused with AS_OF_BEFORE_RETENTION.';

/**
 * Checks an instant that is asked for.
 *
 * @throws GraphQLError ARGUMENT_OUT_OF_RANGE for the future, AS_OF_BEFORE_RETENTION for what is no longer kept
 */
export async function requireKnown(context: GraphqlContext, asOf: Date): Promise<Date> {
  const { locale } = context.viewer;
  if (asOf > context.now) {
    throw requestError(locale, 'ARGUMENT_OUT_OF_RANGE', { argument: 'asOf', bound: '≤ now' });
  }
  const since = await context.read(loadKnownSince);
  if (since === null || asOf >= since) return asOf;
  throw requestError(locale, 'AS_OF_BEFORE_RETENTION', { since: since.toISOString() });
}
