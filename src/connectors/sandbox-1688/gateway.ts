import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log } from '../../shared/log.ts';
import { type Clock, systemClock } from '../../shared/time.ts';
import { type Truth, truthOf } from './truth.ts';
import type { Merchant, PlatformOptions } from './wire/api.ts';
import type { App, Platform } from './wire/dispatch.ts';
import type { FaultPlan } from './wire/faults.ts';
import { createJournal, type JournalEntry } from './wire/journal.ts';
import { MessageStore } from './wire/message-store.ts';
import { messagesBetween } from './wire/messages.ts';
import { createPushSender, type PushFaults, type PushSender } from './wire/push.ts';
import { createWireServer } from './wire/server.ts';
import { createThrottle } from './wire/throttle.ts';
import { createTokenOffice } from './wire/tokens.ts';
import { createBuiltInWorld } from './world/built-in-world.ts';
import type { World } from './world/world.ts';

/** Calls per second of real time and of speed that one app may make; the platform gives no number. */
const callsPerSecondDefault = 5;
const accessTokenLifeMsDefault = 36_000_000;
const messagesMax = 20_000;
/** How often the gateway looks for news to push, real ms. */
const pushEveryMs = 250;

/** Switches of the sandbox; every one has a default that behaves like the platform on a good day. */
interface SandboxOptions extends Partial<PlatformOptions> {
  /** Per app, per second of real time at speed 1, multiplied by the speed; Infinity = never throttled. */
  callsPerSecond?: number;
  /** Real ms until an access token answers 401; default 10 hours. */
  accessTokenLifeMs?: number;
  /** A refresh ends the old refresh token; default false. */
  rotateRefreshTokens?: boolean;
  /** APIs the app may not call, `namespace:name-version`. */
  deniedApis?: readonly string[];
  /** Further apps with rights of their own. */
  otherApps?: readonly { appKey: string; appSecret: string; deniedApis?: readonly string[] }[];
  /** Every merchant follows all own products from the start; default false. */
  followedFromStart?: boolean;
  push?: Partial<PushFaults>;
  /** Keep what was served; default: nothing. */
  journal?: { entriesMax: number; withBodies: boolean };
  /** SKUs and days of history of each further merchant's own small world; default 12 and 30. */
  smallWorld?: { skuCount: number; historyDays: number };
}

/** How to reach one merchant of the sandbox. */
interface SandboxMerchant {
  memberId: string;
  feedToken: string;
  tokens: { accessToken: string; refreshToken: string; accessExpiresAt: Date };
  truth(at: Date): Truth;
  /** Ends all tokens given out so far. */
  revokeTokens(): void;
  /** A code as the authorization page hands it out; single use, two minutes. */
  issueCode(): string;
}

/** A running sandbox gateway; the first merchant's facts are also at the top. */
export interface SandboxGateway extends SandboxMerchant {
  /** Base address of the 1688 wire, without `/openapi`. */
  gatewayUrl: string;
  /** Base address of the warehouse feed. */
  feedUrl: string;
  merchants: readonly SandboxMerchant[];
  /** What was served, newest last; empty without the `journal` option. */
  journal(): readonly JournalEntry[];
  /** Pushes what has happened up to now without waiting for the next look; resolves when first attempts are done. */
  pushNow(): Promise<void>;
  /** Stops listening, cuts connections, ends all deliveries. */
  close(): Promise<void>;
}

/** What a sandbox needs. */
export interface SandboxSettings {
  /** Business time. */
  clock: Clock;
  /** Real time, for tokens and throttling; default the system's. */
  realClock?: Clock;
  /** The first merchant's world. */
  source: World;
  host?: string;
  /** Default: any free port. */
  port?: number;
  appKey: string;
  appSecret: string;
  /** Bearer token of the first merchant's feed; merchant n has this and `-n`. */
  feedToken: string;
  /** Where messages are pushed; null = they only wait for replay. */
  pushUrl: string | null;
  /** Business time per real time; scales the call limit. Infinity = no limit. */
  speed: number;
  log: Log;
  faults?: FaultPlan;
  /** How many merchants there are; each beyond the first has a small built-in world of its own. Default 1. */
  merchants?: number;
  options?: SandboxOptions;
}

function makeMerchants(settings: SandboxSettings): Merchant[] {
  const { skuCount, historyDays } = settings.options?.smallWorld ?? { skuCount: 12, historyDays: 30 };
  const startAt = new Date(settings.source.startAt);
  return Array.from({ length: settings.merchants ?? 1 }, (_, number): Merchant => {
    const userId = String(1_623_492_085 + number * 17);
    const world =
      number === 0
        ? settings.source
        : createBuiltInWorld({ startAt, seed: 50_000 + number, skuCount, historyDays });
    const followed = settings.options?.followedFromStart === true ? world.offers.map((o) => o.productId) : [];
    return {
      number,
      memberId: `b2b-${userId}`,
      userId,
      loginId: number === 0 ? '水位示例商家' : `水位示例商家${number + 1}`,
      feedToken: number === 0 ? settings.feedToken : `${settings.feedToken}-${number + 1}`,
      world,
      edits: new Map(),
      followed: new Set(followed),
      editedAt: new Map(),
    };
  });
}

function makeApps(settings: SandboxSettings): Map<string, App> {
  const { appKey, appSecret, options } = settings;
  const apps = [{ appKey, appSecret, deniedApis: options?.deniedApis }, ...(options?.otherApps ?? [])];
  return new Map(apps.map((app) => [app.appKey, { ...app, deniedApis: new Set(app.deniedApis ?? []) }]));
}

/** Looks for news of all merchants since the last look, keeps them, and hands them to the sender. */
function startPushing(
  settings: SandboxSettings,
  merchants: readonly Merchant[],
  store: MessageStore,
  sender: PushSender | null,
) {
  let lookedUntil = settings.clock.now().getTime();
  const look = () => {
    const now = settings.clock.now().getTime();
    for (const merchant of merchants) {
      merchant.world.advanceTo(now);
      const messages = messagesBetween(merchant, lookedUntil, now);
      for (const message of messages) store.add(message);
      sender?.send(messages);
    }
    lookedUntil = now;
  };
  const timer = setInterval(look, pushEveryMs);
  return { look, stop: () => clearInterval(timer) };
}

function makePlatform(settings: SandboxSettings, merchants: readonly Merchant[], realClock: Clock): Platform {
  const { clock, options = {} } = settings;
  return {
    clock,
    apps: makeApps(settings),
    merchants,
    tokens: createTokenOffice({
      secret: settings.appSecret,
      owners: merchants,
      realClock,
      accessTokenLifeMs: options.accessTokenLifeMs ?? accessTokenLifeMsDefault,
      rotateRefreshTokens: options.rotateRefreshTokens ?? false,
    }),
    throttle: createThrottle((options.callsPerSecond ?? callsPerSecondDefault) * settings.speed, realClock),
    messages: new MessageStore(messagesMax, realClock),
    options: {
      modifiedMovesWithStock: options.modifiedMovesWithStock ?? 'world',
      orderSort: options.orderSort ?? 'oldest_first',
      historyTableAfterDays: options.historyTableAfterDays ?? null,
    },
    faults: settings.faults ?? { pick: () => null },
  };
}

function toSandboxMerchant({ tokens }: Platform, merchant: Merchant, realClock: Clock): SandboxMerchant {
  const answer = tokens.issue(merchant.number);
  return {
    memberId: merchant.memberId,
    feedToken: merchant.feedToken,
    tokens: {
      accessToken: answer.access_token,
      refreshToken: answer.refresh_token ?? '',
      accessExpiresAt: new Date(realClock.now().getTime() + Number(answer.expires_in) * 1_000),
    },
    truth: (at) => truthOf(merchant, at),
    revokeTokens: () => tokens.revoke(merchant.number),
    issueCode: () => tokens.issueCode(merchant.number),
  };
}

async function listen(server: Server, host: string, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const name = host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${(server.address() as AddressInfo).port}`;
}

/**
 * Starts the simulated 1688: an HTTP server on loopback (unless told otherwise) that speaks the platform's
 * wire and serves the warehouse feed, driven by a world and a clock. A gateway started again with the same
 * world, keys and clock goes on where it was, but for what was changed through `modifyStock` and `follow`.
 *
 * @throws the error of the socket when the address cannot be listened on
 */
export async function startSandboxGateway(settings: SandboxSettings): Promise<SandboxGateway> {
  const { clock, options = {}, log, appSecret, pushUrl } = settings;
  const realClock = settings.realClock ?? systemClock;
  const merchants = makeMerchants(settings);
  const platform = makePlatform(settings, merchants, realClock);
  const journal =
    options.journal === undefined ? null : createJournal({ ...options.journal, clock, realClock });
  const { server, closing } = createWireServer(platform, journal, log);
  const base = await listen(server, settings.host ?? '127.0.0.1', settings.port ?? 0);
  const { messages: store } = platform;
  const faults = { duplicateEvery: 0, outOfOrder: false, badSignatureEvery: 0, ...options.push };
  const sender = pushUrl === null ? null : createPushSender({ pushUrl, appSecret, store, faults, log });
  const pushing = startPushing(settings, merchants, store, sender);
  const shops = merchants.map((merchant) => toSandboxMerchant(platform, merchant, realClock));
  log.info({ gatewayUrl: base, merchants: shops.length }, 'sandbox gateway is listening');
  return {
    ...(shops[0] as SandboxMerchant),
    gatewayUrl: base,
    feedUrl: `${base}/wms-feed`,
    merchants: shops,
    journal: () => journal?.entries() ?? [],
    pushNow: async () => {
      pushing.look();
      await sender?.idle();
    },
    close: async () => {
      pushing.stop();
      closing.abort();
      await sender?.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
