import { describe, expect, test } from 'vitest';
import { deleteView, readViews, saveView } from '../../src/dashboard/pages/items/saved-views.ts';
import { emptyWishes, isEmpty, toScenario } from '../../src/dashboard/pages/suggestions/scenario.ts';
import { toSuggestionFilter } from '../../src/dashboard/pages/suggestions/suggestion-filters.ts';
import { daysTone, healthTone } from '../../src/dashboard/pages/warehouses/heat-tone.ts';
import { fitPlaces } from '../../src/dashboard/pages/warehouses/projection.ts';

describe('sliders', () => {
  test('at rest ask nothing', () => {
    expect(isEmpty(emptyWishes)).toBe(true);
    expect(toScenario(emptyWishes)).toEqual({});
  });

  test('become exact decimals', () => {
    expect(toScenario({ demand: 135, leadTime: 50, serviceLevel: 98 })).toEqual({
      demandFactor: '1.35',
      leadTimeFactor: '0.50',
      serviceLevel: '0.98',
    });
  });
});

test('suggestions are those that wait unless another state is asked for', () => {
  const nothing = { state: '', kind: '', warehouse: '', sku: '', due: '' };
  expect(toSuggestionFilter(nothing)).toEqual({ state: { eq: 'OPEN' } });
  expect(toSuggestionFilter({ ...nothing, state: 'HELD', warehouse: 'GZ', due: 'yes' })).toEqual({
    state: { eq: 'HELD' },
    warehouseCode: { eq: 'GZ' },
    isDue: { eq: true },
  });
});

describe('saved views', () => {
  const storageOf = (kept: string | null) => {
    const values = new Map(kept === null ? [] : [['shuiwei.item-views', kept]]);
    return {
      getItem: (name: string) => values.get(name) ?? null,
      setItem: (name: string, value: string) => void values.set(name, value),
    };
  };

  test('are kept, replaced by name and forgotten', () => {
    const storage = storageOf(null);
    saveView(storage, ' A ', 'abc=A');
    saveView(storage, 'B', 'abc=B');
    saveView(storage, 'A', 'abc=A&show=low');
    expect(readViews(storage)).toEqual([
      { name: 'B', query: 'abc=B' },
      { name: 'A', query: 'abc=A&show=low' },
    ]);
    deleteView(storage, 'B');
    expect(readViews(storage).map(({ name }) => name)).toEqual(['A']);
  });

  test.each(['not json', '{"a":1}', '[{"name":""},{"name":1,"query":"x"},null]'])(
    'are none where %s was kept',
    (kept) => {
      expect(readViews(storageOf(kept))).toEqual([]);
    },
  );
});

test.each([
  [0, 30, 'out'],
  [5, null, 'none'],
  [5, 7, 'low'],
  [5, 8, 'near'],
  [5, 60, 'fine'],
  [5, 365, 'high'],
] as const)('%d units that last %s days are painted %s', (available, days, tone) => {
  expect(daysTone(available, days)).toBe(tone);
});

test.each([
  [null, 'none'],
  [25, 'out'],
  [50, 'low'],
  [70, 'near'],
  [85, 'fine'],
  [86, 'high'],
] as const)('a health of %s is painted %s', (score, tone) => {
  expect(healthTone(score)).toBe(tone);
});

describe('the map', () => {
  const frame = { width: 560, height: 400, margin: 70 };
  const spots = [
    { longitude: 104.1, latitude: 30.6 },
    { longitude: 117.2, latitude: 39.1 },
    { longitude: 113.3, latitude: 23.1 },
  ];

  test('keeps every place inside its margins, north up and east right', () => {
    const { place } = fitPlaces(spots, frame);
    const points = spots.map(place);
    for (const [x, y] of points) {
      expect(x).toBeGreaterThanOrEqual(frame.margin - 1);
      expect(x).toBeLessThanOrEqual(frame.width - frame.margin + 1);
      expect(y).toBeGreaterThanOrEqual(frame.margin - 1);
      expect(y).toBeLessThanOrEqual(frame.height - frame.margin + 1);
    }
    const [chengdu, tianjin] = points;
    expect(tianjin?.[0]).toBeGreaterThan(chengdu?.[0] ?? 0);
    expect(tianjin?.[1]).toBeLessThan(chengdu?.[1] ?? 0);
  });

  test('draws coastlines by the same rule as places', () => {
    const { place, transform } = fitPlaces(spots, frame);
    const numbers =
      transform(20)
        .match(/-?[\d.]+(?:e-?\d+)?/g)
        ?.map(Number) ?? [];
    const [a = 0, , , d = 0, e = 0, f = 0] = numbers;
    const [x, y] = place({ longitude: 110, latitude: 35 });
    expect(a * 110 * 20 + e).toBeCloseTo(x, 6);
    expect(d * -35 * 20 + f).toBeCloseTo(y, 6);
  });
});
