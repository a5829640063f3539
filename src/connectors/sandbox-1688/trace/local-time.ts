const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
    formats.set(timeZone, format);
  }
  return format;
}

/** How far a zone's wall clock is ahead of UTC at an instant, ms. */
function offsetAt(instant: number, timeZone: string): number {
  const [day, month, year, hour, minute, second] = (
    formatOf(timeZone).format(instant).match(/\d+/g) ?? []
  ).map(Number);
  const wall = Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second);
  return wall - Math.floor(instant / 1_000) * 1_000;
}

/**
 * The instant at which a zone's wall clock shows this time.
 *
 * @param wall - ms as if the wall clock were UTC
 * @param timeZone - IANA name
 * @returns ms; of a time that the clocks show twice the first, of one that they skip the one an hour later
 */
export function instantOfWall(wall: number, timeZone: string): number {
  // Offsets change at full hours, so one answer serves a whole hour.
  const key = `${timeZone} ${Math.floor(wall / 3_600_000)}`;
  let offset = offsets.get(key);
  if (offset === undefined) {
    offset = offsetAt(wall - offsetAt(wall, timeZone), timeZone);
    offsets.set(key, offset);
  }
  return wall - offset;
}

const patterns: readonly { pattern: RegExp; order: readonly number[] }[] = [
  // 2010-12-01 08:26[:00], a T instead of the space
  { pattern: /^(\d{4})-(\d{1,2})-(\d{1,2})[ T](\d{1,2}):(\d{2})(?::(\d{2}))?$/, order: [1, 2, 3, 4, 5, 6] },
  // 12/1/2010 8:26, month first, as the public file has it in its CSV form
  { pattern: /^(\d{1,2})\/(\d{1,2})\/(\d{4}) (\d{1,2}):(\d{2})(?::(\d{2}))?$/, order: [3, 1, 2, 4, 5, 6] },
];

/**
 * Reads an instant: RFC 3339 with offset, or a wall-clock time of the given zone.
 *
 * @returns ms; null when the text is no time
 */
export function parseTraceTime(text: string, timeZone: string): number | null {
  if (/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:?\d\d)$/.test(text)) {
    const instant = Date.parse(text);
    return Number.isNaN(instant) ? null : instant;
  }
  for (const { pattern, order } of patterns) {
    const found = pattern.exec(text);
    if (found === null) continue;
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = order.map((index) =>
      Number(found[index] ?? 0),
    );
    if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59) return null;
    return instantOfWall(Date.UTC(year, month - 1, day, hour, minute, second), timeZone);
  }
  return null;
}
