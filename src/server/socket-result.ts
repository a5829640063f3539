import type { ExecutionResult, FormattedExecutionResult, GraphQLError, GraphQLFormattedError } from 'graphql';

/** Carries the errors of a subscription that could not start or go on through an iterator's failure. */
class StreamFailure extends Error {
  readonly errors: readonly GraphQLError[];

  constructor(errors: readonly GraphQLError[]) {
    super(errors[0]?.message ?? 'the subscription failed');
    this.errors = errors;
  }
}

/**
 * Turns an answer without data into the failure of the stream, so that the client gets an `error` message, after
 * which there is nothing: no `next` that looks like an event, no `complete` that looks like a good end.
 */
export function failing(
  result: ExecutionResult | AsyncIterableIterator<ExecutionResult>,
): AsyncIterableIterator<ExecutionResult> {
  const source = Symbol.asyncIterator in result ? result : once(result);
  const stream: AsyncIterableIterator<ExecutionResult> = {
    async next() {
      const next = await source.next();
      if (next.done !== true && next.value.errors !== undefined && next.value.data === undefined) {
        await source.return?.();
        throw new StreamFailure(next.value.errors);
      }
      return next;
    },
    async return() {
      await source.return?.();
      return { done: true, value: undefined };
    },
    async throw(error) {
      await source.return?.();
      throw error;
    },
    [Symbol.asyncIterator]: () => stream,
  };
  return stream;
}

/** An answer as it goes over the wire. */
export function formatResult(result: ExecutionResult): FormattedExecutionResult {
  const { errors, ...rest } = result;
  return errors === undefined ? rest : { ...rest, errors: formatErrors(errors) };
}

/** Errors as they go over the wire: without what was meant for HTTP. */
export function formatErrors(errors: readonly GraphQLError[]): GraphQLFormattedError[] {
  return errors.flatMap((error) => {
    if (error.originalError instanceof StreamFailure) return formatErrors(error.originalError.errors);
    const { extensions, ...rest } = error.toJSON();
    const { http: _http, ...shown } = extensions ?? {};
    return Object.keys(shown).length === 0 ? rest : { ...rest, extensions: shown };
  });
}

async function* once(result: ExecutionResult): AsyncGenerator<ExecutionResult, undefined> {
  yield result;
  return undefined;
}
