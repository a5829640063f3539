import type { Config } from '../config.ts';
import { type SandboxGateway, startSandboxGateway } from '../connectors/sandbox-1688/gateway.ts';
import { loadTraceWorld, type TraceWorld } from '../connectors/sandbox-1688/trace/trace-world.ts';
import { createBuiltInWorld, liveStartOn } from '../connectors/sandbox-1688/world/built-in-world.ts';
import type { World } from '../connectors/sandbox-1688/world/world.ts';
import type { TokenVault } from '../connectors/token-vault.ts';
import type { BusinessClock } from '../db/business-clock.ts';
import type { Database } from '../db/client.ts';
import { findOrganization, saveOrganization } from '../db/queries/organization.ts';
import { asOwner } from '../db/tenant.ts';
import { AppError } from '../shared/errors.ts';
import type { ShopId } from '../shared/ids.ts';
import type { Log } from '../shared/log.ts';
import { systemClock } from '../shared/time.ts';
import { connectShop } from './connect-shop.ts';
import { demoOrganizationId, sandboxApp, sandboxFeedToken } from './demo.ts';
import type { Gateways } from './gateways.ts';
import { identifyTrace } from './trace-identity.ts';

/** The world that the sandbox plays, and the instant of business time at which it begins to be live. */
export interface SandboxWorld {
  readonly world: World;
  readonly startAt: Date;
  /** The recorded sales behind it; null = the built-in world. */
  readonly trace: TraceWorld | null;
  /** Shown as the organization's name, and how a database recognizes its world. */
  readonly name: string;
}

/**
 * Makes the world: recorded sales where a trace is given, else the built-in one. A database that already plays
 * keeps the start of its world, so that a restart finds the same orders and stock.
 *
 * @throws AppError `invalid_configuration` when the database plays another world; `invalid_input` for a file that is
 *   no trace
 */
export async function openSandboxWorld(config: Config, db: Database, log: Log): Promise<SandboxWorld> {
  const name = config.traceFile === null ? '水位示例商家' : (await identifyTrace(config.traceFile)).name;
  const played = await asOwner(db, demoOrganizationId, (sql) => findOrganization(sql, demoOrganizationId));
  if (played !== null && played.name !== name) {
    throw new AppError(
      'invalid_configuration',
      `DATABASE_URL: this database already plays "${played.name}"; use another database for "${name}"`,
    );
  }
  if (config.traceFile !== null) {
    const trace = await loadTraceWorld(config.traceFile, log);
    return { world: trace, startAt: trace.traceStartAt, trace, name };
  }
  const startAt = played?.recordedAt ?? liveStartOn(systemClock.now());
  return { world: createBuiltInWorld({ startAt }), startAt, trace: null, name };
}

/** Makes the demo organization, if it is not there yet. */
export async function saveDemoOrganization(db: Database, { name, startAt }: SandboxWorld): Promise<void> {
  await asOwner(db, demoOrganizationId, (sql) =>
    saveOrganization(sql, {
      organizationId: demoOrganizationId,
      name,
      locale: 'zh-CN',
      recordedAt: startAt,
    }),
  );
}

/** What the sandbox needs from the rest of the process. */
export interface SandboxDependencies {
  readonly db: Database;
  readonly clock: BusinessClock;
  readonly gateways: Gateways;
  readonly vault: TokenVault;
  readonly log: Log;
  /** Where to push messages; null = nobody listens in this process. */
  readonly pushUrl: string | null;
  /** Business seconds in one second; Infinity = no call limit. */
  readonly speed: number;
}

/** Starts the gateway and connects its two shops, the marketplace and the warehouse feed, to the demo organization. */
export async function startSandbox(
  deps: SandboxDependencies,
  { world }: SandboxWorld,
): Promise<{ gateway: SandboxGateway; shopIds: ShopId[] }> {
  const gateway = await startSandboxGateway({
    clock: deps.clock,
    source: world,
    ...sandboxApp,
    feedToken: sandboxFeedToken,
    pushUrl: deps.pushUrl,
    speed: deps.speed,
    log: deps.log.child({ part: 'sandbox' }),
    options: { followedFromStart: true },
  });
  const shop = { organizationId: demoOrganizationId, authorizationCode: null } as const;
  try {
    const shopIds = [
      await connectShop(deps, {
        ...shop,
        platform: 'alibaba-1688',
        name: '1688 店铺（沙箱）',
        accessToken: gateway.tokens.accessToken,
        refreshToken: gateway.tokens.refreshToken,
        endpointUrl: gateway.gatewayUrl,
      }),
      await connectShop(deps, {
        ...shop,
        platform: 'wms-feed',
        name: '仓储系统（沙箱）',
        accessToken: sandboxFeedToken,
        refreshToken: null,
        endpointUrl: gateway.feedUrl,
      }),
    ];
    return { gateway, shopIds };
  } catch (error) {
    await gateway.close();
    throw error;
  }
}
