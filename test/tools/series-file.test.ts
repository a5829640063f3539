import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPeriodColumns, periodName, suggestSeason } from '../../src/tools/period-columns.ts';
import { readSeriesFile } from '../../src/tools/series-file.ts';
import { type SeriesFileOptions, type SeriesSet, seriesOf } from '../../src/tools/series-set.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'series-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

const wide: SeriesFileOptions = { layout: 'wide', idColumns: [], idPattern: null, fitTo: null, season: null };
const tidy: SeriesFileOptions = { ...wide, layout: 'tidy' };
let files = 0;

async function read(text: string | Buffer, options: SeriesFileOptions): Promise<SeriesSet> {
  files += 1;
  const path = join(folder, `${files}.csv${typeof text === 'string' ? '' : '.gz'}`);
  await writeFile(path, text);
  return readSeriesFile(path, options);
}

function rowsOf(set: SeriesSet): number[][] {
  return set.ids.map((_, i) => [...seriesOf(set, i)]);
}

describe('period columns', () => {
  it('are the largest family of even names; a price is not a period', () => {
    const found = findPeriodColumns(['id', 'store_id', 'sell_price_d1941', 'd_1', 'd_2', 'd_3']);
    expect(found.columns).toEqual([3, 4, 5]);
    expect(found.others).toEqual([0, 1, 2]);
    expect(periodName(found.naming, 3)).toBe('d_4');
    expect(suggestSeason(found.naming)).toBe(7);
  });

  it('go on as they began: dates, weeks, months, padded numbers', () => {
    const next = (header: string[]) => {
      const { naming, columns } = findPeriodColumns(header);
      return [periodName(naming, columns.length), suggestSeason(naming)];
    };
    expect(next(['id', '2024-02-28', '2024-02-29'])).toEqual(['2024-03-01', 7]);
    expect(next(['id', '2024-02-26', '2024-03-04'])).toEqual(['2024-03-11', 52]);
    expect(next(['id', '2024-11', '2024-12'])).toEqual(['2025-01', 12]);
    expect(next(['id', 'w_51', 'w_52'])).toEqual(['w_53', 52]);
    expect(next(['id', 'p08', 'p09'])).toEqual(['p10', null]);
  });

  it('are put in time order, and a gap is refused by name', () => {
    expect(findPeriodColumns(['d_2', 'id', 'd_1']).columns).toEqual([2, 0]);
    expect(() => findPeriodColumns(['id', 'd_1', 'd_2', 'd_4'])).toThrow(
      /column 4 \(d_4\) comes 2 after column 3/,
    );
    expect(() => findPeriodColumns(['id', 'name'])).toThrow(/no period columns/);
  });
});

describe('wide files', () => {
  it('reads values, blanks as unknown, and keeps the other columns', async () => {
    const set = await read('id,dept,d_1,d_2,d_3\na,x,1,,3\nb,y,0,2,0.5\n', wide);
    expect(set.ids).toEqual(['a', 'b']);
    expect(rowsOf(set)).toEqual([
      [1, Number.NaN, 3],
      [0, 2, 0.5],
    ]);
    expect(set.attributes.get('dept')).toEqual(['x', 'y']);
  });

  it('reads gzip and stops at --fit-to', async () => {
    const set = await read(gzipSync('id,d_1,d_2,d_3\na,1,2,3\n'), { ...wide, fitTo: 'd_2' });
    expect(rowsOf(set)).toEqual([[1, 2]]);
    expect(set.length).toBe(2);
    await expect(read('id,d_1,d_2\na,1,2\n', { ...wide, fitTo: 'd_9' })).rejects.toThrow(/--fit-to d_9/);
  });

  it('skips a bad series with row and column, takes negatives as 0, and goes on', async () => {
    const set = await read('id,d_1,d_2\na,1,oops\nb,-4,2\nb,9,9\nc,1,1\n', wide);
    expect(set.ids).toEqual(['b', 'c']);
    expect(rowsOf(set)[0]).toEqual([0, 2]);
    expect(set.skipped).toBe(2);
    expect(set.notes).toEqual([
      'row 2, column 3 (d_2): "oops" is not a number; series skipped',
      'row 3: 1 negative quantities taken as 0',
      'series b comes twice; the first is used',
    ]);
  });

  it('bears byte order mark, CRLF, quotes within text, words for nothing, rows too short or too long', async () => {
    const set = await read('\uFEFFid,name,d_1,d_2\r\na,5" nail,1,NA\r\nb,x,1\r\nc,x,1,2,3\r\n', wide);
    expect(rowsOf(set)).toEqual([
      [1, Number.NaN],
      [1, Number.NaN],
      [1, 2],
    ]);
    expect(set.attributes.get('name')).toEqual(['5" nail', 'x', 'x']);
    expect(set.notes).toEqual([
      'row 3: 3 columns, the header has 4; the missing ones are not known',
      'row 4: 5 columns, the header has 4; the rest is not read',
    ]);
  });

  it('skips what is too big to be a quantity', async () => {
    const set = await read('id,d_1,d_2\na,1,1e13\nb,1,1e12\nc,1,1e999\n', wide);
    expect(set.ids).toEqual(['b']);
    expect(set.notes).toEqual([
      'row 2, column 3 (d_2): "1e13" is too big, 1e12 is the most; series skipped',
      'row 4, column 3 (d_2): "1e999" is not a number; series skipped',
    ]);
  });

  it('finds what names a series, or takes what is asked for', async () => {
    const text = 'Store,Product,2024-01-01,2024-01-08\n0,126,1,2\n0,182,3,4\n1,126,5,6\n';
    expect((await read(text, wide)).ids).toEqual(['0_126', '0_182', '1_126']);
    expect((await read('name,item_id,1,2\nx,7,1,2\nx,8,1,2\n', wide)).ids).toEqual(['7', '8']);
    expect((await read(text, { ...wide, idColumns: ['Product', 'Store'] })).ids[0]).toBe('126_0');
    await expect(read(text, { ...wide, idColumns: ['sku'] })).rejects.toThrow(
      /no column "sku"; there are: Store/,
    );
  });

  it('says when there is nothing', async () => {
    await expect(read('', wide)).rejects.toThrow(/empty/);
    await expect(read('id,d_1,d_2\na,x,y\n', wide)).rejects.toThrow(/no usable series[\s\S]*row 2, column 2/);
    await expect(readSeriesFile(join(folder, 'missing.csv'), wide)).rejects.toThrow(/cannot read .*missing/);
    await expect(read(Buffer.from('not gzip'), wide)).rejects.toThrow(/cannot read/);
  });
});

describe('tidy files', () => {
  it('adds up rows of a day, fills gaps with 0 and ends all series on the same day', async () => {
    const set = await read(
      'id,date,quantity\na,2024-01-01,2\na,2024-01-03,1\na,2024-01-03,4\nb,2024-01-02,7\n',
      tidy,
    );
    expect(set.ids).toEqual(['a', 'b']);
    expect(rowsOf(set)).toEqual([
      [2, 0, 5],
      [0, 7, 0],
    ]);
    expect(periodName(set.naming, 3)).toBe('2024-01-04');
    expect(set.notes).toContain('1 rows repeat a series and day: added up');
  });

  it('sorts unordered rows, leaves returns out, skips wrong dates by row and column', async () => {
    const text =
      'invoice_time,stock_code,quantity\n2024-01-02 08:00:00,a,3\n2024-01-01 09:00:00,a,1\n2024-01-01,a,-5\n2024-02-30,b,1\n';
    const set = await read(text, tidy);
    expect(rowsOf(set)).toEqual([[1, 3]]);
    expect(set.skipped).toBe(1);
    expect(set.notes).toContain(
      'row 5, column 1 (invoice_time): "2024-02-30" is not a date (YYYY-MM-DD); series b skipped',
    );
    expect(set.notes).toContain('1 negative rows left out: returns are not demand');
  });

  it('takes weeks and months for periods when all dates lie so far apart', async () => {
    const weeks = 'id,date,quantity\na,2024-01-01,1\na,2024-01-08,2\na,2024-01-22,4\nb,2024-01-15,3\n';
    const weekly = await read(weeks, tidy);
    expect(rowsOf(weekly)).toEqual([
      [1, 2, 0, 4],
      [0, 0, 3, 0],
    ]);
    expect([periodName(weekly.naming, 4), suggestSeason(weekly.naming)]).toEqual(['2024-01-29', 52]);
    expect(weekly.notes).toContain('all dates lie whole weeks apart: a period is a week');
    expect((await read(weeks, { ...tidy, season: 7 })).length).toBe(22);
    const monthly = await read(
      'id,date,quantity\na,2023-11-01,1\na,2023-12-01,2\na,2024-01-01,3\na,2024-03-01,4\n',
      tidy,
    );
    expect(rowsOf(monthly)).toEqual([[1, 2, 3, 0, 4]]);
    expect([periodName(monthly.naming, 5), suggestSeason(monthly.naming)]).toEqual(['2024-04', 12]);
  });

  it('keeps what is not known apart from 0, and the other columns', async () => {
    const set = await read(
      'id,date,quantity,cat\na,2024-01-01,2,x\na,2024-01-02,NA,x\nb,2024-01-03,1,y\n',
      tidy,
    );
    expect(rowsOf(set)).toEqual([
      [2, Number.NaN, 0],
      [0, 0, 1],
    ]);
    expect(set.attributes.get('cat')).toEqual(['x', 'y']);
    expect(set.notes).toContain('1 rows without a quantity: not known, which is not 0');
  });

  it('skips a series with a year typed wrongly instead of stretching all over centuries', async () => {
    const set = await read(
      'id,date,quantity\na,2024-01-01,2\nb,2024-01-02,1\nb,2204-01-03,1\na,2024-01-03,2\n',
      tidy,
    );
    expect(set.ids).toEqual(['a']);
    expect(set.length).toBe(3);
    expect(set.notes[0]).toBe(
      'row 4, column 2 (date): "2204-01-03" is more than eleven years from most dates; series b skipped',
    );
  });

  it('names unknown columns', async () => {
    await expect(read('id,when,quantity\na,2024-01-01,1\n', tidy)).rejects.toThrow(
      /no date column among: id, when/,
    );
  });
});
