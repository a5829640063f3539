import { openBusinessClock } from '../../src/db/business-clock.ts';
import { createDatabase } from '../../src/db/client.ts';
import { createCallBudget } from '../../src/pipeline/call-budget.ts';
import { pipelineSettingsDefault } from '../../src/pipeline/ports.ts';
import { startPoller } from '../../src/pipeline/runner.ts';
import { startStages } from '../../src/pipeline/stages.ts';
import { silentLog } from '../../src/shared/log.ts';
import { createGatewayConnector } from './gateway-connector.ts';

/** A worker process of the kill programme: the real poller and stages, the fault gateway in front of them. */
const [ownerUrl = '', gatewayUrl = ''] = process.argv.slice(2);
const db = createDatabase({ ownerUrl, log: silentLog, poolMax: 6, applicationName: 'fault worker' });
const clock = await openBusinessClock(db);
const tokens = {
  accessToken: 'a',
  refreshToken: null,
  accessExpiresAt: null,
  refreshExpiresAt: null,
  memberId: null,
};
const credentials = {
  current: async () => ({ tokens, version: 1 }),
  refresh: async () => ({ tokens, version: 1 }),
};
const ports = {
  db,
  clock,
  log: silentLog,
  settings: {
    ...pipelineSettingsDefault,
    pollIntervalMs: 200,
    overlapMs: 2_000,
    sweepIntervalMs: 8_000,
    sweepWindowMs: 20_000,
    shopsAtOnceMax: 5,
    claimEveryMs: 50,
    stageEveryMs: 500,
  },
  connectorFor: (shop: { shopId: string }) => createGatewayConnector(gatewayUrl, shop.shopId),
  credentialSource: () => credentials,
  callBudget: (shop: { shopId: string }) =>
    createCallBudget({
      db,
      buckets: [
        { key: 'app:fault', perSecond: 2_000, burst: 2_000 },
        { key: `shop:${shop.shopId}`, perSecond: 200, burst: 200 },
      ],
    }),
  wake: () => {},
};
const poller = startPoller(ports);
const stages = startStages(ports);
process.once('SIGTERM', async () => {
  await Promise.all([poller.stop(), stages.stop()]);
  clock.stop();
  await db.close();
});
process.send?.('started');
process.disconnect?.();
