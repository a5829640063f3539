import type {
  InboundShipmentObservation,
  StockLevelObservation,
  StockMovementObservation,
  WarehouseObservation,
} from '../connectors/marketplace.ts';
import type { Sql } from '../db/connection.ts';
import type { LevelKey } from '../db/queries/ingest-level.ts';
import { saveMovements } from '../db/queries/ingest-movement.ts';
import {
  resolveItems,
  resolveWarehouses,
  saveWarehouses,
  type WriteContext,
} from '../db/queries/ingest-place.ts';
import { saveShipments } from '../db/queries/ingest-shipment.ts';
import { Decimal } from '../shared/decimal.ts';
import type { LevelReading } from './record-levels.ts';
import { keepLast, resolved, toMovementWrite, toShipmentWrite } from './to-writes.ts';

/** Takes in warehouses. Part of the page's transaction. Writes `warehouse`. */
export async function ingestWarehouses(
  sql: Sql,
  context: WriteContext,
  observations: readonly WarehouseObservation[],
): Promise<void> {
  await saveWarehouses(sql, context, observations);
}

/**
 * Takes in shipments on their way. Part of the page's transaction. Warehouses and article numbers that nobody knows
 * yet are made. Run twice: the second time writes nothing.
 *
 * @returns how many changed, and the levels they go to, whose incoming quantity is to be brought up to date
 */
export async function ingestShipments(
  sql: Sql,
  context: WriteContext,
  observations: readonly InboundShipmentObservation[],
): Promise<{ changedCount: number; levels: readonly LevelKey[] }> {
  const shipments = keepLast(observations, (one) => one.shipmentId);
  if (shipments.length === 0) return { changedCount: 0, levels: [] };
  const codes = shipments.flatMap((one) => (one.warehouseCode === null ? [] : [one.warehouseCode]));
  const warehouses = await resolveWarehouses(sql, context, codes);
  const goods = shipments.flatMap((one) =>
    one.lines.flatMap(({ sku, title }) => (sku === null ? [] : [{ sku, title }])),
  );
  await resolveItems(sql, context, goods);
  const writes = shipments.map((one) => toShipmentWrite(one, warehouses));
  return saveShipments(sql, context, writes);
}

/**
 * Takes in movements; what was shipped is demand. Part of the page's transaction. Warehouses and article numbers
 * that nobody knows yet are made.
 *
 * @returns how many were new
 */
export async function ingestMovements(
  sql: Sql,
  context: WriteContext,
  observations: readonly StockMovementObservation[],
): Promise<number> {
  const movements = keepLast(observations, (one) => one.movementId);
  if (movements.length === 0) return 0;
  const codes = movements.map((one) => one.warehouseCode);
  const warehouses = await resolveWarehouses(sql, context, codes);
  const { ids } = await resolveItems(
    sql,
    context,
    movements.map((one) => ({ sku: one.sku, title: null })),
  );
  const writes = movements.map((one) => toMovementWrite(one, warehouses, ids));
  return saveMovements(sql, context, writes);
}

/**
 * Turns what a warehouse system reports into readings of levels. Part of the page's transaction. Warehouses and
 * article numbers that nobody knows yet are made.
 */
export async function ingestStockLevels(
  sql: Sql,
  context: WriteContext,
  observations: readonly StockLevelObservation[],
): Promise<LevelReading[]> {
  if (observations.length === 0) return [];
  const codes = observations.map((one) => one.warehouseCode);
  const warehouses = await resolveWarehouses(sql, context, codes);
  const { ids } = await resolveItems(sql, context, observations);
  return observations.map((one) => ({
    itemId: resolved(ids, one.sku),
    warehouseId: resolved(warehouses, one.warehouseCode),
    quantities: {
      available: new Decimal(one.available),
      onHand: toDecimal(one.onHand),
      reserved: toDecimal(one.reserved),
      damaged: toDecimal(one.damaged),
      incoming: toDecimal(one.incoming),
    },
    observedAt: one.observedAt,
    checkedAt: context.observedAt,
    source: 'FEED',
    shopId: context.shopId,
  }));
}

function toDecimal(text: string | null): Decimal | null {
  return text === null ? null : new Decimal(text);
}
