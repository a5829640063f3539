import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type GraphQLError,
  getOperationAST,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { GraphqlContext, RequestParts, Viewer } from '../graphql/context.ts';
import { maskError, requestError } from '../graphql/errors.ts';
import type { Log } from '../shared/log.ts';
import type { Session } from './auth.ts';
import type { Charge, CostBudgets } from './cost-budget.ts';
import { describeError } from './describe-error.ts';
import type { ServerMetrics } from './metrics.ts';
import { deadlineError, type Operation, type Operations, stoppedError } from './operations.ts';

/** What a transport hands over with an operation. */
export interface TransportContext {
  readonly session: Session;
  readonly transport: 'http' | 'websocket';
  /** Aborted when the client leaves. */
  readonly clientSignal: AbortSignal;
}

/** What execution needs. */
export interface ExecutionOptions {
  /** Makes what resolvers see: one for each operation, and one for each event of a subscription. */
  readonly createContext: (viewer: Viewer, request: RequestParts) => GraphqlContext;
  /**
   * The context of one event, made from the subscription's: with loaders of its own, or every later event would be
   * answered from what was loaded for the first.
   */
  readonly contextOfEvent: (context: GraphqlContext, event: unknown) => GraphqlContext;
  readonly costBudgets: CostBudgets;
  readonly operations: Operations;
  readonly metrics: ServerMetrics;
  readonly log: Log;
  readonly operationMsMax: number;
}

/**
 * Runs operations: a context and a deadline for each, errors shown only as far as the client may see them. The
 * same for HTTP, server-sent events and websockets.
 */
export function executionPlugin(options: ExecutionOptions): Plugin<TransportContext> {
  return {
    onExecute({ executeFn, setExecuteFn }) {
      setExecuteFn((args: ExecutionArgs) =>
        runOperation(options, args, (bounded) => executeFn(bounded) as Promise<ExecutionResult>),
      );
    },
    onSubscribe({ setSubscribeFn }) {
      setSubscribeFn((args: ExecutionArgs) => runSubscription(options, args));
    },
  };
}

async function runOperation(
  options: ExecutionOptions,
  args: ExecutionArgs,
  run: (args: ExecutionArgs & { signal: AbortSignal }) => Promise<ExecutionResult>,
): Promise<ExecutionResult> {
  const { session, clientSignal } = args.contextValue as TransportContext;
  const measured = measure(options, args, session);
  const charge = await options.costBudgets.charge(session, args);
  if (isRefused(charge)) return measured(refusal(session, charge));
  const operation = options.operations.begin(options.operationMsMax);
  const unlink = endWithClient(operation, clientSignal);
  try {
    const { signal } = operation;
    const rateBudget = charge?.budget ?? null;
    const contextValue = options.createContext(session.viewer, { signal, rateBudget });
    const result = mask(options, session, await run({ ...args, contextValue, signal }));
    return measured(charge === null ? result : withCost(result, charge));
  } catch (error) {
    return measured(mask(options, session, { errors: [error as GraphQLError] }));
  } finally {
    unlink();
    operation.end();
  }
}

async function runSubscription(
  options: ExecutionOptions,
  args: ExecutionArgs,
): Promise<ExecutionResult | AsyncIterableIterator<ExecutionResult>> {
  const { session, clientSignal } = args.contextValue as TransportContext;
  const measured = measure(options, args, session);
  const charge = await options.costBudgets.charge(session, args);
  if (isRefused(charge)) return measured(refusal(session, charge));
  const operation = options.operations.begin(null);
  const unlink = endWithClient(operation, clientSignal);
  const end = () => {
    unlink();
    operation.end();
  };
  try {
    const contextValue = options.createContext(session.viewer, { signal: operation.signal });
    const source = await createSourceEventStream({ ...args, contextValue });
    if (!(Symbol.asyncIterator in source)) {
      end();
      return measured(mask(options, session, source));
    }
    measured({});
    const stream = mapEvents(source, end, async (event, failure) =>
      mask(options, session, failure ?? (await executeEvent(options, args, contextValue, event))),
    );
    const leave = () => void stream.return?.();
    clientSignal.addEventListener('abort', leave, { once: true });
    // It may have left while the source was opened.
    if (clientSignal.aborted) leave();
    return stream;
  } catch (error) {
    end();
    return measured(mask(options, session, { errors: [error as GraphQLError] }));
  }
}

type Refused = Charge & { readonly retryAfterMs: number };

function isRefused(charge: Charge | null): charge is Refused {
  return charge !== null && charge.retryAfterMs !== null;
}

function refusal(session: Session, charge: Refused): ExecutionResult {
  const { retryAfterMs, cost } = charge;
  const params = { cost: String(cost), retryAfterMs: String(retryAfterMs) };
  const error = requestError(session.viewer.locale, 'RATE_LIMITED', params);
  error.extensions.retryAfterMs = retryAfterMs;
  return withCost({ errors: [error] }, charge);
}

/** Tells a limited caller what the answer cost, so that it can pace itself. */
function withCost(result: ExecutionResult, { cost, budget }: Charge): ExecutionResult {
  return { ...result, extensions: { ...result.extensions, cost: { requested: cost, ...budget } } };
}

/** Answers the selection for one event, within a deadline of its own. */
async function executeEvent(
  options: ExecutionOptions,
  args: ExecutionArgs,
  context: GraphqlContext,
  event: unknown,
): Promise<ExecutionResult> {
  const late = Promise.withResolvers<ExecutionResult>();
  const timer = setTimeout(
    () => late.resolve({ errors: [deadlineError(options.operationMsMax)] }),
    options.operationMsMax,
  );
  try {
    const contextValue = options.contextOfEvent(context, event);
    return await Promise.race([execute({ ...args, rootValue: event, contextValue }), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Events in, answers out. A failure of the source becomes a last answer without data. `return` works while an
 * event is awaited, which it would not on an async generator.
 */
function mapEvents(
  source: AsyncIterable<unknown>,
  onEnd: () => void,
  answer: (event: unknown, failure: ExecutionResult | null) => Promise<ExecutionResult>,
): AsyncIterableIterator<ExecutionResult> {
  const iterator = source[Symbol.asyncIterator]();
  let isEnded = false;
  const end = () => {
    if (!isEnded) onEnd();
    isEnded = true;
  };
  const stream: AsyncIterableIterator<ExecutionResult> = {
    async next() {
      if (isEnded) return { done: true, value: undefined };
      try {
        const event = await iterator.next();
        if (event.done === true) {
          end();
          return { done: true, value: undefined };
        }
        return { done: false, value: await answer(event.value, null) };
      } catch (error) {
        end();
        return { done: false, value: await answer(null, { errors: [error as GraphQLError] }) };
      }
    },
    async return() {
      end();
      await iterator.return?.();
      return { done: true, value: undefined };
    },
    async throw(error) {
      await stream.return?.();
      throw error;
    },
    [Symbol.asyncIterator]: () => stream,
  };
  return stream;
}

/** Cuts the operation when the client leaves. @returns takes the link away again */
function endWithClient(operation: Operation, clientSignal: AbortSignal): () => void {
  const cut = () => operation.abort(stoppedError());
  if (clientSignal.aborted) cut();
  clientSignal.addEventListener('abort', cut, { once: true });
  return () => clientSignal.removeEventListener('abort', cut);
}

/** Replaces what clients may not see, and writes that to the log. */
function mask(options: ExecutionOptions, session: Session, result: ExecutionResult): ExecutionResult {
  if (result.errors === undefined) return result;
  const errors = result.errors.map((error) => {
    const shown = maskError(error, session.viewer.locale);
    if (shown !== error) {
      const { code } = shown.extensions;
      const level = code === 'INTERNAL' ? 'error' : code === 'INPUT_INVALID' ? 'debug' : 'warn';
      options.log[level]({ ...describeError(error), code, path: error.path?.join('.') }, 'a field failed');
    }
    return shown;
  });
  return { ...result, errors };
}

/** Starts the clock of one operation; the function given back notes its outcome and passes the result on. */
function measure(options: ExecutionOptions, args: ExecutionArgs, session: Session) {
  const startedMs = performance.now();
  const kind = kindOf(args.document, args.operationName);
  return (result: ExecutionResult): ExecutionResult => {
    const ms = performance.now() - startedMs;
    const hasFailed = result.errors !== undefined && result.errors.length > 0;
    options.metrics.operation(kind, hasFailed ? 'error' : 'ok', ms / 1000);
    options.log.debug(
      { kind, operation: args.operationName ?? null, ms: Math.round(ms), hasFailed, keyId: session.keyId },
      'operation',
    );
    return result;
  };
}

function kindOf(document: DocumentNode, name: string | null | undefined): string {
  return getOperationAST(document, name ?? undefined)?.operation ?? 'unknown';
}
