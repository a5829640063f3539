import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';

/**
 * Scores what the `forecast` command wrote against the days that followed, with the definitions of the M5
 * competition and nothing of the program: `npm run acceptance:forecast -- --actuals FILE --forecast OUT
 * --fit-to d_1941 [--weight sell_price_d1941]`. The file of actuals is wide and holds history and future.
 * Ends with 1 when a series has no forecast, or a quantile lies below one of a lower level.
 */
const { values: given } = parseArgs({
  options: {
    actuals: { type: 'string' },
    forecast: { type: 'string' },
    'fit-to': { type: 'string' },
    weight: { type: 'string' },
  },
});
const { actuals, forecast, weight } = given;
const fitTo = given['fit-to'];
if (actuals === undefined || forecast === undefined || fitTo === undefined) {
  process.stderr.write('needed: --actuals FILE --forecast FILE --fit-to PERIOD [--weight COLUMN]\n');
  process.exit(2);
}

type Row = Record<string, string>;

function readRows(path: string): Row[] {
  const bytes = readFileSync(path);
  const text = path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
  return parse(text, { columns: true, bom: true }) as Row[];
}

/** Columns of the history and of the days after it, in the file's order. */
function splitColumns(row: Row, last: string): { past: string[]; future: string[] } {
  const prefix = last.replace(/\d+$/, '');
  const columns = Object.keys(row).filter(
    (name) => name.startsWith(prefix) && /^\d+$/.test(name.slice(prefix.length)),
  );
  const end = columns.indexOf(last);
  if (end < 0) throw new Error(`no column ${last} among ${columns.length} columns ${prefix}…`);
  return { past: columns.slice(0, end + 1), future: columns.slice(end + 1) };
}

const predicted = Map.groupBy(readRows(forecast), (row) => row.id!);
const history = readRows(actuals);
const { past, future } = splitColumns(history[0]!, fitTo);
const sum = { series: 0, rmsse: 0, spl: 0, weight: 0, wrmsse: 0, wspl: 0, units: 0, expected: 0 };
const faults: string[] = [];

for (const row of history) {
  const sales = past.map((name) => Number(row[name]));
  const first = sales.findIndex((units) => units > 0);
  const steps = sales.slice(first + 1).map((units, i) => units - sales[first + i]!);
  const square = steps.reduce((total, step) => total + step * step, 0) / steps.length;
  const absolute = steps.reduce((total, step) => total + Math.abs(step), 0) / steps.length;
  if (first < 0 || !(square > 0)) continue;
  const byPeriod = new Map(predicted.get(row.id!)?.map((one) => [one.period!, one]));
  const horizon = future.filter((name) => byPeriod.has(name));
  if (horizon.length === 0 || horizon.length !== byPeriod.size) {
    faults.push(`${row.id}: ${byPeriod.size} periods forecast, ${horizon.length} of them can be scored`);
    continue;
  }
  let squares = 0;
  let pinball = 0;
  let levels = 0;
  for (const name of horizon) {
    const one = byPeriod.get(name)!;
    const units = Number(row[name]);
    if (one.mean === '') faults.push(`${row.id}, ${name}: no forecast`);
    squares += (units - Number(one.mean)) ** 2;
    sum.units += units;
    sum.expected += Number(one.mean);
    let lower = 0;
    for (const [column, text] of Object.entries(one)) {
      if (!column.startsWith('q')) continue;
      const level = Number(column.slice(1));
      const quantile = Number(text);
      if (!(quantile >= lower)) faults.push(`${row.id}, ${name}: ${column} below a lower level's quantile`);
      lower = quantile;
      pinball += units >= quantile ? level * (units - quantile) : (1 - level) * (quantile - units);
      levels += 1;
    }
  }
  const rmsse = Math.sqrt(squares / horizon.length / square);
  const spl = pinball / levels / absolute;
  const recent = sales.slice(-horizon.length).reduce((total, units) => total + units, 0);
  const worth = weight === undefined ? 1 : (Number(row[weight]) || 0) * recent;
  sum.series += 1;
  sum.rmsse += rmsse;
  sum.spl += spl;
  sum.weight += worth;
  sum.wrmsse += worth * rmsse;
  sum.wspl += worth * spl;
}

const figures = {
  series: sum.series,
  RMSSE: (sum.rmsse / sum.series).toFixed(4),
  WRMSSE: (sum.wrmsse / sum.weight).toFixed(4),
  SPL: (sum.spl / sum.series).toFixed(4),
  WSPL: (sum.wspl / sum.weight).toFixed(4),
  bias: `${((sum.expected / sum.units - 1) * 100).toFixed(1)} %`,
};
for (const [name, value] of Object.entries(figures)) process.stdout.write(`${name.padEnd(8)} ${value}\n`);
for (const fault of faults.slice(0, 10)) process.stdout.write(`FAULT ${fault}\n`);
process.exitCode = faults.length > 0 || sum.series === 0 ? 1 : 0;
