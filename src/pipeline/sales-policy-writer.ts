import { loadWorkerOrganizations } from '../db/queries/lease.ts';
import { codeOf } from '../db/transaction.ts';
import { AppError } from '../shared/errors.ts';
import type { PipelinePorts } from './ports.ts';
import { writeNextSalesPolicy } from './sales-policy-write.ts';

/** The running writer of one process. */
export interface SalesPolicyWriter {
  /** Begins nothing more and cuts the call under way off; it is then uncertain and looked at again later. */
  stop(): Promise<void>;
}

/** Writes of one organization before the next gets its turn. */
const writesInRowMax = 20;

/**
 * Starts to write quantities back beside the stages, so that a slow platform holds up nobody. Writes wait in a table
 * and are claimed under leases: any number of processes may run it. Without write-back switched on it only looks.
 */
export function startSalesPolicyWriter(ports: PipelinePorts): SalesPolicyWriter {
  const abort = new AbortController();
  let wakeUp: () => void = () => {};
  const round = async () => {
    for (const organizationId of await loadWorkerOrganizations(ports.db)) {
      for (let count = 0; count < writesInRowMax && !abort.signal.aborted; count += 1) {
        if (!(await writeNextSalesPolicy(ports, organizationId, abort.signal))) break;
      }
    }
  };
  const loop = (async () => {
    while (!abort.signal.aborted) {
      try {
        await round();
      } catch (error) {
        ports.log.warn({ code: codeOf(error) }, 'quantities could not be written back; trying again');
      }
      if (abort.signal.aborted) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ports.settings.stageEveryMs);
        wakeUp = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  })();
  return {
    async stop() {
      abort.abort(new AppError('transient', 'the process ends'));
      wakeUp();
      await loop;
    },
  };
}
