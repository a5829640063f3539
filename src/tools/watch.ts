import { Command, InvalidArgumentError } from 'commander';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { readConfig } from '../config.ts';
import { AppError } from '../shared/errors.ts';

const document = /* GraphQL */ `
  subscription Watch($after: String) {
    stockAlertChanged(after: $after) {
      cursor
      occurredAt
      reason
      state
      severity
      available
      threshold
      alert { kind item { sku title } warehouse { code name } }
    }
  }
`;

interface WatchedEvent {
  cursor: string;
  occurredAt: string;
  reason: string;
  state: string;
  severity: string;
  available: string | null;
  threshold: string | null;
  alert: {
    kind: string;
    item: { sku: string; title: string } | null;
    warehouse: { code: string; name: string } | null;
  };
}

/** One line for one event: business time, severity, what happened to what, and the numbers. */
function formatEvent(event: WatchedEvent): string {
  const what = event.alert.item === null ? '' : ` ${event.alert.item.sku} ${event.alert.item.title}`;
  const where = event.alert.warehouse === null ? '' : ` @ ${event.alert.warehouse.code}`;
  const numbers =
    event.available === null ? '' : `  available ${event.available}, threshold ${event.threshold ?? 'none'}`;
  return `${event.occurredAt}  ${event.severity.padEnd(8)} ${event.alert.kind} ${event.reason}${what}${where}${numbers}`;
}

function parseCount(text: string): number {
  const count = Number(text);
  if (!(Number.isInteger(count) && count >= 1))
    throw new InvalidArgumentError('must be a whole number from 1');
  return count;
}

/** The socket's address of an API given by its page, its endpoint or its socket. */
function parseUrl(text: string): string {
  const url = URL.parse(text.replace(/^http/, 'ws'));
  if (url === null || !/^wss?:$/.test(url.protocol))
    throw new InvalidArgumentError('must be an address such as http://127.0.0.1:4000');
  if (url.pathname === '/') url.pathname = '/graphql';
  return url.href;
}

/** `shuiwei watch`: prints alerts as they happen, resuming from its cursor when the connection breaks. */
export function watchCommand(): Command {
  return new Command('watch')
    .description('print live stock alerts; Ctrl-C ends it')
    .option('--url <url>', 'address of the API; default: HOST and PORT of this machine', parseUrl)
    .option('--key <key>', 'API key; not needed for the demo on this machine')
    .option('--after <cursor>', 'where to start: a cursor, or "begin" for all that is kept; default: now')
    .option('--count <n>', 'stop after so many events; default: never', parseCount)
    .action(async (options: { url?: string; key?: string; after?: string; count?: number }) => {
      const config = readConfig([]);
      const url = options.url ?? `ws://${config.host}:${config.port}/graphql`;
      const countMax = options.count ?? Number.POSITIVE_INFINITY;
      let cursor: string | null = options.after ?? null;
      let seen = 0;
      let told = '';
      const tell = (text: string) => {
        // Once, and not once a second for as long as the server is away.
        if (text !== told) console.error(text);
        told = text;
      };
      tell(`watching ${url} for stock alerts …`);
      while (seen < countMax) {
        // One client for each connection: a resumed subscription must start from the newest cursor.
        const client = createClient({
          url,
          webSocketImpl: WebSocket,
          retryAttempts: 0,
          on: { connected: () => tell('connected') },
          ...(options.key === undefined
            ? {}
            : { connectionParams: { authorization: `Bearer ${options.key}` } }),
        });
        try {
          // Known before the first event, so that what happens while the connection is gone is not missed.
          cursor ??= await readCursor(client);
          const events = client.iterate<{ stockAlertChanged: WatchedEvent }>({
            query: document,
            variables: { after: cursor },
          });
          for await (const { data, errors } of events) {
            if (errors !== undefined) throw errors;
            if (data == null) continue;
            cursor = data.stockAlertChanged.cursor;
            console.log(formatEvent(data.stockAlertChanged));
            seen += 1;
            if (seen >= countMax) break;
          }
        } catch (error) {
          const reason = describeFailure(error);
          if (reason.isFinal) throw new AppError('invalid_input', `the server refused: ${reason.text}`);
          tell(
            cursor === null
              ? `no connection to ${url}; is the server running (npm start)? Trying again every second`
              : `connection lost (${reason.text}); trying again every second`,
          );
        }
        await client.dispose();
        if (seen < countMax) await new Promise((resolve) => setTimeout(resolve, 1000));
      }
    });
}

/** The place in the event log where "from now" is. */
async function readCursor(client: Client): Promise<string | null> {
  for await (const { data, errors } of client.iterate<{ eventCursor: string }>({
    query: '{ eventCursor }',
  })) {
    if (errors !== undefined) throw errors;
    if (data != null) return data.eventCursor;
  }
  return null;
}

function describeFailure(error: unknown): { text: string; isFinal: boolean } {
  if (Array.isArray(error))
    return { text: error.map((each) => String(each.message)).join('; '), isFinal: true };
  if (typeof error === 'object' && error !== null && 'code' in error && 'reason' in error) {
    const code = Number(error.code);
    return {
      text: `${code} ${String(error.reason)}`.trim(),
      isFinal: code >= 4400 && code < 4500 && code !== 4408,
    };
  }
  if (error instanceof Error) return { text: error.message, isFinal: error.message.includes('CURSOR') };
  return { text: 'no connection', isFinal: false };
}
