import { GraphQLError } from 'graphql';

/** One GraphQL operation under way. */
export interface Operation {
  /** Aborted at the deadline, when the client leaves, or when the server stops waiting. */
  readonly signal: AbortSignal;
  /** Ends what hangs on the signal; without effect after `end`. */
  abort(reason: Error): void;
  /** The operation has answered, or failed. */
  end(): void;
}

/** The operations under way: queries and mutations, over any transport. Subscriptions are not among them. */
export interface Operations {
  /** Starts one that may take `deadlineMs`; null = as long as it likes, and nobody waits for it when stopping. */
  begin(deadlineMs: number | null): Operation;
  count(): number;
  /** Settles when nothing is under way, or after `withinMs`. */
  whenIdle(withinMs: number): Promise<void>;
  /** Aborts what is still under way. */
  abortAll(): void;
}

/** The answer of an operation that took too long. */
export function deadlineError(deadlineMs: number): GraphQLError {
  return new GraphQLError(`The operation took longer than ${deadlineMs / 1000} s; ask for less.`, {
    extensions: { code: 'DEADLINE_EXCEEDED', params: {} },
  });
}

/** The answer of an operation that was cut because the server stops, or the caller left. */
export function stoppedError(): GraphQLError {
  return new GraphQLError('The operation was ended before it was finished; try again.', {
    extensions: { code: 'TEMPORARILY_UNAVAILABLE', params: {} },
  });
}

/** Keeps the register of operations. */
export function createOperations(): Operations {
  const running = new Set<Operation>();
  const idle = new Set<() => void>();
  return {
    begin(deadlineMs) {
      const controller = new AbortController();
      const timer =
        deadlineMs === null
          ? undefined
          : setTimeout(() => controller.abort(deadlineError(deadlineMs)), deadlineMs);
      const operation: Operation = {
        signal: controller.signal,
        abort: (reason) => controller.abort(reason),
        end() {
          clearTimeout(timer);
          running.delete(operation);
          if (running.size === 0) for (const tell of idle) tell();
        },
      };
      if (deadlineMs !== null) running.add(operation);
      return operation;
    },
    count: () => running.size,
    whenIdle(withinMs) {
      if (running.size === 0) return Promise.resolve();
      return new Promise((resolve) => {
        const tell = () => {
          clearTimeout(timer);
          idle.delete(tell);
          resolve();
        };
        const timer = setTimeout(tell, withinMs);
        idle.add(tell);
      });
    },
    abortAll() {
      for (const operation of running) operation.abort(stoppedError());
    },
  };
}
