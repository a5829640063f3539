import type { Config } from '../config.ts';
import { openPush } from '../connectors/alibaba-1688/push.ts';
import type { CallBudget } from '../connectors/marketplace.ts';
import type { PipelinePorts } from '../pipeline/ports.ts';
import { createPushReceiver, replayMissedPushes } from '../pipeline/receive-push.ts';
import type { PushReceiver } from '../server/routes.ts';
import { AppError } from '../shared/errors.ts';
import { minuteMs, secondMs } from '../shared/time.ts';
import { demoOrganizationId, sandboxApp } from './demo.ts';
import type { Gateways } from './gateways.ts';

/** Missed messages are asked for this often, real ms: pushes only shorten the wait for the next poll. */
const replayEveryMs = 5 * minuteMs;
const replayMsMax = 60_000;
/** After a fault they are asked for again sooner, real ms: they stay at the platform until they are confirmed. */
const replayAgainAfterMs = 30 * secondMs;

/** Takes pushes signed by the configured app, or by the sandbox's. */
export function createReceiver(config: Config, ports: PipelinePorts, isSandbox: boolean): PushReceiver {
  const secret = config.alibaba1688.appSecret ?? (isSandbox ? sandboxApp.appSecret : null);
  return createPushReceiver(ports, (body) => {
    if (secret === null) throw new AppError('invalid_configuration', 'no 1688 app is set up here');
    return openPush(body, secret);
  });
}

/**
 * Asks for missed messages now and again, for as long as the worker runs. A fault loses nothing: what was stored is
 * confirmed the next time, and the rest comes again.
 *
 * @param gatewayUrl - the sandbox's address; null = the configured gateway
 * @returns stops asking
 */
export function startPushReplay(
  ports: PipelinePorts,
  gateways: Gateways,
  budget: CallBudget,
  gatewayUrl: string | null,
): () => Promise<void> {
  const connector = gateways.alibaba1688For({ organizationId: demoOrganizationId, endpointUrl: gatewayUrl });
  const abort = new AbortController();
  const ask = async (): Promise<boolean> => {
    const session = { budget, signal: AbortSignal.any([abort.signal, AbortSignal.timeout(replayMsMax)]) };
    try {
      const count = await replayMissedPushes(ports, {
        fetch: (from, to, pageNumber) => connector.fetchMissedPushes(session, from, to, pageNumber),
        confirm: (messageIds) => connector.confirmPushes(session, messageIds),
      });
      if (count > 0) ports.log.info({ count }, 'missed push messages were fetched');
      return true;
    } catch (error) {
      if (!abort.signal.aborted) {
        ports.log.warn({ error }, 'missed push messages could not be fetched; they are asked for again');
      }
      return false;
    }
  };
  let timer: NodeJS.Timeout | undefined;
  let asking = Promise.resolve();
  const round = () => {
    asking = ask().then((isDone) => {
      if (!abort.signal.aborted) timer = setTimeout(round, isDone ? replayEveryMs : replayAgainAfterMs);
    });
  };
  round();
  return async () => {
    abort.abort(new AppError('transient', 'the process ends'));
    clearTimeout(timer);
    await asking;
  };
}
