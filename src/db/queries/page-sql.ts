import { type Collection, castTo, castToArray, type Fragment, join, type QueryScope } from './collection.ts';
import { type Condition, compileCondition } from './filter.ts';

/** One step of an order. */
export interface SortStep<Field extends string = string> {
  readonly field: Field;
  readonly isDescending: boolean;
  readonly areNullsFirst: boolean;
}

/** One page of a collection. */
export interface PageRequest<Field extends string = string> {
  readonly condition: Condition;
  /** The wished order; the collection's key is added as the last resort. */
  readonly sort: readonly SortStep<Field>[];
  /** Rows wanted, >= 0. */
  readonly limit: number;
  /** True = the last rows before the boundary instead of the first after it. */
  readonly isBackward: boolean;
  /** Sort values of the row that the page lies beyond, as its cursor kept them; null = from the end. */
  readonly boundary: readonly (string | null)[] | null;
}

/** Fields by which the parents of a nested page are named, with one value list per field. */
export interface ParentKeys<Field extends string = string> {
  readonly fields: readonly Field[];
  /** One tuple per parent, in the order of the fields. */
  readonly tuples: readonly (readonly string[])[];
}

/** Columns with the sort values of a row, as text. */
export const keyPrefix = 'cursorKey';

/** The whole order of a page: the wished steps, then the key fields that are not among them. */
export function completeSort<Row, Field extends string>(
  collection: Collection<Row, Field>,
  sort: readonly SortStep<Field>[],
): SortStep<Field>[] {
  const named = new Set(sort.map((step) => step.field));
  const rest = collection.key.filter((field) => !named.has(field));
  return [...sort, ...rest.map((field) => ({ field, isDescending: false, areNullsFirst: false }))];
}

/** Runs nothing by itself: the SQL of one page, also as a sub-select. */
export function pageStatement<Row, Field extends string>(
  scope: QueryScope,
  collection: Collection<Row, Field>,
  request: PageRequest<Field>,
  extra: Fragment,
  isNumbered: boolean,
): Fragment {
  const { sql } = scope;
  const sort = completeSort(collection, request.sort).map((step) =>
    request.isBackward
      ? { ...step, isDescending: !step.isDescending, areNullsFirst: !step.areNullsFirst }
      : step,
  );
  const keys = sort.map(
    (step, index) =>
      sql`(${collection.fields[step.field].expression(scope)})::text as ${sql(`${keyPrefix}${index}`)}`,
  );
  const order = join(
    scope,
    sort.map((step) => orderStep(scope, collection, step)),
    sql`, `,
  );
  const wanted = sql`${compileCondition(collection, request.condition, scope)} and ${extra}
      and ${request.boundary === null ? sql`true` : beyond(scope, collection, sort, request.boundary)}`;
  const end = sql`order by ${order} limit ${request.limit + 1}::int`;
  const choice = isNumbered ? null : choiceOf(scope, collection, request.condition, sort);
  return sql`
    select ${collection.columns(scope)}, ${join(scope, keys, sql`, `)}
      ${isNumbered ? sql`, row_number() over (order by ${order}) as "rowPosition"` : sql``}
    from ${collection.from(scope)}
    where ${choice === null ? wanted : sql`${choice.key} = any (array(select ${choice.key} from ${choice.from} where ${wanted} ${end}))`}
    ${end}
  `;
}

/**
 * Where rows of a list are chosen apart from being read: the cheaper tables and the key that joins the two.
 *
 * @returns null where the list's own tables do both
 */
function choiceOf<Row, Field extends string>(
  scope: QueryScope,
  collection: Collection<Row, Field>,
  condition: Condition,
  sort: readonly SortStep<Field>[],
): { from: Fragment; key: Fragment } | null {
  const [key, ...others] = collection.key;
  if (collection.choice === undefined || key === undefined || others.length > 0) return null;
  const from = collection.choice(
    fieldsOf(condition),
    sort.map(({ field }) => field),
  );
  return from === null ? null : { from: from(scope), key: collection.fields[key].expression(scope) };
}

/** The cheapest tables that tell which rows meet a condition. */
export function countedTables<Row, Field extends string>(
  scope: QueryScope,
  collection: Collection<Row, Field>,
  condition: Condition,
): Fragment {
  return (collection.choice?.(fieldsOf(condition), []) ?? collection.from)(scope);
}

function fieldsOf(condition: Condition): string[] {
  if (condition.kind === 'test') return [condition.field];
  return condition.kind === 'not' ? fieldsOf(condition.condition) : condition.conditions.flatMap(fieldsOf);
}

function orderStep<Row, Field extends string>(
  scope: QueryScope,
  collection: Collection<Row, Field>,
  step: SortStep<Field>,
): Fragment {
  const { sql } = scope;
  const field = collection.fields[step.field];
  const direction = step.isDescending ? sql`desc` : sql`asc`;
  // Where nothing is null the words would only keep Postgres from using an index of the other kind.
  if (field.isNullable !== true) return sql`${field.expression(scope)} ${direction}`;
  return sql`${field.expression(scope)} ${direction} ${step.areNullsFirst ? sql`nulls first` : sql`nulls last`}`;
}

/** Rows that come after the boundary in this order. */
function beyond<Row, Field extends string>(
  scope: QueryScope,
  collection: Collection<Row, Field>,
  sort: readonly SortStep<Field>[],
  boundary: readonly (string | null)[],
): Fragment {
  const { sql } = scope;
  const plain = sort.every(
    (step) =>
      collection.fields[step.field].isNullable !== true && step.isDescending === sort[0]?.isDescending,
  );
  if (plain) {
    const left = sort.map((step) => collection.fields[step.field].expression(scope));
    const right = sort.map((step, index) =>
      castTo(scope, boundary[index], collection.fields[step.field].type),
    );
    const sign = sort[0]?.isDescending === true ? sql`<` : sql`>`;
    return sql`(${join(scope, left, sql`, `)}) ${sign} (${join(scope, right, sql`, `)})`;
  }
  return sort.reduceRight<Fragment>((inner, step, index) => {
    const field = collection.fields[step.field];
    const value = boundary[index] ?? null;
    const left = field.expression(scope);
    const right = castTo(scope, value, field.type);
    if (value === null) {
      return step.areNullsFirst
        ? sql`(${left} is not null or (${left} is null and ${inner}))`
        : sql`(${left} is null and ${inner})`;
    }
    const sign = step.isDescending ? sql`<` : sql`>`;
    const orNull = field.isNullable === true && !step.areNullsFirst ? sql`or ${left} is null` : sql``;
    return sql`(${left} ${sign} ${right} ${orNull} or (${left} = ${right} and ${inner}))`;
  }, sql`false`);
}

/** The parents as a table with their positions. */
export function parentRows<Row, Field extends string>(
  scope: QueryScope,
  collection: Collection<Row, Field>,
  parents: ParentKeys<Field>,
): Fragment {
  const { sql } = scope;
  const lists = parents.fields.map((name, index) =>
    castToArray(
      scope,
      parents.tuples.map((tuple) => tuple[index]),
      collection.fields[name].type,
    ),
  );
  const names = parents.fields.map((_, index) => sql`${sql(`k${index}`)}`);
  return sql`unnest(${join(scope, lists, sql`, `)}) with ordinality as parent(${join(scope, names, sql`, `)}, position)`;
}

/** The rows of the parent at hand. */
export function parentMatch<Row, Field extends string>(
  scope: QueryScope,
  collection: Collection<Row, Field>,
  fields: readonly Field[],
): Fragment {
  const { sql } = scope;
  const tests = fields.map(
    (name, index) => sql`${collection.fields[name].expression(scope)} = ${sql(`parent.k${index}`)}`,
  );
  return join(scope, tests, sql` and `);
}
