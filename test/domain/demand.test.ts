import { describe, expect, it } from 'vitest';
import { cleanDemand, dayState } from '../../src/domain/demand.ts';

const { inStock, outOfStock, soldOut, excluded } = dayState;

describe('cleanDemand', () => {
  it('takes a day out of stock as unknown, not as zero', () => {
    const clean = cleanDemand({
      units: Float64Array.of(3, 0),
      states: Uint8Array.of(inStock, outOfStock),
      oneCustomer: null,
    });
    expect([...clean.units]).toEqual([3, Number.NaN]);
    expect(clean.flags).toEqual(['CENSORED_DAYS']);
    expect(clean.censoredDays).toBe(1);
  });

  it('raises a day on which the shelf ran empty, and never lowers it', () => {
    const clean = cleanDemand({
      units: Float64Array.of(4, 4, 4, 4, 2, 30),
      states: Uint8Array.of(inStock, inStock, inStock, inStock, soldOut, soldOut),
      oneCustomer: null,
    });
    expect(clean.units[4]).toBeGreaterThan(3);
    expect(clean.units[5]).toBeGreaterThanOrEqual(30);
    expect(clean.raisedDays).toBe(2);
  });

  it('says so when nothing is known about stock', () => {
    const clean = cleanDemand({ units: Float64Array.of(1, 0), states: null, oneCustomer: null });
    expect([...clean.units]).toEqual([1, 0]);
    expect(clean.flags).toEqual(['CENSORING_UNKNOWN']);
  });

  it('leaves out excluded days without calling them censored', () => {
    const clean = cleanDemand({
      units: Float64Array.of(1, 9),
      states: Uint8Array.of(inStock, excluded),
      oneCustomer: null,
    });
    expect([...clean.units]).toEqual([1, Number.NaN]);
    expect(clean.flags).toEqual([]);
  });

  it('cuts a one-off bulk order for the level but keeps it for the spread', () => {
    const units = new Float64Array(200).fill(1);
    for (let t = 0; t < 200; t += 3) units[t] = 2;
    units[150] = 500;
    const states = new Uint8Array(200);
    const oneCustomer = new Uint8Array(200);
    expect(cleanDemand({ units, states, oneCustomer }).cutDays).toBe(0);
    oneCustomer[150] = 1;
    const clean = cleanDemand({ units, states, oneCustomer });
    expect(clean.flags).toEqual(['OUTLIER_CLIPPED']);
    expect(clean.units[150]).toBeLessThan(500);
    expect(clean.uncutUnits[150]).toBe(500);
    expect(units[150]).toBe(500);
  });

  it('takes negative days as 0 and notices fractions', () => {
    const clean = cleanDemand({
      units: Float64Array.of(-2, 0.5),
      states: new Uint8Array(2),
      oneCustomer: null,
    });
    expect([...clean.units]).toEqual([0, 0.5]);
    expect(clean.flags).toEqual(['NEGATIVE_CLIPPED', 'FRACTIONAL']);
  });
});
