import type { GraphQLSchema } from 'graphql';
import { createYoga } from 'graphql-yoga';
import { maskError } from '../graphql/errors.ts';
import { cachePolicyPlugin } from './cache-policy.ts';
import { type ExecutionOptions, executionPlugin, type TransportContext } from './execution.ts';
import { createDocumentCache, type Limits, limitsPlugin } from './limits.ts';
import type { Streams } from './streams.ts';

/** What GraphQL over HTTP needs. */
export interface GraphqlHttpOptions extends ExecutionOptions {
  readonly schema: GraphQLSchema;
  readonly limits: Limits;
  /** Origins of pages elsewhere that may call this API; empty = none. */
  readonly corsOrigins: readonly string[];
  readonly streams: Streams;
}

/** The GraphQL engine with its HTTP side; the websocket side borrows its parse, validate and execute. */
export type GraphqlHttp = ReturnType<typeof createGraphqlHttp>;

/** Puts the engine together. Everything that is not GraphQL (who, how big, which page) is decided before it. */
export function createGraphqlHttp(options: GraphqlHttpOptions) {
  const { streams, corsOrigins, limits } = options;
  return createYoga<TransportContext>({
    schema: options.schema,
    graphqlEndpoint: '/graphql',
    graphiql: false,
    landingPage: false,
    multipart: false,
    batching: false,
    logging: false,
    maxRequestBodySize: limits.bodyBytesMax,
    cors:
      corsOrigins.length === 0
        ? false
        : {
            origin: [...corsOrigins],
            credentials: false,
            methods: ['GET', 'POST', 'OPTIONS'],
            allowedHeaders: ['authorization', 'content-type', 'accept-language'],
            maxAge: 600,
          },
    maskedErrors: { maskError: (error) => maskError(error, 'en') },
    parserAndValidationCache: { documentCache: createDocumentCache(), errorCache: createDocumentCache() },
    plugins: [
      limitsPlugin(limits),
      executionPlugin(options),
      cachePolicyPlugin(),
      {
        onSubscribe({ args }: { args: { contextValue: TransportContext } }) {
          const { session, transport, clientSignal } = args.contextValue;
          if (transport !== 'http') return undefined;
          return {
            onSubscribeResult({
              result,
              setResult,
            }: {
              result: unknown;
              setResult(result: AsyncIterableIterator<unknown>): void;
            }) {
              if (!isStream(result)) return;
              const stream = streams.track(session, result);
              setResult(stream);
              // Nobody reads, and so ends, an answer whose client left before it began.
              const leave = () => void stream.return?.();
              clientSignal.addEventListener('abort', leave, { once: true });
              if (clientSignal.aborted) leave();
            },
          };
        },
      },
    ],
  });
}

function isStream(result: unknown): result is AsyncIterable<unknown> {
  return typeof result === 'object' && result !== null && Symbol.asyncIterator in result;
}
