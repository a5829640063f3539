import { describe, expect, test } from 'vitest';
import { HelpRequested, readConfig } from '../src/config.ts';
import { AppError } from '../src/shared/errors.ts';

const keys = `2026a:${Buffer.alloc(32, 1).toString('base64')}`;

function faultsOf(commandLine: string[], environment: Record<string, string>): string[] {
  try {
    readConfig(commandLine, environment);
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid_configuration') return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('readConfig', () => {
  test('needs nothing: all roles, embedded database, a day in two minutes', () => {
    const config = readConfig([], {});
    expect([...config.roles]).toEqual(['api', 'worker', 'sandbox']);
    expect(config).toMatchObject({ host: '127.0.0.1', port: 4000, databaseUrl: null, speed: 720 });
  });

  test('names every fault at once, with the variable and an example', () => {
    const faults = faultsOf(['--roles', 'api,cook', '--speed', 'fast'], {
      PORT: '99999',
      DATABASE_URL: 'mysql://x',
      ALIBABA_1688_GATEWAY_URL: 'not a url',
      LOG_LEVEL: 'loud',
    });
    const named = ['PORT', 'DATABASE_URL', 'ALIBABA_1688_GATEWAY_URL', 'LOG_LEVEL', '--roles', '--speed'];
    for (const name of [...named, 'ALIBABA_1688_APP_KEY', 'ALIBABA_1688_APP_SECRET', 'TOKEN_KEYS']) {
      expect(faults.filter((fault) => fault.startsWith(`${name}:`))).not.toEqual([]);
    }
    expect(faults.find((fault) => fault.startsWith('PORT:'))).toContain('such as 4000');
  });

  test('credentials of a real gateway mean no sandbox and real time', () => {
    const config = readConfig([], { ALIBABA_1688_APP_KEY: '1234567', ALIBABA_1688_APP_SECRET: 'secret' });
    expect([...config.roles]).toEqual(['api', 'worker']);
    expect(config.speed).toBe(1);
    expect(config.alibaba1688.gatewayUrl).toBe('https://gw.open.1688.com');
  });

  test('a database of your own needs keys of your own', () => {
    const environment = { DATABASE_URL: 'postgres://owner@127.0.0.1/shuiwei' };
    expect(faultsOf([], environment)).toEqual([expect.stringMatching(/^TOKEN_KEYS: required/)]);
    expect(faultsOf([], { ...environment, TOKEN_KEYS: keys })).toEqual([]);
    expect(faultsOf([], { TOKEN_KEYS: '2026a:short' })).toEqual([expect.stringMatching(/^TOKEN_KEYS: /)]);
  });

  test('a trace needs the sandbox, speed max is infinite, an empty variable is not set', () => {
    expect(faultsOf(['--trace', 'sales.csv', '--roles', 'api'], {})).toEqual([
      '--trace: needs the sandbox role',
    ]);
    const config = readConfig(['--trace', 'sales.csv', '--speed', 'max'], { DATABASE_URL: '', PORT: '' });
    expect(config).toMatchObject({ traceFile: 'sales.csv', speed: Infinity, databaseUrl: null, port: 4000 });
  });

  test('says what a command line lacks, beside the faults of the environment', () => {
    expect(faultsOf(['--speed', '-1'], { PORT: 'x' })).toEqual([
      'command line: --speed needs a value, such as --speed=720; see --help',
      expect.stringMatching(/^PORT: /),
    ]);
    expect(faultsOf(['--trace'], {})).toEqual([expect.stringContaining('--trace=sales.csv.gz')]);
    expect(faultsOf(['--bogus'], {})).toEqual([
      expect.stringMatching(/^command line: .*--bogus'; see --help$/),
    ]);
  });

  test('without the sandbox time is real, whatever is connected', () => {
    const feed = { WMS_FEED_URL: 'https://wms.example.com/feed', WMS_FEED_TOKEN: 'feed-token' };
    expect(readConfig(['--roles', 'api,worker'], feed).speed).toBe(1);
    expect(faultsOf(['--roles', 'api,worker', '--speed', '720'], feed)).toEqual([
      expect.stringMatching(/^--speed: needs the sandbox role/),
    ]);
  });

  test.each([
    ['without a trace', ['--speed', 'max']],
    ['without a worker', ['--speed', 'max', '--trace', 'sales.csv', '--roles', 'api,sandbox']],
  ])('speed max is refused %s', (_what, commandLine) => {
    expect(faultsOf(commandLine, {})).toEqual([expect.stringMatching(/^--speed: max .*--trace.*worker/)]);
  });

  test('stock is kept at least as long as the events that speak of it', () => {
    const fault = [expect.stringMatching(/^SNAPSHOT_RETENTION_DAYS: must be at least/)];
    expect(faultsOf([], { EVENT_RETENTION_DAYS: '500' })).toEqual(fault);
    expect(faultsOf([], { EVENT_RETENTION_DAYS: '90', SNAPSHOT_RETENTION_DAYS: '31' })).toEqual(fault);
    expect(faultsOf([], { EVENT_RETENTION_DAYS: '31', SNAPSHOT_RETENTION_DAYS: '31' })).toEqual([]);
  });

  test('unknown options are named, help is no fault', () => {
    expect(faultsOf(['--rolls', 'api'], {})[0]).toContain('--rolls');
    expect(() => readConfig(['--help'], {})).toThrow(HelpRequested);
  });
});
