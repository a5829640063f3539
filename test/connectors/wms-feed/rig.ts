import { createWmsFeedConnector, type WmsFeedConnector } from '../../../src/connectors/wms-feed/connector.ts';
import type { WmsFeedSettings } from '../../../src/connectors/wms-feed/settings.ts';
import { silentLog } from '../../../src/shared/log.ts';
import { type ScriptedServer, startScriptedServer } from '../scripted-server.ts';

/** Business time in these tests. */
export const businessNow = new Date('2026-09-03T00:00:00Z');

/** A connector in front of a scripted feed. */
export interface FeedRig {
  server: ScriptedServer;
  connector: WmsFeedConnector;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function startFeedRig(settings: Partial<WmsFeedSettings> = {}): Promise<FeedRig> {
  const server = await startScriptedServer();
  const connector = createWmsFeedConnector(
    { baseUrl: `${server.url}/feed/v1/`, retry: { attempts: 3, baseDelayMs: 1, capDelayMs: 2 }, ...settings },
    { clock: { now: () => businessNow }, log: silentLog },
  );
  return {
    server,
    connector,
    async [Symbol.asyncDispose]() {
      await connector.close();
      await server[Symbol.asyncDispose]();
    },
  };
}
