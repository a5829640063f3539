import { z } from 'zod';
import { Decimal, formatDecimal, parseDecimal } from '../shared/decimal.ts';
import { minuteMs } from '../shared/time.ts';
import { LosslessNumber } from './lossless.ts';

/**
 * Shapes of single values as platforms send them: numbers arrive as texts and texts as numbers, so each
 * accepts both and hands on one exact form. All turn null, absent and empty text into null;
 * {@link required} refuses that null. Written for values parsed by `parseJson` or read from CSV.
 */

/** Longest text taken from a platform; titles have a few dozen characters. */
const textLengthMax = 2_000;
const idLengthMax = 256;

type Read<T> = { value: T } | { fault: string };

function wireValue<T>(read: (value: unknown) => Read<T | null>): z.ZodType<T | null> {
  // Optional, or zod refuses an object that lacks the name before this is asked.
  return z
    .unknown()
    .optional()
    .transform((value, context) => {
      if (value === undefined || value === null || value === '') return null;
      const result = read(value);
      if ('value' in result) return result.value;
      context.addIssue({ code: 'custom', message: result.fault });
      return z.NEVER;
    });
}

/** The same value, but null and absent are faults. */
export function required<T>(shape: z.ZodType<T | null>): z.ZodType<T> {
  return shape.transform((value, context) => {
    if (value !== null) return value;
    context.addIssue({ code: 'custom', message: 'is missing' });
    return z.NEVER;
  });
}

function show(value: unknown): string {
  const text = value instanceof LosslessNumber ? value.toString() : (JSON.stringify(value) ?? 'nothing');
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

function readText(value: unknown, lengthMax: number): Read<string> {
  const text = value instanceof LosslessNumber ? value.toString() : value;
  if (typeof text !== 'string') return { fault: `expected a text, got ${show(value)}` };
  if (text.includes('\u0000')) return { fault: 'contains a NUL character, which cannot be stored' };
  if (!text.isWellFormed()) return { fault: 'contains half a character (lone surrogate)' };
  if (text.length > lengthMax) return { fault: `is longer than ${lengthMax} characters` };
  return { value: text };
}

/** Any text, up to 2,000 characters; blank becomes null. */
export const text = wireValue<string>((value) => {
  const result = readText(value, textLengthMax);
  return 'value' in result && result.value.trim() === '' ? { value: null } : result;
});

/** An id: text exact to the character, or the digits of a whole number of any size. */
export const id = wireValue<string>((value) => {
  if (value instanceof LosslessNumber && !/^-?\d+$/.test(value.toString())) {
    return { fault: `expected the digits of an id, got ${show(value)}` };
  }
  const result = readText(value, idLengthMax);
  return 'value' in result && result.value.trim() === '' ? { value: null } : result;
});

/** An id of the platforms' type Long: digits only, of any number. */
export const longId = id.refine((value) => value === null || /^\d{1,40}$/.test(value), {
  error: 'expected the digits of an id',
});

/** The same where the platform writes 0 for "none". */
export const longIdOrZero = longId.transform((value) => (value === '0' ? null : value));

/**
 * A decimal in plain text. Exponents (`1.0E7`, as some servers write doubles) are written out; more than 30
 * digits before or 18 after the point are refused.
 */
export const decimal = wireValue<string>((value) => {
  const source = value instanceof LosslessNumber ? value.toString() : value;
  if (typeof source !== 'string' || !/^\s*[+-]?\d{1,60}(\.\d{1,60})?([eE][+-]?\d{1,2})?\s*$/.test(source)) {
    return { fault: `expected a number, got ${show(value)}` };
  }
  const plain = formatDecimal(new Decimal(source.trim()));
  return parseDecimal(plain) === null
    ? { fault: `has more digits than can be kept: ${show(value)}` }
    : { value: plain };
});

/** A decimal that is not negative: quantities. */
export const quantity = decimal.transform((value, context) => {
  if (value === null || !value.startsWith('-')) return value;
  context.addIssue({ code: 'custom', message: `must not be negative, got ${value}` });
  return z.NEVER;
});

/** An instant in the platform's own notation. */
export function instant(parse: (text: string) => Date | null): z.ZodType<Date | null> {
  return wireValue<Date>((value) => {
    const source = value instanceof LosslessNumber ? value.toString() : value;
    const parsed = typeof source === 'string' ? parse(source.trim()) : null;
    return parsed === null ? { fault: `expected a date, got ${show(value)}` } : { value: parsed };
  });
}

/** A value whose loss harms nobody: what cannot be read counts as absent. */
export function lenient<T>(shape: z.ZodType<T | null>): z.ZodType<T | null> {
  return shape.catch(null);
}

/** A list that may be absent. */
export function list<T>(shape: z.ZodType<T>): z.ZodType<T[]> {
  return z.preprocess((value) => value ?? [], z.array(shape));
}

/** Says where and what: `skuInfos[2].amountOnSale: expected a number, got "many"`. At most three faults. */
export function describeIssues(error: z.ZodError): string {
  return error.issues
    .slice(0, 3)
    .map((issue) => {
      const path = issue.path
        .map((step, index) =>
          typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${String(step)}`,
        )
        .join('');
      return path === '' ? issue.message : `${path}: ${issue.message}`;
    })
    .join('; ');
}

/** Clocks differ a little between machines; more than this is a wrong date and would block newer ones. */
const aheadMs = 5 * minuteMs;

/**
 * Names the dates that lie more than 5 minutes in the future.
 *
 * @param now - business time
 * @returns null when there are none
 */
export function describeFutureDates(dates: Readonly<Record<string, Date | null>>, now: Date): string | null {
  const faults = Object.entries(dates)
    .filter(([, date]) => date !== null && date.getTime() > now.getTime() + aheadMs)
    .map(([name, date]) => `${name}: ${date?.toISOString()} lies in the future, it is ${now.toISOString()}`);
  return faults.length === 0 ? null : faults.join('; ');
}
