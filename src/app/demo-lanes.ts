import type { Database } from '../db/client.ts';
import { markSuggestionsDue } from '../db/queries/suggestion-due.ts';
import { countPlaces, saveDemoLanes } from '../db/queries/transfer-lane.ts';
import { withOrganization } from '../db/tenant.ts';
import type { Clock } from '../shared/time.ts';
import { demoOrganizationId } from './demo.ts';
import { lookUntil } from './look-until.ts';

/**
 * Gives the demo's warehouses lanes between them as soon as all are there, so that transfers are suggested at a first
 * start. Lanes that somebody has set are left alone. Reads and writes as `saveDemoLanes`; ends by itself.
 *
 * @returns how to stop it before it has ended
 */
export function startDemoLanes(db: Database, clock: Clock): { stop(): Promise<void> } {
  let knownCount = 0;
  return lookUntil(() =>
    withOrganization(db, 'worker', demoOrganizationId, async (sql) => {
      const { warehouseCount, hasLanes } = await countPlaces(sql);
      // Warehouses come in one by one: the same number twice means that all are there.
      const isComplete = warehouseCount >= 2 && warehouseCount === knownCount;
      knownCount = warehouseCount;
      if (hasLanes || !isComplete) return hasLanes;
      await saveDemoLanes(sql, demoOrganizationId, clock.now());
      await markSuggestionsDue(sql, 'all', clock.now());
      return true;
    }),
  );
}
