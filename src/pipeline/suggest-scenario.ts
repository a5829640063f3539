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
import type { DecisionSite } from '../domain/plan/item-decision.ts';
import { applyScenario, type Scenario } from '../domain/plan/scenario.ts';
import { isAppError } from '../shared/errors.ts';
import type { ItemId } from '../shared/ids.ts';
import { afterMoves, hasMoves, toItemStanding, toLaneGains, toTransferGroup } from './suggest-around.ts';
import {
  type DecidedItem,
  decideRows,
  type ItemStanding,
  suggestItem,
  toDecisionSite,
} from './suggest-item.ts';
import { judgeLevel } from './suggest-judge.ts';
import { suggestTransfers } from './suggest-transfer.ts';
import { inTurns, startTurns, type TakeTurn } from './turns.ts';

/** What would be suggested under a scenario. */
export interface ScenarioSuggestions {
  readonly purchases: readonly SuggestionWrite[];
  readonly transfers: readonly TransferWrite[];
  /** Article numbers of the items that could not be computed: nothing is said of them. In order. */
  readonly refusedSkus: readonly string[];
}

type Scene = Awaited<ReturnType<typeof loadScene>>;

/**
 * What would be suggested for items if a scenario were true: the same decisions, on the stored facts with the scenario
 * laid over each level. What stands, what was decided and what the guard holds count as they are; a hold of the whole
 * run does not, since nothing is written. An item for which the scenario makes no sense is left out, and named.
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
): Promise<ScenarioSuggestions> {
  const scene = await read((sql) => loadScene(sql, itemIds));
  const around = toStanding(scene);
  const takeTurn = startTurns();
  const refusedSkus = new Set<string>();
  const orRefuse = <T>(rows: readonly DecisionSiteRow[], decide: () => T): T | null => {
    try {
      return decide();
    } catch (error) {
      if (!isAppError(error, 'invalid_input')) throw error;
      refusedSkus.add(rows[0]!.sku);
      return null;
    }
  };
  const wanted: DecidedItem[] = [];
  for (const rows of Map.groupBy(scene.rows, (row) => row.itemId).values()) {
    const item = orRefuse(rows, () => decideRows(rows, (row) => toScenarioSite(row, scenarioOf)));
    if (item !== null && isWanted(item, scene, around)) wanted.push(item);
    await takeTurn();
  }
  const { plans, writes } = await moveItems(wanted, scene, around, takeTurn);
  const purchases: SuggestionWrite[] = [];
  for (const item of wanted) {
    const moved = afterMoves(scene.transfers.get(item.itemId) ?? [], plans.get(item.itemId));
    const made = orRefuse(item.rows, () => suggestItem(item, around, moved)) ?? [];
    purchases.push(...made.filter(({ state }) => state !== 'EXPIRED'));
    await takeTurn();
  }
  return { purchases, transfers: writes, refusedSkus: [...refusedSkus].sort() };
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

function toScenarioSite(
  row: DecisionSiteRow,
  scenarioOf: (level: LevelKey, plannedDay: number) => Scenario,
): DecisionSite {
  const site = toDecisionSite(row);
  return { ...site, ...applyScenario(site, scenarioOf(row, site.facts.plannedDay)) };
}

/** As the stage does: only where something is missing, off, or stands already. */
function isWanted({ itemId, rows, made }: DecidedItem, scene: Scene, { standing }: ItemStanding): boolean {
  if (made.length > 0 || hasMoves(scene.transfers.get(itemId) ?? [])) return true;
  return rows.some((row) => standing.has(levelKeyText(row)));
}

async function moveItems(
  items: readonly DecidedItem[],
  scene: Scene,
  { causes }: ItemStanding,
  takeTurn: TakeTurn,
) {
  const groups = items.flatMap(
    (item) => toTransferGroup(item, scene.transfers.get(item.itemId) ?? [], causes) ?? [],
  );
  return inTurns(suggestTransfers(groups, scene.lanes, toLaneGains(scene.gains)), takeTurn);
}
