import type { Stream } from '../connectors/marketplace.ts';
import { loadHints, type StoredHint } from '../db/queries/hint.ts';
import { withOrganization } from '../db/tenant.ts';
import type { Poll } from './poll-context.ts';
import { isDenied } from './poll-outcome.ts';
import { storeReread } from './read-stream.ts';

/** The adapter's bound for products read together. */
const productsAtOnceMax = 20;
/** A flood of pushes must not keep the streams waiting for ever; the rest is read by the next poll. */
const hintsPerPollMax = 200;

/** More changed orders than this come quicker by one page of the window than one by one. */
const ordersOneByOneMax = 3;

/** Whether so many orders are hinted at that their window shall be read instead, now. */
export function readsByWindow(poll: Poll, hints: readonly StoredHint[]): boolean {
  const orderCount = hints.filter((hint) => hint.kind === 'ORDER').length;
  return orderCount > ordersOneByOneMax && poll.connector.windowedStreams.has('sales_orders');
}

/**
 * Reads again what hints ask for, most urgent first: products twenty at a time, a few orders one by one. A hint is
 * removed with the page that answers it; one that was given again meanwhile stays. Many hinted orders are left to
 * the window of their stream.
 */
export async function readHints(poll: Poll): Promise<void> {
  const { shopId, organizationId } = poll.shop;
  const hints = await withOrganization(poll.ports.db, 'worker', organizationId, (sql) =>
    loadHints(sql, shopId, hintsPerPollMax + 1),
  );
  if (hints.length > hintsPerPollMax) poll.hasMore = true;
  const wanted = hints.slice(0, hintsPerPollMax);
  await readProducts(
    poll,
    wanted.filter((hint) => hint.kind === 'PRODUCT'),
  );
  if (readsByWindow(poll, hints)) {
    poll.hasMore = true;
    return;
  }
  for (const hint of wanted) {
    if (hint.kind === 'ORDER') await readOrder(poll, hint);
  }
}

async function readProducts(poll: Poll, hints: readonly StoredHint[]): Promise<void> {
  if (!offers(poll, 'listings')) return;
  for (let index = 0; index < hints.length && !poll.isStopping(); index += productsAtOnceMax) {
    const batch = hints.slice(index, index + productsAtOnceMax);
    const observedAt = poll.ports.clock.now();
    const page = await poll.connector.fetchListings(
      poll.session,
      batch.map((hint) => hint.externalId),
    );
    await storeReread(poll, 'listings', page, observedAt, batch);
  }
}

async function readOrder(poll: Poll, hint: StoredHint): Promise<void> {
  if (!offers(poll, 'sales_orders') || poll.isStopping()) return;
  const observedAt = poll.ports.clock.now();
  const page = await poll.connector.fetchSalesOrder(poll.session, hint.externalId);
  await storeReread(poll, 'sales_orders', page, observedAt, [hint]);
}

function offers(poll: Poll, stream: Stream): boolean {
  return poll.connector.streams.includes(stream) && !isDenied(poll, stream);
}
