import { placeOf } from '../../src/app/notifications.ts';
import { createChannels } from '../../src/connectors/channels.ts';
import { createTokenVault } from '../../src/connectors/token-vault.ts';
import { createDatabase } from '../../src/db/client.ts';
import { startNotifier } from '../../src/pipeline/notify.ts';
import { notifySettingsDefault } from '../../src/pipeline/notify-ports.ts';
import { silentLog } from '../../src/shared/log.ts';

// A worker that only tells people, in a process of its own, so that it can be killed at the worst moment.
const [ownerUrl = '', key = '', at = '', leaseSeconds = '', smtpUrl = ''] = process.argv.slice(2);
const vault = createTokenVault({
  keys: [{ keyId: 'test', key: new Uint8Array(Buffer.from(key, 'base64')) }],
});
startNotifier({
  db: createDatabase({ ownerUrl, log: silentLog, applicationName: 'notify worker' }),
  clock: { now: () => new Date(at), speed: 1 },
  log: silentLog,
  channels: createChannels({
    smtpUrl: smtpUrl === '' ? null : smtpUrl,
    checkUrl: (text) => new URL(text),
    http: { publicOnly: false },
  }),
  openSecrets: (organizationId, channelId, sealed) => vault.open(sealed, placeOf(organizationId, channelId)),
  random: Math.random,
  dashboardUrl: null,
  settings: {
    ...notifySettingsDefault,
    lookEveryMs: 20,
    leaseSeconds: Number(leaseSeconds),
    retry: { baseMs: 1_000, maxMs: 5_000, attemptsMax: 1_000 },
  },
});
