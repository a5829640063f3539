import { createHash } from 'node:crypto';
import type { QueryScope } from '../db/queries/collection.ts';
import { appendEvents, type PendingEvent } from '../db/queries/event-append.ts';
import { claimKey, findAnswer, type KeyClaim, type KeyUse, saveAnswer } from '../db/queries/idempotency.ts';
import type { LevelKey } from '../db/queries/ingest-level.ts';
import { builder } from './builder.ts';
import type { GraphqlContext } from './context.ts';
import type { TypeRef } from './page.ts';
import { Refusal, UserError, type UserErrorValue, userError } from './user-error.ts';

/** Ends a dry run: undoes what was written, and carries what it found out of the transaction. */
export class DryRun extends Error {
  readonly result: unknown;

  constructor(result: unknown) {
    super('dry run');
    this.name = 'DryRun';
    this.result = result;
  }
}

/** What a mutation answers: its result, or why there is none. JSON, so that it can be kept. */
export interface PayloadValue<Result> {
  readonly result: Result | null;
  readonly userErrors: readonly UserErrorValue[];
}

/** An input that may carry an idempotency key. */
export interface IdempotentInput {
  readonly idempotencyKey?: string | null | undefined;
}

/** What `idempotencyKey` means, the same everywhere. */
export const idempotencyKeyDescription =
  'Made up by the client, 1 to 200 characters; the same key with the same input within 24 hours returns the first answer and changes nothing, with another input it is refused. A refusal is not kept: the key may be used again. Null = every call counts.';

const keyLengthMax = 200;

/**
 * Runs a mutation in one transaction. A {@link Refusal} rolls everything back and becomes `userErrors`, a {@link DryRun}
 * rolls everything back and is answered; everything else that is thrown is a failure of the request.
 *
 * @param work - writes, and answers with JSON only: ids, not rows
 */
export async function runMutation<Result>(
  context: GraphqlContext,
  mutation: string,
  input: IdempotentInput,
  work: (scope: QueryScope) => Promise<Result>,
): Promise<PayloadValue<Result>> {
  return answer(context, async () => {
    const use = toUse(context, mutation, input);
    if (use === null) return context.write(work);
    return context.write(async (scope) => {
      const known = readClaim<Result>(await claimKey(scope.sql, use));
      if (known !== null) return known;
      const fresh = await work(scope);
      await saveAnswer(scope.sql, use.key, JSON.stringify(fresh));
      return fresh;
    });
  });
}

/**
 * Runs a mutation that calls somebody over the network, which no transaction may wait for. Its answer is kept after
 * it was done, so a second request that comes meanwhile does it again: only for work that may be done twice.
 */
export async function runRemoteMutation<Result>(
  context: GraphqlContext,
  mutation: string,
  input: IdempotentInput,
  work: () => Promise<Result>,
): Promise<PayloadValue<Result>> {
  return answer(context, async () => {
    const use = toUse(context, mutation, input);
    if (use === null) return work();
    const known = await context.read(({ sql }) => findAnswer(sql, use));
    const first = known === null ? null : readClaim<Result>(known);
    if (first !== null) return first;
    const fresh = await work();
    await context.write(async ({ sql }) => {
      if ((await claimKey(sql, use)).kind === 'new') await saveAnswer(sql, use.key, JSON.stringify(fresh));
    });
    return fresh;
  });
}

async function answer<Result>(
  context: GraphqlContext,
  run: () => Promise<Result>,
): Promise<PayloadValue<Result>> {
  try {
    const result = await run();
    context.ports.wake(context.viewer.organizationId);
    return { result, userErrors: [] };
  } catch (error) {
    if (error instanceof DryRun) return { result: error.result as Result, userErrors: [] };
    if (error instanceof Refusal) return { result: null, userErrors: error.userErrors };
    throw error;
  } finally {
    // Whatever was loaded before the change is no longer true.
    context.loaders.clear();
  }
}

/** What the key of an input stands for; null without one. @throws Refusal when the key is too long or empty */
function toUse(context: GraphqlContext, mutation: string, input: IdempotentInput): KeyUse | null {
  const { idempotencyKey: key, ...rest } = input;
  if (key == null) return null;
  if (key.length === 0 || key.length > keyLengthMax) {
    const bound = `1–${keyLengthMax}`;
    throw new Refusal(userError('OUT_OF_RANGE', ['input', 'idempotencyKey'], { bound }));
  }
  const inputSha256 = createHash('sha256').update(JSON.stringify(rest)).digest('hex');
  return { organizationId: context.viewer.organizationId, key, mutation, inputSha256 };
}

/** The first answer, or null when the work is still to be done. @throws Refusal when the key stands for other work */
function readClaim<Result>(claim: KeyClaim): Result | null {
  if (claim.kind === 'new') return null;
  if (claim.kind === 'answered') return JSON.parse(claim.answer) as Result;
  throw new Refusal(userError('IDEMPOTENCY_KEY_REUSED', ['input', 'idempotencyKey']));
}

/**
 * Ends a change of levels: judges their alerts, then appends all events as the transaction's last statement.
 *
 * @param levels - whose quantities, threshold or watching changed
 * @param events - what happened before, in order
 * @param kinds - LEVEL: by the rules that rest on levels; ALL: also by those that rest on plans
 */
export async function announce(
  context: GraphqlContext,
  { sql, now }: QueryScope,
  levels: readonly LevelKey[],
  events: readonly PendingEvent[],
  kinds: 'LEVEL' | 'ALL' = 'LEVEL',
): Promise<void> {
  const { organizationId } = context.viewer;
  const alerts = await context.ports.evaluateAlerts(sql, { organizationId, levels, at: now, kinds });
  await appendEvents(sql, organizationId, [...events, ...alerts], now);
}

/**
 * Makes a payload type: `userErrors`, and what the mutation changed, null when it was refused.
 *
 * @param name - `ListingLinkPayload`
 */
export function definePayload<Result>(
  name: string,
  description: string,
  fields: (t: PayloadFieldBuilder<Result>) => object,
): TypeRef<PayloadValue<Result>> {
  const ref = builder.objectRef<PayloadValue<Result>>(name);
  ref.implement({
    description: `${description} Everything but \`userErrors\` is null when it was refused.`,
    fields: (t) =>
      ({
        ...fields(t),
        userErrors: t.field({
          type: [UserError],
          description: 'Why it was refused; empty when it was done.',
          resolve: (payload: PayloadValue<Result>) => [...payload.userErrors],
        }),
      }) as never,
  });
  return ref;
}

/** The field builder of a payload. */
export type PayloadFieldBuilder<Result> = Parameters<
  NonNullable<Parameters<TypeRef<PayloadValue<Result>>['implement']>[0]['fields']>
>[0];
