import { randomUUID } from 'node:crypto';
import type { Sql } from '../db/connection.ts';
import { appendEvents } from '../db/queries/event-append.ts';
import { lockStage } from '../db/queries/lease.ts';
import {
  loadChangedSalesItems,
  loadDueSalesItems,
  loadLogEnd,
  loadSalesPolicyProgress,
  markAllSalesItems,
  removeDueSalesItems,
  saveSalesPolicyProgress,
} from '../db/queries/sales-policy-due.ts';
import {
  loadSalesPolicyCandidates,
  type SalesPolicyCandidate,
  type SalesPolicyChangeWrite,
  type SalesPolicyStateWrite,
  saveSalesPolicyChanges,
  saveSalesPolicyStates,
} from '../db/queries/sales-policy-evaluation.ts';
import { loadSalesPolicyRules, saveDefaultSalesPolicyRules } from '../db/queries/sales-policy-rule.ts';
import { withOrganization } from '../db/tenant.ts';
import { decideSalesPolicy, type SalesPolicyDecision, type SalesPolicyRule } from '../domain/sales-policy.ts';
import { defaultSalesPolicyRules } from '../domain/sales-policy-defaults.ts';
import type { OrganizationId } from '../shared/ids.ts';
import type { PipelinePorts } from './ports.ts';

/** Items and events looked at in one transaction. */
const atOnceMax = 1_000;
/** Transactions before the other stages get their turn. */
const roundsMax = 20;

/** What one step found to do. */
interface SalesPolicyStep {
  readonly hasMore: boolean;
  readonly isAnnounced: boolean;
}

const nothing: SalesPolicyStep = { hasMore: false, isAnnounced: false };

/**
 * The sales policy stage of one organization: brings what storefronts may do with items in line with stock, plans,
 * alerts and rules. Looks only at items of which something changed: by the event log, by marks of planning and of
 * changed rules, and by times that have come.
 *
 * One worker at a time, each step in one transaction with its events. On its first visit it gives the organization
 * the rules that every one begins with and judges all items once. Reads levels, plans, alerts; writes
 * `sales_policy_state`, `sales_policy_change`, `sales_policy_progress`, takes from `sales_policy_due`. Run twice: the
 * second time finds nothing.
 *
 * @param isStopping - true = begin no further step
 */
export async function followSalesPolicies(
  ports: PipelinePorts,
  organizationId: OrganizationId,
  isStopping = () => false,
): Promise<void> {
  let isAnnounced = false;
  for (let round = 0; round < roundsMax && !isStopping(); round += 1) {
    const at = ports.clock.now();
    const step = await withOrganization(
      ports.db,
      'worker',
      organizationId,
      async (sql) => {
        if (!(await lockStage(sql, organizationId, 'sales-policy', true))) return nothing;
        return judgeChangedItems(sql, organizationId, at);
      },
      { isIdempotent: true },
    );
    isAnnounced ||= step.isAnnounced;
    if (!step.hasMore) break;
  }
  if (isAnnounced) ports.wake(organizationId);
}

async function judgeChangedItems(
  sql: Sql,
  organizationId: OrganizationId,
  at: Date,
): Promise<SalesPolicyStep> {
  const progress = await loadSalesPolicyProgress(sql);
  if (progress === null) return beginOrganization(sql, organizationId, at);
  const changed = await loadChangedSalesItems(sql, progress.eventNumber, atOnceMax);
  const due = await loadDueSalesItems(sql, at, atOnceMax);
  const isNews = changed.last !== progress.eventNumber;
  if (!isNews && due.length === 0) return nothing;
  const itemIds = [...new Set([...changed.itemIds, ...due.map((one) => one.itemId)])];
  const candidates = await loadSalesPolicyCandidates(sql, itemIds);
  const rules = candidates.length === 0 ? [] : await loadSalesPolicyRules(sql);
  const { states, changes } = judge(candidates, rules, at);
  await removeDueSalesItems(sql, due);
  await saveSalesPolicyStates(sql, organizationId, states, at);
  await saveSalesPolicyChanges(sql, organizationId, changes, at);
  if (isNews) {
    await saveSalesPolicyProgress(sql, organizationId, { ...progress, eventNumber: changed.last }, at);
  }
  const events = changes.map(({ itemId, changeId }) => ({
    topic: 'SALES_POLICY' as const,
    itemId,
    salesPolicyChangeId: changeId,
    occurredAt: at,
  }));
  const isAnnounced = (await appendEvents(sql, organizationId, events, at)) !== null;
  return { hasMore: isNews || due.length >= atOnceMax, isAnnounced };
}

async function beginOrganization(
  sql: Sql,
  organizationId: OrganizationId,
  at: Date,
): Promise<SalesPolicyStep> {
  const last = await loadLogEnd(sql);
  if (last === null) return nothing;
  await saveDefaultSalesPolicyRules(sql, organizationId, defaultSalesPolicyRules, at);
  await markAllSalesItems(sql, at);
  await saveSalesPolicyProgress(sql, organizationId, { eventNumber: last, toldNumber: last }, at);
  return { hasMore: true, isAnnounced: false };
}

function judge(
  candidates: readonly SalesPolicyCandidate[],
  rules: readonly SalesPolicyRule[],
  at: Date,
): { states: SalesPolicyStateWrite[]; changes: SalesPolicyChangeWrite[] } {
  const states: SalesPolicyStateWrite[] = [];
  const changes: SalesPolicyChangeWrite[] = [];
  for (const { itemId, facts, held } of candidates) {
    const decision = decideSalesPolicy(held, facts, rules, at.getTime());
    const previousState = held?.state ?? 'NORMAL';
    const { state, ruleId, active, recheckMs } = decision;
    if (held === null && state === 'NORMAL' && active.length === 0) continue;
    if (held !== null && recheckMs === null && isSame(held, decision)) continue;
    const isChanged = state !== previousState;
    states.push({
      ...{ itemId, state, ruleId, active },
      sinceAt: isChanged || held === null ? at : held.sinceAt,
      recheckAt: recheckMs === null ? null : new Date(recheckMs),
    });
    if (isChanged) changes.push({ changeId: randomUUID(), itemId, state, previousState, ruleId, facts });
  }
  return { states, changes };
}

function isSame(held: NonNullable<SalesPolicyCandidate['held']>, decision: SalesPolicyDecision): boolean {
  return (
    !held.isRecheckPending &&
    held.state === decision.state &&
    held.ruleId === decision.ruleId &&
    held.active.map(({ ruleId }) => ruleId).join() === decision.active.map(({ ruleId }) => ruleId).join()
  );
}
