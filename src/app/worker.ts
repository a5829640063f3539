import type { Config } from '../config.ts';
import type { CallBudget } from '../connectors/marketplace.ts';
import type { TokenVault } from '../connectors/token-vault.ts';
import type { BusinessClock } from '../db/business-clock.ts';
import type { Database } from '../db/client.ts';
import type { Wakeup } from '../events/wakeup.ts';
import { createCallBudget, type PauseMemory } from '../pipeline/call-budget.ts';
import { createCredentialSource } from '../pipeline/credentials.ts';
import { type PipelinePorts, pipelineSettingsDefault } from '../pipeline/ports.ts';
import type { Log } from '../shared/log.ts';
import { dayMs, minuteMs, systemClock } from '../shared/time.ts';
import { demoOrganizationId } from './demo.ts';
import type { Gateways } from './gateways.ts';

/** What the pipeline is made of. */
export interface PipelineDependencies {
  readonly config: Config;
  readonly db: Database;
  readonly clock: BusinessClock;
  readonly gateways: Gateways;
  readonly vault: TokenVault;
  readonly wakeup: Wakeup;
  readonly log: Log;
}

/** Calls that may be made at once after a quiet time, in seconds of the rate. */
const burstSeconds = 2;
/** A replay that moves time by hand runs as fast as the machine can; its budget is no limit. */
const unlimitedPerSecond = 100_000;

/** Puts the pipeline's ports together. */
export function createPipelinePorts(deps: PipelineDependencies): PipelinePorts {
  const { config, db, clock, gateways } = deps;
  const pauses: PauseMemory = new Map();
  return {
    db,
    clock,
    log: deps.log.child({ part: 'pipeline' }),
    settings: {
      ...pipelineSettingsDefault,
      pollIntervalMs: config.pollIntervalMinutes * minuteMs,
      sweepIntervalMs: dayMs,
      eventRetentionDays: config.eventRetentionDays,
      snapshotRetentionDays: config.snapshotRetentionDays,
    },
    connectorFor: (shop) => gateways.connectorFor(shop),
    credentialSource: (shop) =>
      createCredentialSource(
        {
          db,
          vault: deps.vault,
          refreshTokens: (held) => gateways.refreshTokens(shop, held),
          realClock: systemClock,
          log: deps.log,
        },
        shop,
      ),
    callBudget(shop) {
      const { callsPerSecondPerApp, callsPerSecondPerShop } = config.alibaba1688;
      return createCallBudget({
        db,
        pauses,
        buckets: [
          bucketOf(deps, gateways.budgetKeyOf(shop), callsPerSecondPerApp),
          bucketOf(deps, `shop:${shop.shopId}`, callsPerSecondPerShop),
        ],
      });
    },
    wake: () => deps.wakeup.announce(),
  };
}

/** The budget of calls that belong to the app and to no shop of it. */
export function createAppBudget(deps: PipelineDependencies, gatewayUrl: string | null): CallBudget {
  const key = deps.gateways.budgetKeyOf({
    organizationId: demoOrganizationId,
    platform: 'alibaba-1688',
    endpointUrl: gatewayUrl,
  });
  const buckets = [bucketOf(deps, key, deps.config.alibaba1688.callsPerSecondPerApp)];
  return createCallBudget({ db: deps.db, buckets });
}

/** A sandbox that runs fast serves as many calls more: its budgets scale with the speed. */
function bucketOf({ config, clock }: PipelineDependencies, key: string, callsPerSecond: number) {
  const isUnlimited = clock.speed === 0 || config.speed === Infinity;
  const perSecond = isUnlimited ? unlimitedPerSecond : callsPerSecond * Math.max(1, clock.speed);
  return { key, perSecond, burst: Math.max(1, perSecond * burstSeconds) };
}
