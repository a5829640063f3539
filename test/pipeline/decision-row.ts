import { randomUUID } from 'node:crypto';
import type { DecisionSiteRow } from '../../src/db/queries/suggestion-site.ts';
import { computeHistoryFigures } from '../../src/domain/plan/history-figures.ts';
import type { LevelFacts } from '../../src/domain/plan/level-facts.ts';
import { brandId, type ItemId, type WarehouseId } from '../../src/shared/ids.ts';
import { storedForecast } from '../domain/plan/make-forecast.ts';

const itemId = brandId<ItemId>(randomUUID());
const quiet = new Float64Array(90);

/** A planned level of always the same item, which sells two a day and is a week away from its supplier. */
export function decisionRow(kind: DecisionSiteRow['kind'], available: string): DecisionSiteRow {
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
