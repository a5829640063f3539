import type { EventQueue } from '../world/event-queue.ts';
import { gamma, hashNumbers, hashText, randomOf } from '../world/random.ts';
import type { WorldShipment } from '../world/world.ts';
import type { Shelf, Shelves } from './shelves.ts';

const dayMs = 86_400_000;
const memoryDays = 56;
const firstShipmentId = 3_187_400_000_000_000_003n;
const suppliersPerWarehouse = 8;

/** Mean days from order to receipt of a supplier: 6 to 13. */
function leadTimeDays(supplier: number): number {
  return 6 + supplier;
}

/**
 * The merchant of a trace looks at the shelves once a day and buys by a plain rule: when stock, less what is
 * promised, and what is under way fall to the usual need of the lead time and a week, up to four more weeks. Deliveries take a random time around the supplier's mean, so shelves run empty now and then.
 */
export function restock(
  parts: { queue: EventQueue; shelves: Shelves; shipments: WorldShipment[] },
  day: number,
  at: number,
): void {
  const baskets = new Map<string, { shelf: Shelf; quantity: number }[]>();
  for (const shelf of parts.shelves.all) {
    shelf.recent += shelf.wanted.get(day - 1) ?? 0;
    const forgotten = day - 1 - memoryDays;
    shelf.recent -= shelf.wanted.get(forgotten) ?? 0;
    shelf.wanted.delete(forgotten);
    if (shelf.recent === 0) continue;
    const perDay = shelf.recent / Math.min(memoryDays, Math.max(28, day - shelf.openedOn));
    const { cell, onHand, onOrder } = shelf.account;
    const supplier = hashText(cell.sku) % suppliersPerWarehouse;
    const position = onHand - shelf.waitingUnits + onOrder;
    const reorderPoint = perDay * (leadTimeDays(supplier) + 7);
    if (position > reorderPoint) continue;
    // Suppliers pack by six.
    const quantity = Math.max(6, Math.ceil((reorderPoint + perDay * 28 - position) / 6) * 6);
    const key = `${cell.warehouse} ${supplier}`;
    const basket = baskets.get(key);
    if (basket === undefined) baskets.set(key, [{ shelf, quantity }]);
    else basket.push({ shelf, quantity });
  }
  for (const [key, basket] of baskets) buy(parts, key, basket, day, at);
}

function buy(
  parts: { queue: EventQueue; shelves: Shelves; shipments: WorldShipment[] },
  key: string,
  basket: readonly { shelf: Shelf; quantity: number }[],
  day: number,
  at: number,
): void {
  const [warehouse = 0, supplier = 0] = key.split(' ').map(Number);
  const random = randomOf(hashNumbers(12, warehouse, supplier), day);
  const mean = leadTimeDays(supplier);
  // Shape 8 gives a coefficient of variation of 0.35.
  const lead = Math.max(2, gamma(random, 8, mean / 8)) * dayMs;
  const id = firstShipmentId + BigInt(parts.shipments.length) * 100_003n;
  const shipment: WorldShipment = {
    id: String(id),
    shownBy: 'wms-feed',
    warehouse,
    supplierName: `Supplier ${warehouse + 1}-${supplier + 1}`,
    orderedAt: at,
    shippedAt: at + Math.floor(lead * (0.25 + 0.3 * random())),
    expectedAt: at + mean * dayMs,
    receivedAt: at + Math.floor(lead),
    lines: basket.map(({ shelf, quantity }, index) => ({
      id: String(id + 1n + BigInt(index)),
      sku: shelf.account.cell.sku,
      title: shelf.account.cell.title,
      quantity,
      receivedQuantity: quantity,
      priceYuan: 0,
    })),
  };
  parts.shipments.push(shipment);
  for (const { shelf, quantity } of basket) parts.shelves.expect(shelf, at, quantity);
  parts.queue.schedule(shipment.receivedAt, (arrivedAt) => {
    for (const [index, { shelf, quantity }] of basket.entries()) {
      parts.shelves.expect(shelf, arrivedAt, -quantity);
      const lineId = shipment.lines[index]?.id ?? '';
      parts.shelves.move(shelf, {
        id: `I${lineId}`,
        at: arrivedAt,
        kind: 'RECEIVED',
        quantity,
        reference: shipment.id,
      });
    }
  });
}
