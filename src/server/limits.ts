import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import { maxDirectivesRule } from '@escape.tech/graphql-armor-max-directives';
import { GraphQLError, type ValidationContext } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { LocaleName } from '../graphql/context.ts';
import { requestError } from '../graphql/errors.ts';
import type { TransportContext } from './execution.ts';

/** Bounds of one request or socket; each may be set otherwise for a test or a bigger machine. */
export interface Limits {
  /** Words and signs in a document: the cheapest bound, it stops most bombs while they are read. */
  readonly tokensMax: number;
  /** Levels of fields, fragments flattened. The introspection query has its own bound in graphql. */
  readonly depthMax: number;
  readonly aliasesMax: number;
  readonly directivesMax: number;
  /** Of a POST, bytes. */
  readonly bodyBytesMax: number;
  /** Of a websocket message, bytes. */
  readonly frameBytesMax: number;
  /** Query cost that an API key may spend in the long run, points a second; null = not limited. */
  readonly pointsPerSecondMax: number | null;
  /** For a query or mutation, ms; and for every event of a subscription. */
  readonly operationMsMax: number;
  /** From the websocket's opening to its `connection_init`, ms. */
  readonly socketInitMsMax: number;
  readonly subscriptionsPerSocketMax: number;
  readonly socketsMax: number;
  /** Sockets of one API key. */
  readonly socketsPerKeyMax: number;
  /** Sockets of one address; addresses of this machine are not counted. */
  readonly socketsPerAddressMax: number;
  /** Messages of one socket: how many at once, and how many a second in the long run. */
  readonly messagesBurstMax: number;
  readonly messagesPerSecondMax: number;
  /** A socket is asked for a sign of life so often, and cut when it gave none until the next time, ms. */
  readonly socketPingEveryMs: number;
  /** A client that has not taken an event for so long is cut, ms. It resumes from its cursor. */
  readonly socketStallMsMax: number;
}

/** The bounds in force unless set otherwise. */
export const limitsDefault: Limits = {
  tokensMax: 1_000,
  depthMax: 12,
  aliasesMax: 15,
  directivesMax: 5,
  bodyBytesMax: 256 * 1024,
  frameBytesMax: 64 * 1024,
  pointsPerSecondMax: 500_000,
  operationMsMax: 10_000,
  socketInitMsMax: 3_000,
  subscriptionsPerSocketMax: 50,
  socketsMax: 20_000,
  socketsPerKeyMax: 2_000,
  socketsPerAddressMax: 2_000,
  messagesBurstMax: 500,
  messagesPerSecondMax: 100,
  socketPingEveryMs: 12_000,
  socketStallMsMax: 30_000,
};

/**
 * Refuses documents that are too big or too deep, over every transport. A refusal is an ordinary validation error:
 * nothing is thrown, so no socket closes for it. Names of fields that were not asked for are never suggested.
 */
export function limitsPlugin(limits: Limits): Plugin {
  const limitRules = [
    maxDepthRule({
      n: limits.depthMax,
      flattenFragments: true,
      ...reporting('QUERY_TOO_DEEP', limits.depthMax),
    }),
    maxAliasesRule({
      n: limits.aliasesMax,
      allowList: [],
      ...reporting('TOO_MANY_ALIASES', limits.aliasesMax),
    }),
    maxDirectivesRule({ n: limits.directivesMax, ...reporting('TOO_MANY_DIRECTIVES', limits.directivesMax) }),
  ];
  return {
    onParse({ parseFn, setParseFn }) {
      setParseFn((source, options) => {
        try {
          return parseFn(source, { ...options, maxTokens: limits.tokensMax });
        } catch (error) {
          // Over a websocket nobody else gives it a code.
          if (error instanceof GraphQLError) error.extensions.code = 'GRAPHQL_PARSE_FAILED';
          throw error;
        }
      });
    },
    onValidate({ context, validateFn, setValidationFn }) {
      setValidationFn((schema, document, rules) => {
        // First and alone: each fault of a document that is too big would add its own error.
        const excesses = validateFn(schema, document, limitRules, { maxErrors: 5 });
        if (excesses.length > 0) return excesses;
        return validateFn(schema, document, rules, { maxErrors: 20, hideSuggestions: true });
      });
      // Here and not where it is found: what was found is kept for the next client, whatever its language.
      return ({ valid, result, setResult }) => {
        if (valid) return;
        const locale = (context as Partial<TransportContext>).session?.viewer.locale ?? 'en';
        setResult((result as readonly GraphQLError[]).map((error) => inLanguage(error, locale)));
      };
    },
  };
}

const limitCodes = ['QUERY_TOO_DEEP', 'TOO_MANY_ALIASES', 'TOO_MANY_DIRECTIVES'] as const;

function reporting(code: (typeof limitCodes)[number], max: number) {
  return {
    propagateOnRejection: false,
    onReject: [
      (context: ValidationContext | null) =>
        context?.reportError(requestError('en', code, { max: String(max) })),
    ],
  };
}

function inLanguage(error: GraphQLError, locale: LocaleName): GraphQLError {
  const code = limitCodes.find((one) => one === error.extensions.code);
  return code === undefined ? error : requestError(locale, code, error.extensions.params as { max: string });
}

/**
 * Keeps read documents, so that a client that repeats itself is not read anew; long ones are not kept, or a few
 * thousand hostile ones would fill the memory.
 */
export function createDocumentCache<Value>(entriesMax = 500, lengthMax = 10_000) {
  const entries = new Map<string, Value>();
  return {
    get: (text: string): Value | undefined => entries.get(text),
    set(text: string, value: Value): void {
      if (text.length > lengthMax) return;
      if (entries.size >= entriesMax) {
        const oldest = entries.keys().next();
        if (oldest.done !== true) entries.delete(oldest.value);
      }
      entries.set(text, value);
    },
  };
}
