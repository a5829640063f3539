import type { Database } from '../db/client.ts';
import { markSuggestionsDue } from '../db/queries/suggestion-due.ts';
import { countPlaces, saveDemoLanes } from '../db/queries/transfer-lane.ts';
import { withOrganization } from '../db/tenant.ts';
import { type Clock, secondMs } from '../shared/time.ts';
import { demoOrganizationId } from './demo.ts';

/** Between two looks at the demo's warehouses, real time, ms. */
const lookEveryMs = 3 * secondMs;

/**
 * Gives the demo's warehouses lanes between them as soon as all are there, so that transfers are suggested at a first
 * start. Lanes that somebody has set are left alone. Reads and writes as `saveDemoLanes`; ends by itself.
 *
 * @returns how to stop it before it has ended
 */
export function startDemoLanes(db: Database, clock: Clock): { stop(): Promise<void> } {
  let knownCount = 0;
  let timer: NodeJS.Timeout | null = null;
  let looking: Promise<void> = Promise.resolve();
  let isStopped = false;
  const look = async () => {
    const isDone = await withOrganization(db, 'worker', demoOrganizationId, async (sql) => {
      const { warehouseCount, hasLanes } = await countPlaces(sql);
      // Warehouses come in one by one: the same number twice means that all are there.
      const isComplete = warehouseCount >= 2 && warehouseCount === knownCount;
      knownCount = warehouseCount;
      if (hasLanes || !isComplete) return hasLanes;
      await saveDemoLanes(sql, demoOrganizationId, clock.now());
      await markSuggestionsDue(sql, 'all', clock.now());
      return true;
    });
    if (!isDone) wait();
  };
  const wait = () => {
    if (isStopped) return;
    timer = setTimeout(() => {
      // A passing fault of the database is tried again.
      looking = look().catch(wait);
    }, lookEveryMs);
  };
  wait();
  return {
    async stop() {
      isStopped = true;
      if (timer !== null) clearTimeout(timer);
      await looking;
    },
  };
}
