import type { Observation, RejectedRow } from '../connectors/marketplace.ts';
import { codeOf, isDataFault } from '../db/transaction.ts';
import { isPageOfZeros } from '../domain/stock.ts';
import { Decimal } from '../shared/decimal.ts';
import { isAppError } from '../shared/errors.ts';
import { ingestPage, type PageInput, type PageResult } from './ingest.ts';
import { sortOut } from './observation-check.ts';
import type { PipelinePorts } from './ports.ts';

/** Parts that miss the deadline one after the other until it is the database that is too slow, not the page too large. */
const missedInARowMax = 5;

/** What became of the rows of a page that were stored in parts. */
interface Salvaged {
  changedCount: number;
  zeroedCount: number;
  /** Deadlines missed since a part was stored. */
  missedInARow: number;
  readonly refused: RejectedRow[];
}

/**
 * Stores a page; neither a row that the database refuses nor a page that is too large for one transaction stops it.
 *
 * When the transaction of the whole page fails over its data or its deadline, its halves are stored, each in a
 * transaction of its own under the same fence, and where one fails its halves in turn. Single rows that are refused are
 * quarantined together with the cursor. Slow, and rare: rows were checked at the edge. Whether a page shows nothing but
 * zeros is judged by the whole of it.
 *
 * @throws as `ingestPage`, except for refused data; AppError `deadline_exceeded` when a single row takes too long, or
 *   several parts in a row do
 */
export async function ingestSalvaging(ports: PipelinePorts, input: PageInput): Promise<PageResult> {
  let failure: unknown;
  try {
    return await ingestPage(ports, input);
  } catch (error) {
    if (!isForParts(error) || input.page.observations.length === 0) throw error;
    failure = error;
  }
  const { observations, rejected } = sortOut(input.page, ports.clock.now(), ports.clock.speed);
  const done: Salvaged = { changedCount: 0, zeroedCount: 0, missedInARow: 0, refused: [...rejected] };
  const isAllZero = isPageOfZeros(observations.flatMap(quantityOf));
  await storeParts(ports, { ...input, isAllZero }, observations, failure, done);
  const taken = observations.length + rejected.length - done.refused.length;
  const run =
    input.run === null
      ? null
      : {
          ...input.run,
          rowCount: input.run.rowCount + taken,
          changedCount: input.run.changedCount + done.changedCount,
        };
  const rest = { ...input.page, observations: [], rejected: done.refused };
  const result = await ingestPage(ports, { ...input, page: rest, run });
  return {
    ...result,
    changedCount: result.changedCount + done.changedCount,
    zeroedCount: result.zeroedCount + done.zeroedCount,
  };
}

/** Stores rows that failed together in parts, without moving the cursor. */
async function storeParts(
  ports: PipelinePorts,
  input: PageInput,
  observations: readonly Observation[],
  failure: unknown,
  done: Salvaged,
): Promise<void> {
  const [first] = observations;
  if (first === undefined) return;
  if (!isDataFault(failure)) done.missedInARow += 1;
  if (done.missedInARow >= missedInARowMax) throw failure;
  if (observations.length === 1) {
    if (!isDataFault(failure)) throw failure;
    done.refused.push(toRejected(first, codeOf(failure) ?? ''));
    return;
  }
  const middle = Math.ceil(observations.length / 2);
  for (const part of [observations.slice(0, middle), observations.slice(middle)]) {
    const zeroedBefore = input.zeroedBefore + done.zeroedCount;
    const page = { ...input.page, observations: part, rejected: [] };
    const alone = { nextState: null, run: null, announcesRun: false, answeredHints: [] };
    try {
      const result = await ingestPage(ports, { ...input, ...alone, page, zeroedBefore });
      done.changedCount += result.changedCount;
      done.zeroedCount += result.zeroedCount;
      done.missedInARow = 0;
    } catch (error) {
      if (!isForParts(error)) throw error;
      await storeParts(ports, input, part, error, done);
    }
  }
}

function quantityOf(observation: Observation): Decimal[] {
  const isAboutStock = observation.kind === 'listing' || observation.kind === 'stock_level';
  return isAboutStock && observation.available !== null ? [new Decimal(observation.available)] : [];
}

/** Whether parts of the rows may be stored where all together were not. */
function isForParts(error: unknown): boolean {
  return isDataFault(error) || isAppError(error, 'deadline_exceeded');
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
