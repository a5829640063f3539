import { Command } from 'commander';
import { forecastCommand } from './forecast.ts';
import { addTraceCommands } from './trace-classes.ts';

/** The `shuiwei` command: every sub-command lives in a file of its own beside this one. */
const program = new Command('shuiwei')
  .description('Stock levels, forecasts and alerts for 1688 merchants')
  .showHelpAfterError();

program.addCommand(forecastCommand());

addTraceCommands(program);

await program.parseAsync();
