import { Command } from 'commander';
import { AppError } from '../shared/errors.ts';

/**
 * The sub-commands, each in a file of its own beside this one and read only when it is called: a forecast of a file
 * needs neither database nor server. In the order of the help.
 */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  watch: async () => (await import('./watch.ts')).watchCommand(),
  demo: async () => (await import('./demo.ts')).demoCommand(),
  organization: async () => (await import('./operator.ts')).organizationCommand(),
  key: async () => (await import('./operator.ts')).keyCommand(),
  shop: async () => (await import('./shop.ts')).shopCommand(),
  events: async () => (await import('./operator.ts')).eventsCommand(),
  forecast: async () => (await import('./forecast.ts')).forecastCommand(),
  backtest: async () => (await import('./backtest.ts')).backtestCommand(),
  'policy-backtest': async () => (await import('./policy-backtest.ts')).policyBacktestCommand(),
  orders: async () => (await import('./orders.ts')).ordersCommand(),
  'policy-orders': async () => (await import('./policy-orders.ts')).policyOrdersCommand(),
  trace: async () => (await import('./trace-classes.ts')).traceCommand(),
  bench: async () => (await import('./bench.ts')).benchCommand(),
};

/** The `shuiwei` command. */
const program = new Command('shuiwei')
  .description('Stock levels, forecasts and alerts for 1688 merchants')
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
