import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

/** A mail as it arrived. */
interface SeenMail {
  readonly from: string;
  readonly to: string[];
  /** Headers and body as sent. */
  readonly raw: string;
  readonly messageId: string;
}

export interface MailDouble {
  readonly url: string;
  readonly port: number;
  readonly mails: SeenMail[];
  /** Called with each mail before it is accepted; an error with `responseCode` refuses it. */
  onMail: (mail: SeenMail) => void | Promise<void>;
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export const mailLogin = { user: 'mailer', pass: 'mail-pass-0123456789' };

/** A mail server on loopback that asks for a login. @param port - 0 = any; a fixed one to come back after an outage */
export async function startMailServer(port = 0): Promise<MailDouble> {
  const mails: SeenMail[] = [];
  const state: { onMail: MailDouble['onMail'] } = { onMail: () => {} };
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth({ username, password }, _session, done) {
      const isKnown = username === mailLogin.user && password === mailLogin.pass;
      done(isKnown ? null : new Error(`no such login ${password}`), { user: username });
    },
    onData(stream, session, done) {
      void text(stream)
        .then(async (raw) => {
          const { mailFrom, rcptTo } = session.envelope;
          const mail = {
            from: mailFrom === false ? '' : mailFrom.address,
            to: rcptTo.map(({ address }) => address),
            raw,
            messageId: /^message-id:\s*(\S+)/im.exec(raw)?.[1] ?? '',
          };
          await state.onMail(mail);
          mails.push(mail);
          done();
        })
        .catch((error: Error) => done(error));
    },
  });
  // A sender that is killed resets its connection, which is its own affair.
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const bound = (server.server.address() as AddressInfo).port;
  const stop = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return {
    url: `smtp://${mailLogin.user}:${mailLogin.pass}@127.0.0.1:${bound}`,
    port: bound,
    mails,
    get onMail() {
      return state.onMail;
    },
    set onMail(listener) {
      state.onMail = listener;
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
