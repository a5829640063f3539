import { expect, it } from 'vitest';
import { marketHoldDays, toMarketFactors } from '../../../src/domain/forecast/market-factors.ts';

it('keeps the entry before on days without one', () => {
  const entries = [
    { day: 99, factor: 1.1 },
    { day: 102, factor: 1.2 },
  ];
  expect(toMarketFactors(entries, 100)).toEqual([1.1, 1.1, 1.2]);
  expect(toMarketFactors(entries, 98)).toEqual([1, 1.1, 1.1, 1.1, 1.2]);
  expect(toMarketFactors([], 100)).toEqual([]);
});

it('lets the newest past entry hold for a month, whatever else was loaded', () => {
  const entry = { day: 100, factor: 1.3 };
  const older = { day: 100 - marketHoldDays, factor: 3 };
  for (let ahead = 0; ahead <= marketHoldDays; ahead += 1) {
    expect(toMarketFactors([entry], 100 + ahead)).toEqual([1.3]);
    expect(toMarketFactors([older, entry], 100 + ahead)).toEqual([1.3]);
  }
  expect(toMarketFactors([older, entry], 101 + marketHoldDays)).toEqual([]);
});
