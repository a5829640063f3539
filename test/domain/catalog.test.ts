import { describe, expect, it } from 'vitest';
import { chooseSku } from '../../src/domain/catalog.ts';

describe('chooseSku', () => {
  const listing = { productId: '584', specId: 'b26', cargoNumber: ' 666-WHITE ' };
  it('takes the article number where it is free, else the ids of the platform', () => {
    expect(chooseSku(listing, () => false)).toBe('666-WHITE');
    expect(chooseSku(listing, (sku) => sku === '666-WHITE')).toBe('584-b26');
    expect(chooseSku({ ...listing, cargoNumber: null }, () => false)).toBe('584-b26');
    expect(chooseSku({ ...listing, cargoNumber: '  ' }, () => false)).toBe('584-b26');
    expect(chooseSku({ productId: '584', specId: '', cargoNumber: null }, () => false)).toBe('584');
  });
});
