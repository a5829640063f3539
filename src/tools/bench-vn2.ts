import { join } from 'node:path';
import { Command } from 'commander';
import type { PipelineState } from '../domain/plan/panel/lost-sales-order.ts';
import { makePanelForecaster } from '../domain/plan/panel/panel-forecast.ts';
import {
  defaultHoldingFactor,
  makeLostSalesPolicy,
  type PanelPolicy,
  replayPanel,
} from '../domain/plan/panel/panel-policy.ts';
import type { SalesPanel } from '../domain/plan/panel/sales-panel.ts';
import { computeSeasonalAverage, makeCoverPolicy } from '../domain/plan/panel/seasonal-average.ts';
import { AppError } from '../shared/errors.ts';
import { readCsvTable, toPanel } from './panel-file.ts';

/** The challenge's rules: two weeks' lead, weekly orders, 0.2 per unit and week held, 1 per unit lost. */
const costs = { holding: 0.2, shortage: 1 };
const leadPeriods = 2;
const windowPeriods = 8;
/** The first two weeks follow from the start state; orders of the last two would arrive too late. */
const warmUp = 2;
const orderRounds = 6;
const windowCount = 8;
/** Windows before those that the rule's cover is tuned on: as many as leave it a year of history. */
const earlierCount = 5;
/** Weeks that the start state of a window is grown over, by the plain rule. */
const grownPeriods = 13;
const covers = [2.5, 2.75, 3, 3.25, 3.5, 3.75, 4, 4.25];
const organisersCover = 4;

interface Window {
  readonly origin: number;
  readonly states: readonly PipelineState[];
}

/**
 * `bench vn2`: cost of our orders against the plain order-up-to rule over the last eight windows of a VN2 history,
 * with the rule's cover tuned on the weeks before them, the cover that turned out best, and with the organisers' four weeks.
 *
 * Every window has one common start state. Since a leaner start favours leaner rules, three are tried: one as lean as
 * the challenge began with, and two grown over the 13 weeks before by the plain rule.
 */
export function benchVn2Command(): Command {
  return new Command('vn2')
    .description('cost of the order policy on the VN2 history, against the plain order-up-to rule')
    .requiredOption('--data <folder>', 'folder with vn2_sales_weekly.csv.gz and vn2_in_stock_weekly.csv.gz')
    .action(async (options: { data: string }) => {
      try {
        const sales = await readCsvTable(join(options.data, 'vn2_sales_weekly.csv.gz'));
        const inStock = await readCsvTable(join(options.data, 'vn2_in_stock_weekly.csv.gz'));
        compare(toPanel(sales, inStock, 'week').panel);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        process.stderr.write(`error: ${error.message}\n`);
        process.exitCode = 1;
      }
    });
}

function compare(panel: SalesPanel): void {
  const forecaster = makePanelForecaster(panel, leadPeriods + 1);
  const ours = makeLostSalesPolicy(
    forecaster,
    panel.seriesCount,
    leadPeriods + 1,
    costs,
    defaultHoldingFactor,
  );
  const rules = new Map(covers.map((cover) => [cover, makeCoverPolicy(panel, cover)]));
  const last = panel.periodCount - 1;
  const tested = Array.from({ length: windowCount }, (_, w) => last - windowPeriods * (windowCount - w));
  const earlier = Array.from(
    { length: earlierCount },
    (_, w) => tested[0]! - windowPeriods * (earlierCount - w),
  );
  const starts: (readonly [string, (origin: number) => readonly PipelineState[]])[] = [
    ['as lean as that of the challenge', (origin) => leanStates(panel, origin)],
    ['grown by the 3-week rule', (origin) => growStates(panel, origin, rules.get(3)!)],
    ['grown by the 4-week rule', (origin) => growStates(panel, origin, rules.get(organisersCover)!)],
  ];
  for (const [described, statesAt] of starts) {
    const at = (origins: readonly number[]): Window[] =>
      origins.map((origin) => ({ origin, states: statesAt(origin) }));
    const before = at(earlier);
    const windows = at(tested);
    const cheapest = (where: readonly Window[]): number =>
      covers.reduce((best, cover) =>
        sum(replay(panel, where, rules.get(cover)!)) < sum(replay(panel, where, rules.get(best)!))
          ? cover
          : best,
      );
    const tuned = cheapest(before);
    const hindsight = cheapest(windows);
    const results = [
      ['shuiwei', replay(panel, windows, ours)],
      [`${tuned} weeks (tuned before)`, replay(panel, windows, rules.get(tuned)!)],
      [`${hindsight} weeks (best afterwards)`, replay(panel, windows, rules.get(hindsight)!)],
      [`${organisersCover} weeks`, replay(panel, windows, rules.get(organisersCover)!)],
    ] as const;
    process.stdout.write(`start states ${described}\n`);
    for (const [name, window] of results) {
      const less = (1 - sum(results[0][1]) / sum(window)) * 100;
      const figures = window.map((cost) => cost.toFixed(0).padStart(6)).join('');
      const share = name === 'shuiwei' ? '' : `  ours ${less.toFixed(1)} % less`;
      process.stdout.write(`  ${name.padEnd(26)}${figures}  = ${sum(window).toFixed(1)}${share}\n`);
    }
  }
}

/** Weeks of expected demand in the state that the challenge itself began with: on hand, next week, the week after. */
const leanOnHand = 1.41;
const leanInTransit = [0, 1.07] as const;

function leanStates(panel: SalesPanel, origin: number): readonly PipelineState[] {
  const means = computeSeasonalAverage(panel, origin, 1);
  return Array.from({ length: panel.seriesCount }, (_, s) => ({
    onHand: Math.round(leanOnHand * means[s]!),
    inTransit: leanInTransit.map((weeks) => Math.round(weeks * means[s]!)),
  }));
}

function growStates(panel: SalesPanel, origin: number, rule: PanelPolicy): readonly PipelineState[] {
  const from = Math.max(0, origin - grownPeriods);
  const empty = { onHand: 0, inTransit: [0, 0] };
  const states = Array.from({ length: panel.seriesCount }, (_, s) => {
    const units = rule(from, s, empty);
    return { onHand: Math.round(units / 2), inTransit: [Math.round(units / 4), Math.round(units / 4)] };
  });
  const periods = origin - from;
  return replayPanel(
    { panel, origin: from, periods, warmUp: 0, orderRounds: periods, reviewPeriods: 1, costs, states },
    rule,
  ).endStates;
}

function replay(panel: SalesPanel, windows: readonly Window[], policy: PanelPolicy): number[] {
  return windows.map(
    ({ origin, states }) =>
      replayPanel(
        { panel, origin, periods: windowPeriods, warmUp, orderRounds, reviewPeriods: 1, costs, states },
        policy,
      ).total.cost,
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
