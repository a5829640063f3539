import { type DocumentNode, getOperationAST } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { TransportContext } from './execution.ts';

/** Root fields that a shop's pages ask over and over, and how long their answers may be kept, s. */
const cacheableSeconds: ReadonlyMap<string, number> = new Map([['salesPolicies', 5]]);

/**
 * Lets answers that storefronts ask over and over be kept by the caller for some seconds: those to a GET whose root
 * fields are all of a closed list. `private`, because the same address answers every key differently.
 */
export function cachePolicyPlugin(): Plugin<TransportContext> {
  const seconds = new WeakMap<Request, number>();
  return {
    onExecute({ args }) {
      const { request } = args.contextValue as { request?: Request };
      if (request?.method !== 'GET') return;
      const age = ageOf(args.document, args.operationName);
      if (age === null) return;
      return {
        onExecuteDone({ result }) {
          if ('errors' in result && result.errors !== undefined) return;
          seconds.set(request, age);
        },
      };
    },
    onResponse({ request, response }) {
      const age = seconds.get(request);
      if (age === undefined) return;
      response.headers.set('cache-control', `private, max-age=${age}`);
      response.headers.set('vary', 'authorization, accept, accept-language');
    },
  };
}

/** The least of the root fields' ages; null when one of them is not to be kept, or is not plainly named. */
function ageOf(document: DocumentNode, operationName: string | null | undefined): number | null {
  const operation = getOperationAST(document, operationName);
  if (operation?.operation !== 'query') return null;
  const ages = operation.selectionSet.selections.map((selection) =>
    selection.kind === 'Field' ? (cacheableSeconds.get(selection.name.value) ?? null) : null,
  );
  return ages.reduce(
    (least, age) => (least === null || age === null ? null : Math.min(least, age)),
    ages[0] ?? null,
  );
}
