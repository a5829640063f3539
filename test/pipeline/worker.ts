import type { CallBudget, CredentialSource } from '../../src/connectors/marketplace.ts';
import { claimShops, releaseLease, type ShopLease } from '../../src/db/queries/lease.ts';
import { pollShop } from '../../src/pipeline/poll.ts';
import { createPollMemory, type PollMemory, type PollOutcome } from '../../src/pipeline/poll-context.ts';
import {
  type PipelinePorts,
  type PipelineSettings,
  pipelineSettingsDefault,
} from '../../src/pipeline/ports.ts';
import type { ShopId } from '../../src/shared/ids.ts';
import { silentLog } from '../../src/shared/log.ts';
import type { TestDatabase } from '../support/database.ts';
import type { FakeMarketplace } from './fake-marketplace.ts';
import { noon } from './seed.ts';

/** Tokens that are always good. */
const goodCredentials: CredentialSource = {
  current: async () => ({
    version: 1,
    tokens: {
      accessToken: 'a',
      refreshToken: null,
      accessExpiresAt: null,
      refreshExpiresAt: null,
      memberId: null,
    },
  }),
  refresh: async () => goodCredentials.current(),
};

/** As many calls as wanted. */
const freeBudget: CallBudget = { take: async () => {}, pause: async () => {} };

/** Business time that a test moves by hand. */
export interface HandClock {
  readonly speed: number;
  at: Date;
  now(): Date;
  /** Moves time on by minutes. */
  pass(minutes: number): void;
}

export function handClock(start = noon): HandClock {
  let ticks = 0;
  return {
    speed: 1,
    at: start,
    // Every look is a millisecond later, as in life: two readings never share an instant.
    now() {
      ticks += 1;
      return new Date(this.at.getTime() + ticks);
    },
    pass(minutes) {
      this.at = new Date(this.at.getTime() + minutes * 60_000);
    },
  };
}

export interface Worker {
  readonly ports: PipelinePorts;
  readonly clock: HandClock;
  readonly memory: PollMemory;
  readonly woken: string[];
  claim(): Promise<ShopLease[]>;
  /** Polls a claimed shop and gives it back. */
  poll(lease: ShopLease): Promise<PollOutcome>;
  /** Claims whatever is due (all is made due) and polls it once. */
  pollAll(): Promise<PollOutcome[]>;
}

/** A worker that does one thing at a time, when the test says so. */
export function createWorker(
  test: TestDatabase,
  marketplaceOf: (shopId: ShopId) => FakeMarketplace,
  more: Partial<Omit<PipelinePorts, 'settings'>> & {
    settings?: Partial<PipelineSettings>;
    clock?: HandClock;
  } = {},
): Worker {
  const clock = more.clock ?? handClock();
  const woken: string[] = [];
  const ports: PipelinePorts = {
    db: test.db,
    log: silentLog,
    connectorFor: (shop) => marketplaceOf(shop.shopId),
    credentialSource: () => goodCredentials,
    callBudget: () => freeBudget,
    wake: (organizationId) => woken.push(organizationId),
    ...more,
    clock,
    settings: { ...pipelineSettingsDefault, leaseSeconds: 30, ...more.settings },
  };
  const memory = createPollMemory();
  const worker: Worker = {
    ports,
    clock,
    memory,
    woken,
    claim: () => claimShops(test.db, 'test', 100, ports.settings.leaseSeconds),
    async poll(lease) {
      const signal = new AbortController().signal;
      const outcome = await pollShop({ ports, lease, memory, signal, isStopping: () => false });
      await releaseLease(test.db, lease, outcome.dueInSeconds, outcome.isEnabled);
      return outcome;
    },
    async pollAll() {
      await test.sql`update shop_lease set next_due_at = clock_timestamp()`;
      const outcomes: PollOutcome[] = [];
      for (const lease of await worker.claim()) outcomes.push(await worker.poll(lease));
      return outcomes;
    },
  };
  return worker;
}
