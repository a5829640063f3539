import { hourMs, minuteMs } from '../../shared/time.ts';

/** The platform speaks China time (UTC+8, no daylight saving) wherever it names no zone. */
const chinaOffsetMs = 8 * hourMs;

const packedPattern = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{3})?(Z|[+-](?:0\d|1[0-4]):?[0-5]\d)?$/;
const spacedPattern =
  /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2}):(\d{2})(?:\.(\d{3})\d*)?\s?(Z|[+-](?:0\d|1[0-4]):?[0-5]\d)?$/;
const epochPattern = /^\d{12,13}$/;

/**
 * Reads a date of the platform: `yyyyMMddHHmmss[SSS][Z]`, `yyyy-MM-dd HH:mm:ss` (and its ISO form), or epoch
 * milliseconds. The offset is obeyed; without one it is China time.
 *
 * @returns null for anything else, such as a 30th of February
 * @example parseDate('20180721172608000+0800')?.toISOString() // '2018-07-21T09:26:08.000Z'
 */
export function parseDate(text: string): Date | null {
  if (epochPattern.test(text)) return new Date(Number(text));
  const found = packedPattern.exec(text) ?? spacedPattern.exec(text);
  if (found === null) return null;
  const [, year, month, day, hours, minutes, seconds, millis, offset] = found;
  const iso = `${year}-${month}-${day}T${hours}:${minutes}:${seconds}.${millis ?? '000'}Z`;
  const local = new Date(iso);
  // Date rolls a 30th of February over to March.
  if (Number.isNaN(local.getTime()) || local.toISOString() !== iso) return null;
  return new Date(local.getTime() - parseOffset(offset));
}

function parseOffset(offset: string | undefined): number {
  if (offset === undefined) return chinaOffsetMs;
  if (offset === 'Z') return 0;
  const size = Number(offset.slice(1, 3)) * hourMs + Number(offset.slice(-2)) * minuteMs;
  return offset.startsWith('-') ? -size : size;
}

/**
 * Writes a date as parameters want it: `yyyyMMddHHmmssSSSZ` in China time.
 *
 * @example formatDate(new Date('2018-07-21T09:26:08Z')) // '20180721172608000+0800'
 */
export function formatDate(date: Date): string {
  const digits = new Date(date.getTime() + chinaOffsetMs).toISOString().replace(/\D/g, '');
  return `${digits}+0800`;
}
