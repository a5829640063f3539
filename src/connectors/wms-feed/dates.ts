const pattern = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2}:\d{2})(\.\d{1,9})?([Zz]|[+-](?:0\d|1[0-4]):[0-5]\d)$/;

/**
 * Reads an RFC 3339 instant; the offset is obligatory. Finer than a millisecond is cut off.
 *
 * @returns null for anything else, such as a 30th of February or a date without a zone
 * @example parseInstant('2026-09-01T08:30:00+08:00')?.toISOString() // '2026-09-01T00:30:00.000Z'
 */
export function parseInstant(text: string): Date | null {
  const found = pattern.exec(text);
  if (found === null) return null;
  const [, day, time, fraction, offset] = found;
  const millis = (fraction ?? '.').slice(1, 4).padEnd(3, '0');
  const local = `${day}T${time}.${millis}`;
  const asUtc = new Date(`${local}Z`);
  // Date rolls a 30th of February over to March.
  if (Number.isNaN(asUtc.getTime()) || asUtc.toISOString() !== `${local}Z`) return null;
  return new Date(`${local}${offset?.toUpperCase()}`);
}
