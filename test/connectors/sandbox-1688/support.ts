import { createHmac } from 'node:crypto';
import { startSandboxGateway } from '../../../src/connectors/sandbox-1688/gateway.ts';
import { createBuiltInWorld } from '../../../src/connectors/sandbox-1688/world/built-in-world.ts';
import { silentLog } from '../../../src/shared/log.ts';

type Settings = Parameters<typeof startSandboxGateway>[0];

/** Nine in the morning in China on a plain Tuesday. */
export const startAt = new Date('2026-03-03T01:00:00Z');
export const appKey = '1000000';
export const appSecret = 'test123';

/** A clock that a test sets. */
class HandClock {
  at: number;

  constructor(at: Date) {
    this.at = at.getTime();
  }

  now(): Date {
    return new Date(this.at);
  }

  advance(ms: number): void {
    this.at += ms;
  }
}

/** A gateway on a small world, with clocks that stand still. */
export async function startTestGateway(settings: Partial<Settings> = {}) {
  const clock = new HandClock(startAt);
  const realClock = new HandClock(new Date('2026-11-01T00:00:00Z'));
  const gateway = await startSandboxGateway({
    clock,
    realClock,
    source: settings.source ?? createBuiltInWorld({ startAt, seed: 7, skuCount: 40, historyDays: 20 }),
    appKey,
    appSecret,
    feedToken: 'feed-token',
    pushUrl: null,
    speed: 1,
    log: silentLog,
    ...settings,
    options: { callsPerSecond: 1_000, ...settings.options },
  });
  return { gateway, clock, realClock };
}

/** Signature as the platform's document describes it, written anew: sorted `name+value` after the path. */
function sign(path: string, params: Record<string, string>, secret: string): string {
  const joined = Object.entries(params)
    .map(([name, value]) => name + value)
    .sort((a, b) => (a < b ? -1 : 1))
    .join('');
  return createHmac('sha1', secret)
    .update(path + joined)
    .digest('hex')
    .toUpperCase();
}

export interface Answer {
  status: number;
  text: string;
  // Tests look into answers of many shapes.
  body: Record<string, never> & { [name: string]: unknown };
}

/** Calls an API of the gateway as a well-behaved client does. */
export async function call(
  gatewayUrl: string,
  api: string,
  params: Record<string, string> = {},
  options: { token?: string; secret?: string; key?: string; unsigned?: boolean } = {},
): Promise<Answer> {
  const [namespace, name] = api.split(':');
  const path = `param2/1/${namespace}/${name}/${options.key ?? appKey}`;
  const sent = { ...params, ...(options.token && { access_token: options.token }) };
  const signature = sign(path, sent, options.secret ?? appSecret);
  const response = await fetch(`${gatewayUrl}/openapi/${path}`, {
    method: 'POST',
    body: new URLSearchParams({ ...sent, ...(!options.unsigned && { _aop_signature: signature }) }),
  });
  const text = await response.text();
  let body: unknown = {};
  try {
    body = JSON.parse(text);
  } catch {
    body = {};
  }
  return { status: response.status, text, body: body as Answer['body'] };
}

/** Follows a path of names and positions into an answer. */
export function at(value: unknown, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, step) =>
      inner === null || inner === undefined ? undefined : (inner as Record<string, unknown>)[step],
    value,
  );
}

/** The list at a path of an answer. */
export function rowsAt(value: unknown, ...path: (string | number)[]): Record<string, unknown>[] {
  return at(value, ...path) as Record<string, unknown>[];
}
