import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { AppError } from '../shared/errors.ts';
import type { SeriesFileOptions, SeriesSet } from './series-set.ts';
import { readTidyRows } from './series-tidy.ts';
import { readWideRows } from './series-wide.ts';

/**
 * Reads many series from a CSV or CSV.gz file.
 *
 * Wide: id columns, then one column per period; a blank cell is "not known". Tidy: id, date, quantity, one row
 * per sale or period; a period is a day, or a week or month when all dates lie so far apart; periods without a row
 * are 0 from the first to the last date of the file, rows of one period add up, negative rows are returns and left
 * out. One bad series is skipped with a note naming row and column; it never stops the run.
 *
 * @param path - file; `.gz` is unpacked
 * @throws AppError `invalid_input` if the file cannot be read, has no usable columns or no usable series
 */
export async function readSeriesFile(path: string, options: SeriesFileOptions): Promise<SeriesSet> {
  const file = createReadStream(path);
  const text = path.endsWith('.gz') ? file.pipe(createGunzip()) : file;
  const parser = parse({
    ...{ bom: true, info: true, skip_empty_lines: true },
    // One odd row must not stop the file: it is read as far as it goes, and noted.
    ...{ relax_column_count: true, relax_quotes: true },
  });
  // pipe() does not carry errors on: a missing or broken file must reach the reader of the parser.
  file.on('error', (error) => parser.destroy(error));
  text.on('error', (error: Error) => parser.destroy(error));
  text.pipe(parser);
  try {
    const set =
      options.layout === 'wide' ? await readWideRows(parser, options) : await readTidyRows(parser, options);
    if (set.ids.length === 0) {
      throw new AppError('invalid_input', ['no usable series in the file', ...set.notes].join('\n  '));
    }
    return set;
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError(
      'invalid_input',
      `cannot read ${path}: ${error instanceof Error ? error.message : error}`,
      {
        cause: error,
      },
    );
  } finally {
    file.destroy();
  }
}
