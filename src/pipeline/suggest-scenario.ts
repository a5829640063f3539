import { setImmediate } from 'node:timers/promises';
import type { Sql } from '../db/connection.ts';
import { type LevelKey, levelKeyText } from '../db/queries/ingest-level.ts';
import { loadJudgedLevels } from '../db/queries/suggestion-guard.ts';
import type { SuggestionWrite } from '../db/queries/suggestion-save.ts';
import {
  type DecisionSiteRow,
  loadDecisionSites,
  loadStandingSuggestions,
} from '../db/queries/suggestion-site.ts';
import { loadTransferLanes } from '../db/queries/transfer-lane.ts';
import { loadLaneGains, loadStandingTransfers, type TransferWrite } from '../db/queries/transfer-save.ts';
import { type DecisionSite, decideItem } from '../domain/plan/item-decision.ts';
import { applyScenario, type Scenario } from '../domain/plan/scenario.ts';
import type { ItemTransferPlan } from '../domain/plan/transfer.ts';
import type { ItemId } from '../shared/ids.ts';
import { afterMoves, hasMoves, toItemStanding, toLaneGains, toTransferGroup } from './suggest-around.ts';
import { type ItemStanding, suggestItem, toDecisionSite } from './suggest-item.ts';
import { judgeLevel } from './suggest-judge.ts';
import { suggestTransfers } from './suggest-transfer.ts';

/** Levels computed in one go of the thread that serves: others get their turn in between. */
const levelsAtOnce = 25;

/** An item whose levels make sense under the scenario. */
interface ScenarioItem {
  readonly itemId: ItemId;
  readonly rows: readonly DecisionSiteRow[];
  readonly sites: ReadonlyMap<DecisionSiteRow, DecisionSite>;
}

type Scene = Awaited<ReturnType<typeof loadScene>>;

/**
 * What would be suggested for items if a scenario were true: the same decisions, on the stored facts with the scenario
 * laid over each level. What stands, what was decided and what the guard holds count as they are; a hold of the whole
 * run does not, since nothing is written. An item for which the scenario makes no sense is left out.
 *
 * Reads what the stage of suggestions reads, in one transaction of `read`; writes nothing. Run twice: the same answer
 * but for the ids of suggestions that do not stand yet.
 *
 * @param itemIds - each with all its levels; other items' open transfers share the lanes as they stand
 * @param scenarioOf - the scenario of a level that was planned on a day
 */
export async function suggestUnderScenario(
  read: <T>(work: (sql: Sql) => Promise<T>) => Promise<T>,
  itemIds: readonly ItemId[],
  scenarioOf: (level: LevelKey, plannedDay: number) => Scenario,
): Promise<{ readonly purchases: SuggestionWrite[]; readonly transfers: TransferWrite[] }> {
  const scene = await read((sql) => loadScene(sql, itemIds));
  const around = toStanding(scene);
  const wanted: ScenarioItem[] = [];
  let levelCount = 0;
  for (const [itemId, rows] of Map.groupBy(scene.rows, (row) => row.itemId)) {
    const item = overlayItem(itemId, rows, scenarioOf);
    if (item !== null && isWanted(item, scene, around)) wanted.push(item);
    levelCount += rows.length;
    if (levelCount >= levelsAtOnce) {
      levelCount = 0;
      await setImmediate();
    }
  }
  const { plans, writes } = await moveItems(wanted, scene, around);
  const purchases: SuggestionWrite[] = [];
  for (const [index, { itemId, rows, sites }] of wanted.entries()) {
    const moved = afterMoves(scene.transfers.get(itemId) ?? [], plans.get(itemId));
    const made = orNull(() => suggestItem(rows, around, moved, (row) => sites.get(row)!));
    purchases.push(...(made ?? []).filter(({ state }) => state !== 'EXPIRED'));
    if (index % levelsAtOnce === levelsAtOnce - 1) await setImmediate();
  }
  return { purchases, transfers: writes };
}

async function loadScene(sql: Sql, itemIds: readonly ItemId[]) {
  return {
    rows: await loadDecisionSites(sql, itemIds),
    judged: await loadJudgedLevels(sql, itemIds),
    known: await loadStandingSuggestions(sql, itemIds),
    lanes: await loadTransferLanes(sql),
    transfers: Map.groupBy(await loadStandingTransfers(sql, itemIds), ({ itemId }) => itemId),
    gains: await loadLaneGains(sql, itemIds),
  };
}

function toStanding({ judged, known }: Scene): ItemStanding {
  const causes = new Map(judged.map((level) => [levelKeyText(level), judgeLevel(level).causes]));
  return toItemStanding(known, { causes, isBatchHeld: false });
}

function overlayItem(
  itemId: ItemId,
  rows: readonly DecisionSiteRow[],
  scenarioOf: (level: LevelKey, plannedDay: number) => Scenario,
): ScenarioItem | null {
  const sites = orNull(() =>
    rows.map((row) => {
      const site = toDecisionSite(row);
      const target = { facts: site.facts, forecast: site.forecast };
      return { ...site, ...applyScenario(target, scenarioOf(row, site.facts.plannedDay)) };
    }),
  );
  return sites === null
    ? null
    : { itemId, rows, sites: new Map(rows.map((row, index) => [row, sites[index]!])) };
}

/** As the stage does: only where something is missing, off, or stands already. */
function isWanted({ itemId, rows, sites }: ScenarioItem, scene: Scene, { standing }: ItemStanding): boolean {
  if (hasMoves(scene.transfers.get(itemId) ?? [])) return true;
  if (rows.some((row) => standing.has(levelKeyText(row)))) return true;
  return (orNull(() => decideItem(rows.map((row) => sites.get(row)!))) ?? []).length > 0;
}

async function moveItems(items: readonly ScenarioItem[], scene: Scene, { causes }: ItemStanding) {
  const groups = items.flatMap(({ itemId, rows, sites }) => {
    const standing = scene.transfers.get(itemId) ?? [];
    return toTransferGroup(itemId, rows, standing, causes, (row) => sites.get(row)!) ?? [];
  });
  // Only a fixed cost ties items together: without one they need not be solved in one go.
  const isShared = scene.lanes.some(({ fixedCost }) => Number(fixedCost) > 0);
  const size = isShared ? Math.max(1, groups.length) : levelsAtOnce;
  const elsewhere = toLaneGains(scene.gains);
  const plans = new Map<string, ItemTransferPlan>();
  const writes: TransferWrite[] = [];
  for (let from = 0; from < groups.length; from += size) {
    const some = groups.slice(from, from + size);
    const made = suggestTransfers(some, scene.lanes, elsewhere);
    for (const [itemId, plan] of made.plans) plans.set(itemId, plan);
    writes.push(...made.writes);
    await setImmediate();
  }
  return { plans, writes };
}

/** Facts and scenario may make no sense together: such an item is no reason to answer nothing. */
function orNull<T>(compute: () => T): T | null {
  try {
    return compute();
  } catch {
    return null;
  }
}
