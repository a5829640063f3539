import { writeFile } from 'node:fs/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import { stringify } from 'csv-stringify/sync';
import type { OrderCosts, PipelineState } from '../domain/plan/panel/lost-sales-order.ts';
import { makePanelForecaster } from '../domain/plan/panel/panel-forecast.ts';
import {
  defaultHoldingFactor,
  makeLostSalesPolicy,
  type PanelPolicy,
  replayPanel,
} from '../domain/plan/panel/panel-policy.ts';
import type { PanelPeriod, SalesPanel } from '../domain/plan/panel/sales-panel.ts';
import { makeCoverPolicy } from '../domain/plan/panel/seasonal-average.ts';
import { AppError } from '../shared/errors.ts';
import { type NamedPanel, readCsvTable, toPanel, toStates } from './panel-file.ts';

interface PolicyOrdersOptions {
  readonly sales: string;
  readonly inStock: string;
  readonly state?: string;
  readonly leadPeriods: number;
  readonly reviewPeriods: number;
  readonly holdingCost: number;
  readonly shortageCost: number;
  readonly period: PanelPeriod;
  readonly output?: string;
  readonly replay?: number;
}

/**
 * The `policy-orders` command: one round of orders for a history and a state, or a replay over the end of the
 * history itself.
 *
 * Reads the given files, writes the output file only when every input is sound. Deterministic.
 */
export function policyOrdersCommand(): Command {
  return new Command('policy-orders')
    .description(
      'order quantities for every location and item of a file, so that lost sales and stock cost least',
    )
    .requiredOption('--sales <file>', 'CSV or CSV.gz: location, item, then one column per period')
    .requiredOption(
      '--in-stock <file>',
      'same columns: 1 = was in stock in that period, 0 = was not; may end earlier, then the rest counts as in stock',
    )
    .option('--state <file>', 'CSV or CSV.gz: location, item, on_hand, in_transit_1, … one per lead period')
    .option('--lead-periods <n>', 'an order placed now can be sold after so many periods', wholeFrom(0), 2)
    .option('--review-periods <n>', 'periods between two orders', wholeFrom(1), 1)
    .option('--holding-cost <cost>', 'per unit left at the end of a period', positive, 0.2)
    .option('--shortage-cost <cost>', 'per unit of demand lost', positive, 1)
    .addOption(
      new Option('--period <length>', 'length of a period').choices(['week', 'month']).default('week'),
    )
    .option('--output <file>', 'CSV to write: location, item, order_quantity')
    .option('--replay <n>', 'do not order, but replay the last n periods of the file', wholeFrom(1))
    .action(async (options: PolicyOrdersOptions) => {
      try {
        await run(options);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        process.stderr.write(`error: ${error.message}\n`);
        process.exitCode = 1;
      }
    });
}

async function run(options: PolicyOrdersOptions): Promise<void> {
  const named = toPanel(
    await readCsvTable(options.sales),
    await readCsvTable(options.inStock),
    options.period,
  );
  const { panel } = named;
  process.stderr.write(`${panel.seriesCount} series, ${panel.periodCount} periods\n`);
  if (named.unflaggedPeriods > 0) {
    process.stderr.write(
      `note: ${options.inStock} ends ${named.unflaggedPeriods} periods earlier; these count as in stock\n`,
    );
  }
  if (panel.cycle === 1) {
    process.stderr.write('note: the period columns have no dates, so no yearly pattern is used\n');
  }
  if (options.replay === undefined) await writeOrders(named, options);
  else printReplay(panel, options, options.replay);
}

async function writeOrders({ panel, names }: NamedPanel, options: PolicyOrdersOptions): Promise<void> {
  if (options.state === undefined || options.output === undefined) {
    throw new AppError('invalid_input', 'a round of orders needs --state and --output (or use --replay)');
  }
  const states = toStates(await readCsvTable(options.state), names, options.leadPeriods);
  const policy = makePolicy(panel, options);
  const orders = states.map((state, s) => policy(panel.periodCount - 1, s, state));
  const rows = names.map(({ location, item }, s) => [location, item, orders[s]]);
  try {
    await writeFile(options.output, stringify([['location', 'item', 'order_quantity'], ...rows]));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError('invalid_input', `cannot write ${options.output}: ${reason}`, { cause: error });
  }
  const total = orders.reduce((sum, order) => sum + order, 0);
  const placed = orders.filter((order) => order > 0).length;
  process.stderr.write(`${total} units in ${placed} orders written to ${options.output}\n`);
}

function makePolicy(panel: SalesPanel, options: PolicyOrdersOptions): PanelPolicy {
  const horizon = options.leadPeriods + options.reviewPeriods;
  const forecaster = makePanelForecaster(panel, horizon);
  return makeLostSalesPolicy(forecaster, panel.seriesCount, horizon, costsOf(options), defaultHoldingFactor);
}

function costsOf(options: PolicyOrdersOptions): OrderCosts {
  return { holding: options.holdingCost, shortage: options.shortageCost };
}

/** Replays ours and the plain rule from one common start and prints both. */
function printReplay(panel: SalesPanel, options: PolicyOrdersOptions, periods: number): void {
  const origin = panel.periodCount - 1 - periods;
  if (origin < 0 || periods <= options.leadPeriods) {
    throw new AppError(
      'invalid_input',
      `--replay ${periods}: needs more periods than the lead time (${options.leadPeriods}) and fewer than the file (${panel.periodCount})`,
    );
  }
  const states = startStates(panel, origin, options.leadPeriods);
  const cover = options.leadPeriods + options.reviewPeriods;
  const rules: (readonly [string, PanelPolicy])[] = [
    ['shuiwei', makePolicy(panel, options)],
    [`order up to ${cover} periods`, makeCoverPolicy(panel, cover)],
    [`order up to ${cover + 1} periods`, makeCoverPolicy(panel, cover + 1)],
  ];
  const orderRounds = periods - options.leadPeriods;
  const warmUp = options.leadPeriods;
  process.stdout.write('policy,cost,holding_cost,shortage_cost,fill_rate,mean_stock,stock_out_share\n');
  for (const [name, policy] of rules) {
    const { reviewPeriods } = options;
    const replay = { panel, origin, periods, warmUp, orderRounds, reviewPeriods, costs: costsOf(options) };
    const { total } = replayPanel({ ...replay, states }, policy);
    const fillRate = total.demandUnits > 0 ? 1 - total.lostUnits / total.demandUnits : 1;
    const figures = [
      ...[total.cost, total.holdingCost, total.shortageCost].map((value) => value.toFixed(1)),
      fillRate.toFixed(4),
      (total.stockUnitPeriods / (periods - warmUp)).toFixed(1),
      (total.stockOutPeriods / total.scoredPeriods).toFixed(4),
    ];
    process.stdout.write(`${[name, ...figures].join(',')}\n`);
  }
}

/** One common start for every rule: a period's plain expected demand on hand and in every lead period. */
function startStates(panel: SalesPanel, origin: number, leadPeriods: number): PipelineState[] {
  const onePeriod = makeCoverPolicy(panel, 1);
  return Array.from({ length: panel.seriesCount }, (_, s) => {
    const units = onePeriod(origin, s, { onHand: 0, inTransit: [] });
    return { onHand: units, inTransit: new Array<number>(leadPeriods).fill(units) };
  });
}

function wholeFrom(lowest: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isInteger(value) && value >= lowest) return value;
    throw new InvalidArgumentError(`a whole number of ${lowest} or more is needed`);
  };
}

function positive(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('a number above 0 is needed');
}
