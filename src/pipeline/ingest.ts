import type { Observation, ObservationPage, Stream } from '../connectors/marketplace.ts';
import type { Sql } from '../db/connection.ts';
import { appendEvents, type PendingEvent } from '../db/queries/event-append.ts';
import {
  hintPriority,
  removeHints,
  type StoredHint,
  saveHints,
  saveHintsForItems,
} from '../db/queries/hint.ts';
import { type LevelKey, lockLevels } from '../db/queries/ingest-level.ts';
import {
  ensureSnapshotPartitions,
  forgetSnapshotPartitions,
  isPartitionMissing,
} from '../db/queries/ingest-partition.ts';
import type { WriteContext } from '../db/queries/ingest-place.ts';
import { saveQuarantine } from '../db/queries/ingest-quarantine.ts';
import { type StreamState, type SyncRun, saveStreamState, saveSyncRun } from '../db/queries/ingest-sync.ts';
import { refreshWatched } from '../db/queries/ingest-watch.ts';
import { holdLease, type ShopLease } from '../db/queries/lease.ts';
import { withOrganization } from '../db/tenant.ts';
import { goneStatuses } from '../domain/stock.ts';
import { AppError } from '../shared/errors.ts';
import type { ItemId } from '../shared/ids.ts';
import { dayMs } from '../shared/time.ts';
import { evaluateAlerts } from './evaluate-alerts.ts';
import { ingestListings } from './ingest-listings.ts';
import { ingestOrders } from './ingest-orders.ts';
import { ingestMovements, ingestShipments, ingestStockLevels, ingestWarehouses } from './ingest-warehouse.ts';
import { bringForward, observationsOf, sortOut } from './observation-check.ts';
import type { PipelinePorts, PolledShop } from './ports.ts';
import { type LevelReading, recordLevels } from './record-levels.ts';
import { refreshIncoming } from './refresh-incoming.ts';

/** A page that was read, and where the reading stands once it is stored. */
export interface PageInput {
  readonly lease: ShopLease;
  readonly shop: PolledShop;
  readonly stream: Stream;
  readonly page: ObservationPage;
  /** Business time right before the page was asked for: what it shows is at least that new. */
  readonly observedAt: Date;
  /** True for the history of a first load: old orders say nothing about today's stock. */
  readonly isHistory: boolean;
  /** Levels that fell to zero earlier in the same pass. */
  readonly zeroedBefore: number;
  /** Of a part of a page: whether the whole of it shows nothing but zeros. Absent = this is the whole page. */
  readonly isAllZero?: boolean;
  /** Where the stream stands after this page; null = a re-read that moves no cursor. */
  readonly nextState: StreamState | null;
  /** The reading with this page still to be counted; null = not recorded. */
  readonly run: SyncRun | null;
  /** Whether readers of the event log are told about the run now. */
  readonly announcesRun: boolean;
  /** Hints that this page answers. */
  readonly answeredHints: readonly StoredHint[];
}

/** What storing a page did. */
export interface PageResult {
  readonly rowCount: number;
  readonly changedCount: number;
  readonly quarantinedCount: number;
  readonly zeroedCount: number;
  /** The run as stored; null when it is not recorded. */
  readonly run: SyncRun | null;
}

/**
 * Stores one page in one transaction, always in this order: fence, observations, levels (locked in key order, newer
 * versions only), alerts, cursor, and last of all the event head with event log and outbox.
 *
 * The partitions of the page's months are made before, in a transaction of their own. Readers are woken after the
 * commit. A partition that retention dropped meanwhile is made again, once. Safe to run twice: natural keys and versions
 * make the second time a no-op, and a page under an old fence writes nothing at all.
 *
 * @throws AppError `lease_lost` when another worker took the shop over, `deadline_exceeded` when the page took too long
 */
export async function ingestPage(ports: PipelinePorts, input: PageInput): Promise<PageResult> {
  const recordedAt = ports.clock.now();
  const sorted = sortOut(input.page, recordedAt, ports.clock.speed);
  const keptFrom = new Date(recordedAt.getTime() - ports.settings.snapshotRetentionDays * dayMs);
  const checked = { ...sorted, observations: bringForward(sorted.observations, keptFrom) };
  const instants = checked.observations.flatMap((one) =>
    one.kind === 'stock_level' ? [one.observedAt] : [],
  );
  const { organizationId } = input.shop;
  const store = async () => {
    await ensureSnapshotPartitions(ports.db, 'worker', [recordedAt, input.observedAt, ...instants]);
    return storeInOne(ports, input, checked, recordedAt);
  };
  const result = await store().catch((error: unknown) => {
    if (!isPartitionMissing(error)) throw error;
    forgetSnapshotPartitions(ports.db);
    return store();
  });
  if (result.eventCount > 0) ports.wake(organizationId);
  return result;
}

function storeInOne(
  ports: PipelinePorts,
  input: PageInput,
  checked: Pick<ObservationPage, 'observations' | 'rejected'>,
  recordedAt: Date,
): Promise<PageResult & { eventCount: number }> {
  const { leaseSeconds, pageDeadlineMs } = ports.settings;
  return withOrganization(
    ports.db,
    'worker',
    input.shop.organizationId,
    async (sql) => {
      if (!(await holdLease(sql, input.lease, leaseSeconds, pageDeadlineMs))) {
        throw new AppError('lease_lost', 'another worker polls this shop now');
      }
      return storePage(sql, input, checked, recordedAt);
    },
    { isIdempotent: true, deadlineMs: pageDeadlineMs },
  );
}

async function storePage(
  sql: Sql,
  input: PageInput,
  page: Pick<ObservationPage, 'observations' | 'rejected'>,
  recordedAt: Date,
): Promise<PageResult & { eventCount: number }> {
  const { shop } = input;
  const { organizationId, shopId } = shop;
  const context = { organizationId, shopId, observedAt: input.observedAt, recordedAt };
  const taken = await takeIn(sql, context, input, page.observations);
  const quarantine = page.rejected.map((row) => ({ ...row, stream: input.stream }));
  await saveQuarantine(sql, context, quarantine);
  const syncRunId = input.run?.syncRunId ?? null;
  // All levels of the page at once: what is on its way and what was read may lie in different ones.
  if (taken.incoming.length > 0)
    await lockLevels(sql, [...taken.readings, ...taken.incoming], taken.movedItems);
  const incoming = { organizationId, levels: taken.incoming, recordedAt, syncRunId };
  const incomingEvents = await refreshIncoming(sql, incoming);
  const recorded = await recordLevels(sql, {
    organizationId,
    readings: taken.readings,
    recordedAt,
    syncRunId,
    isTrusted: false,
    zeroedBefore: input.zeroedBefore,
    isAllZero: input.isAllZero,
    movedItems: taken.movedItems,
  });
  const rewatched = await refreshWatched(sql, taken.movedItems, goneStatuses);
  const levels = [...recorded.touched, ...rewatched];
  const alertEvents = await evaluateAlerts(sql, { organizationId, levels, at: recordedAt });
  const counts = {
    rowCount: page.observations.length + page.rejected.length,
    changedCount: taken.writtenCount + recorded.changedCount,
    quarantinedCount: page.rejected.length,
    zeroedCount: recorded.zeroedCount,
  };
  const run = input.run === null ? null : addCounts(input.run, counts);
  await removeHints(sql, shopId, input.answeredHints);
  const suspectItems = recorded.suspects.map((level) => level.itemId);
  await saveHintsForItems(sql, shop, suspectItems, hintPriority.push, recordedAt);
  if (input.nextState !== null) await saveStreamState(sql, shop, input.nextState, recordedAt);
  if (run !== null) await saveSyncRun(sql, shop, run, recordedAt);
  const events: PendingEvent[] = [...incomingEvents, ...recorded.events, ...alertEvents];
  if (run !== null && input.announcesRun) {
    events.push({ topic: 'SYNC_RUN', shopId, syncRunId: run.syncRunId, occurredAt: recordedAt });
  }
  await appendEvents(sql, organizationId, events, recordedAt);
  return { ...counts, run, eventCount: events.length };
}

function addCounts(run: SyncRun, counts: Omit<PageResult, 'run'>): SyncRun {
  const rowCount = run.rowCount + counts.rowCount;
  return {
    ...run,
    pageCount: run.pageCount + 1,
    rowCount,
    // A platform may count offers where we count their variants.
    rowCountExpected: run.rowCountExpected === null ? null : Math.max(run.rowCountExpected, rowCount),
    changedCount: run.changedCount + counts.changedCount,
    quarantinedCount: run.quarantinedCount + counts.quarantinedCount,
  };
}

interface Taken {
  readings: LevelReading[];
  /** Items of which a listing came or went. */
  movedItems: readonly ItemId[];
  /** Levels whose open shipments changed. */
  incoming: readonly LevelKey[];
  writtenCount: number;
}

/**
 * Everything that is not a level: catalog, orders, shipments, movements; and the readings of levels. Locks no level:
 * marks for the demand stage are set here, and that stage locks its marks before its levels.
 */
async function takeIn(
  sql: Sql,
  context: WriteContext,
  input: PageInput,
  observations: readonly Observation[],
): Promise<Taken> {
  const { shop } = input;
  await ingestWarehouses(sql, context, observationsOf(observations, 'warehouse'));
  const listings = await ingestListings(sql, context, shop, observationsOf(observations, 'listing'));
  const orders = await ingestOrders(sql, context, shop, observationsOf(observations, 'sales_order'));
  const shipments = await ingestShipments(sql, context, observationsOf(observations, 'inbound_shipment'));
  const moved = await ingestMovements(sql, context, observationsOf(observations, 'stock_movement'));
  const readings = await ingestStockLevels(sql, context, observationsOf(observations, 'stock_level'));
  const toHints = (ids: string[]) => ids.map((externalId) => ({ kind: 'PRODUCT' as const, externalId }));
  await saveHints(sql, shop, toHints(orders.unknownProducts), hintPriority.unknown, context.recordedAt);
  if (!input.isHistory) {
    await saveHints(sql, shop, toHints(orders.soldProducts), hintPriority.sale, context.recordedAt);
  }
  return {
    readings: [...listings.readings, ...readings],
    movedItems: listings.movedItems,
    incoming: shipments.levels,
    writtenCount: listings.writtenCount + orders.changedCount + shipments.changedCount + moved,
  };
}
