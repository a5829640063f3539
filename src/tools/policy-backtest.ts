import { Command, InvalidArgumentError, Option } from 'commander';
import { demoOrganizationId } from '../app/demo.ts';
import { ensureBusinessClock, openBusinessClock } from '../db/business-clock.ts';
import type { Database } from '../db/client.ts';
import {
  countBacktestLevels,
  listBacktestLevels,
  loadBacktestLevels,
} from '../db/queries/policy-backtest-level.ts';
import { withOrganization } from '../db/tenant.ts';
import { runBacktestJob } from '../domain/plan/backtest-job.ts';
import type { BacktestRequest } from '../domain/plan/backtest-request.ts';
import type { BacktestMethod } from '../domain/plan/policy-backtest.ts';
import {
  type BacktestFigures,
  type BacktestSums,
  backtestFigures,
  joinBacktests,
  noBacktestSums,
} from '../domain/plan/policy-backtest-sum.ts';
import { caveatsOf, caveatText } from '../graphql/policy-backtest-caveat.ts';
import { AppError } from '../shared/errors.ts';
import type { OrganizationId } from '../shared/ids.ts';
import { type CalendarDate, minuteMs, parseCalendarDate } from '../shared/time.ts';
import { parseOrganizationId } from './operator.ts';
import { withDatabase } from './with-database.ts';

interface PolicyBacktestOptions {
  readonly organization: OrganizationId;
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  readonly method: BacktestMethod;
  readonly serviceLevel?: number;
  readonly coverDays: number;
  readonly leadDays?: number;
  readonly reviewDays?: number;
  readonly moq?: number;
  readonly multiple?: number;
  readonly sku?: string[];
  readonly warehouse?: string[];
  readonly category?: string[];
  readonly locale: 'zh-CN' | 'en';
}

/** Levels read and replayed before progress is told. */
const levelsAtOnce = 25;
const deadlineMs = 2 * minuteMs;

/**
 * `shuiwei policy-backtest`: replays stored history under a policy, with only what was known each day, and prints CSV
 * figures; progress and caveats go to the error stream. Reads the database, writes nothing.
 */
export function policyBacktestCommand(): Command {
  return new Command('policy-backtest')
    .description('what a policy would have brought over past days, decided with only what was known each day')
    .option(
      '--organization <id>',
      'whose history; default: the demo shop',
      parseOrganizationId,
      demoOrganizationId,
    )
    .requiredOption('--from <day>', 'first day, YYYY-MM-DD', parseDay)
    .requiredOption('--to <day>', 'last day, itself included', parseDay)
    .addOption(
      new Option('--method <method>', 'how orders are decided')
        .choices(['SERVICE_LEVEL', 'DAYS_OF_COVER'])
        .default('SERVICE_LEVEL'),
    )
    .option('--service-level <level>', 'default: as set for each item, else 0.95', numberBetween(0.5, 0.999))
    .option('--cover-days <days>', 'DAYS_OF_COVER: order up to so many days', numberBetween(1, 365), 14)
    .option(
      '--lead-days <days>',
      'default: as set, or as receipts before the first day tell',
      numberBetween(0, 365),
    )
    .option('--review-days <days>', 'days between orders; default: as set, else 1', numberBetween(1, 90))
    .option('--moq <units>', 'minimum order quantity; default: as set, else none', numberBetween(0, 1e12))
    .option('--multiple <units>', 'order multiple; default: 1', numberBetween(1e-6, 1e12))
    .option('--sku <skus...>', 'only these items')
    .option('--warehouse <codes...>', 'only these warehouses')
    .option('--category <names...>', 'only these categories')
    .addOption(new Option('--locale <locale>', 'language of caveats').choices(['zh-CN', 'en']).default('en'))
    .action((options: PolicyBacktestOptions) => withDatabase(({ db }) => run(db, options)));
}

async function run(db: Database, options: PolicyBacktestOptions): Promise<void> {
  const request = toRequest(options);
  if (request.to < request.from) {
    throw new AppError('invalid_input', `--to ${request.to} lies before --from ${request.from}`);
  }
  await ensureBusinessClock(db);
  const clock = await openBusinessClock(db);
  try {
    const sums = await replay(db, options.organization, request, clock.now());
    print(sums, backtestFigures(sums));
    for (const caveat of caveatsOf(request, sums)) {
      process.stderr.write(`note: ${caveatText(caveat, options.locale)}\n`);
    }
  } finally {
    await clock.stop();
  }
}

async function replay(
  db: Database,
  organizationId: OrganizationId,
  request: BacktestRequest,
  at: Date,
): Promise<BacktestSums> {
  const read = <T>(work: Parameters<typeof withOrganization<T>>[3]) =>
    withOrganization(db, 'app', organizationId, work, { isIdempotent: true, isReadOnly: true, deadlineMs });
  const total = await read((sql) => countBacktestLevels(sql, request.filter));
  if (total === 0) throw new AppError('invalid_input', 'no watched level is left by the given filter');
  let sums = noBacktestSums;
  let done = 0;
  let after: string | null = null;
  for (;;) {
    const from = after;
    const { keys, levels } = await read(async (sql) => {
      const listed = await listBacktestLevels(sql, request.filter, from, levelsAtOnce);
      return { keys: listed, levels: await loadBacktestLevels(sql, listed, request, at) };
    });
    sums = joinBacktests(sums, runBacktestJob({ levels, from: request.from, to: request.to }));
    done += keys.length;
    process.stderr.write(`${done} of ${total} levels\n`);
    const last = keys.at(-1);
    if (last === undefined || keys.length < levelsAtOnce) return sums;
    after = `${last.itemId}/${last.warehouseId}`;
  }
}

function print(sums: BacktestSums, figures: BacktestFigures): void {
  const fixed = (value: number | null, digits: number) => (value === null ? '' : value.toFixed(digits));
  const rows: readonly (readonly [string, string | number])[] = [
    ['levels', sums.levels],
    ['level_days', sums.levelDays],
    ['demand_units', fixed(sums.demandUnits, 1)],
    ['lost_units', fixed(sums.lostUnits, 1)],
    ['fill_rate', fixed(figures.fillRate, 4)],
    ['stock_out_days', sums.stockOutDays],
    ['average_stock_units', fixed(figures.averageStockUnits, 1)],
    ['average_stock_value', fixed(figures.averageStockValue, 2)],
    ['orders', sums.orders],
    ['ordered_units', fixed(sums.orderedUnits, 1)],
    ['alerts', sums.alerts],
    ['alert_precision', fixed(figures.precision, 4)],
    ['alert_recall', fixed(figures.recall, 4)],
    ['median_warning_days', fixed(figures.medianLeadDays, 1)],
    ['actual_stock_out_days', sums.actualStockOutDays],
    ['actual_average_stock_units', fixed(figures.actualAverageStockUnits, 1)],
    ['actual_average_stock_value', fixed(figures.actualAverageStockValue, 2)],
    ['censored_level_days', sums.censoredDays],
  ];
  process.stdout.write('figure,value\n');
  for (const [name, value] of rows) process.stdout.write(`${name},${value}\n`);
}

function toRequest(options: PolicyBacktestOptions): BacktestRequest {
  const listed = (list: readonly string[] | undefined) =>
    list === undefined ? null : [...new Set(list)].sort();
  return {
    from: options.from,
    to: options.to,
    policy: {
      method: options.method,
      serviceLevel: options.serviceLevel ?? null,
      coverDays: options.coverDays,
      leadTimeDays: options.leadDays ?? null,
      reviewDays: options.reviewDays ?? null,
      moq: options.moq ?? null,
      multiple: options.multiple ?? null,
    },
    filter: {
      skus: listed(options.sku),
      warehouseCodes: listed(options.warehouse),
      categories: listed(options.category),
    },
  };
}

function parseDay(text: string): CalendarDate {
  const day = parseCalendarDate(text);
  if (day === null) throw new InvalidArgumentError('must be a day that exists, YYYY-MM-DD');
  return day;
}

function numberBetween(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`must be a number from ${min} to ${max}`);
  };
}
