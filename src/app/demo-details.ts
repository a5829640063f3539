import type { Database } from '../db/client.ts';
import { type ItemDetails, loadBareItems, saveItemDetails } from '../db/queries/item-details.ts';
import { markPlanDue } from '../db/queries/plan-due.ts';
import { loadLevelsOf } from '../db/queries/plan-known-save.ts';
import { markSuggestionsDue } from '../db/queries/suggestion-due.ts';
import { withOrganization } from '../db/tenant.ts';
import { Decimal } from '../shared/decimal.ts';
import type { Clock } from '../shared/time.ts';
import { demoOrganizationId } from './demo.ts';
import { lookUntil } from './look-until.ts';

/** A few goods are not offered any more, or were never bought again. */
const pricedShareMin = 0.8;
/** Of so many items one stays without a cost, so that it is seen what that means. */
const costlessEvery = 30;

/**
 * Tells what the demo's goods cost, a half to seven tenths of their price, and who supplies them, the sender of their
 * latest shipment, as soon as all goods are there: stock value, margins and drafts by supplier are then seen at a first
 * start. Nothing is done where somebody has told a cost. Writes as `saveItemDetails` and marks what follows; ends by
 * itself.
 *
 * @returns how to stop it before it has ended
 */
export function startDemoDetails(db: Database, clock: Clock): { stop(): Promise<void> } {
  let knownCount = 0;
  return lookUntil(() =>
    withOrganization(db, 'worker', demoOrganizationId, async (sql) => {
      const { isCostKnown, items } = await loadBareItems(sql);
      // Goods come in page by page, prices and shipments after them: the same number twice means that all are there.
      const pricedCount = items.filter(({ unitPrice, senderName }) => unitPrice && senderName).length;
      const isComplete = pricedCount > items.length * pricedShareMin && pricedCount === knownCount;
      knownCount = pricedCount;
      if (isCostKnown || !isComplete) return isCostKnown;
      const details = items.map(({ itemId, unitPrice, senderName }, index): ItemDetails => {
        const share = new Decimal(50 + ((index * 7) % 21)).div(100);
        const isCost = unitPrice !== null && index % costlessEvery !== 0;
        return {
          ...{ itemId, supplierName: senderName ?? undefined },
          unitCost: isCost ? share.times(unitPrice).toFixed(2) : undefined,
        };
      });
      const now = clock.now();
      const changed = await saveItemDetails(sql, details, now);
      await markPlanDue(sql, await loadLevelsOf(sql, { itemIds: changed }), false, now);
      await markSuggestionsDue(sql, changed, now);
      return true;
    }),
  );
}
