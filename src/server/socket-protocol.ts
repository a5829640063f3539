import { type ExecutionArgs, type ExecutionResult, GraphQLError } from 'graphql';
import { makeServer } from 'graphql-ws';
import { maskError, requestError } from '../graphql/errors.ts';
import type { Log } from '../shared/log.ts';
import { type Authenticator, credentialsOfSocket, type Session } from './auth.ts';
import { describeError } from './describe-error.ts';
import type { TransportContext } from './execution.ts';
import type { GraphqlHttp } from './graphql-http.ts';
import type { Limits } from './limits.ts';
import { isRefusal } from './refusal.ts';
import type { Socket } from './socket.ts';
import { failing, formatErrors, formatResult } from './socket-result.ts';

/** What the protocol needs. */
export interface SocketProtocolOptions {
  readonly graphql: GraphqlHttp;
  readonly authenticator: Authenticator;
  readonly limits: Limits;
  readonly log: Log;
  /** Asked once a socket's credentials are accepted. @returns false = its key has too many sockets already */
  readonly admit: (socket: Socket, session: Session) => boolean;
}

/**
 * The `graphql-transport-ws` protocol over our sockets. Whatever is wrong with an operation is told in an `error`
 * message: closing the socket would take all its other subscriptions along.
 */
export function createSocketProtocol(options: SocketProtocolOptions) {
  const { graphql, limits, log } = options;
  type Engine = ReturnType<GraphqlHttp['getEnveloped']>;
  /** By which engine arguments are run, and for whom: each operation has an engine that knows its context. */
  const pending = new WeakMap<object, { engine: Engine; socket: Socket }>();
  const take = (args: ExecutionArgs) => {
    const found = pending.get(args);
    if (found === undefined) throw new Error('an operation that nobody prepared');
    return found;
  };

  return makeServer<Record<string, unknown> | undefined, { socket: Socket }>({
    connectionInitWaitTimeout: limits.socketInitMsMax,
    async onConnect(context) {
      const { socket } = context.extra;
      const credentials = credentialsOfSocket(socket.request, context.connectionParams);
      const session = await options.authenticator.authenticate(credentials);
      if (isRefusal(session)) return false;
      socket.session = session;
      if (!options.admit(socket, session)) socket.close(1013, 'Too many sockets for this key');
      return true;
    },
    async onSubscribe(context, _id, payload) {
      const { socket } = context.extra;
      const { session } = socket;
      if (session === null) return [new GraphQLError('Not connected yet')];
      if (Object.keys(context.subscriptions).length > limits.subscriptionsPerSocketMax) {
        const max = String(limits.subscriptionsPerSocketMax);
        return [requestError(session.viewer.locale, 'TOO_MANY_SUBSCRIPTIONS', { max })];
      }
      try {
        const transport: TransportContext = {
          session,
          clientSignal: socket.signal,
          transport: 'websocket',
        };
        // The rest of what the HTTP side puts there belongs to a request, and here is none.
        const engine = graphql.getEnveloped({ ...transport, params: payload } as never);
        const document = engine.parse(payload.query);
        const errors = engine.validate(engine.schema, document);
        if (errors.length > 0) return errors;
        const args: ExecutionArgs = {
          schema: engine.schema,
          document,
          operationName: payload.operationName ?? null,
          variableValues: payload.variables ?? null,
          contextValue: await engine.contextFactory(),
        };
        pending.set(args, { engine, socket });
        return args;
      } catch (error) {
        const shown = maskError(error, session.viewer.locale);
        if (shown !== error) log.error(describeError(error), 'an operation could not be prepared');
        return [shown];
      }
    },
    async execute(args) {
      const { engine, socket } = take(args);
      socket.runningCount += 1;
      try {
        return await engine.execute(args);
      } finally {
        socket.runningCount -= 1;
      }
    },
    async subscribe(args) {
      const result = await take(args).engine.subscribe(args);
      return failing(result as ExecutionResult | AsyncIterableIterator<ExecutionResult>);
    },
    onNext: (_context, _id, _payload, _args, result) => formatResult(result as ExecutionResult),
    onError: (_context, _id, _payload, errors) => formatErrors(errors),
  });
}
