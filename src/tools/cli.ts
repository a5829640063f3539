import { Command } from 'commander';

/** The `shuiwei` command: every sub-command lives in a file of its own beside this one. */
const program = new Command('shuiwei')
  .description('Stock levels, forecasts and alerts for 1688 merchants')
  .showHelpAfterError();

await program.parseAsync();
