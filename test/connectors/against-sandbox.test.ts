import { afterEach, describe, expect, it } from 'vitest';
import { createAlibaba1688Connector } from '../../src/connectors/alibaba-1688/connector.ts';
import type {
  MarketplaceConnector,
  Observation,
  RejectedRow,
  ShopSession,
  Stream,
} from '../../src/connectors/marketplace.ts';
import { createRandomFaults, type FaultPlan } from '../../src/connectors/sandbox-1688/wire/faults.ts';
import { createWmsFeedConnector } from '../../src/connectors/wms-feed/connector.ts';
import { AppError, isAppError } from '../../src/shared/errors.ts';
import { silentLog } from '../../src/shared/log.ts';
import { dayMs } from '../../src/shared/time.ts';
import { fakeSession } from './fake-session.ts';
import { appKey, appSecret, startTestGateway } from './sandbox-1688/support.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const part of open.splice(0).toReversed()) await part.close();
});

async function start(settings: Parameters<typeof startTestGateway>[0] = {}) {
  const started = await startTestGateway(settings);
  const { gateway, clock, realClock } = started;
  const deps = { clock, realClock, log: silentLog };
  const retry = { attempts: 3, baseDelayMs: 1, capDelayMs: 2 };
  const { gatewayUrl } = gateway;
  const shop = createAlibaba1688Connector({ appKey, appSecret, gatewayUrl, retry }, deps);
  const feed = createWmsFeedConnector({ baseUrl: gateway.feedUrl, retry }, deps);
  open.push(gateway, shop, feed);
  return {
    ...started,
    shop,
    feed,
    shopSession: fakeSession([gateway.tokens.accessToken]),
    feedSession: fakeSession([gateway.feedToken], { refreshToken: null }),
  };
}

/** A pass over a stream; a page that failed for now is asked for again, as the poller does. */
async function readAll(
  connector: MarketplaceConnector,
  session: ShopSession,
  stream: Stream,
  window: { modifiedFrom: Date | null; modifiedTo: Date },
) {
  const observations: Observation[] = [];
  const rejected: RejectedRow[] = [];
  let cursor: string | null = null;
  let failures = 0;
  do {
    try {
      const page = await connector.fetchPage(session, { stream, ...window, cursor });
      observations.push(...page.observations);
      rejected.push(...page.rejected);
      cursor = page.nextCursor;
    } catch (error) {
      if (!isAppError(error) || !error.isRetryable || ++failures > 500) throw error;
    }
  } while (cursor !== null || observations.length === 0);
  return { observations, rejected };
}

const ofKind = <K extends Observation['kind']>(observations: readonly Observation[], kind: K) =>
  observations.filter((o): o is Extract<Observation, { kind: K }> => o.kind === kind);

/** Faults after which the truth must still come out; the feed's pages may be short, so half of one tells nothing. */
function passingFaults(seed: number): FaultPlan {
  const anywhere = createRandomFaults({
    seed,
    probability: 0.15,
    faults: [
      { kind: 'bad_gateway' },
      { kind: 'truncated' },
      { kind: 'reset' },
      { kind: 'throttle' },
      { kind: 'slow', delayMs: 3 },
    ],
  });
  const gateway = createRandomFaults({
    seed: seed + 1,
    probability: 0.05,
    faults: [{ kind: 'half_page' }, { kind: 'empty_page' }],
  });
  return {
    pick: (request) =>
      anywhere.pick(request) ?? (request.api.startsWith('feed:') ? null : gateway.pick(request)),
  };
}

describe('the connectors against the sandbox', () => {
  it.each([1, 2, 3])('find the whole truth through faults (seed %i)', async (seed) => {
    const plan = passingFaults(seed);
    let struck = 0;
    const faults: FaultPlan = {
      pick(request) {
        const fault = plan.pick(request);
        if (fault !== null) struck++;
        return fault;
      },
    };
    const { gateway, clock, shop, feed, shopSession, feedSession } = await start({ faults });
    const truth = gateway.truth(clock.now());
    const window = { modifiedFrom: null, modifiedTo: clock.now() };

    const listings = await readAll(shop, shopSession, 'listings', window);
    const pools = new Map(
      ofKind(listings.observations, 'listing').map((o) => [`${o.productId} ${o.specId}`, o.available]),
    );
    expect(pools).toEqual(
      new Map(truth.pools.map((p) => [`${p.productId} ${p.specId}`, String(p.available)])),
    );

    const orders = await readAll(shop, shopSession, 'sales_orders', window);
    const found = new Map(ofKind(orders.observations, 'sales_order').map((o) => [o.orderId, o]));
    expect(found.size).toBe(truth.orders.length);
    for (const { orderId, status, lines } of truth.orders) {
      const order = found.get(orderId);
      expect(order?.status).toBe(status);
      expect(order?.lines.map((line) => [line.lineId, line.cargoNumber, line.quantity])).toEqual(
        lines.map((line) => [line.lineId, line.sku, String(line.quantity)]),
      );
    }

    const levels = await readAll(feed, feedSession, 'stock_levels', window);
    expect(
      ofKind(levels.observations, 'stock_level').map((o) => [o.warehouseCode, o.sku, o.onHand, o.available]),
    ).toEqual(truth.levels.map((l) => [l.warehouseCode, l.sku, String(l.onHand), String(l.available)]));

    expect([...listings.rejected, ...orders.rejected, ...levels.rejected]).toEqual([]);
    expect(struck).toBeGreaterThan(5);
  });

  it('miss no order although orders leave the window while it is read', async () => {
    const { gateway, clock, shop, shopSession } = await start({ options: { orderSort: 'newest_first' } });
    const modifiedTo = clock.now();
    const expected = new Set(gateway.truth(modifiedTo).orders.map(({ orderId }) => orderId));
    // Every call takes two hours of business time: orders move on while the pages are walked.
    shopSession.budget.take = async () => clock.advance(dayMs / 12);
    const { observations } = await readAll(shop, shopSession, 'sales_orders', {
      modifiedFrom: null,
      modifiedTo,
    });
    const seen = new Set(ofKind(observations, 'sales_order').map(({ orderId }) => orderId));
    shopSession.budget.take = async () => {};
    const later = await readAll(shop, shopSession, 'sales_orders', {
      modifiedFrom: modifiedTo,
      modifiedTo: clock.now(),
    });
    for (const { orderId } of ofKind(later.observations, 'sales_order')) seen.add(orderId);
    expect([...expected].filter((id) => !seen.has(id))).toEqual([]);
  });

  it('renew a token that ended, and tell a missing permission from it', async () => {
    const denied = 'com.alibaba.trade:alibaba.trade.getBuyerOrderList-1';
    const { gateway, realClock, shop } = await start({
      options: { accessTokenLifeMs: 60_000, deniedApis: [denied] },
    });
    realClock.advance(61_000);
    const session = fakeSession([gateway.tokens.accessToken, 'not-a-token']);
    await expect(shop.fetchAccount(session)).rejects.toThrow(AppError);
    expect(session.refreshed).toEqual([0]);
    const held = { ...gateway.tokens, refreshExpiresAt: null, memberId: null };
    const renewed = await shop.refreshTokens(held, new AbortController().signal);
    const capabilities = await shop.probeCapabilities(fakeSession([renewed.accessToken]));
    expect(capabilities.filter(({ state }) => state !== 'AVAILABLE')).toMatchObject([
      { api: denied, state: 'DENIED', code: 'gw.APIACLDecline' },
    ]);
  });

  it('gives up on an answer without end', async () => {
    const { shop, shopSession } = await start({ faults: { pick: () => ({ kind: 'endless' }) } });
    await expect(shop.fetchAccount(shopSession)).rejects.toThrow(/large|bytes|size/i);
  });
});
