import { setImmediate } from 'node:timers/promises';
import type { Sql } from '../db/connection.ts';
import { type LevelKey, levelKeyText } from '../db/queries/ingest-level.ts';
import { loadJudgedLevels } from '../db/queries/suggestion-guard.ts';
import type { SuggestionWrite } from '../db/queries/suggestion-save.ts';
import {
  type DecisionSiteRow,
  loadDecisionSites,
  loadStandingSuggestions,
  type StandingSuggestion,
} from '../db/queries/suggestion-site.ts';
import { loadTransferLanes } from '../db/queries/transfer-lane.ts';
import { loadLaneGains, loadStandingTransfers, type TransferWrite } from '../db/queries/transfer-save.ts';
import { type DecisionSite, decideItem } from '../domain/plan/item-decision.ts';
import { withTransfers } from '../domain/plan/item-transfer.ts';
import { applyScenario, type Scenario } from '../domain/plan/scenario.ts';
import type { ItemTransferPlan } from '../domain/plan/transfer.ts';
import type { ItemId } from '../shared/ids.ts';
import { type ItemStanding, suggestItem, toDecisionSite } from './suggest-item.ts';
import { judgeLevel } from './suggest-judge.ts';
import { suggestTransfers, withoutPromised } from './suggest-transfer.ts';

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
    const plan = plans.get(itemId);
    const moved = (site: DecisionSite) => {
      const after = withoutPromised(site, scene.transfers.get(itemId) ?? []);
      return plan === undefined ? after : withTransfers(after, plan);
    };
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
  const byKey = (list: readonly StandingSuggestion[]) => new Map(list.map((one) => [levelKeyText(one), one]));
  return {
    standing: byKey(known.filter(isStanding)),
    decided: byKey(known.filter((one) => !isStanding(one))),
    causes: new Map(judged.map((level) => [levelKeyText(level), judgeLevel(level).causes])),
    isBatchHeld: false,
  };
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
  const hasOpen = (scene.transfers.get(itemId) ?? []).some(({ state }) => state === 'OPEN');
  if (hasOpen || rows.some((row) => standing.has(levelKeyText(row)))) return true;
  return (orNull(() => decideItem(rows.map((row) => sites.get(row)!))) ?? []).length > 0;
}

function isStanding({ state }: StandingSuggestion): boolean {
  return state === 'OPEN' || state === 'HELD';
}

async function moveItems(items: readonly ScenarioItem[], scene: Scene, { causes }: ItemStanding) {
  const gains = new Map(
    scene.gains.map((one) => [`${one.fromWarehouseId}/${one.toWarehouseId}`, Number(one.gain)]),
  );
  const groups = items.flatMap(({ itemId, rows, sites }) => {
    const physical = rows.filter(({ kind }) => kind === 'PHYSICAL');
    const standing = scene.transfers.get(itemId) ?? [];
    if (physical.length < 2 && standing.length === 0) return [];
    const doubted = physical.filter((row) => (causes.get(levelKeyText(row)) ?? []).length > 0);
    const doubtedIds = new Set(doubted.map(({ warehouseId }): string => warehouseId));
    return [{ itemId, rows: physical, sites: physical.map((row) => sites.get(row)!), standing, doubtedIds }];
  });
  // Only a fixed cost ties items together: without one they need not be solved in one go.
  const isShared = scene.lanes.some(({ fixedCost }) => Number(fixedCost) > 0);
  const size = isShared ? Math.max(1, groups.length) : levelsAtOnce;
  const plans = new Map<string, ItemTransferPlan>();
  const writes: TransferWrite[] = [];
  for (let from = 0; from < groups.length; from += size) {
    const some = groups.slice(from, from + size);
    const made = suggestTransfers(some, scene.lanes, (a, b) => gains.get(`${a}/${b}`) ?? 0);
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
