/** Numbers and times in the user's language; instants in the zone of the warehouses. */
export interface Format {
  /** A Decimal of the API, exact; null as a dash. */
  quantity(value: string | number | null | undefined, unit?: string): string;
  count(value: number): string;
  money(amount: { readonly amount: string; readonly currencyCode: string }): string;
  /** As money, with the small coins. */
  price(amount: { readonly amount: string; readonly currencyCode: string }): string;
  /** @param value - 0 to 1 */
  percent(value: number): string;
  /** Day and minute. */
  dateTime(instant: string | number): string;
  /** Day only. */
  date(instant: string | number): string;
  /** Month and day. */
  day(instant: string | number): string;
  /** Month and day of a date of the API, which is the same day in every zone. */
  calendarDay(date: string): string;
  /** Hour, minute, second. */
  time(instant: string | number): string;
  /** Such as "3 hours ago". @param now - business time, ms */
  ago(instant: string, now: number): string;
  /** Such as "3 h 20 min". */
  duration(seconds: number): string;
}

/** What a value shows that is not there. */
export const missing = '–';

/** Nobody counts seconds below this. */
const momentSeconds = 5;

const steps: readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

/** Writes for one language. @param timeZone - in which instants are told */
export function createFormat(locale: string, timeZone: string): Format {
  const exact = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const dateTime = new Intl.DateTimeFormat(locale, {
    timeZone,
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const date = new Intl.DateTimeFormat(locale, {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const dayIn = (zone: string) =>
    new Intl.DateTimeFormat(locale, { timeZone: zone, month: '2-digit', day: '2-digit' });
  const day = dayIn(timeZone);
  const calendarDay = dayIn('UTC');
  const time = new Intl.DateTimeFormat(locale, { timeZone, timeStyle: 'medium', hourCycle: 'h23' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'always', style: 'short' });
  const moment = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' }).format(0, 'second');
  const spans = Object.fromEntries(
    steps.map(([unit]) => [
      unit,
      new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 0 }),
    ]),
  );
  const money =
    (minimumFractionDigits: number, maximumFractionDigits: number) =>
    ({ amount, currencyCode }: { readonly amount: string; readonly currencyCode: string }) =>
      new Intl.NumberFormat(locale, {
        ...{ style: 'currency', currency: currencyCode, currencyDisplay: 'narrowSymbol' },
        ...{ minimumFractionDigits, maximumFractionDigits },
      }).format(amount as Intl.StringNumericLiteral);
  return {
    quantity(value, unit) {
      if (value === null || value === undefined) return missing;
      // As a string literal the number keeps every digit.
      const text = exact.format(value as Intl.StringNumericLiteral);
      return unit === undefined || unit === '' ? text : `${text} ${unit}`;
    },
    count: (value) => exact.format(value),
    money: money(0, 0),
    price: money(2, 2),
    percent: (value) => percent.format(value),
    dateTime: (instant) => dateTime.format(new Date(instant)),
    date: (instant) => date.format(new Date(instant)),
    day: (instant) => day.format(new Date(instant)),
    calendarDay: (date) => calendarDay.format(new Date(`${date}T00:00:00Z`)),
    time: (instant) => time.format(new Date(instant)),
    ago(instant, now) {
      const seconds = Math.round((Date.parse(instant) - now) / 1000);
      // The server's clock and this one differ by moments.
      if (Math.abs(seconds) < momentSeconds) return moment;
      const [unit, size] = steps.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
      return relative.format(Math.trunc(seconds / size), unit);
    },
    duration(seconds) {
      const first = steps.findIndex(([, length]) => seconds >= length);
      const shown = first < 0 ? steps.slice(-1) : steps.slice(first, first + 2);
      let rest = Math.round(seconds);
      return shown
        .map(([unit, length], index) => {
          const whole = Math.floor(rest / length);
          rest -= whole * length;
          return index > 0 && whole === 0 ? '' : (spans[unit]?.format(whole) ?? '');
        })
        .join(' ')
        .trim();
    },
  };
}
