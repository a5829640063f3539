import { parseArgs } from 'node:util';
import { z } from 'zod';
import { AppError } from './shared/errors.ts';

/** What a process can do; several processes may share the work on one database. */
type Role = 'api' | 'worker' | 'sandbox';

/** Everything that can be set, parsed and checked. Units stand in the names. */
export interface Config {
  roles: ReadonlySet<Role>;
  host: string;
  port: number;
  /** Null = start the embedded Postgres. */
  databaseUrl: string | null;
  databaseAppUrl: string | null;
  databaseWorkerUrl: string | null;
  /** Folder for the embedded database, keys and logs; null = chosen by the part that needs it. */
  dataDir: string | null;
  /** `kid:base64` pairs, newest first; null = generated beside the embedded database. */
  tokenKeys: string | null;
  alibaba1688: {
    gatewayUrl: string;
    /** Null = the sandbox supplies them. */
    appKey: string | null;
    appSecret: string | null;
    /** Name of the seller order list API: plain or its `ec` twin. */
    sellerOrderApi: string;
    callsPerSecondPerApp: number;
    callsPerSecondPerShop: number;
  };
  wmsFeed: { url: string; token: string } | null;
  /** The installation's mail server; null = mail channels bring their own. */
  smtpUrl: string | null;
  /** Where people open the pages, for links in messages; without a slash at its end; null = messages hold no links. */
  publicUrl: string | null;
  corsOrigins: string[];
  logLevel: 'debug' | 'info' | 'warn' | 'error';
  /** Query cost that an API key may spend in the long run, points a second; null = not limited. */
  queryPointsPerSecond: number | null;
  pollIntervalMinutes: number;
  eventRetentionDays: number;
  snapshotRetentionDays: number;
  /** Recorded sales to replay in the sandbox; null = the built-in world. */
  traceFile: string | null;
  /** Business seconds in one real second; Infinity = as fast as the machine can (`max`). 1 without the sandbox. */
  speed: number;
}

/** One day in two minutes. */
const sandboxSpeed = 720;

const url = (example: string, protocols: string[]) =>
  z.string().refine((text) => {
    try {
      return protocols.includes(new URL(text).protocol);
    } catch {
      return false;
    }
  }, `must be a URL such as ${example}`);

const postgresUrl = url('postgres://owner:password@127.0.0.1:5432/shuiwei', ['postgres:', 'postgresql:']);

const wholeNumber = (min: number, max: number, example: string) =>
  z
    .string()
    .refine(
      (text) => /^\d{1,9}$/.test(text) && Number(text) >= min && Number(text) <= max,
      `must be a whole number from ${min} to ${max}, such as ${example}`,
    )
    .transform(Number);

const rate = z
  .string()
  .refine((text) => Number(text) > 0 && Number(text) <= 10_000, 'must be calls a second above 0, such as 3')
  .transform(Number);

/** Less would refuse for ever the costliest operation that the API takes: its 60,000 points are filled up in 10 s. */
const queryPointsMin = 6_000;

const environmentModel = z.object({
  HOST: z.string().min(1, 'must be an address to listen on, such as 127.0.0.1').default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535, '4000').default(4000),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_APP_URL: postgresUrl.optional(),
  DATABASE_WORKER_URL: postgresUrl.optional(),
  SHUIWEI_DATA_DIR: z
    .string()
    .startsWith('/', 'must be an absolute folder such as /var/lib/shuiwei')
    .optional(),
  TOKEN_KEYS: z
    .string()
    .regex(
      /^[\w-]{1,32}:[A-Za-z0-9+/_-]{43}=?(,[\w-]{1,32}:[A-Za-z0-9+/_-]{43}=?)*$/,
      'must be id:key pairs, newest first, each key 32 random bytes in base64, such as 2026a:$(openssl rand -base64 32)',
    )
    .optional(),
  ALIBABA_1688_GATEWAY_URL: url('https://gw.open.1688.com', ['http:', 'https:']).optional(),
  ALIBABA_1688_APP_KEY: z
    .string()
    .regex(/^\d{1,20}$/, 'must be the digits of the app key, such as 1234567')
    .optional(),
  ALIBABA_1688_APP_SECRET: z.string().min(4, 'must be the app secret from the console').optional(),
  ALIBABA_1688_SELLER_ORDER_API: z
    .enum(['alibaba.trade.getSellerOrderList', 'alibaba.trade.ec.getOrderList.sellerView'], {
      error: 'must be alibaba.trade.getSellerOrderList or alibaba.trade.ec.getOrderList.sellerView',
    })
    .default('alibaba.trade.getSellerOrderList'),
  ALIBABA_1688_CALLS_PER_SECOND_PER_APP: rate.default(3),
  ALIBABA_1688_CALLS_PER_SECOND_PER_SHOP: rate.default(3),
  WMS_FEED_URL: url('https://wms.example.com/feed', ['http:', 'https:']).optional(),
  WMS_FEED_TOKEN: z.string().min(8, 'must have at least 8 characters').optional(),
  SMTP_URL: url('smtps://user:password@mail.example.com:465', ['smtp:', 'smtps:']).optional(),
  PUBLIC_URL: url('https://stock.example.com', ['http:', 'https:'])
    .transform((text) => text.replace(/\/+$/, ''))
    .optional(),
  CORS_ORIGINS: z
    .string()
    .regex(/^https?:\/\/[^\s,/]+(,https?:\/\/[^\s,/]+)*$/, 'must be origins such as https://shop.example.com')
    .optional(),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error'], { error: 'must be debug, info, warn or error' })
    .default('info'),
  QUERY_POINTS_PER_SECOND: z
    .string()
    .refine(
      (text) => /^\d{1,9}$/.test(text) && (Number(text) === 0 || Number(text) >= queryPointsMin),
      `must be 0 for no limit, or a whole number from ${queryPointsMin}, such as 500000`,
    )
    .transform(Number)
    .default(500_000),
  POLL_INTERVAL_MINUTES: wholeNumber(1, 1440, '5').default(5),
  EVENT_RETENTION_DAYS: wholeNumber(1, 3650, '90').default(90),
  SNAPSHOT_RETENTION_DAYS: wholeNumber(31, 3650, '400').default(400),
});

/** What `--help` prints. */
export const usage = `Usage: npm start -- [options]

  --roles LIST   what this process does: api, worker, sandbox, separated by commas (default: all three;
                 without sandbox when 1688 credentials are set)
  --trace FILE   replay recorded sales (CSV or CSV.gz) through the sandbox gateway
  --speed N      sandbox only: business seconds in one second, or max (default 720: a day in two minutes)
  --help         this text

Settings are read from the environment: HOST, PORT, DATABASE_URL, TOKEN_KEYS, ALIBABA_1688_APP_KEY, …;
README.md lists them all.`;

/** The command line asked for the usage text. */
export class HelpRequested extends Error {}

/**
 * Reads environment and command line, the only place that does. An empty variable counts as not set.
 *
 * @param commandLine - the words after `npm start --`
 * @throws AppError `invalid_configuration` listing all faults at once: variable, what was wrong, an example
 * @throws HelpRequested when the command line asks for the usage text
 */
export function readConfig(
  commandLine: readonly string[],
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Config {
  const faults: string[] = [];
  const args = readCommandLine(commandLine, faults);
  // An empty variable means: not set.
  const filled = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = environmentModel.safeParse(filled);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) faults.push(`${issue.path.join('.')}: ${issue.message}`);
  }
  const isSet = (name: keyof typeof environmentModel.shape) => filled[name] !== undefined;
  const usesRealGateway = isSet('ALIBABA_1688_GATEWAY_URL') || isSet('ALIBABA_1688_APP_KEY');
  const roles =
    args.roles ?? new Set<Role>(usesRealGateway ? ['api', 'worker'] : ['api', 'worker', 'sandbox']);
  const requireCompanion = (name: keyof typeof environmentModel.shape, reason: string, example: string) => {
    if (!isSet(name)) faults.push(`${name}: required ${reason}, such as ${example}`);
  };
  if (usesRealGateway) {
    requireCompanion('ALIBABA_1688_APP_KEY', 'to speak to a 1688 gateway', '1234567');
    requireCompanion('ALIBABA_1688_APP_SECRET', 'to speak to a 1688 gateway', 'the secret of the console');
    if (roles.has('sandbox')) faults.push('--roles: leave out sandbox when a 1688 gateway is configured');
  }
  if (isSet('DATABASE_URL')) {
    requireCompanion('TOKEN_KEYS', 'with DATABASE_URL', '2026a:$(openssl rand -base64 32)');
  } else if (isSet('DATABASE_APP_URL') || isSet('DATABASE_WORKER_URL')) {
    requireCompanion(
      'DATABASE_URL',
      'with DATABASE_APP_URL or DATABASE_WORKER_URL',
      'postgres://owner@127.0.0.1/shuiwei',
    );
  }
  if (isSet('WMS_FEED_URL') !== isSet('WMS_FEED_TOKEN')) {
    faults.push('WMS_FEED_URL and WMS_FEED_TOKEN: set both or neither');
  }
  if (args.trace !== null && !roles.has('sandbox')) faults.push('--trace: needs the sandbox role');
  if (args.speed !== null && !roles.has('sandbox')) {
    faults.push('--speed: needs the sandbox role; everything else runs in real time');
  } else if (args.speed === Infinity && (args.trace === null || !roles.has('worker'))) {
    faults.push('--speed: max plays a file to its end, so it needs --trace FILE and the worker role');
  }
  if (parsed.success && parsed.data.SNAPSHOT_RETENTION_DAYS < parsed.data.EVENT_RETENTION_DAYS) {
    faults.push(
      `SNAPSHOT_RETENTION_DAYS: must be at least EVENT_RETENTION_DAYS, such as ${parsed.data.EVENT_RETENTION_DAYS}; alerts that can still be read again need the stock they speak of`,
    );
  }
  if (!parsed.success || faults.length > 0) {
    throw new AppError('invalid_configuration', faults.join('\n'));
  }
  const values = parsed.data;
  return {
    roles,
    host: values.HOST,
    port: values.PORT,
    databaseUrl: values.DATABASE_URL ?? null,
    databaseAppUrl: values.DATABASE_APP_URL ?? null,
    databaseWorkerUrl: values.DATABASE_WORKER_URL ?? null,
    dataDir: values.SHUIWEI_DATA_DIR ?? null,
    tokenKeys: values.TOKEN_KEYS ?? null,
    alibaba1688: {
      gatewayUrl: values.ALIBABA_1688_GATEWAY_URL ?? 'https://gw.open.1688.com',
      appKey: values.ALIBABA_1688_APP_KEY ?? null,
      appSecret: values.ALIBABA_1688_APP_SECRET ?? null,
      sellerOrderApi: values.ALIBABA_1688_SELLER_ORDER_API,
      callsPerSecondPerApp: values.ALIBABA_1688_CALLS_PER_SECOND_PER_APP,
      callsPerSecondPerShop: values.ALIBABA_1688_CALLS_PER_SECOND_PER_SHOP,
    },
    wmsFeed:
      values.WMS_FEED_URL !== undefined && values.WMS_FEED_TOKEN !== undefined
        ? { url: values.WMS_FEED_URL, token: values.WMS_FEED_TOKEN }
        : null,
    smtpUrl: values.SMTP_URL ?? null,
    publicUrl: values.PUBLIC_URL ?? null,
    corsOrigins: values.CORS_ORIGINS?.split(',') ?? [],
    logLevel: values.LOG_LEVEL,
    queryPointsPerSecond: values.QUERY_POINTS_PER_SECOND === 0 ? null : values.QUERY_POINTS_PER_SECOND,
    pollIntervalMinutes: values.POLL_INTERVAL_MINUTES,
    eventRetentionDays: values.EVENT_RETENTION_DAYS,
    snapshotRetentionDays: values.SNAPSHOT_RETENTION_DAYS,
    traceFile: args.trace,
    speed: roles.has('sandbox') ? (args.speed ?? sandboxSpeed) : 1,
  };
}

const optionExamples: Readonly<Record<string, string>> = {
  roles: 'api',
  trace: 'sales.csv.gz',
  speed: '720',
};

function describeCommandLineFault(error: unknown): string {
  const [said = ''] = error instanceof Error ? error.message.split('\n') : [];
  const [, name = ''] = /^Option '--(\w+)[^']*' argument/.exec(said) ?? [];
  const example = optionExamples[name];
  if (example !== undefined) return `--${name} needs a value, such as --${name}=${example}`;
  return said === '' ? 'unreadable' : said.replace(/\.$/, '');
}

function readCommandLine(commandLine: readonly string[], faults: string[]) {
  const none = { roles: null, trace: null, speed: null };
  let values: { roles?: string; trace?: string; speed?: string; help?: boolean };
  try {
    values = parseArgs({
      args: [...commandLine],
      options: {
        roles: { type: 'string' },
        trace: { type: 'string' },
        speed: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    faults.push(`command line: ${describeCommandLineFault(error)}; see --help`);
    return none;
  }
  if (values.help === true) throw new HelpRequested();
  const names = values.roles?.split(',').map((name) => name.trim());
  if (names?.some((name) => name !== 'api' && name !== 'worker' && name !== 'sandbox')) {
    faults.push(
      `--roles: must be among api, worker, sandbox, such as --roles api,worker; got ${values.roles}`,
    );
  }
  const speed = values.speed === undefined ? null : values.speed === 'max' ? Infinity : Number(values.speed);
  if (speed !== null && !(speed >= 1 && (speed <= 20_000 || speed === Infinity))) {
    faults.push(`--speed: must be from 1 to 20000, or max, such as --speed 720; got ${values.speed}`);
  }
  return {
    roles: names === undefined ? null : new Set(names as Role[]),
    trace: values.trace ?? null,
    speed,
  };
}
