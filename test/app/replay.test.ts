import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const projectDir = resolve(import.meta.dirname, '../..');
let folder: string;
let traceFile: string;
const running = new Set<ReturnType<typeof spawn>>();

// Two weeks in all classes: goods sold in two countries, refunded in part, in whole and more than was sold, postage,
// a price that lacks, a write-off, and a row that cannot be read.
const trace = `InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
800001,70001,BRASS BELL,12,5/6/2024 9:00,2.10,11,United Kingdom
800001,70002A,"KITE, RED",5,5/6/2024 9:00,4.25,11,United Kingdom
800001,POST,POSTAGE,1,5/6/2024 9:00,15.00,11,United Kingdom
800002,70001,BRASS BELL,8,5/6/2024 14:30,2.10,12,Germany
800003,70002a,"KITE, RED",3,5/7/2024 10:10,4.25,13,United Kingdom
800003,70003,PAPER LANTERN,20,5/7/2024 10:10,0.85,13,United Kingdom
800004,70003,,7,5/7/2024 16:00,0,,United Kingdom
C800005,70001,BRASS BELL,-5,5/8/2024 9:20,2.10,11,United Kingdom
C800006,70002A,"KITE, RED",-10,5/8/2024 11:00,4.25,11,United Kingdom
C800007,70001,BRASS BELL,-2,5/8/2024 12:00,2.10,14,Japan
800008,70003,PAPER LANTERN,16,5/9/2024 9:45,0.85,15,France
800009,70003,damaged,-6,5/9/2024 17:00,0,,United Kingdom
C800010,D,Discount,-1,5/10/2024 10:00,3.00,15,France
800011,70001,BRASS BELL,ten,5/10/2024 11:00,2.10,16,Germany
800012,70001,BRASS BELL,30,5/13/2024 9:00,1.95,17,Germany
800012,70002A,"KITE, RED",9,5/13/2024 9:00,4.10,17,Germany
800013,70003,PAPER LANTERN,11,5/14/2024 13:15,0.85,18,United Kingdom
C800014,70003,PAPER LANTERN,-11,5/15/2024 9:00,0.85,18,United Kingdom
800015,70001,BRASS BELL,4,5/16/2024 15:40,2.10,19,Australia
800016,BANK CHARGES,Bank charges,1,5/17/2024 9:00,25.00,,United Kingdom
800017,70002A,"KITE, RED",6,5/19/2024 18:00,4.25,20,United Kingdom
`;

/** Counted by hand: lines and units. */
const expected = [
  ['sales', 11, 124],
  // 5 bells; 8 of 10 kites; all 11 lanterns.
  ['matchedCancellations', 3, 24],
  // The 2 kites that were never sold, and what Japan never bought.
  ['unmatchedReturns', 1, 4],
  ['nonGoods', 3, 3],
  ['unpriced', 1, 7],
  ['corrections', 1, 6],
] as const;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shuiwei-replay-'));
  // As root the database runs as a system user, who must be able to enter.
  await chmod(folder, 0o755);
  traceFile = join(folder, 'sales.csv');
  await writeFile(traceFile, trace);
});
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

/** Plays the trace to its end in a process of its own; `onOutput` sees all that was printed so far. */
async function replay(onOutput: (output: string, child: ReturnType<typeof spawn>) => void = () => {}) {
  const child = spawn(process.execPath, ['src/main.ts', '--trace', traceFile, '--speed', 'max'], {
    cwd: projectDir,
    env: { PATH: process.env.PATH, SHUIWEI_DATA_DIR: folder, PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let output = '';
  const look = (chunk: Buffer) => {
    output += chunk.toString();
    onOutput(output, child);
  };
  child.stdout.on('data', look);
  child.stderr.on('data', look);
  const [exitCode] = await once(child, 'close');
  running.delete(child);
  return { exitCode: exitCode as number | null, output };
}

/** What the printed table says of a class: lines and units in the file, the same in the database, and the verdict. */
function rowOf(output: string, name: string): string[] {
  const row = output.split('\n').find((line) => line.startsWith(`${name} `));
  return row?.trim().split(/\s+/).slice(1) ?? [];
}

test('a trace is interrupted, goes on to its end, and ends the same when it is run once more', async () => {
  let isInterrupted = false;
  const interrupted = await replay((output, child) => {
    if (isInterrupted || !output.includes('"replayed"')) return;
    isInterrupted = true;
    child.kill('SIGINT');
  });
  expect(interrupted).toMatchObject({ exitCode: 0, output: expect.stringContaining('SIGINT: stopping') });
  expect(interrupted.output).not.toMatch(/"level":"error"|accounted for/);

  for (const again of [await replay(), await replay()]) {
    for (const [name, lines, units] of expected) {
      const counted = [String(lines), String(units)];
      expect([name, ...rowOf(again.output, name)]).toEqual([name, ...counted, ...counted, 'equal']);
    }
    expect(again.output).toContain('21 rows in the file, 1 unreadable, 20 accounted for in the database');
    expect(again.output).toContain('Everything is accounted for.');
    expect(again.output).not.toContain('"level":"error"');
    expect(again.exitCode).toBe(0);
  }
}, 240_000);
