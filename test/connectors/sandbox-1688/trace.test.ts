import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { instantOfWall, parseTraceTime } from '../../../src/connectors/sandbox-1688/trace/local-time.ts';
import { parseTrace, readTrace } from '../../../src/connectors/sandbox-1688/trace/read.ts';
import {
  createTraceWorld,
  loadTraceWorld,
  traceLineId,
} from '../../../src/connectors/sandbox-1688/trace/trace-world.ts';
import { cellAt } from '../../../src/connectors/sandbox-1688/world/steps.ts';
import type { World } from '../../../src/connectors/sandbox-1688/world/world.ts';
import { isAppError } from '../../../src/shared/errors.ts';
import { silentLog } from '../../../src/shared/log.ts';
import { countTraceClasses, type TraceClasses } from '../../../src/tools/trace-classes.ts';

const folder = new URL('./fixtures/', import.meta.url).pathname;
const publicFile = join(folder, 'public-layout.csv');
const tidyFile = join(folder, 'tidy-layout.csv');

/** Counts the classes again from what a world shows on its wires, as a reader of the two sources would. */
function classesOnTheWire(world: World): Omit<TraceClasses, 'rows' | 'malformed'> {
  const sum = (rows: readonly { quantity: number }[]) => ({
    lines: rows.length,
    units: rows.reduce((units, { quantity }) => units + Math.abs(quantity), 0),
  });
  const lines = world.orders.flatMap((order) => order.lines);
  const returned = world.movements.filter(({ kind }) => kind === 'RETURNED');
  const unmatched = returned.filter(({ reference }) => reference === null);
  return {
    sales: sum(lines.filter(({ offer }) => offer !== null)),
    nonGoods: sum(lines.filter(({ offer, priceYuan }) => offer === null && priceYuan !== null)),
    unpriced: sum(lines.filter(({ offer, priceYuan }) => offer === null && priceYuan === null)),
    matchedCancellations: sum(returned.filter(({ reference }) => reference !== null)),
    unmatchedReturns: {
      lines: unmatched.filter(({ id }) => !id.endsWith('-rest')).length,
      units: sum(unmatched).units,
    },
    corrections: sum(world.movements.filter(({ reference }) => reference === 'correction')),
  };
}

describe('the public layout', () => {
  const expected: TraceClasses = {
    rows: 17,
    sales: { lines: 7, units: 28 },
    // Row 7 finds row 1; row 8 finds its other 6 units and no more; row 16 finds row 15.
    matchedCancellations: { lines: 3, units: 11 },
    // The rest of row 8, and row 9, whose country bought none.
    unmatchedReturns: { lines: 1, units: 5 },
    nonGoods: { lines: 3, units: 3 },
    unpriced: { lines: 1, units: 5 },
    corrections: { lines: 1, units: 3 },
    malformed: { lines: 1, units: 0 },
  };

  it('is counted by class straight from the file', async () => {
    expect(await countTraceClasses(publicFile)).toEqual(expected);
  });

  it('travels so that the same counts come out on the other side', async () => {
    const { rows: _, malformed: __, ...classes } = expected;
    expect(classesOnTheWire(await loadTraceWorld(publicFile, silentLog))).toEqual(classes);
  });

  it('reads gzip, Latin-1 and the header with underscores alike', async () => {
    const scratch = await mkdtemp(join(tmpdir(), 'trace-'));
    const text = (await readFile(publicFile, 'utf8'))
      .replace(
        /^.*\n/,
        'invoice_no,stock_code,description,quantity,invoice_time,unit_price_gbp,customer,country\n',
      )
      .replace('TIN ROBOT', 'TIN ROBOT £3');
    const path = join(scratch, 'trace.bin');
    await writeFile(path, gzipSync(Buffer.from(text, 'latin1')));
    expect(await countTraceClasses(path)).toEqual(expected);
    const trace = await readTrace(path);
    expect(trace.lines.some(({ title }) => title === 'TIN ROBOT £3')).toBe(true);
    await rm(scratch, { recursive: true });
  });

  it('names rows that are no lines and goes on', async () => {
    const trace = await readTrace(publicFile);
    expect(trace.malformed).toEqual([
      { row: 12, reason: 'quantity: expected a whole number other than 0, got "two"' },
    ]);
  });

  it('points a matched return to the latest sale, and splits one that finds too little', async () => {
    const world = createTraceWorld(await readTrace(publicFile));
    const returned = world.movements
      .filter(({ kind }) => kind === 'RETURNED')
      .map(({ id, quantity, reference }) => ({ id, quantity, reference }));
    expect(returned).toEqual([
      { id: '7', quantity: 4, reference: traceLineId(1) },
      { id: '8', quantity: 6, reference: traceLineId(1) },
      { id: '8-rest', quantity: 3, reference: null },
      { id: '9', quantity: 2, reference: null },
      { id: '16', quantity: 1, reference: traceLineId(15) },
    ]);
  });

  it('keeps the last 28 days to be played, and serves customers from the warehouse of their country', async () => {
    const world = createTraceWorld(await readTrace(publicFile));
    // 20 April 9:00 in London is 8:00 UTC in summer time.
    expect(world.traceStartAt.toISOString()).toBe('2024-03-23T08:00:00.000Z');
    const sales = world.orders.flatMap((order) => order.lines).filter(({ offer }) => offer !== null);
    const places = sales.map(({ warehouse }) => world.warehouses[warehouse ?? -1]?.code);
    expect(new Set(places)).toEqual(new Set(['GB-MID', 'DE-FRA', 'AE-DXB', 'FR-PAR']));
  });

  it('never lets stock fall below zero, and every unit is accounted for', async () => {
    const world = createTraceWorld(await readTrace(publicFile));
    for (const cell of world.cells) {
      const moves = world.movements.filter(
        ({ sku, warehouse }) => sku === cell.sku && warehouse === cell.warehouse,
      );
      const out = (kind: string) => kind === 'SHIPPED' || kind === 'ADJUSTED_DOWN';
      for (const at of cell.at) {
        const moved = moves
          .filter((move) => move.at <= at)
          .reduce((sum, { kind, quantity }) => sum + (out(kind) ? -quantity : quantity), 0);
        expect(cellAt(cell, at)?.onHand).toBe((cell.onHand[0] ?? 0) + moved - movedAtOpening(world, cell));
        expect(cellAt(cell, at)?.available).toBeGreaterThanOrEqual(0);
      }
    }
  });

  it('is the same world when it is made again', async () => {
    const make = async () => JSON.stringify(createTraceWorld(await readTrace(publicFile)));
    expect(await make()).toBe(await make());
  });
});

/** Movements at the very instant a shelf was opened are in its first quantity already. */
function movedAtOpening(world: World, cell: World['cells'][number]): number {
  return world.movements
    .filter(({ sku, warehouse, at }) => sku === cell.sku && warehouse === cell.warehouse && at === cell.at[0])
    .reduce(
      (sum, { kind, quantity }) =>
        sum + (kind === 'SHIPPED' || kind === 'ADJUSTED_DOWN' ? -quantity : quantity),
      0,
    );
}

describe('backorders', () => {
  it('wait while available stays 0, and are shipped first come first served when goods arrive', () => {
    const rows = ['invoice_time,invoice_no,stock_code,description,quantity,unit_price_gbp,country'];
    for (let day = 1; day <= 28; day++)
      rows.push(`2024-01-${String(day).padStart(2, '0')} 10:00:00,${day},77777,X,10,1,EIRE`);
    rows.push('2024-02-10 10:00:00,100,77777,X,4000,1,EIRE', '2024-02-10 11:00:00,101,77777,X,1,1,EIRE');
    for (let day = 11; day <= 29; day++) rows.push(`2024-02-${day} 10:00:00,${200 + day},77777,X,1,1,EIRE`);
    for (let day = 1; day <= 31; day++)
      rows.push(`2024-03-${String(day).padStart(2, '0')} 10:00:00,${300 + day},77777,X,1,1,EIRE`);
    const world = createTraceWorld(parseTrace(Buffer.from(rows.join('\n')), 'test'));
    const [cell] = world.cells;
    const justAfter = Date.parse('2024-02-10T11:00:00Z');
    expect(cell && cellAt(cell, justAfter)?.available).toBe(0);
    const shipped = world.movements.filter(({ kind }) => kind === 'SHIPPED').map(({ id }) => Number(id));
    expect(shipped).toEqual(shipped.toSorted((a, b) => a - b));
    const large = world.movements.find(({ quantity, kind }) => kind === 'SHIPPED' && quantity === 4_000);
    expect(large?.at).toBeGreaterThan(justAfter);
    expect(world.orders).toHaveLength(28 + 2 + 19 + 31);
  });
});

describe('the tidy layout', () => {
  it('is counted and played alike', async () => {
    const counted = await countTraceClasses(tidyFile);
    expect(counted).toEqual({
      rows: 9,
      sales: { lines: 2, units: 5 },
      matchedCancellations: { lines: 1, units: 4 },
      unmatchedReturns: { lines: 1, units: 4 },
      nonGoods: { lines: 1, units: 1 },
      unpriced: { lines: 1, units: 1 },
      corrections: { lines: 1, units: 5 },
      malformed: { lines: 2, units: 0 },
    });
    const { rows: _, malformed: __, ...classes } = counted;
    expect(classesOnTheWire(createTraceWorld(await readTrace(tidyFile)))).toEqual(classes);
  });
});

describe('files that are no trace', () => {
  it.each([
    ['a,b,c\n1,2,3\n', /first line must name the columns/],
    ['time,order,sku,quantity,warehouse\n', /no line could be read/],
    ['', /first line must name the columns/],
  ])('are refused with what is wrong: %j', (text, message) => {
    expect(() => parseTrace(Buffer.from(text), 'x.csv')).toThrow(message);
  });

  it('says when there is no such file', async () => {
    const failure = await readTrace('/nowhere/at/all.csv').catch((error: unknown) => error);
    expect(isAppError(failure, 'invalid_input')).toBe(true);
  });
});

describe('times', () => {
  it.each([
    ['2010-12-01 08:26:00', '2010-12-01T08:26:00.000Z'],
    ['2011-07-01 08:26', '2011-07-01T07:26:00.000Z'],
    ['12/1/2010 8:26', '2010-12-01T08:26:00.000Z'],
    ['2026-03-01T08:30:00+08:00', '2026-03-01T00:30:00.000Z'],
  ])('%s', (text, expected) => {
    expect(new Date(parseTraceTime(text, 'Europe/London') ?? 0).toISOString()).toBe(expected);
  });

  it.each(['', 'yesterday', '13/1/2010 8:26', '2010-12-01'])('%j is none', (text) => {
    expect(parseTraceTime(text, 'Europe/London')).toBeNull();
  });

  it('follows the zone through summer time', () => {
    const wall = Date.UTC(2024, 6, 1, 12);
    expect(new Date(instantOfWall(wall, 'Asia/Shanghai')).toISOString()).toBe('2024-07-01T04:00:00.000Z');
    expect(new Date(instantOfWall(wall, 'America/New_York')).toISOString()).toBe('2024-07-01T16:00:00.000Z');
  });
});
