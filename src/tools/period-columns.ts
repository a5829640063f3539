import { AppError } from '../shared/errors.ts';
import { dayMs, parseCalendarDate } from '../shared/time.ts';

/** How the periods of a file are named, so that a forecast can go on where the file ends. */
export interface PeriodNaming {
  readonly kind: 'date' | 'month' | 'number';
  /** Text before the number, such as `d_`; empty for dates and months. */
  readonly prefix: string;
  /** Day number (dates), months since year 0 (months) or the number itself, of the first period. */
  readonly first: number;
  /** Days between dates: 1 or 7; otherwise 1. */
  readonly step: number;
  /** Digits that numbers are padded to; 0 = none. */
  readonly padding: number;
}

/** Which columns of a header are periods, and what they are called. */
export interface PeriodColumns {
  readonly naming: PeriodNaming;
  /** Positions of the period columns in time order. */
  readonly columns: readonly number[];
  /** Positions of the other columns: ids and attributes. */
  readonly others: readonly number[];
}

interface Candidate {
  readonly column: number;
  readonly kind: PeriodNaming['kind'];
  readonly prefix: string;
  readonly value: number;
  readonly text: string;
}

/**
 * Finds the period columns of a wide file: the largest family of columns that are dates (`2024-01-31`), months
 * (`2024-01`) or numbered alike (`d_1`, `w_1`, `m_1`, `1`), one after the other.
 *
 * @param header - column names
 * @returns positions in time order and how to name the periods that follow
 * @throws AppError `invalid_input` naming the columns when no family of two or more is found, or when it has a gap
 * @example findPeriodColumns(['id', 'sell_price_d1941', 'd_1', 'd_2']).columns // [2, 3]
 */
export function findPeriodColumns(header: readonly string[]): PeriodColumns {
  const families = new Map<string, Candidate[]>();
  header.forEach((text, column) => {
    const candidate = toCandidate(text.trim(), column);
    if (candidate === null) return;
    const key = `${candidate.kind}:${candidate.prefix}`;
    const family = families.get(key);
    if (family === undefined) families.set(key, [candidate]);
    else family.push(candidate);
  });
  const largest = [...families.values()].sort((a, b) => b.length - a.length)[0];
  if (largest === undefined || largest.length < 2) {
    throw new AppError(
      'invalid_input',
      `no period columns found in the header (${header.slice(0, 8).join(', ')}${header.length > 8 ? ', …' : ''}); ` +
        'name them d_1 d_2 …, 2024-01-01 …, 2024-01 … or 1 2 …, or use --layout tidy',
    );
  }
  largest.sort((a, b) => a.value - b.value);
  const naming = toNaming(largest);
  const chosen = new Set(largest.map((candidate) => candidate.column));
  return {
    naming,
    columns: largest.map((candidate) => candidate.column),
    others: header.map((_, column) => column).filter((column) => !chosen.has(column)),
  };
}

function toCandidate(text: string, column: number): Candidate | null {
  const date = parseCalendarDate(text);
  if (date !== null) {
    const value = Math.round(Date.parse(`${date}T00:00:00Z`) / dayMs);
    return { column, kind: 'date', prefix: '', value, text };
  }
  const month = /^(\d{4})-(\d{2})$/.exec(text);
  if (month !== null && Number(month[2]) >= 1 && Number(month[2]) <= 12) {
    return { column, kind: 'month', prefix: '', value: Number(month[1]) * 12 + Number(month[2]) - 1, text };
  }
  const numbered = /^(.*?)(\d+)$/.exec(text);
  if (numbered === null) return null;
  return { column, kind: 'number', prefix: numbered[1]!, value: Number(numbered[2]), text: numbered[2]! };
}

function toNaming(family: readonly Candidate[]): PeriodNaming {
  const first = family[0]!;
  const step = family[1]!.value - first.value;
  for (let i = 1; i < family.length; i++) {
    const gap = family[i]!.value - family[i - 1]!.value;
    if (gap === step && (first.kind === 'date' ? step === 1 || step === 7 : step === 1)) continue;
    throw new AppError(
      'invalid_input',
      `period columns must follow each other evenly, but column ${family[i]!.column + 1} (${family[i]!.prefix}${
        family[i]!.text
      }) comes ${gap} after column ${family[i - 1]!.column + 1} (${family[i - 1]!.prefix}${family[i - 1]!.text})`,
    );
  }
  const isPadded = first.text.length > 1 && first.text.startsWith('0');
  const padding = first.kind === 'number' && isPadded ? first.text.length : 0;
  return { kind: first.kind, prefix: first.prefix, first: first.value, step, padding };
}

/**
 * Name of the period at a position: the file's own column name, and the same rule beyond its end.
 *
 * @param naming - of the file
 * @param position - 0 = the file's first period
 * @example periodName({ kind: 'number', prefix: 'd_', first: 1, step: 1, padding: 0 }, 1941) // 'd_1942'
 */
export function periodName(naming: PeriodNaming, position: number): string {
  const value = naming.first + position * naming.step;
  if (naming.kind === 'date') return new Date(value * dayMs).toISOString().slice(0, 10);
  if (naming.kind === 'month') {
    return `${String(Math.floor(value / 12)).padStart(4, '0')}-${String((value % 12) + 1).padStart(2, '0')}`;
  }
  return `${naming.prefix}${String(value).padStart(naming.padding, '0')}`;
}

/**
 * Season length that the period names suggest: 7 for days, 52 for weeks, 12 for months; null when they say
 * nothing.
 *
 * @example suggestSeason({ kind: 'number', prefix: 'w_', first: 1, step: 1, padding: 0 }) // 52
 */
export function suggestSeason(naming: PeriodNaming): number | null {
  if (naming.kind === 'date') return naming.step === 7 ? 52 : 7;
  if (naming.kind === 'month') return 12;
  const letter = naming.prefix.toLowerCase().replace(/[^a-z]/g, '');
  if (letter === 'd' || letter === 'day') return 7;
  if (letter === 'w' || letter === 'week') return 52;
  if (letter === 'm' || letter === 'month') return 12;
  if (letter === 'q' || letter === 'quarter') return 4;
  return null;
}
