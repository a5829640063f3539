import type { Condition, FilterOperator } from '../db/queries/filter.ts';
import { everything } from '../db/queries/filter.ts';
import { builder } from './builder.ts';
import type { GraphqlContext } from './context.ts';
import { requestError } from './errors.ts';
import { type NodeTypeName, requireId } from './node.ts';

/** A filter as it comes: fields with operators, and `and`, `or`, `not` with more of the same. */
export interface FilterInput {
  readonly [field: string]: unknown;
}

type OperatorValue = string | boolean | Date | readonly (string | boolean | Date)[] | null | undefined;

/** A reference to an input type with operators. */
export type OperatorInput = ReturnType<typeof builder.inputRef<Record<string, OperatorValue>>>;

/** One field of a filter. */
export interface FilterField {
  readonly input: OperatorInput;
  readonly description: string;
  /** Set for global ids: the type they must be of. */
  readonly idOf?: NodeTypeName;
  /** Set for texts of a closed list: another one is a mistake, not a filter that matches nothing. */
  readonly values?: readonly string[];
}

/** A filter type with what is needed to read it. */
export interface FilterDefinition {
  readonly ref: ReturnType<typeof builder.inputRef<FilterInput>>;
  readonly fields: Readonly<Record<string, FilterField>>;
}

/** Deeper nesting is no question that a person asks. */
const depthMax = 4;
/** Values in one filter, all lists together. */
const valuesMax = 500;

const inWords = 'One of these. An empty list matches nothing.';

/** Operators of texts. */
export const TextFilter = builder.inputType('TextFilter', {
  description: 'Conditions on a text; all given ones must hold. A null value matches none of them.',
  fields: (t) => ({
    eq: t.string({ description: 'Exactly this, upper and lower case distinct.' }),
    in: t.stringList({ description: inWords }),
    contains: t.string({ description: 'Holds this part, upper and lower case alike.' }),
  }),
}) as unknown as OperatorInput;

/** Operators of quantities. */
export const DecimalFilter = builder.inputType('DecimalFilter', {
  description: 'Conditions on a quantity; all given ones must hold. A null value matches none of them.',
  fields: (t) => ({
    eq: t.field({ type: 'Decimal', description: 'Equal in value: 1.50 equals 1.5.' }),
    in: t.field({ type: ['Decimal'], description: inWords }),
    gt: t.field({ type: 'Decimal', description: 'Greater than this, itself not.' }),
    gte: t.field({ type: 'Decimal', description: 'Greater than or equal to this.' }),
    lt: t.field({ type: 'Decimal', description: 'Less than this, itself not.' }),
    lte: t.field({ type: 'Decimal', description: 'Less than or equal to this.' }),
    isNull: t.boolean({ description: 'True: only unknown values; false: only known ones.' }),
  }),
}) as unknown as OperatorInput;

/** Operators of instants. */
export const DateTimeFilter = builder.inputType('DateTimeFilter', {
  description: 'Conditions on an instant; all given ones must hold. A null value matches none of them.',
  fields: (t) => ({
    gte: t.field({ type: 'DateTime', description: 'At or after this instant.' }),
    lt: t.field({ type: 'DateTime', description: 'Before this instant, itself not.' }),
    isNull: t.boolean({ description: 'True: only where there is none; false: only where there is one.' }),
  }),
}) as unknown as OperatorInput;

/** Operators of references. */
export const IdFilter = builder.inputType('IdFilter', {
  description: 'Conditions on a reference to another object; all given ones must hold.',
  fields: (t) => ({
    eq: t.id({ description: 'The object with this id.' }),
    in: t.idList({ description: inWords }),
  }),
}) as unknown as OperatorInput;

/** Operators of yes and no. */
export const BooleanFilter = builder.inputType('BooleanFilter', {
  description: 'Condition on a yes or no.',
  fields: (t) => ({ eq: t.boolean({ required: true, description: 'Yes (true) or no (false).' }) }),
}) as unknown as OperatorInput;

/** Operators of the values of an enum type. */
export function enumFilter(name: string, type: { name: string }): OperatorInput {
  return builder.inputType(`${name}Filter`, {
    description: `Conditions on a value of ${name}; all given ones must hold.`,
    fields: (t) => ({
      eq: t.field({ type: type as never, description: 'Exactly this.' }),
      in: t.field({ type: [type] as never, description: inWords }),
    }),
  }) as unknown as OperatorInput;
}

/** Makes the filter type of a list. */
export function defineFilter(
  name: string,
  what: string,
  fields: Readonly<Record<string, FilterField>>,
): FilterDefinition {
  const ref = builder.inputRef<FilterInput>(name);
  ref.implement({
    description: `Which ${what}. All given fields must hold. Nested at most ${depthMax} deep, with at most ${valuesMax} values.`,
    fields: (t) =>
      ({
        ...Object.fromEntries(
          Object.entries(fields).map(([field, { input, description }]) => [
            field,
            t.field({ type: input, description }),
          ]),
        ),
        and: t.field({ type: [ref], description: 'All of these hold. An empty list holds.' }),
        or: t.field({
          type: [ref],
          description: 'At least one of these holds. An empty list matches nothing.',
        }),
        not: t.field({
          type: ref,
          description: 'This does not hold; an unknown value counts as not holding.',
        }),
      }) as never,
  });
  return { ref, fields };
}

/**
 * A filter as a condition of the collection with the same field names.
 *
 * @throws GraphQLError for ids of another type, texts that a field cannot have, and filters that are nested too deep or hold too many values
 */
export function toCondition(
  context: GraphqlContext,
  definition: FilterDefinition,
  input: FilterInput | null | undefined,
): Condition {
  const counter = { values: 0 };
  const convert = (filter: FilterInput, depth: number): Condition => {
    if (depth > depthMax) {
      throw requestError(context.viewer.locale, 'FILTER_TOO_DEEP', { max: String(depthMax) });
    }
    const conditions: Condition[] = [];
    for (const [name, value] of Object.entries(filter)) {
      if (value == null) continue;
      if (name === 'not') {
        conditions.push({ kind: 'not', condition: convert(value as FilterInput, depth + 1) });
      } else if (name === 'and' || name === 'or') {
        const inner = (value as readonly FilterInput[]).map((one) => convert(one, depth + 1));
        conditions.push({ kind: name, conditions: inner });
      } else {
        conditions.push(
          ...toTests(context, definition, name, value as Record<string, OperatorValue>, counter),
        );
      }
    }
    return conditions.length === 1 && conditions[0] !== undefined
      ? conditions[0]
      : { kind: 'and', conditions };
  };
  return input == null ? everything : convert(input, 1);
}

function toTests(
  context: GraphqlContext,
  definition: FilterDefinition,
  field: string,
  operatorValues: Record<string, OperatorValue>,
  counter: { values: number },
): Condition[] {
  const { idOf, values } = definition.fields[field] ?? {};
  const toValue = (value: string | boolean | Date): string | boolean => {
    counter.values += 1;
    if (counter.values > valuesMax) {
      throw requestError(context.viewer.locale, 'FILTER_TOO_LONG', { max: String(valuesMax) });
    }
    if (value instanceof Date) return value.toISOString();
    return idOf === undefined ? value : (requireId(context, String(value), idOf)[0] ?? '');
  };
  return Object.entries(operatorValues).flatMap(([operator, value]): Condition[] => {
    if (value == null) return [];
    const isKnown = (one: unknown) => values === undefined || values.includes(String(one));
    if (operator !== 'contains' && ![value].flat().every(isKnown)) {
      const params = { argument: `filter.${field}.${operator}`, bound: values?.join(', ') ?? '' };
      throw requestError(context.viewer.locale, 'ARGUMENT_OUT_OF_RANGE', params);
    }
    const converted = Array.isArray(value)
      ? value.map(toValue)
      : operator === 'isNull'
        ? value
        : toValue(value as string | boolean | Date);
    return [{ kind: 'test', field, operator: operator as FilterOperator, value: converted }];
  });
}
