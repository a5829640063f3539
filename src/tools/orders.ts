import { writeFile } from 'node:fs/promises';
import { Command, Option } from 'commander';
import { loadDraftLines } from '../db/queries/suggestion-draft.ts';
import { withOrganization } from '../db/tenant.ts';
import { writeOrderCsv } from '../graphql/order-draft-csv.ts';
import { AppError } from '../shared/errors.ts';
import type { OrganizationId } from '../shared/ids.ts';
import { parseOrganizationId } from './operator.ts';
import { withDatabase } from './with-database.ts';

/** More lines are no file that a person looks through before sending it. */
const linesMax = 100_000;

interface ExportOptions {
  readonly organization: OrganizationId;
  readonly state: 'approved' | 'open';
  readonly supplier?: string;
  readonly output?: string;
}

/** `shuiwei orders export`: order lines as CSV. */
export function ordersCommand(): Command {
  return new Command('orders').description('orders to suppliers').addCommand(
    new Command('export')
      .description(
        'write what is approved and not on record yet, or what is suggested, as CSV; changes nothing',
      )
      .requiredOption('--organization <id>', 'whose orders', parseOrganizationId)
      .addOption(
        new Option('--state <state>', 'which orders').choices(['approved', 'open']).default('approved'),
      )
      .option('--supplier <name>', 'of this supplier only')
      .option('--output <file>', 'where to; default: the terminal')
      .action(exportOrders),
  );
}

async function exportOrders({ organization, state, supplier, output }: ExportOptions): Promise<void> {
  const wanted = {
    state: state === 'open' ? 'OPEN' : 'APPROVED',
    ...(supplier === undefined ? {} : { supplierName: supplier }),
  } as const;
  const lines = await withDatabase(({ db }) =>
    withOrganization(db, 'app', organization, (sql) => loadDraftLines({ sql }, wanted, linesMax + 1), {
      isIdempotent: true,
      isReadOnly: true,
    }),
  );
  if (lines.length > linesMax) {
    throw new AppError('invalid_input', `more than ${linesMax} lines: name a supplier with --supplier`);
  }
  const csv = writeOrderCsv(lines);
  if (output === undefined) process.stdout.write(csv);
  else await writeFile(output, csv);
  console.error(`${lines.length} lines`);
}
