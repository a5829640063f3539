import { Command } from 'commander';
import { AppError } from '../shared/errors.ts';
import { commands } from './commands.ts';

/** The `shuiwei` command. */
const program = new Command('shuiwei')
  .description('stock levels, forecasts and alerts for 1688 merchants')
  .showHelpAfterError();

try {
  const named = Object.entries(commands).filter(([name]) => name === process.argv[2]);
  // Help, and a word that nobody knows, name them all.
  for (const [, load] of named.length > 0 ? named : Object.entries(commands))
    program.addCommand(await load());
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof Error)) throw error;
  console.error(error instanceof AppError ? error.message : (error.stack ?? error.message));
  process.exitCode = error instanceof AppError && error.code === 'invalid_configuration' ? 2 : 1;
}
