import { Command } from 'commander';
import { benchDashboardCommand } from './bench-dashboard.ts';
import { benchForecastCommand } from './bench-forecast.ts';
import { benchGuardCommand } from './bench-guard.ts';
import { benchInventoryCommand } from './bench-inventory.ts';
import { benchKpiSortsCommand } from './bench-kpi-sorts.ts';
import { benchPlanCommand } from './bench-plan.ts';
import { benchPlanSumsCommand } from './bench-plan-sums.ts';
import { benchScenarioCommand } from './bench-scenario.ts';
import { benchSubscribersCommand } from './bench-subscribers.ts';
import { benchTransfersCommand } from './bench-transfers.ts';
import { benchVn2Command } from './bench-vn2.ts';

/** The `bench` command: measurements on data that the user has; one sub-command per file beside this one. */
export function benchCommand(): Command {
  const bench = new Command('bench').description('measure quality and speed on data of your own');
  bench.addCommand(benchForecastCommand());
  bench.addCommand(benchInventoryCommand());
  bench.addCommand(benchVn2Command());
  bench.addCommand(benchTransfersCommand());
  bench.addCommand(benchPlanCommand());
  bench.addCommand(benchPlanSumsCommand());
  bench.addCommand(benchScenarioCommand());
  bench.addCommand(benchKpiSortsCommand());
  bench.addCommand(benchGuardCommand());
  bench.addCommand(benchDashboardCommand());
  bench.addCommand(benchSubscribersCommand());
  return bench;
}
