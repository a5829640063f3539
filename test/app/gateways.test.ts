import { afterEach, expect, it } from 'vitest';
import { demoOrganizationId } from '../../src/app/demo.ts';
import { createGateways, type Gateways } from '../../src/app/gateways.ts';
import { brandId, type OrganizationId } from '../../src/shared/ids.ts';
import { silentLog } from '../../src/shared/log.ts';
import { systemClock } from '../../src/shared/time.ts';

let gateways: Gateways;
afterEach(() => gateways.close());

const made = (appKey: string | null) => {
  const alibaba1688 = {
    ...{ gatewayUrl: 'https://gw.example', appKey, appSecret: appKey, sellerOrderApi: 'standard' },
    ...{ callsPerSecondPerApp: 1, callsPerSecondPerShop: 1 },
  };
  gateways = createGateways({ alibaba1688, wmsFeed: null } as never, systemClock, silentLog);
  return gateways;
};
const sandboxShops = ['alibaba-1688', 'wms-feed'].map((platform) => ({
  ...{ organizationId: demoOrganizationId, platform, endpointUrl: 'http://127.0.0.1:1/' },
}));

it('speak for the shops of the sandbox while it is the only gateway', () => {
  for (const shop of sandboxShops) expect(made(null).connectorFor(shop).platform).toBe(shop.platform);
});

it('count the calls of an app together, and those of feeds apart by organization and host', () => {
  const { budgetKeyOf } = made('1');
  const [one, other] = ['1', '2'].map((digit) =>
    brandId<OrganizationId>(`0000000${digit}-0000-4000-8000-000000000000`),
  );
  const feed = (organizationId = one!, endpointUrl = 'https://wms.example/feed?token=abcdef') =>
    budgetKeyOf({ organizationId, platform: 'wms-feed', endpointUrl });
  const app = (organizationId = one!) =>
    budgetKeyOf({ organizationId, platform: 'alibaba-1688', endpointUrl: null });
  expect(app()).toBe(app(other));
  expect(feed()).toBe(feed(one, 'https://wms.example/other'));
  expect(new Set([feed(), feed(other), feed(one, 'https://erp.example/feed'), app()]).size).toBe(4);
  expect(feed()).not.toContain('abcdef');
});

it('refuse shops that the sandbox left behind once a 1688 gateway is set up', () => {
  for (const shop of sandboxShops) {
    expect(() => made('1').connectorFor(shop)).toThrow(
      expect.objectContaining({
        code: 'invalid_configuration',
        message: expect.stringContaining('sandbox'),
      }),
    );
  }
});

it('keep no adapter for every address that a feed ever had', () => {
  const organizationId = brandId<OrganizationId>('00000001-0000-4000-8000-000000000000');
  const feed = { organizationId, platform: 'wms-feed', endpointUrl: 'https://wms.example/feed' };
  const { connectorFor } = made('1');
  expect(connectorFor(feed)).not.toBe(connectorFor(feed));
  const shop = { organizationId, platform: 'alibaba-1688', endpointUrl: null };
  expect(connectorFor(shop)).toBe(connectorFor(shop));
});
