import type { IncomingMessage } from 'node:http';
import { type Refusal, refusals } from './refusal.ts';

/**
 * Reads a request's body exactly as it came, up to a bound.
 *
 * @returns a refusal when it is longer, or ends before its announced length
 */
export async function readBody(request: IncomingMessage, bytesMax: number): Promise<Buffer | Refusal> {
  if (isAnnouncedTooLarge(request, bytesMax)) return refusals.bodyTooLarge;
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      bytes += chunk.length;
      if (bytes > bytesMax) return refusals.bodyTooLarge;
      chunks.push(chunk);
    }
  } catch {
    return {
      status: 400,
      code: 'BODY_INCOMPLETE',
      message: { 'zh-CN': '请求体不完整', en: 'The request body ended too early.' },
    };
  }
  return Buffer.concat(chunks);
}

/** Whether a request says that its body is over the bound. */
export function isAnnouncedTooLarge(request: IncomingMessage, bytesMax: number): boolean {
  const announced = Number(request.headers['content-length'] ?? 0);
  return announced > bytesMax;
}

/** Whether a request says that its body is JSON, as the GraphQL over HTTP specification asks of POST. */
export function isJson(request: IncomingMessage): boolean {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  return type === 'application/json';
}
