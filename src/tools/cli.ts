import { Command } from 'commander';
import { backtestCommand } from './backtest.ts';
import { benchCommand } from './bench.ts';
import { forecastCommand } from './forecast.ts';
import { policyOrdersCommand } from './policy-orders.ts';
import { traceCommand } from './trace-classes.ts';

/** The `shuiwei` command: every sub-command lives in a file of its own beside this one. */
const program = new Command('shuiwei')
  .description('Stock levels, forecasts and alerts for 1688 merchants')
  .showHelpAfterError();

program.addCommand(forecastCommand());
program.addCommand(backtestCommand());
program.addCommand(policyOrdersCommand());
program.addCommand(benchCommand());
program.addCommand(traceCommand());

await program.parseAsync();
