import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { poisson, uniforms } from '../domain/forecast/window.ts';

const run = promisify(execFile);
const cli = new URL('../../src/tools/cli.ts', import.meta.url).pathname;
let folder: string;
let input: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forecast-'));
  input = join(folder, 'sales.csv');
  const draw = uniforms(1);
  const days = 200;
  const header = ['id', 'dept', 'price', ...Array.from({ length: days }, (_, t) => `d_${t + 1}`)].join(',');
  const rows = Array.from({ length: 340 }, (_, i) => {
    const mean = 0.2 + (i % 10);
    const units = Array.from({ length: days }, (_, t) => poisson(mean * (t % 7 === 0 ? 2 : 0.8), draw));
    return [`item ${i}`, i % 2 === 0 ? 'even' : 'odd', 2, ...units].join(',');
  });
  rows.push(['never', 'odd', 1, ...new Array<number>(days).fill(0)].join(','));
  rows.push(['"last, one"', 'odd', '', ...new Array<string>(days - 1).fill(''), '4'].join(','));
  rows.push(['unknown', 'odd', 1, ...new Array<string>(days).fill('')].join(','));
  await writeFile(input, `${[header, ...rows].join('\n')}\n`);
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function shuiwei(...args: string[]): Promise<{ stdout: string; stderr: string }> {
  return run(process.execPath, [cli, ...args], { maxBuffer: 1 << 26 });
}

async function refused(...args: string[]): Promise<string> {
  const error = await shuiwei(...args).then(
    () => null,
    (reason: { code: number; stderr: string }) => reason,
  );
  expect(error?.code).toBe(1);
  return error!.stderr;
}

describe('shuiwei forecast', () => {
  it('writes one row per series and period, the same with any number of threads', async () => {
    const one = join(folder, 'one.csv');
    const two = join(folder, 'two.csv');
    const options = ['--input', input, '--horizon', '3', '--start-date', '2024-01-01', '--group-by', 'dept'];
    const { stderr } = await shuiwei('forecast', ...options, '--output', one, '--threads', '1');
    await shuiwei('forecast', ...options, '--output', two, '--threads', '2');
    const text = await readFile(one, 'utf8');
    expect(await readFile(two, 'utf8')).toBe(text);
    const lines = text.trimEnd().split('\n');
    expect(lines[0]).toBe('id,period,mean,q0.005,q0.025,q0.165,q0.25,q0.5,q0.75,q0.835,q0.975,q0.995');
    expect(lines).toHaveLength(1 + 343 * 3);
    expect(lines[1]).toMatch(/^item 0,d_201,/);
    expect(lines[3]).toMatch(/^item 0,d_203,/);
    expect(lines.at(-9)).toBe(`never,d_201,${new Array<number>(10).fill(0).join(',')}`);
    expect(lines.at(-6)).toMatch(/^"last, one",d_201,[\d.]+,/);
    expect(lines.at(-1)).toBe('unknown,d_203,,,,,,,,,,');
    for (const line of lines.slice(1, 1021)) {
      const quantiles = line.split(',').slice(3).map(Number);
      expect([...quantiles].sort((a, b) => a - b)).toEqual(quantiles);
    }
    expect(stderr).toContain('343 series, d_1 to d_200, season 7, with calendar');
    expect(stderr).toContain('343/343 series');
  });

  it('names what is wrong and ends with 1', async () => {
    const out = join(folder, 'never.csv');
    const base = ['forecast', '--input', input, '--horizon', '3', '--output', out];
    expect(await refused(...base, '--group-by', 'shop')).toContain(
      'no column "shop"; there are: id, dept, price',
    );
    expect(await refused(...base, '--start-date', '2024-02-30')).toContain('2024-02-30 is not a date');
    expect(await refused(...base, '--horizon', '0')).toContain('a whole number of 1 or more');
    expect(
      await refused('forecast', '--input', join(folder, 'no.csv'), '--horizon', '1', '--output', out),
    ).toContain('cannot read');
    expect(
      await refused(
        'forecast',
        '--input',
        input,
        '--horizon',
        '1',
        '--output',
        join(folder, 'no', 'way.csv'),
      ),
    ).toContain('cannot write');
  });
});

describe('shuiwei backtest', () => {
  it('prints every method beside the product, the same each time but for the time taken', async () => {
    const args = ['backtest', '--input', input, '--windows', '1', '--horizon', '14', '--weight', 'price'];
    const first = await shuiwei(...args, '--list-series', '--auto-ets');
    const second = await shuiwei(...args, '--list-series', '--auto-ets');
    const timeless = (text: string): string => text.replaceAll(/\d+\.\d+$/gm, '');
    expect(timeless(second.stdout)).toBe(timeless(first.stdout));
    const names = [...first.stdout.matchAll(/^([A-Z][A-Z_]+)/gm)].map((match) => match[1]);
    expect(names).toEqual([
      'SHUIWEI',
      'EXPONENTIAL_SMOOTHING',
      'SEASONAL_NAIVE',
      'TSB',
      'SBA',
      'MOVING_AVERAGE',
      'AUTO_ETS',
    ]);
    const rmsse = (name: string): number =>
      Number(new RegExp(`^${name}.*?(\\d\\.\\d{4})`, 'm').exec(first.stdout)![1]);
    // The made-up weekday pattern is there to be found.
    expect(rmsse('SHUIWEI')).toBeLessThan(rmsse('MOVING_AVERAGE'));
    expect(first.stdout).toMatch(/series: item 0 /);
    expect(first.stdout).toMatch(/^ {6}7 +\d.*–\d+ +\d+( +\d+\.\d){4}$/m);
  });

  it('refuses more windows than the file holds', async () => {
    expect(await refused('backtest', '--input', input, '--windows', '99', '--horizon', '28')).toContain(
      '99 windows of 28 periods leave nothing to learn from',
    );
  });
});

describe('shuiwei bench forecast', () => {
  it('prints speed and memory at three history lengths', async () => {
    const { stdout } = await shuiwei('bench', 'forecast', '--series', '200');
    const days = [...stdout.matchAll(/^ +(\d+) +\d+\.\d{3} +\d+ +\d+ +\d+$/gm)].map((match) =>
      Number(match[1]),
    );
    expect(days).toEqual([365, 730, 1_900]);
  });
});
