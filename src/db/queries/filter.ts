import { assertNever } from '../../shared/errors.ts';
import { type Collection, castTo, castToArray, type Fragment, join, type QueryScope } from './collection.ts';

/** How a field is compared. `contains` looks for a part of a text, upper and lower case alike. */
export type FilterOperator = 'eq' | 'in' | 'gt' | 'gte' | 'lt' | 'lte' | 'contains' | 'isNull';

/** A condition on the rows of a collection. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'not'; readonly condition: Condition }
  | {
      readonly kind: 'test';
      readonly field: string;
      readonly operator: FilterOperator;
      /** Text, boolean, or for `in` an array of them. */
      readonly value: unknown;
    };

/** The condition that every row meets. */
export const everything: Condition = { kind: 'and', conditions: [] };

/**
 * A condition as SQL. A comparison with a null is not true, and so is its negation's inside: `not` keeps the rows
 * for which the inner condition is not true.
 *
 * @throws Error if a field is not one of the collection's: the edge offers only those
 */
export function compileCondition<Row, Field extends string>(
  collection: Collection<Row, Field>,
  condition: Condition,
  scope: QueryScope,
): Fragment {
  const { sql } = scope;
  switch (condition.kind) {
    case 'and':
    case 'or': {
      if (condition.conditions.length === 0) return condition.kind === 'and' ? sql`true` : sql`false`;
      const parts = condition.conditions.map((inner) => compileCondition(collection, inner, scope));
      return sql`(${join(scope, parts, condition.kind === 'and' ? sql` and ` : sql` or `)})`;
    }
    case 'not':
      return sql`((${compileCondition(collection, condition.condition, scope)}) is not true)`;
    case 'test':
      return compileTest(collection, condition, scope);
    default:
      return assertNever(condition);
  }
}

function compileTest<Row, Field extends string>(
  collection: Collection<Row, Field>,
  test: Extract<Condition, { kind: 'test' }>,
  scope: QueryScope,
): Fragment {
  const { sql } = scope;
  const field = collection.fields[test.field as Field];
  if (field === undefined) throw new Error(`${collection.name} has no field ${test.field}`);
  const left = field.expression(scope);
  switch (test.operator) {
    case 'eq':
      return sql`${left} = ${castTo(scope, test.value, field.type)}`;
    case 'in':
      return sql`${left} = any(${castToArray(scope, test.value as unknown[], field.type)})`;
    case 'gt':
      return sql`${left} > ${castTo(scope, test.value, field.type)}`;
    case 'gte':
      return sql`${left} >= ${castTo(scope, test.value, field.type)}`;
    case 'lt':
      return sql`${left} < ${castTo(scope, test.value, field.type)}`;
    case 'lte':
      return sql`${left} <= ${castTo(scope, test.value, field.type)}`;
    case 'contains':
      return sql`position(lower(${castTo(scope, test.value, 'text')}) in lower(${left})) > 0`;
    case 'isNull':
      return test.value === true ? sql`${left} is null` : sql`${left} is not null`;
    default:
      return assertNever(test.operator);
  }
}
