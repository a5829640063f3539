import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { readCsvTable, toPanel, toStates } from '../../src/tools/panel-file.ts';
import { policyOrdersCommand } from '../../src/tools/policy-orders.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'policy-orders-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const weeks = ['2024-01-01', '2024-01-08', '2024-01-15', '2024-01-22'];
const head = `Store,Product,${weeks.join(',')}`;

async function write(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, name.endsWith('.gz') ? gzipSync(text) : text);
  return path;
}

/** Runs the command in this process: starting one takes longer than the work. */
async function runTool(...options: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const written = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      written[name] += String(text);
      return true;
    }),
  );
  const before = process.exitCode;
  process.exitCode = 0;
  try {
    await policyOrdersCommand().parseAsync(options, { from: 'user' });
    return { code: Number(process.exitCode), ...written };
  } finally {
    process.exitCode = before;
    for (const spy of spies) spy.mockRestore();
  }
}

test('writes one order for each series, in the order of the sales file', async () => {
  const sales = await write('sales.csv.gz', `${head}\n0,a,3,4,3,4\n0,b,0,0,0,0\n1,a,10,9,10,11\n`);
  const inStock = await write('in-stock.csv', `${head}\n1,a,1,1,1,1\n0,a,1,1,1,1\n0,b,1,1,1,1\n`);
  const state = await write(
    'state.csv',
    'location,item,on_hand,in_transit_1,in_transit_2\n1,a,0,0,0\n0,b,5,0,0\n0,a,100,0,0\n',
  );
  const output = join(folder, 'orders.csv');
  const ran = await runTool('--sales', sales, '--in-stock', inStock, '--state', state, '--output', output);
  expect(ran).toMatchObject({ code: 0, stdout: '' });
  const lines = (await readFile(output, 'utf8')).trim().split('\n');
  expect(lines[0]).toBe('location,item,order_quantity');
  expect(lines.slice(1, 3)).toEqual(['0,a,0', '0,b,0']);
  const [location, item, quantity] = lines[3]!.split(',');
  expect([location, item]).toEqual(['1', 'a']);
  // Ten a week with nothing on hand: more than a week, less than two, since what is lost while waiting is lost.
  expect(Number(quantity)).toBeGreaterThanOrEqual(9);
  expect(Number(quantity)).toBeLessThanOrEqual(20);

  const replayed = await runTool('--sales', sales, '--in-stock', inStock, '--replay', '3');
  expect(replayed.code).toBe(0);
  expect(replayed.stdout.split('\n')[0]).toBe(
    'policy,cost,holding_cost,shortage_cost,fill_rate,mean_stock,stock_out_share',
  );
  expect(replayed.stdout.trim().split('\n')).toHaveLength(4);
});

test('names every fault with file, row and column, and writes nothing', async () => {
  const sales = await write('bad-sales.csv', `${head}\n0,a,3,-4,3,4\n0,b,0,x,,0\n0,a,1,1,1,1\n`);
  const inStock = await write('bad-in-stock.csv', `${head}\n0,a,1,1,1,2\n`);
  const ran = await runTool('--sales', sales, '--in-stock', inStock, '--replay', '2');
  expect(ran.code).toBe(1);
  for (const part of [
    'bad-sales.csv, row 4: location 0, item a comes twice',
    'bad-sales.csv, row 2: column 2024-01-08 is negative (-4)',
    'bad-sales.csv, row 3: column 2024-01-08 "x" is not a number',
    'bad-sales.csv, row 3: column 2024-01-15 is blank',
    'bad-sales.csv, row 3: location 0, item b is not in',
    'bad-in-stock.csv, row 2: column 2024-01-22 "2" is not a flag',
  ]) {
    expect(ran.stderr).toContain(part);
  }
});

test('periods must agree between the files and be one period apart', async () => {
  const sales = await readCsvTable(await write('s.csv', `${head}\n0,a,1,1,1,1\n`));
  const shorter = await readCsvTable(
    await write('f.csv', 'Store,Product,2024-01-01,2024-01-08,2024-01-15\n0,a,1,1,1\n'),
  );
  // What was sold is known before whether the goods were there: the newest flags may be missing, others not.
  expect(toPanel(sales, shorter, 'week')).toMatchObject({ unflaggedPeriods: 1 });
  expect([...toPanel(sales, shorter, 'week').panel.inStock]).toEqual([1, 1, 1, 1]);
  expect(() => toPanel(shorter, sales, 'week')).toThrow(/period 4 is missing in .*f.csv, but 2024-01-22/);
  const later = await readCsvTable(
    await write('l.csv', 'Store,Product,2024-01-08,2024-01-15,2024-01-22\n0,a,1,1,1\n'),
  );
  expect(() => toPanel(sales, later, 'week')).toThrow(/period 1 is 2024-01-01 in .*s.csv, but 2024-01-08/);
  expect(() => toPanel(sales, sales, 'month')).toThrow(/not one month apart/);
  const mixed = await readCsvTable(await write('m.csv', 'a,b,c,w_1,w_2\n0,a,1,1,1\n'));
  expect(() => toPanel(mixed, mixed, 'week')).toThrow(/column "c" is not a period/);
});

test('the state must name every series once, with the right columns and no negative stock', async () => {
  const names = [{ location: '0', item: 'a' }];
  const table = async (text: string) => readCsvTable(await write('state-bad.csv', text));
  const good = await table('item,in_transit_1,location,on_hand\na,2,0,7\n');
  expect(toStates(good, names, 1)).toEqual([{ onHand: 7, inTransit: [2] }]);
  const faulty: [string, RegExp][] = [
    ['location,item,on_hand\n0,a,1\n', /missing columns in_transit_1/],
    ['location,item,on_hand,in_transit_1,colour\n0,a,1,0,red\n', /unknown columns colour/],
    [
      'location,item,on_hand,in_transit_1\n0,b,1,0\n',
      /no row for location 0, item a[\s\S]*item b is not in the sales/,
    ],
    ['location,item,on_hand,in_transit_1\n0,a,-1,0\n', /row 2: column on_hand is negative/],
    ['location,item,on_hand,in_transit_1\n0,a,1,0\n0,a,1,0\n', /row 3: location 0, item a comes twice/],
  ];
  for (const [text, fault] of faulty) {
    const bad = await table(text);
    expect(() => toStates(bad, names, 1)).toThrow(fault);
  }
  await expect(table('location,item,on_hand,in_transit_1\n0,a,1\n')).rejects.toThrow(/row 2: 3 cells/);
});

test('a missing file is said in words', async () => {
  const ran = await runTool('--sales', join(folder, 'nowhere.csv'), '--in-stock', 'x', '--replay', '2');
  expect(ran).toMatchObject({ code: 1 });
  expect(ran.stderr).toContain('cannot read');
});
