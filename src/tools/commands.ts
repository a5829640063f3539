import type { Command } from 'commander';

/**
 * The sub-commands, each in a file of its own beside this one and read only when it is called: a forecast of a file
 * needs neither database nor server. In the order of the
 * help. Every text of the help begins with a small letter and has no full stop, as commander's own.
 */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
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
