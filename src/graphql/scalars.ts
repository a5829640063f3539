import { GraphQLError, Kind, type ValueNode } from 'graphql';
import { formatDecimal, parseDecimal } from '../shared/decimal.ts';
import { parseCalendarDate } from '../shared/time.ts';
import { builder } from './builder.ts';

const dateTimePattern =
  /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(\.\d{1,9})?([Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;
const integerPattern = /^(0|-?[1-9]\d*)$/;

/**
 * Reads a decimal from text or a whole number.
 *
 * @throws GraphQLError for anything that could have lost digits: a JSON number beyond 2^53 or with a fraction
 */
function parseDecimalInput(value: unknown): string {
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value)) return String(value);
    throw refuse('Decimal', 'a string or a whole number below 2^53, which loses no digits', value);
  }
  if (typeof value === 'bigint') return value.toString();
  const parsed = typeof value === 'string' ? parseDecimal(value) : null;
  if (parsed === null) throw refuse('Decimal', 'plain notation such as "12.5"', value);
  return formatDecimal(parsed);
}

/**
 * Reads an instant with its offset.
 *
 * @throws GraphQLError when the offset is missing or the day does not exist
 */
function parseDateTimeInput(value: unknown): Date {
  const match = typeof value === 'string' ? dateTimePattern.exec(value) : null;
  const instant = match === null ? Number.NaN : Date.parse(match[0].toUpperCase());
  if (match === null || Number.isNaN(instant) || parseCalendarDate(match[0].slice(0, 10)) === null) {
    throw refuse('DateTime', 'RFC 3339 with an offset, such as "2026-03-01T08:00:00+08:00"', value);
  }
  return new Date(instant);
}

/** Reads a business day; @throws GraphQLError when it does not exist. */
function parseDateInput(value: unknown): string {
  const day = typeof value === 'string' ? parseCalendarDate(value) : null;
  if (day === null) throw refuse('Date', 'a day such as "2026-03-01"', value);
  return day;
}

function refuse(type: string, wanted: string, value: unknown): GraphQLError {
  return new GraphQLError(`${type} must be ${wanted}; got ${JSON.stringify(value) ?? String(value)}`);
}

builder.scalarType('Decimal', {
  description:
    'Exact decimal number, answered as a string in canonical form: no exponent, no trailing zeros, never rounded by the API. Input: a string of up to 30 digits with up to 18 after the point, or a whole number; a JSON number with a fraction is refused because it may have lost digits.',
  serialize: (value) =>
    typeof value === 'string' && integerPattern.test(value) ? value : formatDecimal(value as string),
  parseValue: parseDecimalInput,
  parseLiteral: (node: ValueNode) => {
    if (node.kind === Kind.STRING || node.kind === Kind.INT) return parseDecimalInput(node.value);
    throw refuse(
      'Decimal',
      'a string or a whole number',
      node.kind === Kind.FLOAT ? Number(node.value) : node.kind,
    );
  },
});

builder.scalarType('DateTime', {
  description:
    'An instant as RFC 3339. Answered in UTC with `Z` and milliseconds. Input: any offset, but an offset is required.',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/date-time.html',
  serialize: (value) => (value as Date).toISOString(),
  parseValue: parseDateTimeInput,
  parseLiteral: (node: ValueNode) => parseDateTimeInput(node.kind === Kind.STRING ? node.value : null),
});

builder.scalarType('Date', {
  description: 'A business day `YYYY-MM-DD`, always in the time zone of the warehouse that it belongs to.',
  serialize: (value) => value as string,
  parseValue: parseDateInput,
  parseLiteral: (node: ValueNode) => parseDateInput(node.kind === Kind.STRING ? node.value : null),
});
