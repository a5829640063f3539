import { createHmac } from 'node:crypto';
import { linkTo } from '../domain/notification/words.ts';
import { secondMs } from '../shared/time.ts';
import type { ChannelMessage, DeliveryReceipt } from './channel.ts';
import type { HttpClient } from './http.ts';
import { assertStatus, postJson } from './provider-answer.ts';

/** What must be known to call a webhook. */
export interface WebhookSecrets {
  readonly url: string;
  readonly signSecret: string;
}

/**
 * Calls a webhook: JSON, signed as the Standard Webhooks specification says, so that its libraries can check it.
 * Answers are measured by their status; of the body nothing is shown, the target is a host that a user chose.
 *
 * @param nowMs - real time, goes into the signature
 * @throws AppError as the port says
 */
export async function callWebhook(
  http: HttpClient,
  secrets: WebhookSecrets,
  message: ChannelMessage,
  nowMs: number,
  signal: AbortSignal,
): Promise<DeliveryReceipt> {
  const body = composeWebhook(message);
  const timestamp = Math.floor(nowMs / secondMs);
  const answer = await postJson(http, secrets.url, body, signal, {
    'webhook-id': message.deliveryId,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': `v1,${signWebhook(secrets.signSecret, message.deliveryId, timestamp, body)}`,
    'user-agent': 'shuiwei',
  });
  assertStatus(answer, 'webhook');
  return { answer: `HTTP ${answer.status}` };
}

/**
 * HMAC-SHA-256 over id, timestamp and body, in base64. A secret that begins with `whsec_` is base64, any other is
 * taken as it stands.
 *
 * @see Standard Webhooks, specification, signature scheme: github.com/standard-webhooks/standard-webhooks
 */
function signWebhook(secret: string, id: string, timestampSeconds: number, body: string): string {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : secret;
  return createHmac('sha256', key).update(`${id}.${timestampSeconds}.${body}`).digest('base64');
}

const typeNames: Record<ChannelMessage['kind'], string> = {
  ALERTS: 'stock_alerts.changed',
  TEST: 'notification.test',
  SALES_POLICIES: 'sales_policies.changed',
  ORDERS: 'orders.approved',
};

/** The body: the same bytes on every attempt. Quantities are decimal text, instants RFC 3339. */
function composeWebhook(message: ChannelMessage): string {
  return JSON.stringify({
    id: message.deliveryId,
    type: typeNames[message.kind],
    timestamp: message.composedAt.toISOString(),
    data: toData(message),
  });
}

function toData(message: ChannelMessage): object {
  const { title, severity, dashboardUrl } = message;
  switch (message.kind) {
    case 'SALES_POLICIES':
      return { title, policies: message.policies ?? [] };
    case 'ORDERS':
      return { title, orders: message.orders ?? [] };
    default: {
      const urlOf = (sku: string | null) => (dashboardUrl === null ? null : linkTo(dashboardUrl, sku));
      return {
        title,
        severity,
        alerts: message.alerts.map((alert) => ({ ...alert, url: urlOf(alert.sku) })),
      };
    }
  }
}
