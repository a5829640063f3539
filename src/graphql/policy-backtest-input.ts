import type { Sql } from '../db/connection.ts';
import { listUnknownNames } from '../db/queries/policy-backtest-level.ts';
import type { BacktestRequest } from '../domain/plan/backtest-request.ts';
import { serviceLevelMax, serviceLevelMin } from '../domain/plan/service-level.ts';
import { type CalendarDate, daysBetween, hourMs } from '../shared/time.ts';
import { builder } from './builder.ts';
import { type Checks, quantityMax, startChecks } from './checks.ts';
import { idempotencyKeyDescription } from './mutation.ts';
import { userError } from './user-error.ts';

const daysMax = 730;
const listMax = 1_000;
const coverDaysDefault = 14;
/** No place on earth begins a day earlier than this before UTC does. */
const latestZoneHours = 14;

const BacktestMethod = builder.enumType('PolicyBacktestMethod', {
  description: 'How orders are decided. New values may be added.',
  values: {
    SERVICE_LEVEL: {
      description:
        'As Shuiwei suggests them: up to the quantile of forecast demand over lead time and review period.',
    },
    DAYS_OF_COVER: { description: 'The plain rule: up to so many days of the mean of the last four weeks.' },
  } as const,
});

const PolicyBacktestPolicyInput = builder.inputType('PolicyBacktestPolicyInput', {
  description: 'The policy to be replayed; what is left out is as it is set now for each item and warehouse.',
  fields: (t) => ({
    method: t.field({ type: BacktestMethod, description: 'How orders are decided; null = SERVICE_LEVEL.' }),
    serviceLevel: t.float({
      description: `Wished probability of no stock-out in an order cycle, ${serviceLevelMin} to ${serviceLevelMax}; null = as set by somebody, else 0.95. Classes learnt later play no part.`,
    }),
    coverDays: t.float({
      description: `DAYS_OF_COVER: days of demand to order up to, 1 to 365; null = ${coverDaysDefault}.`,
    }),
    leadTimeDays: t.float({
      description: 'From order to saleable, 0 to 365 days; null = as set, or as receipts before `from` tell.',
    }),
    reviewDays: t.int({ description: 'Days between two chances to order, 1 to 90; null = as set, else 1.' }),
    minOrderQuantity: t.field({
      type: 'Decimal',
      description: 'Units, 0 or more; null = as set, else none.',
    }),
    orderMultiple: t.field({ type: 'Decimal', description: 'Units, above 0; null = 1.' }),
  }),
});

const PolicyBacktestFilter = builder.inputType('PolicyBacktestFilter', {
  description:
    'Which levels; what is left out leaves all. Pools of items with warehouses are never replayed.',
  fields: (t) => ({
    skus: t.stringList({ description: `Items by article number, up to ${listMax}.` }),
    warehouseCodes: t.stringList({ description: `Warehouses by code, up to ${listMax}.` }),
    categories: t.stringList({ description: `Categories by name, up to ${listMax}.` }),
  }),
});

/** What is to be replayed. */
export const PolicyBacktestInput = builder.inputType('PolicyBacktestInput', {
  description: 'What is to be replayed: days, policy, levels.',
  fields: (t) => ({
    from: t.field({
      type: 'Date',
      required: true,
      description: 'First day, over by now; at least 28 days of history should lie before it.',
    }),
    to: t.field({
      type: 'Date',
      required: true,
      description: `Last day, itself included; at most ${daysMax} days. Days that are not over yet are left out.`,
    }),
    policy: t.field({ type: PolicyBacktestPolicyInput, description: 'Null = the policy as it is set now.' }),
    filter: t.field({ type: PolicyBacktestFilter, description: 'Null = all levels.' }),
    idempotencyKey: t.string({ description: `For \`policyBacktestStart\`. ${idempotencyKeyDescription}` }),
  }),
});

/** The input as it comes. */
export type PolicyBacktestInputValue = typeof PolicyBacktestInput.$inferInput;

/**
 * Checks what somebody asks for and fills in defaults.
 *
 * @param now - business time: the first day must be over somewhere
 * @returns the request, and what is wrong with it: empty = nothing
 */
export function readBacktestInput(
  input: PolicyBacktestInputValue,
  now: Date,
): {
  readonly request: BacktestRequest;
  readonly checks: Checks;
} {
  const checks = startChecks();
  const { from, to } = input;
  const policy = input.policy ?? {};
  const filter = input.filter ?? {};
  const days = daysBetween(from as CalendarDate, to as CalendarDate) + 1;
  if (days < 1) checks.add(userError('INCONSISTENT', ['input', 'to'], { other: 'from', bound: '≥ from' }));
  else if (days > daysMax) checks.add(userError('OUT_OF_RANGE', ['input', 'to'], { bound: `1–${daysMax}` }));
  const today = new Date(now.getTime() + latestZoneHours * hourMs).toISOString().slice(0, 10);
  if (from >= today) checks.add(userError('OUT_OF_RANGE', ['input', 'from'], { bound: `< ${today}` }));
  const range = (
    name: 'serviceLevel' | 'coverDays' | 'leadTimeDays' | 'reviewDays',
    min: number,
    max: number,
  ) => {
    const value = policy[name];
    if (value == null || (value >= min && value <= max)) return;
    checks.add(userError('OUT_OF_RANGE', ['input', 'policy', name], { bound: `${min}–${max}` }));
  };
  range('serviceLevel', serviceLevelMin, serviceLevelMax);
  range('coverDays', 1, 365);
  range('leadTimeDays', 0, 365);
  range('reviewDays', 1, 90);
  const path = ['input', 'policy'];
  checks.decimal(policy.minOrderQuantity, [...path, 'minOrderQuantity'], { min: 0, max: quantityMax });
  checks.decimal(policy.orderMultiple, [...path, 'orderMultiple'], { min: 0.000001, max: quantityMax });
  for (const name of ['skus', 'warehouseCodes', 'categories'] as const) {
    const list = filter[name];
    if (list != null && (list.length < 1 || list.length > listMax)) {
      checks.add(userError('OUT_OF_RANGE', ['input', 'filter', name], { bound: `1–${listMax}` }));
    }
  }
  const sorted = (list: readonly string[] | null | undefined) =>
    list == null ? null : [...new Set(list)].sort();
  const request: BacktestRequest = {
    ...{ from, to },
    policy: {
      method: policy.method ?? 'SERVICE_LEVEL',
      serviceLevel: policy.serviceLevel ?? null,
      coverDays: policy.coverDays ?? coverDaysDefault,
      leadTimeDays: policy.leadTimeDays ?? null,
      reviewDays: policy.reviewDays ?? null,
      moq: policy.minOrderQuantity == null ? null : Number(policy.minOrderQuantity),
      multiple: policy.orderMultiple == null ? null : Number(policy.orderMultiple),
    },
    filter: {
      skus: sorted(filter.skus),
      warehouseCodes: sorted(filter.warehouseCodes),
      categories: sorted(filter.categories),
    },
  };
  return { request, checks };
}

/** Adds what a filter names and nobody has; `levelCount` is what it leaves. Reads `item`, `warehouse`. */
export async function checkNames(
  sql: Sql,
  checks: Checks,
  input: PolicyBacktestInputValue,
  request: BacktestRequest,
  levelCount: number,
): Promise<void> {
  const unknown = await listUnknownNames(sql, request.filter);
  for (const { field, name } of unknown) {
    const index = input.filter?.[field]?.indexOf(name) ?? 0;
    checks.add(userError('NOT_FOUND', ['input', 'filter', field, index]));
  }
  const isFiltered = Object.values(request.filter).some((list) => list !== null);
  if (isFiltered && unknown.length === 0 && levelCount === 0) {
    checks.add(userError('NOT_FOUND', ['input', 'filter']));
  }
}
