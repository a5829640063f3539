import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import { dayIndexOf } from '../domain/forecast/calendar-index.ts';
import { type ForecastMethod, forecastMethods } from '../domain/forecast/fitted-method.ts';
import { AppError } from '../shared/errors.ts';
import { parseCalendarDate } from '../shared/time.ts';
import { outputQuantiles, outputWidth, prepareGroups, runForecasts } from './forecast-run.ts';
import { periodName, suggestSeason } from './period-columns.ts';
import { readSeriesFile } from './series-file.ts';
import type { SeriesSet } from './series-set.ts';

/** Ten years of days. */
const horizonMax = 3_660;

/** Options of reading a file that the forecast and the backtest share. */
export interface SeriesCommandOptions {
  readonly input: string;
  readonly layout: 'wide' | 'tidy';
  readonly season?: number;
  readonly startDate?: string;
  readonly groupBy?: string[];
  readonly fitTo?: string;
  readonly idColumns?: string[];
  readonly idPattern?: RegExp;
}

interface ForecastCommandOptions extends SeriesCommandOptions {
  readonly horizon: number;
  readonly output: string;
  readonly method: ForecastMethod | 'AUTO';
  readonly threads: number;
}

/** A file with everything that a forecast needs to know about it. */
export interface LoadedSeries {
  readonly set: SeriesSet;
  readonly season: number;
  /** Number of the first period; null = no calendar. */
  readonly firstDay: number | null;
  /** Group of each series; null = one group. */
  readonly groupNames: readonly string[] | null;
}

/** Reads a whole number of at least 1 from the command line. */
export function parseCount(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('a whole number of 1 or more is needed');
  return value;
}

function parseHorizon(text: string): number {
  const value = parseCount(text);
  if (value > horizonMax) throw new InvalidArgumentError(`at most ${horizonMax} periods can be looked ahead`);
  return value;
}

/** Reads names with commas between from the command line. */
export function parseList(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function parsePattern(text: string): RegExp {
  try {
    return new RegExp(text);
  } catch {
    throw new InvalidArgumentError('a regular expression is needed');
  }
}

/** Adds the options of reading a file to a command. */
export function withSeriesOptions(command: Command): Command {
  return command
    .requiredOption('--input <file>', 'CSV or CSV.gz')
    .addOption(
      new Option('--layout <layout>', 'wide: one column per period; tidy: id, date, quantity')
        .choices(['wide', 'tidy'])
        .default('wide'),
    )
    .option(
      '--season <periods>',
      '7 days, 52 weeks, 12 months, 1 none (default: by the period names, else 7)',
      parseCount,
    )
    .option('--start-date <date>', 'date of the first period, for daily data in numbered columns')
    .option('--group-by <columns>', 'columns whose series share seasonal factors, with commas', parseList)
    .option('--fit-to <period>', 'last period to use: its name, or how many (wide); a date (tidy)')
    .option('--id-columns <columns>', 'columns that name a series (default: found by name)', parseList)
    .option('--id-pattern <regexp>', 'only series whose id matches', parsePattern);
}

/**
 * Reads the file of a command and says on stderr what was found, assumed and skipped.
 *
 * @throws AppError `invalid_input` for unknown columns, a wrong start date or an unreadable file
 */
export async function loadSeries(options: SeriesCommandOptions): Promise<LoadedSeries> {
  const set = await readSeriesFile(options.input, {
    layout: options.layout,
    idColumns: options.idColumns ?? [],
    idPattern: options.idPattern ?? null,
    fitTo: options.fitTo ?? null,
    season: options.season ?? null,
  });
  for (const note of set.notes) process.stderr.write(`note: ${note}\n`);
  const season = options.season ?? suggestSeason(set.naming) ?? 7;
  const firstDay = toFirstDay(set, season, options.startDate);
  const last = periodName(set.naming, set.length - 1);
  process.stderr.write(
    `${set.ids.length} series, ${periodName(set.naming, 0)} to ${last}, season ${season}, ` +
      `${firstDay === null ? 'no calendar' : 'with calendar'}${set.skipped > 0 ? `, ${set.skipped} skipped` : ''}\n`,
  );
  return { set, season, firstDay, groupNames: toGroupNames(set, options.groupBy ?? []) };
}

function toFirstDay(set: SeriesSet, season: number, startDate: string | undefined): number | null {
  if (startDate !== undefined) {
    const date = parseCalendarDate(startDate);
    if (date === null)
      throw new AppError('invalid_input', `--start-date ${startDate} is not a date YYYY-MM-DD`);
    const { kind, first, step } = set.naming;
    if (kind === 'date' && step === 1 && season === 7) {
      const named = periodName(set.naming, 0);
      if (named !== startDate) {
        process.stderr.write(`note: --start-date is not used: the file's own dates begin on ${named}\n`);
      }
      return first;
    }
    if (kind === 'number' && season === 7) return dayIndexOf(date);
    process.stderr.write('note: --start-date is used for daily data (season 7) only\n');
    return null;
  }
  return set.naming.kind === 'date' && set.naming.step === 1 && season === 7 ? set.naming.first : null;
}

function toGroupNames(set: SeriesSet, columns: readonly string[]): string[] | null {
  if (columns.length === 0) return null;
  const parts = columns.map((column) => {
    const values = set.attributes.get(column);
    if (values === undefined) {
      const known = [...set.attributes.keys()].join(', ');
      throw new AppError('invalid_input', `--group-by: no column "${column}"; there are: ${known || 'none'}`);
    }
    return values;
  });
  return set.ids.map((_, i) => parts.map((values) => values[i]!).join('\u0000'));
}

/**
 * The `forecast` command: one row per series and coming period with the mean and nine quantiles.
 *
 * Reads a file, writes a file; the same input gives the same bytes. Periods go on as the file's own columns do:
 * `d_1942` after `d_1941`, the next date after dates, the next month after months.
 */
export function forecastCommand(): Command {
  return withSeriesOptions(new Command('forecast').description('forecast every series of a file'))
    .requiredOption('--horizon <periods>', `periods to look ahead, at most ${horizonMax}`, parseHorizon)
    .requiredOption('--output <file>', 'CSV to write; - for standard output')
    .addOption(
      new Option('--method <method>', 'forecasting method')
        .choices(['AUTO', ...forecastMethods])
        .default('AUTO'),
    )
    .option('--threads <count>', 'worker threads (default: one per core)', parseCount, 0)
    .action(async (options: ForecastCommandOptions) => {
      try {
        await runForecastCommand(options);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        process.stderr.write(`error: ${error.message}\n`);
        process.exitCode = 1;
      }
    });
}

async function runForecastCommand(options: ForecastCommandOptions): Promise<void> {
  const startedAt = performance.now();
  const { set, season, firstDay, groupNames } = await loadSeries(options);
  const names = Array.from({ length: options.horizon }, (_, h) => periodName(set.naming, set.length + h));
  const out = options.output === '-' ? process.stdout : createWriteStream(options.output);
  const failed = new Promise<never>((_, reject) => {
    out.once('error', (error) =>
      reject(
        new AppError('invalid_input', `cannot write ${options.output}: ${error.message}`, { cause: error }),
      ),
    );
  });
  failed.catch(() => undefined);
  out.write(`${['id', 'period', 'mean', ...outputQuantiles.map((level) => `q${level}`)].join(',')}\n`);
  const job = {
    values: set.values,
    length: set.length,
    firstDay: firstDay ?? 0,
    season,
    horizon: options.horizon,
    method: options.method,
    ...prepareGroups(set, groupNames, season, firstDay, set.length),
  };
  const progress = progressLine(set.ids.length);
  const blank: string[] = [];
  await Promise.race([
    failed,
    runForecasts(job, options.threads, async (i, result) => {
      progress(i + 1);
      if (Number.isNaN(result[0])) blank.push(set.ids[i]!);
      if (!out.write(toRows(set.ids[i]!, names, result))) await Promise.race([failed, once(out, 'drain')]);
    }),
  ]);
  if (out !== process.stdout) {
    out.end();
    await Promise.race([failed, once(out, 'finish')]);
  }
  if (blank.length > 0) {
    const named = blank.slice(0, 5).join(', ');
    process.stderr.write(
      `note: ${blank.length} series without a forecast, left blank: nothing is known of them, or their numbers are too big (${named}${blank.length > 5 ? ', …' : ''})\n`,
    );
  }
  process.stderr.write(`done in ${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`);
}

function toRows(id: string, names: readonly string[], result: Float64Array): string {
  const quoted = /[",\n\r]/.test(id) ? `"${id.replaceAll('"', '""')}"` : id;
  let text = '';
  names.forEach((name, h) => {
    text += `${quoted},${name}`;
    for (let j = 0; j < outputWidth; j++) {
      const value = result[h * outputWidth + j]!;
      text += `,${Number.isNaN(value) ? '' : Number(value.toPrecision(7))}`;
    }
    text += '\n';
  });
  return text;
}

/** Says how far the work is: on a terminal in place, else every tenth. */
function progressLine(total: number): (done: number) => void {
  let shown = 0;
  return (done) => {
    const tenth = Math.floor((done / total) * 10);
    if (tenth === shown && done < total) return;
    shown = tenth;
    process.stderr.write(
      process.stderr.isTTY
        ? `\r${done}/${total} series${done === total ? '\n' : ''}`
        : `${done}/${total} series\n`,
    );
  };
}
