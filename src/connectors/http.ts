import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { Agent, type buildConnector, request } from 'undici';
import { AppError } from '../shared/errors.ts';
import { guardConnect } from './address-guard.ts';
import { redactText } from './redact.ts';

/** One request to the outside. */
interface OutgoingRequest {
  method: 'GET' | 'POST';
  url: string;
  headers?: Readonly<Record<string, string>>;
  body?: string;
  /** Ends the request early. */
  signal: AbortSignal;
}

/** What came back, whatever its status. */
export interface IncomingAnswer {
  status: number;
  /** By lower-case name; of a repeated header the first. */
  headers: ReadonlyMap<string, string>;
  /** Whole body, decompressed, valid UTF-8. */
  text: string;
}

/** Bounds of one client. */
export interface HttpClientOptions {
  /** Deadline over connecting, headers and body together, ms. */
  timeoutMs: number;
  /** Largest body, before and after decompression, bytes. */
  maxBodyBytes: number;
  /** True = of a larger body the beginning is the answer, false = it is a fault. For answers whose status says all. */
  isBodyCut: boolean;
  /** True for hosts that users choose: only public addresses are reached. Configured gateways may be anywhere. */
  publicOnly: boolean;
  /** Replaces the connect function; for tests of the guard. */
  connect?: buildConnector.connector;
}

/** 30 s for a slow page; 8 MiB is about fifty times the largest page of 20 offers. */
const defaultHttpOptions: HttpClientOptions = {
  timeoutMs: 30_000,
  maxBodyBytes: 8 * 1024 * 1024,
  isBodyCut: false,
  publicOnly: false,
};

/** The outgoing client. */
export interface HttpClient {
  /**
   * Sends once; never repeats, never follows a redirect. Any status is an answer, except a redirect.
   *
   * @throws AppError `transient` for faults of the network and bodies that break off or are not UTF-8,
   *   `deadline_exceeded` when the time is over or the signal fires, `permanent` for redirects and bodies above
   *   the bound, `forbidden` when the guard refuses the address. No message holds URL parameters or bodies
   */
  send(outgoing: OutgoingRequest): Promise<IncomingAnswer>;
  /** Closes all connections. */
  close(): Promise<void>;
}

/** Makes a client with its own connections; whoever makes it closes it. */
export function createHttpClient(options: Partial<HttpClientOptions> = {}): HttpClient {
  const bounds = { ...defaultHttpOptions, ...options };
  const agent = new Agent({
    // Own deadlines below; undici's would start again with each chunk of a dripping body.
    headersTimeout: 0,
    bodyTimeout: 0,
    allowH2: false,
    connect: bounds.publicOnly
      ? guardConnect(bounds.connect)
      : (bounds.connect ?? { timeout: bounds.timeoutMs }),
  });
  return {
    send: (outgoing) => sendWithin(agent, bounds, outgoing),
    close: () => agent.destroy(),
  };
}

async function sendWithin(
  agent: Agent,
  bounds: HttpClientOptions,
  outgoing: OutgoingRequest,
): Promise<IncomingAnswer> {
  const place = describePlace(outgoing);
  const ending = new AbortController();
  const endEarly = () => ending.abort(new AppError('deadline_exceeded', `${place}: the work was called off`));
  const timer = setTimeout(
    () =>
      ending.abort(
        new AppError('deadline_exceeded', `${place}: no whole answer within ${bounds.timeoutMs} ms`),
      ),
    bounds.timeoutMs,
  );
  outgoing.signal.addEventListener('abort', endEarly, { once: true });
  if (outgoing.signal.aborted) endEarly();
  try {
    const answer = await request(outgoing.url, {
      dispatcher: agent,
      method: outgoing.method,
      headers: { 'accept-encoding': 'gzip, deflate, br', ...outgoing.headers },
      body: outgoing.body ?? null,
      signal: ending.signal,
    });
    // A body that is left before its end reports that as an error, which nobody else would catch.
    answer.body.on('error', () => {});
    const headers = flattenHeaders(answer.headers);
    if (answer.statusCode >= 300 && answer.statusCode < 400) {
      answer.body.destroy();
      throw new AppError(
        'permanent',
        `${place}: answered with a redirect, which is not followed; check the address`,
      );
    }
    const bytes = await readBody(answer.body, headers.get('content-encoding') ?? '', bounds, place);
    return { status: answer.statusCode, headers, text: decodeUtf8(bytes, place, bounds.isBodyCut) };
  } catch (error) {
    throw toAppError(error, ending.signal, place);
  } finally {
    clearTimeout(timer);
    outgoing.signal.removeEventListener('abort', endEarly);
  }
}

/** Method, host and path: parameters may hold secrets. */
function describePlace(outgoing: OutgoingRequest): string {
  const url = URL.parse(outgoing.url);
  if (url === null) throw new AppError('invalid_input', 'the address of the request is not a URL');
  return `${outgoing.method} ${url.host}${url.pathname}`;
}

function flattenHeaders(headers: Record<string, string | string[] | undefined>): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [name, value] of Object.entries(headers)) {
    const first = Array.isArray(value) ? value[0] : value;
    if (first !== undefined) flat.set(name.toLowerCase(), first);
  }
  return flat;
}

function makeDecoder(encoding: string, place: string) {
  switch (encoding.trim().toLowerCase()) {
    case '':
    case 'identity':
      return null;
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
    default:
      throw new AppError('permanent', `${place}: unknown content encoding`);
  }
}

async function readBody(
  body: Readable,
  encoding: string,
  { maxBodyBytes: maxBytes, isBodyCut }: HttpClientOptions,
  place: string,
): Promise<Buffer> {
  const decoder = makeDecoder(encoding, place);
  const source = decoder === null ? body : body.pipe(decoder);
  // A pipe does not carry faults onward: a connection that breaks must break the decoder too.
  if (decoder !== null) body.once('error', (error) => decoder.destroy(error));
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > maxBytes && isBodyCut) {
        chunks.push(chunk.subarray(0, chunk.length - (length - maxBytes)));
        length = maxBytes;
        break;
      }
      if (length > maxBytes) {
        throw new AppError('permanent', `${place}: the answer is larger than ${maxBytes} bytes`);
      }
      chunks.push(chunk);
    }
  } finally {
    body.destroy();
    decoder?.destroy();
  }
  return Buffer.concat(chunks, length);
}

function decodeUtf8(bytes: Buffer, place: string, isLenient: boolean): string {
  try {
    return new TextDecoder('utf-8', { fatal: !isLenient }).decode(bytes);
  } catch (error) {
    throw new AppError('transient', `${place}: the answer is not UTF-8 text`, { cause: error });
  }
}

function toAppError(error: unknown, ending: AbortSignal, place: string): AppError {
  if (ending.aborted && ending.reason instanceof AppError) return ending.reason;
  if (error instanceof AppError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown fault';
  return new AppError('transient', redactText(`${place}: ${code}`), { cause: error });
}
