import { expect, it } from 'vitest';
import { parseInstant } from '../../../src/connectors/wms-feed/dates.ts';

it.each([
  ['2026-09-01T08:30:00+08:00', '2026-09-01T00:30:00.000Z'],
  ['2026-09-01T00:30:00Z', '2026-09-01T00:30:00.000Z'],
  ['2026-09-01t00:30:00.123456789z', '2026-09-01T00:30:00.123Z'],
  ['2026-09-01T00:30:00.5-09:30', '2026-09-01T10:00:00.500Z'],
  ['2026-02-30T00:30:00Z', null],
  ['2026-09-01T24:30:00Z', null],
  ['2026-09-01T08:30:00', null],
  ['2026-09-01', null],
  ['1756686600000', null],
])('reads %s as %s', (text, expected) => {
  expect(parseInstant(text)?.toISOString() ?? null).toBe(expected);
});
