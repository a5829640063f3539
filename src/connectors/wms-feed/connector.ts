import { AppError, isAppError } from '../../shared/errors.ts';
import type { Log } from '../../shared/log.ts';
import { type Clock, systemClock } from '../../shared/time.ts';
import { assertUserChosenUrl } from '../address-guard.ts';
import { createHttpClient, type HttpClient } from '../http.ts';
import { parseJson } from '../lossless.ts';
import type {
  Capability,
  MarketplaceConnector,
  ObservationPage,
  PageRequest,
  ShopSession,
  Stream,
} from '../marketplace.ts';
import { describeIssues } from '../wire-values.ts';
import { createFeedClient, type FeedClient } from './client.ts';
import { advanceCursor, openCursor } from './cursor.ts';
import { assertWholePass, type FeedPage, groupShipmentRows, readFeedPage } from './page.ts';
import { defaultWmsFeedSettings, type WmsFeedSettings } from './settings.ts';
import {
  type ReadRow,
  readInboundShipment,
  readStockLevel,
  readStockMovement,
  readWarehouse,
} from './to-observation.ts';
import { accountRow } from './wire.ts';

/** What the connector needs from outside. */
export interface WmsFeedDependencies {
  /** Business time: rows from the future are refused by it. */
  clock: Clock;
  /** Real time: `Retry-After` dates. */
  realClock?: Clock;
  log: Log;
  /** Own client when absent; then `close` ends it. */
  http?: HttpClient;
}

/** The adapter of the warehouse feed. It has no listings and no orders. */
export interface WmsFeedConnector extends MarketplaceConnector {
  readonly platform: 'wms-feed';
  /** Closes the connections. */
  close(): Promise<void>;
}

interface Resource {
  path: string;
  isWindowed: boolean;
  prepare?: (rows: readonly unknown[]) => unknown[];
  reader(now: Date): (row: unknown) => ReadRow;
}

/** In the order of a first load: a level needs its warehouse. */
const resources: ReadonlyMap<Stream, Resource> = new Map<Stream, Resource>([
  ['warehouses', { path: '/warehouses', isWindowed: false, reader: () => readWarehouse }],
  ['stock_levels', { path: '/stock-levels', isWindowed: false, reader: readStockLevel }],
  ['stock_movements', { path: '/stock-movements', isWindowed: true, reader: readStockMovement }],
  [
    'inbound_shipments',
    { path: '/inbound-shipments', isWindowed: true, prepare: groupShipmentRows, reader: readInboundShipment },
  ],
]);

const nothing: ObservationPage = { observations: [], rejected: [], nextCursor: null, totalRows: 0 };

/**
 * Makes the adapter for one feed.
 *
 * @param given - its address, and what differs from `defaultWmsFeedSettings`
 * @throws AppError `invalid_input` when a user chose the address and its spelling is not allowed
 */
export function createWmsFeedConnector(
  given: Pick<WmsFeedSettings, 'baseUrl'> & Partial<WmsFeedSettings>,
  deps: WmsFeedDependencies,
): WmsFeedConnector {
  const settings: WmsFeedSettings = { ...defaultWmsFeedSettings, ...given };
  if (settings.isUserChosen) assertUserChosenUrl(settings.baseUrl);
  const { timeoutMs, maxBodyBytes, isUserChosen } = settings;
  const http = deps.http ?? createHttpClient({ timeoutMs, maxBodyBytes, publicOnly: isUserChosen });
  const client = createFeedClient(settings, http, deps.realClock ?? systemClock);
  return {
    platform: 'wms-feed',
    streams: [...resources.keys()],
    windowedStreams: new Set(
      [...resources].filter(([, { isWindowed }]) => isWindowed).map(([stream]) => stream),
    ),
    fetchAccount: (session) => fetchAccount(client, settings, session),
    probeCapabilities: (session) => probeCapabilities(client, deps.clock, session),
    fetchPage: (session, request) => fetchFeedPage(client, settings, deps, session, request),
    fetchListings: async () => ({ ...nothing }),
    fetchSalesOrder: async () => ({ ...nothing }),
    close: async () => {
      if (deps.http === undefined) await http.close();
    },
  };
}

/** A source without `/account` is known by its address. */
async function fetchAccount(
  client: FeedClient,
  settings: WmsFeedSettings,
  session: ShopSession,
): Promise<{ memberId: string; name: string }> {
  try {
    return await client.read(session, '/account', {}, (place, answer) => {
      const parsed = accountRow.safeParse(parseJson(answer.text, place));
      if (!parsed.success) throw new AppError('permanent', `${place}: ${describeIssues(parsed.error)}`);
      return { memberId: parsed.data.accountId, name: parsed.data.name };
    });
  } catch (error) {
    if (!isAppError(error, 'permission_missing') || error.params.platformCode !== '404') throw error;
    const url = new URL(settings.baseUrl);
    return { memberId: `${url.host}${url.pathname.replace(/\/+$/, '')}`, name: url.host };
  }
}

async function probeCapabilities(
  client: FeedClient,
  clock: Clock,
  session: ShopSession,
): Promise<Capability[]> {
  const capabilities: Capability[] = [];
  const now = clock.now().toISOString();
  for (const [stream, { path, isWindowed }] of resources) {
    const query = { limit: '1', modifiedFrom: isWindowed ? now : null, modifiedTo: isWindowed ? now : null };
    const found = { api: `GET ${path}`, stream };
    try {
      await client.read(session, path, query, readFeedPage);
      capabilities.push({ ...found, state: 'AVAILABLE', code: null });
    } catch (error) {
      if (!isAppError(error, 'permission_missing', 'permanent', 'transient', 'deadline_exceeded'))
        throw error;
      const state = error.code === 'permission_missing' ? 'DENIED' : 'UNKNOWN';
      capabilities.push({ ...found, state, code: error.params.platformCode ?? error.code });
    }
  }
  return capabilities;
}

async function fetchFeedPage(
  client: FeedClient,
  settings: WmsFeedSettings,
  deps: WmsFeedDependencies,
  session: ShopSession,
  request: PageRequest,
): Promise<ObservationPage> {
  const resource = resources.get(request.stream);
  if (resource === undefined) {
    throw new AppError('invalid_input', `a warehouse feed has no stream ${request.stream}`);
  }
  const cursor = openCursor(request.cursor);
  const query = {
    modifiedFrom: resource.isWindowed ? (request.modifiedFrom?.toISOString() ?? null) : null,
    modifiedTo: resource.isWindowed ? request.modifiedTo.toISOString() : null,
    limit: String(settings.pageLimit),
    cursor: cursor.theirs,
  };
  const page = await client.read(session, resource.path, query, (place, answer): FeedPage => {
    const found = readFeedPage(place, answer);
    // Records of one CSV shipment count as one row, so its page is put together before it is counted.
    const whole = { ...found, rows: resource.prepare?.(found.rows) ?? found.rows };
    return cursor.theirs === null ? assertWholePass(place, whole) : whole;
  });
  const read = resource.reader(deps.clock.now());
  const rows = page.rows.map(read);
  return {
    observations: rows.flatMap((row) => row.observation ?? []),
    rejected: rows.flatMap((row) => row.rejected),
    nextCursor: advanceCursor(cursor, page.nextCursor),
    totalRows: page.totalRows,
  };
}
