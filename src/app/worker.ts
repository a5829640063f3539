import type { Config } from '../config.ts';
import type { TokenVault } from '../connectors/token-vault.ts';
import type { BusinessClock } from '../db/business-clock.ts';
import type { Database } from '../db/client.ts';
import type { Wakeup } from '../events/wakeup.ts';
import { createCallBudget } from '../pipeline/call-budget.ts';
import { createCredentialSource } from '../pipeline/credentials.ts';
import { type PipelinePorts, pipelineSettingsDefault } from '../pipeline/ports.ts';
import type { Log } from '../shared/log.ts';
import { dayMs, minuteMs, systemClock } from '../shared/time.ts';
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
  // A sandbox that runs fast serves as many calls more: its budgets scale with the speed.
  const scaled = (perSecond: number) =>
    clock.speed === 0 || config.speed === Infinity
      ? unlimitedPerSecond
      : perSecond * Math.max(1, clock.speed);
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
        },
        shop,
      ),
    callBudget(shop) {
      const perApp = scaled(config.alibaba1688.callsPerSecondPerApp);
      const perShop = scaled(config.alibaba1688.callsPerSecondPerShop);
      return createCallBudget({
        db,
        buckets: [
          { key: gateways.budgetKeyOf(shop), perSecond: perApp, burst: Math.max(1, perApp * burstSeconds) },
          { key: `shop:${shop.shopId}`, perSecond: perShop, burst: Math.max(1, perShop * burstSeconds) },
        ],
      });
    },
    wake: () => deps.wakeup.announce(),
  };
}
