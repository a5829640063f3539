import type { Config } from '../config.ts';
import { createChannels } from '../connectors/channels.ts';
import type { SecretPlace, TokenVault } from '../connectors/token-vault.ts';
import type { BusinessClock } from '../db/business-clock.ts';
import type { Database } from '../db/client.ts';
import type { MutationPorts } from '../graphql/ports.ts';
import { type NotifyPorts, notifySettingsDefault } from '../pipeline/notify-ports.ts';
import { brandId, type OrganizationId, type ShopId } from '../shared/ids.ts';
import type { Log } from '../shared/log.ts';

/** What notifications are made of. */
interface NotificationDependencies {
  readonly config: Config;
  readonly db: Database;
  readonly clock: BusinessClock;
  readonly vault: TokenVault;
  readonly log: Log;
}

/** The notifier's ports, and what the API needs to keep channels. */
export interface Notifications {
  readonly ports: NotifyPorts;
  readonly prepareChannel: MutationPorts['prepareChannel'];
  close(): Promise<void>;
}

/** Puts the ways out and the sealing of their secrets together; whoever makes them closes them. */
export function createNotifications(deps: NotificationDependencies): Notifications {
  const channels = createChannels({ smtpUrl: deps.config.smtpUrl });
  return {
    ports: {
      db: deps.db,
      clock: deps.clock,
      log: deps.log.child({ part: 'notifications' }),
      settings: { ...notifySettingsDefault, retentionDays: deps.config.eventRetentionDays },
      channels,
      dashboardUrl: deps.config.publicUrl,
      openSecrets: (organizationId, channelId, sealed) =>
        deps.vault.open(sealed, placeOf(organizationId, channelId)),
      random: Math.random,
    },
    prepareChannel: createChannelSealer(channels, deps.vault),
    close: () => channels.close(),
  };
}

/** Checks channels and seals their secrets for the row they belong to. */
export function createChannelSealer(
  channels: NotifyPorts['channels'],
  vault: TokenVault,
): MutationPorts['prepareChannel'] {
  return async ({ organizationId, channelId, kind, entered, isNew }) => {
    const { settings, secrets } = channels.prepare({ kind, entered }, isNew);
    const sealed = secrets === null ? null : await vault.seal(secrets, placeOf(organizationId, channelId));
    return { settings, sealed };
  };
}

/** The vault binds a secret to three things; a channel stands where a shop does. */
export function placeOf(organizationId: OrganizationId, channelId: string): SecretPlace {
  return { organizationId, shopId: brandId<ShopId>(channelId), purpose: 'notification_channel' };
}
