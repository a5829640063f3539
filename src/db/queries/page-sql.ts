import {
  type Collection,
  castTo,
  castToArray,
  type Expression,
  type FieldType,
  type Fragment,
  join,
  type QueryScope,
} from './collection.ts';
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

/**
 * The whole order of a page: the wished steps, then the key fields that are not among them. They follow a figure with
 * an index of its own in its direction, so that one walk through the index, either way, is the whole order.
 */
export function completeSort<Row, Field extends string>(
  collection: Collection<Row, Field>,
  sort: readonly SortStep<Field>[],
): SortStep<Field>[] {
  const named = new Set(sort.map((step) => step.field));
  const rest = collection.key.filter((field) => !named.has(field));
  const [only, ...others] = sort;
  const isDescending =
    only !== undefined &&
    others.length === 0 &&
    only.isDescending &&
    collection.fields[only.field].present !== undefined;
  return [...sort, ...rest.map((field) => ({ field, isDescending, areNullsFirst: false }))];
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
  const keys = sort.map(({ field }) => sortKeyOf(collection, field));
  const first = sort[0];
  const present = first === undefined ? undefined : collection.fields[first.field].present;
  const choice = isNumbered ? null : choiceOf(scope, collection, request.condition, sort);
  const whole = { keys, from: collection.from(scope), extra, boundary: request.boundary, choice };
  if (isNumbered || first === undefined || present === undefined) {
    return partStatement(scope, collection, request, sort, whole, isNumbered);
  }
  const value = keys[0]!.expression(scope);
  const isInNulls = request.boundary !== null && request.boundary[0] == null;
  const isInValues = request.boundary !== null && !isInNulls;
  const withValue = {
    keys: keys.map((key, index) => ({
      ...{ ...key, isNullable: index > 0 && key.isNullable },
      expression: present.keys[sort[index]!.field] ?? key.expression,
    })),
    ...{ from: present.from(scope), extra: sql`${extra} and ${value} is not null` },
    boundary: isInValues ? request.boundary : null,
    choice: null,
  };
  const without = {
    ...{ ...whole, extra: sql`${extra} and ${value} is null` },
    boundary: isInNulls ? request.boundary : null,
  };
  const parts = first.areNullsFirst
    ? [...(isInValues ? [] : [without]), withValue]
    : [...(isInNulls ? [] : [withValue]), without];
  const statements = parts.map((part) => partStatement(scope, collection, request, sort, part, false));
  const [alone, ...others] = statements;
  if (alone !== undefined && others.length === 0) return alone;
  // Parts are answered one after another, and the second only as far as the first leaves room.
  const bracketed = statements.map((statement) => sql`(${statement})`);
  return sql`${join(scope, bracketed, sql` union all `)} limit ${request.limit + 1}::int`;
}

/** A field as rows are sorted by it. */
interface SortKey {
  readonly expression: Expression;
  readonly type: FieldType;
  readonly isNullable: boolean;
}

function sortKeyOf<Row, Field extends string>(collection: Collection<Row, Field>, field: Field): SortKey {
  const { expression, type, isNullable = false, sorted = { expression, type } } = collection.fields[field];
  return { ...sorted, isNullable };
}

/** What of a page is read from where. */
interface PagePart {
  readonly keys: readonly SortKey[];
  readonly from: Fragment;
  readonly extra: Fragment;
  readonly boundary: readonly (string | null)[] | null;
  /** Where rows are chosen when that is not where they are read; null = there too. */
  readonly choice: { readonly from: Fragment; readonly key: Fragment } | null;
}

function partStatement<Row, Field extends string>(
  scope: QueryScope,
  collection: Collection<Row, Field>,
  request: PageRequest<Field>,
  sort: readonly SortStep<Field>[],
  { keys, from, extra, boundary, choice }: PagePart,
  isNumbered: boolean,
): Fragment {
  const { sql } = scope;
  const shown = keys.map(
    (key, index) => sql`(${key.expression(scope)})::text as ${sql(`${keyPrefix}${index}`)}`,
  );
  const steps = keys.map((key, index) => orderStep(scope, key, sort[index]!));
  const order = join(scope, steps, sql`, `);
  const wanted = sql`${compileCondition(collection, request.condition, scope)} and ${extra}
      and ${boundary === null ? sql`true` : beyond(scope, keys, sort, boundary)}`;
  const end = sql`order by ${order} limit ${request.limit + 1}::int`;
  return sql`
    select ${collection.columns(scope)}, ${join(scope, shown, sql`, `)}
      ${isNumbered ? sql`, row_number() over (order by ${order}) as "rowPosition"` : sql``}
    from ${from}
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

function orderStep(scope: QueryScope, key: SortKey, step: SortStep): Fragment {
  const { sql } = scope;
  const direction = step.isDescending ? sql`desc` : sql`asc`;
  // Where nothing is null the words would only keep Postgres from using an index of the other kind.
  if (!key.isNullable) return sql`${key.expression(scope)} ${direction}`;
  return sql`${key.expression(scope)} ${direction} ${step.areNullsFirst ? sql`nulls first` : sql`nulls last`}`;
}

/** Rows that come after the boundary in this order. */
function beyond(
  scope: QueryScope,
  keys: readonly SortKey[],
  sort: readonly SortStep[],
  boundary: readonly (string | null)[],
): Fragment {
  const { sql } = scope;
  const isPlain = keys.every(
    (key, index) => !key.isNullable && sort[index]?.isDescending === sort[0]?.isDescending,
  );
  if (isPlain) {
    const left = keys.map((key) => key.expression(scope));
    const right = keys.map((key, index) => castTo(scope, boundary[index], key.type));
    const sign = sort[0]?.isDescending === true ? sql`<` : sql`>`;
    return sql`(${join(scope, left, sql`, `)}) ${sign} (${join(scope, right, sql`, `)})`;
  }
  const after = keys.reduceRight<Fragment>((inner, key, index) => {
    const step = sort[index]!;
    const value = boundary[index] ?? null;
    const left = key.expression(scope);
    const right = castTo(scope, value, key.type);
    if (value === null) {
      return step.areNullsFirst
        ? sql`(${left} is not null or (${left} is null and ${inner}))`
        : sql`(${left} is null and ${inner})`;
    }
    const sign = step.isDescending ? sql`<` : sql`>`;
    const orNull = key.isNullable && !step.areNullsFirst ? sql`or ${left} is null` : sql``;
    return sql`(${left} ${sign} ${right} ${orNull} or (${left} = ${right} and ${inner}))`;
  }, sql`false`);
  const [first] = keys;
  if (first === undefined || first.isNullable || boundary[0] == null) return after;
  // Says nothing new, but tells Postgres where in the index to begin.
  const sign = sort[0]!.isDescending ? sql`<=` : sql`>=`;
  return sql`(${first.expression(scope)} ${sign} ${castTo(scope, boundary[0], first.type)} and ${after})`;
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
