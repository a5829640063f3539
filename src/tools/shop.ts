import { randomUUID } from 'node:crypto';
import { Command, Option } from 'commander';
import { connectShop } from '../app/connect-shop.ts';
import { createGateways } from '../app/gateways.ts';
import { readConfig } from '../config.ts';
import { createTokenVault, parseKeyRing } from '../connectors/token-vault.ts';
import { ensureBusinessClock, openBusinessClock } from '../db/business-clock.ts';
import { AppError } from '../shared/errors.ts';
import { brandId, type OrganizationId } from '../shared/ids.ts';
import { silentLog } from '../shared/log.ts';
import { systemClock } from '../shared/time.ts';
import { parseOrganizationId } from './operator.ts';
import { withDatabase } from './with-database.ts';

interface ConnectOptions {
  organization: OrganizationId;
  platform: string;
  name?: string;
  accessToken?: string;
  refreshToken?: string;
  code?: string;
  redirectUri?: string;
  feedUrl?: string;
}

/** `shuiwei shop connect | authorize-url`: shops on marketplaces, feeds of warehouse systems. */
export function shopCommand(): Command {
  const connect = new Command('connect')
    .description(
      'connect a shop by its tokens or an authorization code; connect it again to replace its tokens',
    )
    .requiredOption('--organization <id>', 'whose shop it is', parseOrganizationId)
    .addOption(
      new Option('--platform <platform>', 'where the shop is')
        .choices(['alibaba-1688', 'wms-feed'])
        .makeOptionMandatory(),
    )
    .option('--name <name>', 'for people; default: the account’s own name')
    .option('--access-token <token>', 'access token, or the feed’s bearer token')
    .option('--refresh-token <token>', 'refresh token; without one the access token must not expire')
    .option('--code <code>', 'authorization code instead of tokens; valid two minutes')
    .option('--redirect-uri <uri>', 'the address the code was sent to')
    .option('--feed-url <url>', 'wms-feed: its address; default: WMS_FEED_URL')
    .action(async (options: ConnectOptions) => {
      const shopId = await withDatabase(async ({ db, tokenKeys }, config) => {
        const token =
          options.accessToken ?? (options.platform === 'wms-feed' ? config.wmsFeed?.token : undefined);
        if (options.platform === 'alibaba-1688' && config.alibaba1688.appKey === null) {
          throw new AppError(
            'invalid_configuration',
            'set ALIBABA_1688_APP_KEY and ALIBABA_1688_APP_SECRET to connect 1688 shops',
          );
        }
        await ensureBusinessClock(db);
        const clock = await openBusinessClock(db);
        const gateways = createGateways(config, clock, silentLog);
        try {
          return await connectShop(
            { db, clock, gateways, vault: createTokenVault(parseKeyRing(tokenKeys)) },
            {
              organizationId: options.organization,
              platform: options.platform,
              name: options.name ?? null,
              authorizationCode: options.code ?? null,
              ...(options.redirectUri === undefined ? {} : { redirectUri: options.redirectUri }),
              accessToken: token ?? null,
              refreshToken: options.refreshToken ?? null,
              endpointUrl: options.feedUrl ?? null,
            },
          );
        } finally {
          clock.stop();
          await gateways.close();
        }
      });
      console.log(`connected as shop ${shopId}; a worker begins to read it at once`);
    });
  return new Command('shop')
    .description('connections to marketplaces and warehouse systems')
    .addCommand(connect)
    .addCommand(authorizeUrlCommand());
}

function authorizeUrlCommand(): Command {
  return new Command('authorize-url')
    .description('print the page on which a merchant allows the app to read a 1688 shop')
    .requiredOption('--redirect-uri <uri>', 'where the code is sent to, on the domain registered for the app')
    .option(
      '--state <text>',
      'comes back with the code and must be compared; default: a random one, printed too',
    )
    .action(async (options: { redirectUri: string; state?: string }) => {
      const state = options.state ?? randomUUID();
      const gateways = createGateways(readConfig([]), systemClock, silentLog);
      try {
        // Of no organization: the app is the configured one.
        const connector = gateways.alibaba1688For({
          organizationId: brandId<OrganizationId>(randomUUID()),
          endpointUrl: null,
        });
        console.log(connector.buildAuthorizeUrl(options.redirectUri, state));
      } finally {
        await gateways.close();
      }
      if (options.state === undefined) console.error(`state: ${state}`);
      console.error('then, within two minutes: shop connect … --code CODE --redirect-uri URI');
    });
}
