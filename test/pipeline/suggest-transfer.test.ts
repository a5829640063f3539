import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { DecisionSiteRow } from '../../src/db/queries/suggestion-site.ts';
import type { TransferLaneRow } from '../../src/db/queries/transfer-lane.ts';
import type { StandingTransfer } from '../../src/db/queries/transfer-save.ts';
import { toTransferGroup } from '../../src/pipeline/suggest-around.ts';
import { decideRows } from '../../src/pipeline/suggest-item.ts';
import { suggestTransfers } from '../../src/pipeline/suggest-transfer.ts';
import { inTurns, startTurns } from '../../src/pipeline/turns.ts';
import { brandId, type ItemId } from '../../src/shared/ids.ts';
import { decisionRow } from './decision-row.ts';

const [donor, near, far] = [
  decisionRow('PHYSICAL', '60'),
  decisionRow('PHYSICAL', '60'),
  decisionRow('PHYSICAL', '0'),
] as const;
const lane = (from: DecisionSiteRow, to: DecisionSiteRow): TransferLaneRow => ({
  ...{ fromWarehouseId: from.warehouseId, toWarehouseId: to.warehouseId },
  ...{ unitCost: '0.5', transferDays: 2, unitsMin: '0', packUnits: '1', fixedCost: '0' },
  recordedAt: new Date('2026-03-10T00:00:00.000Z'),
});
const suggested = async (standing: readonly StandingTransfer[]) => {
  const group = toTransferGroup(decideRows([donor, near, far]), standing, new Map())!;
  const steps = suggestTransfers([group], [lane(donor, far)], () => 0);
  const { writes } = await inTurns(steps, startTurns());
  return writes.map(({ toWarehouseId, quantity }) => [toWarehouseId, Number(quantity)] as const);
};

test('what a donor has promised elsewhere it does not give again', async () => {
  const [[to, units]] = (await suggested([])) as [readonly [string, number]];
  expect(to).toBe(far.warehouseId);
  expect(units).toBeGreaterThan(5);
  const promised: StandingTransfer = {
    ...{ suggestionId: randomUUID(), itemId: donor.itemId, state: 'APPROVED', silentUntilOn: null },
    ...{ fromWarehouseId: donor.warehouseId, toWarehouseId: near.warehouseId },
    ...{ quantity: '60', decidedQuantity: '60', arrivesOn: '2024-10-06', gain: '10' },
  };
  expect(await suggested([promised])).toEqual([]);
  expect(await suggested([{ ...promised, state: 'OPEN' }])).toEqual([[to, units]]);
  const few = await suggested([{ ...promised, decidedQuantity: '40' }]);
  expect(few.reduce((sum, [, quantity]) => sum + quantity, 0)).toBeLessThanOrEqual(20);
});

test('only items that a dropped lane could have served say so', async () => {
  const others = [decisionRow('PHYSICAL', '60'), decisionRow('PHYSICAL', '0')] as const;
  const [free, dear, both] = Array.from({ length: 3 }, () => brandId<ItemId>(randomUUID())) as [
    ItemId,
    ItemId,
    ItemId,
  ];
  const group = (itemId: ItemId, rows: readonly DecisionSiteRow[]) =>
    toTransferGroup({ ...decideRows(rows), itemId }, [], new Map())!;
  const groups = [group(free, [donor, far]), group(dear, others), group(both, [donor, far, ...others])];
  const lanes = [lane(donor, far), { ...lane(...others), fixedCost: '1000000' }];
  const { writes } = await inTurns(
    suggestTransfers(groups, lanes, () => 0),
    startTurns(),
  );
  expect(writes.map(({ itemId, flags }) => [itemId, flags])).toEqual([
    [free, []],
    [both, ['LANE_FIXED_COST_UNPAID_DROPPED']],
  ]);
});
