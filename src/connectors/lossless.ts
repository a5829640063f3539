import { LosslessNumber, parse, stringify } from 'lossless-json';
import { AppError } from '../shared/errors.ts';
import type { RejectedRow } from './marketplace.ts';
import { redactText } from './redact.ts';

/** A JSON number with the digits that came over the wire. */
export { LosslessNumber };

/**
 * Parses a JSON text without rounding: every number stays a {@link LosslessNumber} with its digits.
 *
 * @param place - who answered, for the message
 * @throws AppError `transient` when the text is no JSON: broken off, HTML, nested too deeply, a name twice
 */
export function parseJson(text: string, place: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    const start = redactText(text.slice(0, 60).replace(/\s+/g, ' '));
    throw new AppError(
      'transient',
      `${place}: the answer is not JSON, it begins with ${JSON.stringify(start)}`,
      {
        cause: error,
      },
    );
  }
}

/** Whether a parsed value is a JSON object. */
export function isJsonObject(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof LosslessNumber)
  );
}

const rawBytesMax = 16 * 1024;

/**
 * JSON text of a row for quarantine: digits as they came, without secrets, storable everywhere (NUL and lone
 * surrogates become U+FFFD), always valid JSON of at most 16 KiB; a longer row is kept as a text of its
 * beginning.
 */
export function toRawText(row: unknown): string {
  const text = redactText((stringify(row) ?? 'null').toWellFormed())
    // An escape counts only after an even number of backslashes.
    .replace(/(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/gi, '$1\\ufffd');
  if (Buffer.byteLength(text) <= rawBytesMax) return text;
  // A UTF-16 unit takes at most 3 bytes, escaped a second time or not.
  return JSON.stringify({ truncated: text.slice(0, Math.floor(rawBytesMax / 4)).toWellFormed() });
}

/** Puts a row aside with its reason. */
export function rejectRow(rowKey: string | null, reason: string, row: unknown): RejectedRow {
  return {
    rowKey: rowKey === null ? null : cleanText(rowKey).slice(0, 256),
    reason: redactText(cleanText(reason)).slice(0, 1_000),
    raw: toRawText(row),
  };
}

function cleanText(text: string): string {
  return text.replaceAll('\u0000', '\ufffd').toWellFormed();
}
