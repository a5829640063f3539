import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { DecisionSiteRow } from '../../src/db/queries/suggestion-site.ts';
import { computeHistoryFigures } from '../../src/domain/plan/history-figures.ts';
import type { DecisionSite } from '../../src/domain/plan/item-decision.ts';
import type { LevelFacts } from '../../src/domain/plan/level-facts.ts';
import { applyScenario, emptyScenario } from '../../src/domain/plan/scenario.ts';
import { decideRows, type ItemStanding, suggestItem } from '../../src/pipeline/suggest-item.ts';
import { brandId, type ItemId, type WarehouseId } from '../../src/shared/ids.ts';
import { storedForecast } from '../domain/plan/make-forecast.ts';

const itemId = brandId<ItemId>(randomUUID());
const nothing: ItemStanding = {
  ...{ standing: new Map(), decided: new Map(), causes: new Map(), isBatchHeld: false },
};
const quiet = new Float64Array(90);

function level(kind: DecisionSiteRow['kind'], available: string): DecisionSiteRow {
  const facts: LevelFacts = {
    ...{ plannedDay: 20_000, isWhole: true, available, onHand: null, shipments: [], moq: null },
    ...{ stockObservedAt: '2026-03-10T00:00:00.000Z', dataAsOf: '2026-03-10T00:00:00.000Z' },
    leadTime: { origin: 'OVERRIDE', meanDays: 6, sdDays: 0, observedDays: [] },
    ...{ reviewDays: 1, serviceLevel: { origin: 'DEFAULT', level: 0.95 }, safetyStockOverride: null },
    ...{ unitCost: '3', unitPrice: '9' },
    history: computeHistoryFigures({ units: quiet, meanUnits: quiet, outShares: quiet }, 2, 1),
  };
  return {
    ...{ itemId, warehouseId: brandId<WarehouseId>(randomUUID()), sku: 'A-1', kind, supplierName: null },
    ...{ unitDecimals: 0, unitCost: '3', unitPrice: '9' },
    ...{ orderMultiple: null, orderCap: null, coverDaysMax: null },
    ...{ inputs: JSON.stringify(facts), dataAsOf: new Date('2026-03-10T00:00:00.000Z') },
    ...{ firstOn: '2024-10-04', stored: JSON.stringify(storedForecast(2).stored) },
    ...{ historyDays: 100, sigmaUnitsPerDay: '1.5' },
  };
}

const [donor, receiver, pool] = [
  level('PHYSICAL', '100'),
  level('PHYSICAL', '0'),
  level('MARKETPLACE_POOL', '100'),
] as const;
const suggested = (rows: readonly DecisionSiteRow[], moved: (site: DecisionSite) => DecisionSite) =>
  suggestItem(decideRows(rows), nothing, moved).map(({ warehouseId, kind }) => [warehouseId, kind]);

test('goods on their way between warehouses are not bought, and are no reason to offer less', () => {
  const rows = [donor, receiver, pool];
  expect(suggested(rows, (site) => site)).toEqual([[receiver.warehouseId, 'PURCHASE']]);
  const moved = (site: DecisionSite): DecisionSite => {
    const given = site.warehouseId === donor.warehouseId ? 50 : 0;
    const received = site.warehouseId === receiver.warehouseId ? [{ day: 2, units: 50 }] : [];
    const scenario = { ...emptyScenario, leavingUnits: given, assumedArrivals: received };
    return { ...site, ...applyScenario(site, scenario) };
  };
  expect(suggested(rows, moved)).toEqual([]);
});

test('a channel that offers too much is told so, moved or not', () => {
  const rows = [donor, receiver, { ...pool, inputs: pool.inputs.replace('"100"', '"300"') }];
  const listing = [pool.warehouseId, 'LISTING'];
  expect(suggested(rows, (site) => site)).toContainEqual(listing);
  const scenario = { ...emptyScenario, leavingUnits: 1 };
  expect(suggested(rows, (site) => ({ ...site, ...applyScenario(site, scenario) }))).toContainEqual(listing);
});
