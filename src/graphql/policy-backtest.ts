import { createHash, randomUUID } from 'node:crypto';
import {
  findBacktestOf,
  findPolicyBacktest,
  type PolicyBacktestRow,
  savePolicyBacktest,
} from '../db/queries/policy-backtest.ts';
import {
  countBacktestLevels,
  listBacktestLevels,
  loadBacktestLevels,
} from '../db/queries/policy-backtest-level.ts';
import { addLevel } from '../domain/plan/backtest-job.ts';
import type { BacktestRequest } from '../domain/plan/backtest-request.ts';
import { type BacktestSums, noBacktestSums } from '../domain/plan/policy-backtest-sum.ts';
import { isUuid } from '../shared/ids.ts';
import { type CalendarDate, daysBetween, secondMs } from '../shared/time.ts';
import { builder } from './builder.ts';
import type { Checks } from './checks.ts';
import type { GraphqlContext } from './context.ts';
import { requestError } from './errors.ts';
import { definePayload, runMutation } from './mutation.ts';
import {
  checkNames,
  PolicyBacktestInput,
  type PolicyBacktestInputValue,
  readBacktestInput,
} from './policy-backtest-input.ts';
import { type BacktestValue, PolicyBacktest } from './policy-backtest-result.ts';

/** Levels times days that are answered at once: about a second of computing. */
const levelDaysAtOnce = 2_000;
/** … and no longer than this, real time, ms. */
const atOnceMsMax = 6 * secondMs;

const sizeNote = `Levels × days up to ${levelDaysAtOnce} are answered at once; more by \`policyBacktestStart\`, whose progress and result this field answers from then on.`;

const PolicyBacktestStartPayload = definePayload<{ backtestId: string }>(
  'PolicyBacktestStartPayload',
  'The backtest; ask again for its progress.',
  (t) => ({
    policyBacktest: t.field({
      type: PolicyBacktest,
      nullable: true,
      description: 'Queued, running, or done already when the same was asked before.',
      resolve: ({ result }, _args, context) =>
        result === null ? null : loadStored(context, result.backtestId),
    }),
  }),
);

builder.queryFields((t) => ({
  policyBacktest: t.field({
    type: PolicyBacktest,
    authScopes: { scope: 'read:stock' },
    complexity: { field: 2_000, multiplier: 1 },
    description: `Replays stored history under a policy, with only what was known each day. ${sizeNote}`,
    args: { input: t.arg({ type: PolicyBacktestInput, required: true, description: 'What to replay.' }) },
    resolve: (_root, { input }, context) => answer(context, input),
  }),
  policyBacktestById: t.field({
    type: PolicyBacktest,
    nullable: true,
    authScopes: { scope: 'read:stock' },
    description:
      'A backtest that was started: its progress, then its result. Null when there is none, or it is not yours.',
    args: {
      backtestId: t.arg.string({ required: true, description: 'As `policyBacktestStart` answered it.' }),
    },
    resolve: (_root, { backtestId }, context) => loadStored(context, backtestId),
  }),
}));

builder.mutationField('policyBacktestStart', (t) =>
  t.field({
    type: PolicyBacktestStartPayload,
    authScopes: { scope: 'write:stock' },
    description:
      'Queues a backtest of any size; workers run it beside everything else, and it goes on after a restart. The same question while one is open, or done today, is the same backtest.',
    args: { input: t.arg({ type: PolicyBacktestInput, required: true, description: 'What to replay.' }) },
    resolve: (_root, { input }, context) =>
      runMutation(context, 'policyBacktestStart', input, async ({ sql, now }) => {
        const { request, checks } = readBacktestInput(input, now);
        checks.refuseIfAny();
        const totalLevels = await countBacktestLevels(sql, request.filter);
        await checkNames(sql, checks, input, request, totalLevels);
        checks.refuseIfAny();
        const fingerprint = fingerprintOf(request, now);
        const known = await findBacktestOf(sql, fingerprint);
        if (known !== null) return { backtestId: known.backtestId };
        const backtestId = randomUUID();
        const { organizationId, keyName } = context.viewer;
        const backtest = { backtestId, fingerprint, input: request, totalLevels, requestedBy: keyName };
        await savePolicyBacktest(sql, organizationId, backtest, now);
        return { backtestId };
      }),
  }),
);

async function answer(context: GraphqlContext, input: PolicyBacktestInputValue): Promise<BacktestValue> {
  const { request, checks } = readBacktestInput(input, context.now);
  refuseIfAny(context, checks);
  const { stored, totalLevels } = await context.read(async ({ sql, now }) => {
    const count = await countBacktestLevels(sql, request.filter);
    await checkNames(sql, checks, input, request, count);
    return { stored: await findBacktestOf(sql, fingerprintOf(request, now)), totalLevels: count };
  });
  refuseIfAny(context, checks);
  if (stored !== null) return toValue(stored);
  const days = daysBetween(request.from as CalendarDate, request.to as CalendarDate) + 1;
  const common = { backtestId: null, request, totalLevels, errorCode: null };
  const notStarted: BacktestValue = {
    ...common,
    state: 'NOT_STARTED',
    doneLevels: 0,
    sums: null,
    finishedAt: null,
  };
  if (totalLevels * days > levelDaysAtOnce) return notStarted;
  const sums = await replayNow(context, request, totalLevels);
  if (sums === null) return notStarted;
  return { ...common, state: 'DONE', doneLevels: totalLevels, sums, finishedAt: context.now };
}

/** A query has no refusals as data: the first fault refuses the field. */
function refuseIfAny({ viewer }: GraphqlContext, { errors: [wrong] }: Checks): void {
  if (wrong === undefined) return;
  const argument = wrong.path.join('.');
  const { bound } = wrong.params;
  throw bound === undefined
    ? requestError(viewer.locale, 'ARGUMENT_OUT_OF_RANGE', { argument }, 'ARGUMENT_NOT_FOUND')
    : requestError(viewer.locale, 'ARGUMENT_OUT_OF_RANGE', { argument, bound });
}

/** Replays a small set here, level by level so that others get their turn; null = it takes too long. */
async function replayNow(
  context: GraphqlContext,
  request: BacktestRequest,
  totalLevels: number,
): Promise<BacktestSums | null> {
  const levels = await context.read(async ({ sql, now }) =>
    loadBacktestLevels(sql, await listBacktestLevels(sql, request.filter, null, totalLevels), request, now),
  );
  const untilMs = performance.now() + atOnceMsMax;
  let sums = noBacktestSums;
  for (const level of levels) {
    if (performance.now() > untilMs) return null;
    context.signal?.throwIfAborted();
    sums = addLevel(sums, level, request);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return sums;
}

async function loadStored(context: GraphqlContext, backtestId: string): Promise<BacktestValue | null> {
  if (!isUuid(backtestId)) return null;
  const row = await context.read(({ sql }) => findPolicyBacktest(sql, backtestId));
  return row === null ? null : toValue(row);
}

function toValue({
  input,
  queuedAt: _queuedAt,
  resumeAfter: _resumeAfter,
  ...row
}: PolicyBacktestRow): BacktestValue {
  return { ...row, request: input };
}

/** The same question on the same day: history grows by the day. */
function fingerprintOf(request: BacktestRequest, now: Date): string {
  const asked = JSON.stringify([request, now.toISOString().slice(0, 10)]);
  return createHash('sha256').update(asked).digest('hex');
}
