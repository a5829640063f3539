import { describe, expect, it } from 'vitest';
import { calendarDateOf, dayIndexOf, dayOfMonthAt } from '../../../src/domain/forecast/calendar-index.ts';
import type { CalendarDate } from '../../../src/shared/time.ts';

describe('numbered days', () => {
  it('keep their documented examples and go there and back over leap days', () => {
    expect(dayIndexOf('2011-01-29' as CalendarDate)).toBe(15_003);
    expect(calendarDateOf(15_003)).toBe('2011-01-29');
    expect(dayOfMonthAt(15_003)).toBe(29);
    for (const date of ['2024-02-29', '1969-12-31', '2150-03-01'] as CalendarDate[]) {
      expect(calendarDateOf(dayIndexOf(date))).toBe(date);
      expect(dayOfMonthAt(dayIndexOf(date))).toBe(Number(date.slice(8)));
    }
  });
});
