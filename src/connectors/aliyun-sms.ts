import { createHash, createHmac, randomUUID } from 'node:crypto';
import { adviseOrder } from '../domain/notification/numbers.ts';
import { minuteMs } from '../shared/time.ts';
import type { ChannelMessage, ChannelTarget, DeliveryReceipt } from './channel.ts';
import type { HttpClient } from './http.ts';
import { type AnswerReading, readAnswer } from './provider-answer.ts';

/** What a channel says about its account. */
export interface AliyunSmsSettings {
  readonly accessKeyId: string;
  /** An approved signature, without brackets. */
  readonly signName: string;
  /** An approved template with the variables `count` and `summary`. */
  readonly templateCode: string;
}

/** Where the service is; a test puts a server of its own here. */
export const aliyunSmsUrl = 'https://dysmsapi.aliyuncs.com/';

/** Template variables longer than this are refused for many templates. */
const summaryLengthMax = 35;

/** Codes end with what they mean; flow control and the daily limits ask for patience. */
const reading: AnswerReading = {
  provider: 'Aliyun SMS',
  codeFields: ['Code'],
  messageFields: ['Message'],
  pauseMs: 10 * minuteMs,
  meaningOf(code) {
    if (code === 'OK') return 'sent';
    if (code === 'isv.BUSINESS_LIMIT_CONTROL' || code.startsWith('Throttling')) return 'throttled';
    return code === 'isp.SYSTEM_ERROR' || code === 'isp.GATEWAY_ERROR' || code === 'ServiceUnavailable'
      ? 'transient'
      : 'permanent';
  },
};

/**
 * Sends one SMS by the approved template. The delivery id goes along as `OutId` and comes back in receipts; the
 * service itself does not recognise a repeated one.
 *
 * @param now - real time; the service refuses requests more than 15 minutes off
 * @throws AppError as the port says
 */
export async function sendAliyunSms(
  http: HttpClient,
  serviceUrl: string,
  target: ChannelTarget,
  settings: AliyunSmsSettings,
  accessKeySecret: string,
  message: ChannelMessage,
  now: Date,
  signal: AbortSignal,
): Promise<DeliveryReceipt> {
  const query = {
    OutId: message.deliveryId,
    PhoneNumbers: target.recipients[0]?.address ?? '',
    SignName: settings.signName,
    TemplateCode: settings.templateCode,
    TemplateParam: JSON.stringify({
      count: String(Math.max(1, message.alerts.length)),
      summary: summarize(message),
    }),
  };
  const url = new URL(serviceUrl);
  const headers = signAcs3({
    method: 'POST',
    host: url.host,
    action: 'SendSms',
    version: '2017-05-25',
    query,
    body: '',
    accessKeyId: settings.accessKeyId,
    accessKeySecret,
    date: `${now.toISOString().slice(0, 19)}Z`,
    nonce: randomUUID(),
  });
  url.search = canonicalQuery(query);
  const answer = await http.send({ method: 'POST', url: url.href, headers, body: '', signal });
  return readAnswer(answer, reading, [accessKeySecret, target.recipients[0]?.address ?? null]);
}

/** The worst alert and how many more, of a single one what to order: links and brackets are refused in a variable. */
export function summarize(message: ChannelMessage): string {
  const first = message.alerts[0];
  const clean = (text: string) => text.replace(/https?:\/\/\S*|[【】[\]]/g, '');
  const name = clean(first?.sku ?? first?.shopName ?? message.title);
  const shown = [...name].slice(0, summaryLengthMax - 10).join('');
  const rest = message.alerts.length - 1;
  if (rest <= 0) {
    const advice = first === undefined ? null : adviseOrder(first, message.locale);
    const whole = advice === null ? shown : `${shown} ${clean(advice)}`;
    return [...whole].length <= summaryLengthMax ? whole : shown;
  }
  return message.locale === 'zh-CN' ? `${shown} 等${rest + 1}项` : `${shown} +${rest}`;
}

/** A request as the signature sees it. */
export interface Acs3Request {
  readonly method: 'GET' | 'POST';
  readonly host: string;
  readonly action: string;
  readonly version: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** `2026-03-10T04:00:00Z`. */
  readonly date: string;
  /** Another one for every request. */
  readonly nonce: string;
}

/**
 * Headers of a request signed by ACS3-HMAC-SHA256.
 *
 * @see Alibaba Cloud, V3 request structure and signature: help.aliyun.com/zh/sdk/product-overview/v3-request-structure-and-signature
 */
export function signAcs3(request: Acs3Request): Record<string, string> {
  const bodyHash = sha256(request.body);
  const signed: Record<string, string> = {
    host: request.host,
    'x-acs-action': request.action,
    'x-acs-content-sha256': bodyHash,
    'x-acs-date': request.date,
    'x-acs-signature-nonce': request.nonce,
    'x-acs-version': request.version,
  };
  const names = Object.keys(signed).sort();
  const canonicalHeaders = names.map((name) => `${name}:${signed[name]}\n`).join('');
  const canonical = [
    request.method,
    '/',
    canonicalQuery(request.query),
    canonicalHeaders,
    names.join(';'),
    bodyHash,
  ].join('\n');
  const signature = createHmac('sha256', request.accessKeySecret)
    .update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`)
    .digest('hex');
  return {
    ...signed,
    authorization: `ACS3-HMAC-SHA256 Credential=${request.accessKeyId},SignedHeaders=${names.join(';')},Signature=${signature}`,
  };
}

/** Sorted by name, percent-encoded as RFC 3986 says. */
function canonicalQuery(query: Readonly<Record<string, string>>): string {
  return Object.keys(query)
    .sort()
    .map((name) => `${encode(name)}=${encode(query[name] ?? '')}`)
    .join('&');
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
