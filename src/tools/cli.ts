import { Command } from 'commander';
import { AppError } from '../shared/errors.ts';
import { backtestCommand } from './backtest.ts';
import { benchCommand } from './bench.ts';
import { demoCommand } from './demo.ts';
import { forecastCommand } from './forecast.ts';
import { eventsCommand, keyCommand, organizationCommand } from './operator.ts';
import { ordersCommand } from './orders.ts';
import { policyBacktestCommand } from './policy-backtest.ts';
import { policyOrdersCommand } from './policy-orders.ts';
import { shopCommand } from './shop.ts';
import { traceCommand } from './trace-classes.ts';
import { watchCommand } from './watch.ts';

/** The `shuiwei` command: every sub-command lives in a file of its own beside this one. */
const program = new Command('shuiwei')
  .description('Stock levels, forecasts and alerts for 1688 merchants')
  .showHelpAfterError()
  .addCommand(watchCommand())
  .addCommand(demoCommand())
  .addCommand(organizationCommand())
  .addCommand(keyCommand())
  .addCommand(shopCommand())
  .addCommand(eventsCommand())
  .addCommand(forecastCommand())
  .addCommand(backtestCommand())
  .addCommand(policyBacktestCommand())
  .addCommand(ordersCommand())
  .addCommand(policyOrdersCommand())
  .addCommand(traceCommand())
  .addCommand(benchCommand());

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof Error)) throw error;
  console.error(error instanceof AppError ? error.message : (error.stack ?? error.message));
  process.exitCode = error instanceof AppError && error.code === 'invalid_configuration' ? 2 : 1;
}
