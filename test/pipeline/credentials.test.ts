import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TokenSet } from '../../src/connectors/marketplace.ts';
import { createTokenVault, type TokenVault } from '../../src/connectors/token-vault.ts';
import { createDatabase, type Database } from '../../src/db/client.ts';
import { createCredentialSource, marketplaceTokens } from '../../src/pipeline/credentials.ts';
import { AppError } from '../../src/shared/errors.ts';
import type { OrganizationId, ShopId } from '../../src/shared/ids.ts';
import { silentLog } from '../../src/shared/log.ts';
import { systemClock } from '../../src/shared/time.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { seedOrganization, seedShop } from './seed.ts';

/** A platform whose refresh token works once, like a careful OAuth server's. */
class Platform {
  valid = 'r0';
  calls = 0;
  /** Answers are lost after the token was turned over. */
  losesAnswer = false;
  async refresh(held: TokenSet): Promise<TokenSet> {
    this.calls += 1;
    await new Promise((resolve) => setImmediate(resolve));
    if (held.refreshToken !== this.valid) throw new AppError('authorization_expired', 'invalid_grant');
    this.valid = `r${this.calls}`;
    if (this.losesAnswer) throw new AppError('transient', 'the answer was lost');
    return { ...held, accessToken: `a${this.calls}`, refreshToken: this.valid };
  }
}

/** Sealing is tested elsewhere; here the text must only come back as it went in. */
const plainVault = {
  sealTokens: async (tokens: TokenSet) => JSON.stringify(tokens),
  openTokens: async (sealed: string) => JSON.parse(sealed) as TokenSet,
  needsResealing: (_sealed: string) => false,
};

let test: TestDatabase;
let second: Database;
let organizationId: OrganizationId;
let shopId: ShopId;
let platform: Platform;
beforeAll(async () => {
  test = await createTestDatabase();
  second = createDatabase({ ownerUrl: test.ownerUrl, log: silentLog });
});
afterAll(async () => {
  await second.close();
  await test.drop();
});
beforeEach(async () => {
  organizationId = await seedOrganization(test);
  shopId = await seedShop(test, organizationId);
  platform = new Platform();
  const tokens = {
    accessToken: 'a0',
    refreshToken: 'r0',
    accessExpiresAt: null,
    refreshExpiresAt: null,
    memberId: null,
  };
  await test.sql`
    insert into shop_credential (organization_id, shop_id, sealed, version, updated_at)
    values (${organizationId}, ${shopId}, ${JSON.stringify(tokens)}, 1, now())`;
});

const source = (db: Database = test.db) =>
  createCredentialSource(
    {
      ...{ db, log: silentLog, vault: plainVault, realClock: systemClock },
      refreshTokens: (held) => platform.refresh(held),
    },
    { organizationId, shopId },
  );

describe('credentials', () => {
  it('are refreshed once by many workers in two processes', async () => {
    const sources = Array.from({ length: 8 }, (_, index) => source(index % 2 === 0 ? test.db : second));
    const results = await Promise.all(sources.map((one) => one.refresh(1)));
    expect(platform.calls).toBe(1);
    expect(new Set(results.map((result) => result.tokens.accessToken))).toEqual(new Set(['a1']));
    expect(results.map((result) => result.version)).toEqual(Array.from({ length: 8 }, () => 2));
  });

  it('are refreshed once by one source asked twice', async () => {
    const one = source();
    const [first, again] = await Promise.all([one.refresh(1), one.refresh(1)]);
    expect([platform.calls, first, again]).toEqual([1, first, first]);
    expect((await one.current()).tokens.accessToken).toBe('a1');
  });

  it('come from the row when another process refreshed before', async () => {
    const late = source(second);
    await late.current();
    await source().refresh(1);
    expect((await late.refresh(1)).tokens.accessToken).toBe('a1');
    expect(platform.calls).toBe(1);
  });

  it('are read once more before they are given up', async () => {
    platform.valid = 'turned over by a refresh whose answer comes late';
    let transactions = 0;
    const late: Database = {
      ...test.db,
      transaction: async (...given) => {
        transactions += 1;
        // Between the refusal and the second look another process stores its answer.
        if (transactions === 2)
          await test.sql`update shop_credential set version = 7 where shop_id = ${shopId}`;
        return test.db.transaction(...given);
      },
    };
    expect((await source(late).refresh(1)).version).toBe(7);
    expect(platform.calls).toBe(1);
  });

  it('stay as they were when the answer is lost, and the loss is not hidden', async () => {
    platform.losesAnswer = true;
    await expect(source().refresh(1)).rejects.toMatchObject({ code: 'transient' });
    platform.losesAnswer = false;
    await expect(source().refresh(1)).rejects.toMatchObject({ code: 'authorization_expired' });
    expect((await source().current()).version).toBe(1);
  });

  it('under an older key are sealed anew when they are loaded, once and as the same version', async () => {
    const keys = { old: new Uint8Array(32).fill(1), young: new Uint8Array(32).fill(2) };
    const before = createTokenVault({ keys: [{ keyId: 'old', key: keys.old }] });
    const rotated = createTokenVault({
      keys: [
        { keyId: 'young', key: keys.young },
        { keyId: 'old', key: keys.old },
      ],
    });
    const place = { organizationId, shopId, purpose: marketplaceTokens };
    const { tokens } = await source().current();
    await test.sql`update shop_credential set sealed = ${await before.sealTokens(tokens, place)} where shop_id = ${shopId}`;
    const sourceWith = (vault: TokenVault) =>
      createCredentialSource(
        {
          ...{ db: test.db, log: silentLog, vault, realClock: systemClock },
          refreshTokens: (held) => platform.refresh(held),
        },
        { organizationId, shopId },
      );
    expect(await sourceWith(rotated).current()).toEqual({ tokens, version: 1 });
    const sealed = async () =>
      (await test.sql`select sealed, version from shop_credential where shop_id = ${shopId}`)[0]!;
    const anew = await sealed();
    await sourceWith(rotated).current();
    expect(await sealed()).toEqual(anew);
    const young = createTokenVault({ keys: [{ keyId: 'young', key: keys.young }] });
    expect(await sourceWith(young).current()).toEqual({ tokens, version: 1 });
  });

  it('are good also when they cannot be sealed anew', async () => {
    const vault = {
      ...plainVault,
      needsResealing: () => true,
      sealTokens: () => Promise.reject(new Error('the newest key is not to be had')),
    };
    const good = createCredentialSource(
      {
        ...{ db: test.db, log: silentLog, vault, realClock: systemClock },
        refreshTokens: (held) => platform.refresh(held),
      },
      { organizationId, shopId },
    );
    expect((await good.current()).tokens.accessToken).toBe('a0');
  });

  it('that are missing ask for a new connection', async () => {
    await test.sql`delete from shop_credential where shop_id = ${shopId}`;
    await expect(source().current()).rejects.toMatchObject({ code: 'authorization_expired' });
  });
});
