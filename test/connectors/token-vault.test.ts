import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createTokenVault,
  generateTokenKey,
  parseKeyRing,
  type SecretPlace,
} from '../../src/connectors/token-vault.ts';
import { brandId, type OrganizationId, type ShopId } from '../../src/shared/ids.ts';

const place: SecretPlace = {
  organizationId: brandId<OrganizationId>(randomUUID()),
  shopId: brandId<ShopId>(randomUUID()),
  purpose: 'marketplace_tokens',
};
const [oldKey, newKey] = [generateTokenKey('2026a'), generateTokenKey('2026b')];
const vaultOf = (ring: string) => createTokenVault(parseKeyRing(ring));
const unreadable = expect.objectContaining({ code: 'secret_unreadable' });

describe('the token vault', () => {
  it('opens what it sealed, every time under another text', async () => {
    const vault = vaultOf(oldKey);
    await fc.assert(
      fc.asyncProperty(fc.string(), async (secret) => {
        const sealed = await vault.seal(secret, place);
        expect(await vault.open(sealed, place)).toBe(secret);
      }),
      { numRuns: 50 },
    );
    expect(await vault.seal('x', place)).not.toBe(await vault.seal('x', place));
  });

  it('keeps tokens with their dates', async () => {
    const vault = vaultOf(oldKey);
    const tokens = {
      accessToken: 'a',
      refreshToken: null,
      accessExpiresAt: new Date('2026-09-01T10:00:00Z'),
      refreshExpiresAt: null,
      memberId: 'b2b-1',
    };
    expect(await vault.openTokens(await vault.sealTokens(tokens, place), place)).toEqual(tokens);
    await expect(vault.openTokens(await vault.seal('{}', place), place)).rejects.toThrow(unreadable);
    await expect(vault.openTokens(await vault.seal('no', place), place)).rejects.toThrow(unreadable);
  });

  it('does not open in another row or for another purpose', async () => {
    const vault = vaultOf(oldKey);
    const sealed = await vault.seal('secret', place);
    for (const moved of [
      { ...place, organizationId: brandId<OrganizationId>(randomUUID()) },
      { ...place, shopId: brandId<ShopId>(randomUUID()) },
      { ...place, purpose: 'webhook' },
    ]) {
      await expect(vault.open(sealed, moved)).rejects.toThrow(unreadable);
    }
  });

  it('rotates: a new first key seals, the old one still opens, and says what to seal again', async () => {
    const sealedBefore = await vaultOf(oldKey).seal('secret', place);
    const rotated = vaultOf(`${newKey},${oldKey}`);
    expect(await rotated.open(sealedBefore, place)).toBe('secret');
    expect(rotated.needsResealing(sealedBefore)).toBe(true);
    const sealedAfter = await rotated.seal('secret', place);
    expect(rotated.needsResealing(sealedAfter)).toBe(false);
    await expect(vaultOf(oldKey).open(sealedAfter, place)).rejects.toThrow(unreadable);
    await expect(vaultOf(newKey).open(sealedBefore, place)).rejects.toThrow(unreadable);
  });

  it('fails closed for another key under the same id and for any changed character', async () => {
    const vault = vaultOf(oldKey);
    const sealed = await vault.seal('secret', place);
    await expect(vaultOf(generateTokenKey('2026a')).open(sealed, place)).rejects.toThrow(unreadable);
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: sealed.length - 1 }), async (index) => {
        const other = sealed[index] === 'A' ? 'B' : 'A';
        const changed = sealed.slice(0, index) + other + sealed.slice(index + 1);
        const opened = await vault.open(changed, place).catch((error: unknown) => error);
        // The last character of a part may carry unused bits: then nothing was changed.
        if (typeof opened !== 'string') expect(opened).toEqual(unreadable);
        else expect(opened).toBe('secret');
      }),
      { numRuns: 200 },
    );
    for (const nonsense of ['', 'a.b.c.d.e', 'plain text']) {
      await expect(vault.open(nonsense, place)).rejects.toThrow(unreadable);
      expect(vault.needsResealing(nonsense)).toBe(true);
    }
  });
});

describe('parseKeyRing', () => {
  it('reads base64 and base64url', () => {
    const url = newKey.replaceAll('+', '-').replaceAll('/', '_').replace('=', '');
    expect(parseKeyRing(url)).toEqual(parseKeyRing(newKey));
    expect(parseKeyRing(`${newKey}, ${oldKey}`).keys.map((key) => key.keyId)).toEqual(['2026b', '2026a']);
  });

  it.each(['', 'a', 'a:short', `${'A'.repeat(43)}=`, `bad id:${'A'.repeat(43)}=`, `a:${'A'.repeat(43)}=,`])(
    'refuses %j without repeating it',
    (ring) => {
      expect(() => parseKeyRing(ring)).toThrow(expect.objectContaining({ code: 'invalid_configuration' }));
      expect(() => parseKeyRing(ring)).not.toThrow(
        expect.objectContaining({ message: expect.stringContaining('AAAA') }),
      );
    },
  );

  it('refuses an id that stands twice', () => {
    expect(() => parseKeyRing(`${oldKey},${oldKey}`)).toThrow('2026a stands twice');
  });
});
