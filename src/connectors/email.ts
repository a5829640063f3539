import { createTransport } from 'nodemailer';
import { AppError } from '../shared/errors.ts';
import { secondMs } from '../shared/time.ts';
import { pickCheckedAddress } from './address-guard.ts';
import type { ChannelMessage, ChannelTarget, DeliveryReceipt } from './channel.ts';
import { composeMailHtml, composeMailText } from './email-body.ts';
import { clean } from './provider-answer.ts';

/** Where mail is handed over. */
export interface MailServer {
  /** `smtp://user:password@host:587` or `smtps://…:465`. A secret. */
  readonly url: string;
  /** True for the installation's own server; a server that a user names must be public and speak TLS. */
  readonly isTrusted: boolean;
}

/** Ports on which mail is handed over; others would let a user knock at any service of a host. */
const mailPorts = new Set(['', '25', '465', '587', '2525']);
const connectTimeoutMs = 5 * secondMs;
const socketTimeoutMs = 10 * secondMs;

/**
 * Hands one mail over to a server: text and HTML, with a Message-ID made from the delivery id.
 *
 * @throws AppError as the port says: 4xx answers and faults of the network are `transient`, 5xx are `permanent`
 */
export async function sendEmail(
  server: MailServer,
  from: string,
  target: ChannelTarget,
  message: ChannelMessage,
  signal: AbortSignal,
): Promise<DeliveryReceipt> {
  const url = new URL(server.url);
  const isSecure = url.protocol === 'smtps:';
  const host = server.isTrusted ? url.hostname : await checkServer(url);
  const user = decodeURIComponent(url.username);
  const pass = decodeURIComponent(url.password);
  const transport = createTransport({
    host,
    port: Number(url.port || (isSecure ? 465 : 587)),
    secure: isSecure,
    requireTLS: !isSecure && !server.isTrusted,
    ...(user === '' ? {} : { auth: { user, pass } }),
    // Connected to the checked address, yet the certificate must be of the name.
    tls: { servername: url.hostname },
    connectionTimeout: connectTimeoutMs,
    greetingTimeout: connectTimeoutMs,
    socketTimeout: socketTimeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const secrets = [pass, user, server.url];
  const recipients = target.recipients.flatMap(({ name, address }) =>
    address === null ? [] : [{ name, address }],
  );
  try {
    const sending = transport.sendMail({
      from,
      to: recipients,
      subject: message.title,
      text: composeMailText(message),
      html: composeMailHtml(message),
      messageId: mailIdOf(message.deliveryId, from),
      headers: { 'X-Shuiwei-Delivery': message.deliveryId, 'Auto-Submitted': 'auto-generated' },
    });
    const { response } = await cutOff(sending, signal);
    return { answer: clean(response, secrets) };
  } catch (error) {
    throw toAppError(error, secrets);
  } finally {
    transport.close();
  }
}

/** The mail's Message-ID: the same on every attempt, so that mail programs show a repeated one once. */
function mailIdOf(deliveryId: string, from: string): string {
  return `<${deliveryId}@${/@([^\s>]+)/.exec(from)?.[1] ?? 'shuiwei'}>`;
}

async function checkServer(url: URL): Promise<string> {
  if (!mailPorts.has(url.port)) {
    throw new AppError('forbidden', 'mail servers are reached at the ports 25, 465, 587 and 2525 only');
  }
  return pickCheckedAddress(url.hostname.replace(/^\[(.*)\]$/, '$1'));
}

function cutOff<T>(sending: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(new AppError('deadline_exceeded', 'mail: the work was called off'));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    sending.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

function toAppError(error: unknown, secrets: readonly string[]): AppError {
  if (error instanceof AppError) return error;
  const fault = error as { responseCode?: unknown; response?: unknown; code?: unknown };
  if (typeof fault.responseCode === 'number') {
    const words = clean(typeof fault.response === 'string' ? fault.response : '', secrets);
    const code = fault.responseCode >= 400 && fault.responseCode < 500 ? 'transient' : 'permanent';
    return new AppError(code, `mail server answered: ${words}`, {
      params: { provider: String(fault.responseCode) },
    });
  }
  const provider = typeof fault.code === 'string' ? fault.code : 'unknown fault';
  return new AppError('transient', `mail server: ${provider}`, { params: { provider } });
}
