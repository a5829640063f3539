import { toListingWriter } from '../connectors/listing-writer.ts';
import type { ListingObservation, MarketplaceConnector, ShopSession } from '../connectors/marketplace.ts';
import { saveHints } from '../db/queries/hint.ts';
import {
  type ClaimedSalesWrite,
  claimSalesPolicyWrite,
  loadListedFacts,
  noteSalesPolicyWrite,
  type SalesWriteProgress,
} from '../db/queries/sales-policy-write.ts';
import { withOrganization } from '../db/tenant.ts';
import { planListedWrite } from '../domain/sales-policy-write.ts';
import { Decimal, formatDecimal } from '../shared/decimal.ts';
import { AppError } from '../shared/errors.ts';
import type { OrganizationId } from '../shared/ids.ts';
import { secondMs } from '../shared/time.ts';
import type { PipelinePorts, PolledShop } from './ports.ts';

/** How patiently a quantity is written back. */
export interface SalesWriteSettings {
  /** Database time, longer than reading, writing and reading again last, s. */
  readonly leaseSeconds: number;
  /** Until a write whose answer was lost is looked at again: its effect may show late. Database time, s. */
  readonly settleSeconds: number;
  /** Sendings and vain readings of one write before it is given up. */
  readonly attemptsMax: number;
}

/** A lease of two minutes; half a minute until the platform shows what it did; five attempts. */
export const salesWriteSettingsDefault: SalesWriteSettings = {
  leaseSeconds: 120,
  settleSeconds: 30,
  attemptsMax: 5,
};

/**
 * Makes one write that is due: reads the quantity anew, works out the difference, notes that it is about to be sent,
 * sends it once, and reads again. Nothing is open in the database while a platform is asked.
 *
 * An answer that was lost leaves the write UNCERTAIN: later it is read again, and only a difference that is still
 * there is sent. So is a write whose worker died. Reads levels and listings; writes `sales_policy_write`, and a hint
 * that the product be read again.
 *
 * @returns false = nothing was due
 */
export async function writeNextSalesPolicy(
  ports: PipelinePorts,
  organizationId: OrganizationId,
  signal: AbortSignal,
  settings: SalesWriteSettings = salesWriteSettingsDefault,
): Promise<boolean> {
  const write = await withOrganization(ports.db, 'worker', organizationId, (sql) =>
    claimSalesPolicyWrite(sql, settings.leaseSeconds),
  );
  if (write === null) return false;
  const job = new WriteJob(ports, organizationId, write, signal, settings);
  try {
    await job.run();
  } catch (error) {
    await job.note(job.toFailure(error));
  }
  return true;
}

class WriteJob {
  readonly #ports: PipelinePorts;
  readonly #organizationId: OrganizationId;
  readonly #write: ClaimedSalesWrite;
  readonly #settings: SalesWriteSettings;
  readonly #signal: AbortSignal;
  #isSent = false;

  constructor(
    ports: PipelinePorts,
    organizationId: OrganizationId,
    write: ClaimedSalesWrite,
    signal: AbortSignal,
    settings: SalesWriteSettings,
  ) {
    this.#ports = ports;
    this.#organizationId = organizationId;
    this.#write = write;
    this.#signal = signal;
    this.#settings = settings;
  }

  async run(): Promise<void> {
    const { productId, specId, listed, isDryRun, attempts } = this.#write;
    const { connector, session } = this.#open();
    const writer = toListingWriter(connector);
    if (writer === null || listed === 'KEEP')
      return this.#fail('NOT_ALLOWED', 'the platform takes no writes');
    const before = await this.#read(connector, session);
    if (before === null) return this.#fail('LISTING_GONE', 'the platform no longer shows this listing');
    const facts = await withOrganization(this.#ports.db, 'worker', this.#organizationId, (sql) =>
      loadListedFacts(sql, this.#write),
    );
    if (facts === null) return this.#fail('LISTING_GONE', 'the listing sells another item now');
    const physical = facts.physical === null ? null : new Decimal(facts.physical);
    const read = before.available === null ? null : new Decimal(before.available);
    const planned = planListedWrite(listed, physical, new Decimal(facts.packFactor), read);
    if (planned.kind === 'REFUSED') return this.#fail(planned.reason, null, before.available);
    const common = { wanted: formatDecimal(planned.wanted), readBefore: before.available };
    if (planned.kind === 'NOTHING') {
      return this.note({ ...common, state: 'DONE', readAfter: before.available, finishedAt: this.#now() });
    }
    const sentChange = formatDecimal(planned.change);
    if (isDryRun) return this.note({ ...common, sentChange, state: 'DONE', finishedAt: this.#now() });
    if (attempts >= this.#settings.attemptsMax) {
      return this.#fail('GIVEN_UP', 'sent as often as is allowed, without the effect', before.available);
    }
    await this.note({ ...common, sentChange, state: 'SENDING', isAttempt: true, finishedAt: null });
    const target = { productId, specId: specId === '' ? null : specId };
    this.#isSent = true;
    await writer.changeListedQuantity(session, {
      ...target,
      kind: 'INCREMENT',
      units: planned.change.toNumber(),
    });
    await this.#settle(connector, session, common, sentChange);
  }

  /** The platform said yes: what it shows now is what counts. */
  async #settle(
    connector: MarketplaceConnector,
    session: ShopSession,
    common: { wanted: string; readBefore: string | null },
    sentChange: string,
  ): Promise<void> {
    const after = await this.#read(connector, session).catch(() => null);
    const readAfter = after?.available ?? null;
    const isWithoutEffect = readAfter !== null && readAfter === common.readBefore;
    const done = { ...common, sentChange, readAfter, finishedAt: this.#now() };
    await (isWithoutEffect
      ? this.note({ ...done, state: 'FAILED', errorCode: 'NO_EFFECT' })
      : this.note({ ...done, state: 'DONE' }));
    const { shopId, productId } = this.#write;
    await withOrganization(this.#ports.db, 'worker', this.#organizationId, (sql) =>
      saveHints(
        sql,
        { organizationId: this.#organizationId, shopId },
        [{ kind: 'PRODUCT', externalId: productId }],
        1,
        this.#now(),
      ),
    );
  }

  /** How the write goes on after a fault: waits, is looked at again, or is given up. */
  toFailure(error: unknown): SalesWriteProgress {
    const known = error instanceof AppError ? error : new AppError('transient', 'the write broke off');
    const errorCode = known.params.platformCode ?? known.code;
    const message = known.message.slice(0, 500);
    const { settleSeconds, attemptsMax } = this.#settings;
    if (known.code === 'write_uncertain') {
      return { state: 'UNCERTAIN', errorCode, message, waitSeconds: settleSeconds, finishedAt: null };
    }
    if (known.isRetryable && this.#write.attempts < attemptsMax) {
      const waitSeconds = Math.max(settleSeconds, (known.retryAfterMs ?? 0) / secondMs);
      // A sending is counted before it is made, a vain reading here.
      return {
        state: 'PLANNED',
        errorCode,
        message,
        waitSeconds,
        isAttempt: !this.#isSent,
        finishedAt: null,
      };
    }
    return { state: 'FAILED', errorCode, message, finishedAt: this.#now() };
  }

  async note(progress: SalesWriteProgress): Promise<void> {
    await withOrganization(this.#ports.db, 'worker', this.#organizationId, (sql) =>
      noteSalesPolicyWrite(sql, this.#write.writeId, progress),
    );
  }

  async #fail(errorCode: string, message: string | null, readBefore: string | null = null): Promise<void> {
    const words = message === null ? {} : { message };
    await this.note({ state: 'FAILED', errorCode, readBefore, ...words, finishedAt: this.#now() });
  }

  async #read(connector: MarketplaceConnector, session: ShopSession): Promise<ListingObservation | null> {
    const { productId, specId } = this.#write;
    const { observations } = await connector.fetchListings(session, [productId]);
    const found = observations.find(
      (one) => one.kind === 'listing' && one.productId === productId && (one.specId ?? '') === specId,
    );
    return found?.kind === 'listing' ? found : null;
  }

  #open(): { connector: MarketplaceConnector; session: ShopSession } {
    const { shopId, platform, memberId, name, endpointUrl } = this.#write;
    const shop: PolledShop = {
      ...{ organizationId: this.#organizationId, shopId, memberId, name, endpointUrl },
      platform: platform as PolledShop['platform'],
    };
    const credentials = this.#ports.credentialSource(shop);
    const session = { credentials, budget: this.#ports.callBudget(shop), signal: this.#signal };
    return { connector: this.#ports.connectorFor(shop), session };
  }

  #now(): Date {
    return this.#ports.clock.now();
  }
}
