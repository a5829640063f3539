import SchemaBuilder from '@pothos/core';
import ComplexityPlugin, { ComplexityErrorKind } from '@pothos/plugin-complexity';
import ScopeAuthPlugin, { type AuthFailure } from '@pothos/plugin-scope-auth';
import type { Scope } from '../shared/scopes.ts';
import type { GraphqlContext, LocaleName } from './context.ts';
import { requestError } from './errors.ts';

/** Costliest single operation, in points: about 250 rows with 100 rows below each. */
const costMax = 60_000;

/** Of the operation whose cost is just being looked at: the refusal is made right after the limit was asked for. */
let refusedLocale: LocaleName = 'en';

/**
 * Where every type registers itself. Deny by default: an object type with business data names its scope
 * (`authScopes`), root fields name theirs too, so that nothing is read or changed before the check.
 */
export const builder = new SchemaBuilder<{
  Context: GraphqlContext;
  DefaultFieldNullability: false;
  AuthScopes: { scope: Scope };
  Scalars: {
    ID: { Input: string; Output: string };
    Decimal: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date };
    Date: { Input: string; Output: string };
  };
}>({
  plugins: [ScopeAuthPlugin, ComplexityPlugin],
  defaultFieldNullability: false,
  scopeAuth: {
    runScopesOnType: true,
    authorizeOnSubscribe: true,
    authScopes: (context) => ({ scope: (scope) => context.viewer.scopes.has(scope) }),
    unauthorizedError: (_parent, context, _info, result) =>
      requestError(context.viewer.locale, 'FORBIDDEN', { scope: missingScope(result.failure) }),
  },
  complexity: {
    defaultComplexity: 1,
    defaultListMultiplier: 10,
    limit: (context) => {
      refusedLocale = context.viewer.locale;
      return { complexity: costMax };
    },
    complexityError: (kind, result) => {
      if (kind !== ComplexityErrorKind.Complexity) throw new Error(`no limit is set for ${kind}`);
      return requestError(refusedLocale, 'COST_LIMIT_EXCEEDED', {
        cost: String(result.complexity),
        max: String(result.maxComplexity),
      });
    },
  },
});

function missingScope(failure: AuthFailure): string {
  if ('failures' in failure)
    return failure.failures
      .map(missingScope)
      .filter((scope) => scope !== '')
      .join(', ');
  return 'parameter' in failure ? String(failure.parameter) : '';
}

builder.queryType({ description: 'Everything that can be read.' });
builder.mutationType({
  description:
    'Everything that can be changed. Refusals are data: look at `userErrors` of each payload. Nothing is changed when a payload says so.',
});
