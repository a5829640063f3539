import type { MutationPorts } from '../graphql/ports.ts';
import { acceptSuspects } from '../pipeline/accept-suspect.ts';
import { evaluateAlerts } from '../pipeline/evaluate-alerts.ts';
import type { PipelinePorts } from '../pipeline/ports.ts';
import { recordLevels } from '../pipeline/record-levels.ts';
import { refreshIncoming } from '../pipeline/refresh-incoming.ts';
import { refreshThresholds } from '../pipeline/refresh-thresholds.ts';
import { suggestUnderScenario } from '../pipeline/suggest-scenario.ts';

/** Hands the pipeline's steps to the mutations, which run them inside their own transaction. */
export function createMutationPorts(
  connectShop: MutationPorts['connectShop'],
  { wake, settings }: Pick<PipelinePorts, 'wake' | 'settings'>,
  prepareChannel: MutationPorts['prepareChannel'],
): MutationPorts {
  return {
    snapshotRetentionDays: settings.snapshotRetentionDays,
    recordLevels,
    acceptSuspects,
    refreshThresholds,
    refreshIncoming,
    evaluateAlerts,
    connectShop,
    wake,
    prepareChannel,
    suggestUnderScenario,
  };
}
