import type { MutationPorts } from '../../src/graphql/ports.ts';
import { acceptSuspects } from '../../src/pipeline/accept-suspect.ts';
import { evaluateAlerts } from '../../src/pipeline/evaluate-alerts.ts';
import { recordLevels } from '../../src/pipeline/record-levels.ts';
import { refreshIncoming } from '../../src/pipeline/refresh-incoming.ts';
import { refreshThresholds } from '../../src/pipeline/refresh-thresholds.ts';
import { suggestUnderScenario } from '../../src/pipeline/suggest-scenario.ts';

/** The ports as the application supplies them, without a marketplace; counts the wake-ups. */
export function pipelinePorts(changes: Partial<MutationPorts> = {}): MutationPorts & { wakeCount(): number } {
  let wakes = 0;
  return {
    snapshotRetentionDays: 400,
    recordLevels,
    acceptSuspects,
    evaluateAlerts,
    refreshIncoming,
    refreshThresholds,
    suggestUnderScenario,
    connectShop: () => Promise.reject(new Error('no marketplace here')),
    prepareChannel: () => Promise.reject(new Error('no channels here')),
    wake: () => {
      wakes += 1;
    },
    wakeCount: () => wakes,
    ...changes,
  };
}
