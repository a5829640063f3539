import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import { isJsonObject, parseJson } from '../lossless.ts';
import type { PushHint, PushMessage } from '../marketplace.ts';
import { describeIssues, id, instant, lenient, longId, required, text } from '../wire-values.ts';
import { parseDate } from './dates.ts';
import { isPushSignatureValid, signatureField } from './sign.ts';

interface FormField {
  name: Buffer;
  value: Buffer;
}

/** Largest push: messages have about 1 KiB, a list of changed variants some more. */
const bodyBytesMax = 256 * 1024;

/**
 * Verifies a push and reads what it says.
 *
 * @param body - the request body, form encoded, exactly as received
 * @throws AppError `forbidden` when the signature is missing or wrong, `invalid_input` when the message cannot be
 *   read or is larger than 256 KiB. A genuine message about something unknown has no hints
 */
export function openPush(body: Uint8Array, appSecret: string): PushMessage {
  if (body.length > bodyBytesMax) throw new AppError('invalid_input', 'the push is larger than 256 KiB');
  const fields = decodeForm(Buffer.from(body).toString('latin1'));
  const given = fields.find((field) => field.name.toString() === signatureField)?.value.toString('latin1');
  if (given === undefined || !isPushSignatureValid(fields, appSecret, given)) {
    throw new AppError('forbidden', 'the signature of the push is missing or wrong');
  }
  const byName = new Map(fields.map((field) => [field.name.toString(), field.value.toString()]));
  if (byName.size !== fields.length) throw new AppError('invalid_input', 'a field of the push stands twice');
  const message = byName.get('message');
  return readEnvelope(message === undefined ? Object.fromEntries(byName) : parseMessage(message));
}

/** Splits a form into bytes, because the signature covers bytes; decoding to text first could change them. */
function decodeForm(body: string): FormField[] {
  return body
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const end = pair.indexOf('=');
      return end < 0
        ? { name: decodePart(pair), value: Buffer.alloc(0) }
        : { name: decodePart(pair.slice(0, end)), value: decodePart(pair.slice(end + 1)) };
    });
}

/** One character stands for one byte here, so no byte is changed. */
function decodePart(part: string): Buffer {
  const decoded = part
    .replaceAll('+', ' ')
    .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(decoded, 'latin1');
}

function parseMessage(message: string): unknown {
  try {
    return parseJson(message, 'push');
  } catch (error) {
    throw new AppError('invalid_input', 'the message of the push is not JSON', { cause: error });
  }
}

const envelope = z.object({
  msgId: required(longId),
  type: required(text),
  userInfo: required(id),
  gmtBorn: lenient(instant(parseDate)),
  data: z.unknown().optional(),
});

/**
 * Reads an envelope: from a push, or a row of the replay.
 *
 * @throws AppError `invalid_input` when id, topic or owner are missing
 */
export function readEnvelope(value: unknown): PushMessage {
  const parsed = envelope.safeParse(value);
  if (!parsed.success) {
    throw new AppError('invalid_input', `the push cannot be read: ${describeIssues(parsed.error)}`);
  }
  const { msgId, type, userInfo, gmtBorn, data } = parsed.data;
  return { messageId: msgId, memberId: userInfo, topic: type, sentAt: gmtBorn, hints: toHints(type, data) };
}

function toHints(topic: string, data: unknown): PushHint[] {
  if (topic === 'AUTHORIZATION_CANCEL') return [{ kind: 'authorization_cancelled' }];
  // What the merchant bought is read by its window; these ids mean nothing to the seller's APIs.
  if (topic.includes('BUYER_VIEW')) return [];
  const content = openData(data);
  if (content === null) return [];
  if (topic.startsWith('PRODUCT_')) {
    return collectIds(
      content,
      ['offerId', 'productId', 'productID', 'productIds'],
      'OfferInventoryChangeList',
    ).map((productId) => ({ kind: 'product_changed', productId }));
  }
  if (topic.startsWith('ORDER_') || topic.startsWith('LOGISTICS_')) {
    return collectIds(content, ['orderId'], 'orderLogsItems').map((orderId) => ({
      kind: 'order_changed',
      orderId,
    }));
  }
  return [];
}

/** The content is an object, or its JSON text in the general form. */
function openData(data: unknown): Record<string, unknown> | null {
  if (isJsonObject(data)) return data;
  if (typeof data !== 'string') return null;
  try {
    const parsed = parseJson(data, 'push');
    return isJsonObject(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

/** Ids in the content itself, in its list, or in a model around that list; lists of ids are comma separated. */
function collectIds(content: Record<string, unknown>, names: readonly string[], listName: string): string[] {
  const models = [content, ...Object.values(content).filter(isJsonObject)];
  const rows = models.flatMap((model) => model[listName]).filter(isJsonObject);
  const values = [...models, ...rows].flatMap((place) => names.map((name) => place[name]));
  const found = values.flatMap((value) => {
    const word = text.safeParse(value).data;
    return typeof word === 'string' ? word.split(',').map((part) => part.trim()) : [];
  });
  return [...new Set(found.filter((word) => /^[1-9]\d{0,18}$/.test(word)))];
}
