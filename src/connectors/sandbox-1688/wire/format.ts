const chinaOffsetMs = 8 * 3_600_000;

function digits(value: number, length: number): string {
  return String(value).padStart(length, '0');
}

/**
 * A date as the gateway writes it, `yyyyMMddHHmmssSSSZ` in China time; the milliseconds are always 000, as in
 * every sample of the platform.
 */
export function wireDate(at: number): string {
  const date = new Date(at + chinaOffsetMs);
  const day = `${digits(date.getUTCFullYear(), 4)}${digits(date.getUTCMonth() + 1, 2)}${digits(date.getUTCDate(), 2)}`;
  const time = `${digits(date.getUTCHours(), 2)}${digits(date.getUTCMinutes(), 2)}${digits(date.getUTCSeconds(), 2)}`;
  return `${day}${time}000+0800`;
}

/** A date as a few fields want it: `yyyy-MM-dd HH:mm:ss` in China time, without zone. */
export function wireLocalDate(at: number): string {
  return new Date(at + chinaOffsetMs).toISOString().slice(0, 19).replace('T', ' ');
}

const datePattern = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d{3})?([+-])(\d\d)(\d\d)$/;

/** Reads `yyyyMMddHHmmss[SSS]±hhmm`. @returns ms, or null for anything else */
export function parseWireDate(text: string): number | null {
  const found = datePattern.exec(text);
  if (found === null) return null;
  const part = (index: number) => Number(found[index] ?? 0);
  const utc = Date.UTC(part(1), part(2) - 1, part(3), part(4), part(5), part(6), part(7));
  const offset = (part(9) * 60 + part(10)) * 60_000;
  return found[8] === '-' ? utc + offset : utc - offset;
}

/** A JSON number with exactly these digits, whatever their count; for int64 ids that a double would round. */
export function int64(text: string): unknown {
  if (!/^\d{1,19}$/.test(text)) throw new RangeError(`not an int64 id: ${text}`);
  return (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(text);
}

/** Reads a JSON list of ids as texts, from digits or quoted digits, without losing any digit; null if it is no such list. */
export function parseIdList(text: string): string[] | null {
  const inner = /^\s*\[([\s\d",-]*)\]\s*$/.exec(text)?.[1];
  if (inner === undefined) return null;
  const ids = inner
    .split(',')
    .map((id) => id.trim().replace(/^"(\d+)"$/, '$1'))
    .filter((id) => id !== '');
  return ids.every((id) => /^\d+$/.test(id)) ? ids : null;
}

/** Reads `true` and `false`; null for anything else. */
export function parseFlag(text: string | undefined): boolean | null {
  return text === 'true' ? true : text === 'false' ? false : null;
}
