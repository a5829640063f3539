import type { Stream } from '../connectors/marketplace.ts';
import { loadHints, removeHints, type StoredHint } from '../db/queries/hint.ts';
import { withOrganization } from '../db/tenant.ts';
import { type AppError, isAppError } from '../shared/errors.ts';
import type { Poll } from './poll-context.ts';
import { denyById, isDenied, isDeniedById } from './poll-outcome.ts';
import { storeReread } from './read-stream.ts';

/** The adapter's bound for products read together. */
const productsAtOnceMax = 20;
/** A flood of pushes must not keep the streams waiting for ever; the rest is read by the next poll. */
const hintsPerPollMax = 200;

/** More changed orders than this come quicker by one page of the window than one by one. */
const ordersOneByOneMax = 3;

/** Whether so many orders are hinted at that their window shall be read instead, now; any, where the app must. */
export function readsByWindow(poll: Poll, hints: readonly StoredHint[]): boolean {
  const orderCount = hints.filter((hint) => hint.kind === 'ORDER').length;
  const leastCount = isDeniedById(poll, 'ORDER') ? 1 : ordersOneByOneMax + 1;
  return orderCount >= leastCount && poll.connector.windowedStreams.has('sales_orders');
}

/**
 * Reads again what hints ask for, most urgent first: products twenty at a time, a few orders one by one. A hint is
 * removed with the page that answers it; one that was given again meanwhile stays. Many hinted orders are left to
 * the window of their stream, and what the app may not read one by one to the reading of its list.
 */
export async function readHints(poll: Poll): Promise<void> {
  const { shopId, organizationId } = poll.shop;
  const hints = await withOrganization(poll.ports.db, 'worker', organizationId, (sql) =>
    loadHints(sql, shopId, hintsPerPollMax + 1),
  );
  const wanted = await dropUnreadable(poll, hints);
  const products = wanted.filter((hint) => hint.kind === 'PRODUCT').slice(0, hintsPerPollMax);
  const orders = wanted.filter((hint) => hint.kind === 'ORDER');
  const areOrdersLeft = readsByWindow(poll, wanted);
  // Only where this poll gets on: hints that wait for a stream in trouble must not make the next poll come at once.
  const getsOn = products.length > 0 || wanted.length < hints.length || (orders.length > 0 && !areOrdersLeft);
  if (hints.length > hintsPerPollMax && getsOn) poll.hasMore = true;
  await readProducts(poll, products);
  if (areOrdersLeft) {
    if (!isWaiting(poll, 'sales_orders')) poll.hasMore = true;
    return;
  }
  for (const hint of orders) {
    if (isDeniedById(poll, 'ORDER')) {
      poll.hasMore = poll.connector.windowedStreams.has('sales_orders');
      return;
    }
    await readOrder(poll, hint);
  }
}

/**
 * Forgets hints about what the app may not read: nobody could answer them, and once it may, the stream is read from
 * where it stopped.
 *
 * @returns the others
 */
async function dropUnreadable(poll: Poll, hints: readonly StoredHint[]): Promise<StoredHint[]> {
  const isReadable = ({ kind }: StoredHint) =>
    kind === 'SYNC_NOW' ||
    (kind === 'PRODUCT'
      ? offers(poll, 'listings') && !isDeniedById(poll, 'PRODUCT')
      : offers(poll, 'sales_orders'));
  await forget(
    poll,
    hints.filter((hint) => !isReadable(hint)),
  );
  return hints.filter(isReadable);
}

async function forget({ ports, shop }: Poll, hints: readonly StoredHint[]): Promise<void> {
  if (hints.length === 0) return;
  await withOrganization(ports.db, 'worker', shop.organizationId, (sql) =>
    removeHints(sql, shop.shopId, hints),
  );
}

/** Whether a stream failed a moment ago and is not tried again yet. */
function isWaiting(poll: Poll, stream: Stream): boolean {
  return (poll.memory.retryAtMs.get(`${poll.shop.shopId}/${stream}`) ?? 0) > performance.now();
}

async function readProducts(poll: Poll, hints: readonly StoredHint[]): Promise<void> {
  for (let index = 0; index < hints.length && !poll.isStopping(); index += productsAtOnceMax) {
    await readBatch(poll, hints.slice(index, index + productsAtOnceMax));
  }
}

async function readBatch(poll: Poll, batch: readonly StoredHint[]): Promise<void> {
  const [first] = batch;
  if (first === undefined || poll.isStopping()) return;
  if (isDeniedById(poll, 'PRODUCT')) return forget(poll, batch);
  const ids = batch.map((hint) => hint.externalId);
  const observedAt = poll.ports.clock.now();
  try {
    const page = await poll.connector.fetchListings(poll.session, ids);
    await storeReread(poll, 'listings', page, observedAt, batch);
  } catch (error) {
    if (isAppError(error, 'permission_missing')) {
      await denyById(poll, 'PRODUCT', 'listings', error);
      return forget(poll, batch);
    }
    if (!isAppError(error, 'permanent')) throw error;
    if (batch.length === 1) return putAside(poll, 'listings', first, error);
    // One that cannot be read must not take the others along.
    for (const hint of batch) await readBatch(poll, [hint]);
  }
}

async function readOrder(poll: Poll, hint: StoredHint): Promise<void> {
  if (poll.isStopping()) return;
  const observedAt = poll.ports.clock.now();
  try {
    const page = await poll.connector.fetchSalesOrder(poll.session, hint.externalId);
    await storeReread(poll, 'sales_orders', page, observedAt, [hint]);
  } catch (error) {
    if (isAppError(error, 'permission_missing')) return denyById(poll, 'ORDER', 'sales_orders', error);
    if (!isAppError(error, 'permanent')) throw error;
    await putAside(poll, 'sales_orders', hint, error);
  }
}

/** Quarantines what the platform refuses for good: asked again and again, it would hold up the hints behind it. */
function putAside(poll: Poll, stream: Stream, hint: StoredHint, { message }: AppError): Promise<void> {
  const row = { rowKey: hint.externalId, reason: message, raw: JSON.stringify(hint) };
  const page = { observations: [], rejected: [row], nextCursor: null, totalRows: null };
  return storeReread(poll, stream, page, poll.ports.clock.now(), [hint]);
}

function offers(poll: Poll, stream: Stream): boolean {
  return poll.connector.streams.includes(stream) && !isDenied(poll, stream);
}
