import type { Sql } from '../db/connection.ts';
import { appendEvents } from '../db/queries/event-append.ts';
import { type LevelKey, levelKeyText } from '../db/queries/ingest-level.ts';
import { lockStage } from '../db/queries/lease.ts';
import { markPlanDue } from '../db/queries/plan-due.ts';
import { lockHeldSuggestions, removePlannedLine, settleApproved } from '../db/queries/suggestion-decide.ts';
import {
  type DueItem,
  loadSuggestionsDue,
  markSuggestionsDue,
  removeSuggestionsDue,
} from '../db/queries/suggestion-due.ts';
import {
  countReadings,
  type JudgedLevel,
  loadBatchHold,
  loadJudgedLevels,
  saveBatchHold,
  saveReadings,
} from '../db/queries/suggestion-guard.ts';
import { type SuggestionWrite, saveSuggestions, saveVersions } from '../db/queries/suggestion-save.ts';
import { loadDecisionSites, loadStandingSuggestions } from '../db/queries/suggestion-site.ts';
import { withOrganization } from '../db/tenant.ts';
import { isListingOff } from '../domain/plan/item-decision.ts';
import { isBatchHeld } from '../domain/plan/jump-guard.ts';
import type { ItemId, OrganizationId } from '../shared/ids.ts';
import { minuteMs } from '../shared/time.ts';
import type { PipelinePorts } from './ports.ts';
import { refreshIncoming } from './refresh-incoming.ts';
import { toItemStanding } from './suggest-around.ts';
import { type DecidedItem, decideRows, type ItemStanding, suggestItem } from './suggest-item.ts';
import { judgeLevel } from './suggest-judge.ts';
import { decideTransfers, loadTransferScene, type MoveInput } from './suggest-moves.ts';
import { startTurns } from './turns.ts';

/** Items judged in one transaction: small rows, so that the guard sees many levels of a run at once. */
const judgedAtOnceMax = 2_000;
/** Items decided in one go of it: their forecasts are large. */
const decidedAtOnceMax = 200;
const deadlineMs = 2 * minuteMs;

/** What one step found to do. */
interface SuggestStep {
  readonly itemCount: number;
  readonly hasMore: boolean;
}

/**
 * Decides the suggestions of marked items, all warehouses of an item together: judges each level against what was last
 * accepted, then computes what to order or list, and writes what changed.
 *
 * In proportion to what changed: planning marks the items it planned, and of those only items where something is
 * missing or a suggestion stands are computed.
 *
 * One worker at a time per organization, one transaction. Reads plans, forecasts and policies; writes
 * `guard_reading`, `replenishment_suggestion`, `transfer_suggestion`, their versions, `suggestion_progress`; takes from
 * `suggestion_due`. Run twice: the second time finds nothing marked.
 */
async function suggestDueItems(ports: PipelinePorts, organizationId: OrganizationId): Promise<SuggestStep> {
  const at = ports.clock.now();
  return withOrganization(
    ports.db,
    'worker',
    organizationId,
    async (sql) => {
      if (!(await lockStage(sql, organizationId, 'suggest'))) return { itemCount: 0, hasMore: false };
      const due = await loadSuggestionsDue(sql, judgedAtOnceMax);
      if (due.length === 0) return { itemCount: 0, hasMore: false };
      const hasMore =
        due.length === judgedAtOnceMax || (await suggestItems(ports, sql, organizationId, due, at));
      return { itemCount: due.length, hasMore };
    },
    { isIdempotent: true, deadlineMs },
  );
}

/**
 * Decides everything that is due in one organization, in at most so many steps.
 *
 * @param isStopping - true = begin no further step
 * @returns true when there was anything
 */
export async function suggestSteps(
  ports: PipelinePorts,
  organizationId: OrganizationId,
  steps: number,
  isStopping = () => false,
): Promise<boolean> {
  let isChanged = false;
  for (let step = 0; step < steps && !isStopping(); step += 1) {
    const { itemCount, hasMore } = await suggestDueItems(ports, organizationId);
    if (itemCount > 0) isChanged = true;
    if (!hasMore) break;
  }
  return isChanged;
}

/** @returns true when items were marked anew, since the run is no longer held */
async function suggestItems(
  ports: PipelinePorts,
  sql: Sql,
  organizationId: OrganizationId,
  due: readonly DueItem[],
  at: Date,
): Promise<boolean> {
  const itemIds = due.map(({ itemId }) => itemId);
  const replaced = await settleOrders(sql, itemIds, at);
  const levels = await loadJudgedLevels(sql, itemIds);
  const outcomes = levels.map(judgeLevel);
  const moves = await loadTransferScene(sql, itemIds, at);
  const wanted = [...Map.groupBy(levels, ({ itemId }) => itemId)].flatMap(([itemId, own]) =>
    moves.movedItemIds.has(itemId) || own.some((level) => isRelevant(level, own)) ? [itemId] : [],
  );
  const readings = outcomes.flatMap(({ reading }) => reading ?? []);
  await lockHeldSuggestions(sql, itemIds);
  await saveReadings(sql, organizationId, readings, at);
  const wasHeld = await loadBatchHold(sql);
  const counts = await countReadings(sql);
  const isHeld = isBatchHeld(counts.heldCount, counts.judgedCount);
  if (isHeld !== wasHeld || counts.heldCount > 0)
    await saveBatchHold(sql, organizationId, { isHeld, ...counts }, at);
  if (isHeld && !wasHeld) {
    ports.log.warn(
      { organizationId, ...counts },
      'too many levels jumped at once; the last accepted suggestions stay',
    );
  }
  const causes = new Map(outcomes.map((one) => [levelKeyText(one.level), one.causes]));
  for (let from = 0; from < wanted.length; from += decidedAtOnceMax) {
    const some = wanted.slice(from, from + decidedAtOnceMax);
    const around = { causes, isBatchHeld: isHeld };
    const writes = await decideItems(ports, sql, { organizationId, itemIds: some, at, moves }, around);
    await saveSuggestions(sql, organizationId, writes, at);
  }
  // Marks, then levels, and only now: whoever else holds a mark or a suggestion may want a level next.
  await markPlanDue(sql, replaced, false, at);
  // What was left alone while the run was in doubt is due again.
  if (wasHeld && !isHeld) await markSuggestionsDue(sql, 'all', at);
  else await removeSuggestionsDue(sql, due);
  const touched = { organizationId, levels: replaced, recordedAt: at, syncRunId: null };
  const events = replaced.length === 0 ? [] : await refreshIncoming(sql, touched);
  if ((await appendEvents(sql, organizationId, events, at)) !== null) ports.wake(organizationId);
  return wasHeld && !isHeld;
}

/**
 * Ends approvals whose goods are on record by now, and takes what was planned in their place off the shipments.
 *
 * @returns the levels whose incoming changes by that
 */
async function settleOrders(sql: Sql, itemIds: readonly ItemId[], at: Date): Promise<LevelKey[]> {
  const settled = await settleApproved(sql, itemIds, at);
  await saveVersions(
    sql,
    settled.map(({ suggestionId }) => suggestionId),
    at,
  );
  const replaced = settled.filter(({ isReplaced }) => isReplaced);
  for (const { inboundShipmentId, itemId } of replaced) {
    if (inboundShipmentId !== null) await removePlannedLine(sql, inboundShipmentId, itemId, at);
  }
  return replaced;
}

/** Whether anything may have to be written for a level of an item, by what is cheap to know. */
function isRelevant(level: JudgedLevel, own: readonly JudgedLevel[]): boolean {
  if (level.isOpen) return true;
  const physical = own.filter(({ kind }) => kind === 'PHYSICAL');
  if (level.kind === 'MARKETPLACE_POOL' && physical.length > 0) {
    const inWarehouses = physical.reduce((sum, { available }) => sum + Number(available), 0);
    return isListingOff(Number(level.available), inWarehouses);
  }
  return level.targetLevel !== null && Number(level.targetLevel) > Number(level.positionDue);
}

async function decideItems(
  ports: PipelinePorts,
  sql: Sql,
  input: MoveInput,
  around: Pick<ItemStanding, 'causes' | 'isBatchHeld'>,
): Promise<SuggestionWrite[]> {
  const { itemIds } = input;
  const rows = await loadDecisionSites(sql, itemIds);
  const takeTurn = startTurns();
  const items: DecidedItem[] = [];
  for (const [itemId, own] of Map.groupBy(rows, (row) => row.itemId)) {
    items.push(...orWarn(ports, itemId, () => [decideRows(own)]));
    await takeTurn();
  }
  const moved = await decideTransfers(sql, input, { ...around, items });
  const standing = toItemStanding(await loadStandingSuggestions(sql, itemIds), around);
  const writes: SuggestionWrite[] = [];
  for (const item of items) {
    const { itemId } = item;
    writes.push(...orWarn(ports, itemId, () => suggestItem(item, standing, moved(itemId))));
    await takeTurn();
  }
  return writes;
}

/** One item that cannot be decided does not stop the others. */
function orWarn<T>(ports: PipelinePorts, itemId: ItemId, decide: () => T[]): T[] {
  try {
    return decide();
  } catch (error) {
    const fault = error instanceof Error ? error.message : String(error);
    ports.log.warn({ itemId, fault }, 'suggestions of an item could not be decided');
    return [];
  }
}
