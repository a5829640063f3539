import type { Observation, RejectedRow } from '../connectors/marketplace.ts';
import { codeOf } from '../db/transaction.ts';
import { ingestPage, type PageInput, type PageResult } from './ingest.ts';
import { sortOut } from './observation-check.ts';
import type { PipelinePorts } from './ports.ts';

/** SQLSTATE classes that blame the data: bad values, broken constraints, numbers beyond the limits of the program. */
const dataFaultPattern = /^(22|23|54)[0-9A-Z]{3}$/;

/**
 * Stores a page; a row that the database refuses does not stop it.
 *
 * When the transaction of the whole page fails over its data, the rows are stored one by one, each in a transaction
 * of its own under the same fence, and those that fail are quarantined together with the cursor. Slow, and rare:
 * rows were checked at the edge.
 *
 * @throws as `ingestPage`, except for refused data
 */
export async function ingestSalvaging(ports: PipelinePorts, input: PageInput): Promise<PageResult> {
  try {
    return await ingestPage(ports, input);
  } catch (error) {
    if (!isDataFault(error) || input.page.observations.length === 0) throw error;
  }
  const { observations, rejected } = sortOut(input.page, ports.clock.now(), ports.clock.speed);
  const refused: RejectedRow[] = [...rejected];
  let changedCount = 0;
  for (const observation of observations) {
    const page = { ...input.page, observations: [observation], rejected: [] };
    try {
      const alone = { ...input, page, nextState: null, run: null, announcesRun: false, answeredHints: [] };
      changedCount += (await ingestPage(ports, alone)).changedCount;
    } catch (error) {
      if (!isDataFault(error)) throw error;
      refused.push(toRejected(observation, codeOf(error) ?? ''));
    }
  }
  const taken = observations.length + rejected.length - refused.length;
  const run = input.run === null ? null : { ...input.run, rowCount: input.run.rowCount + taken };
  const rest = { ...input.page, observations: [], rejected: refused };
  const result = await ingestPage(ports, { ...input, page: rest, run });
  return { ...result, changedCount: result.changedCount + changedCount };
}

function isDataFault(error: unknown): boolean {
  return dataFaultPattern.test(codeOf(error) ?? '');
}

function toRejected(observation: Observation, code: string): RejectedRow {
  return {
    rowKey: null,
    reason: `the database refuses the row (${code})`,
    raw: JSON.stringify(observation)
      .replaceAll('\\u0000', '')
      .slice(0, 16 * 1024),
  };
}
