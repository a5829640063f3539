import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Channels } from '../../../src/connectors/channel.ts';
import { composeMailHtml } from '../../../src/connectors/email-body.ts';
import { type MailDouble, mailLogin, startMailServer } from '../../support/mail-server.ts';
import { failureOf, forever, lenientChannels, message, targetOf } from './rig.ts';

let mail: MailDouble;
let channels: Channels;
beforeAll(async () => {
  mail = await startMailServer();
  channels = lenientChannels(null, mail.url);
});
afterAll(async () => {
  await channels.close();
  await mail.stop();
});

const reader = { name: '王芳', role: 'BUYER', address: 'wang@example.com', userId: null } as const;
const entered = { from: '水位 <alerts@shop.example.com>' };

function send(given = channels, changes = {}) {
  return given.deliver('EMAIL', targetOf(given, 'EMAIL', entered, [reader]), message(changes), forever);
}

describe('email', () => {
  it('hands over text and HTML, with the same Message-ID on every attempt', async () => {
    await send();
    await send();
    const [first, second] = mail.mails;
    expect(first?.to).toEqual(['wang@example.com']);
    expect(first?.messageId).toBe(`<${message().deliveryId}@shop.example.com>`);
    expect(second?.messageId).toBe(first?.messageId);
    expect(first?.raw).toContain('multipart/alternative');
    expect(first?.raw).toMatch(/text\/html/);
  });

  it('speaks both languages and lets no name of goods become markup', () => {
    const html = composeMailHtml(message());
    expect(html).toContain('青瓷&#60;茶杯&#62;');
    expect(html).not.toContain('<茶杯>');
    expect(html).toContain('3月10日 12:00 起');
    expect(html).toContain('可用 <b');
    expect(composeMailHtml(message({ locale: 'en' }))).toContain('Low stock');
  });

  it('links each item and the board when it is known where the pages are, and loads nothing', () => {
    const html = composeMailHtml(message({ dashboardUrl: 'https://stock.example.com' }));
    expect(html).toContain('href="https://stock.example.com/items/A-1"');
    const [line] = message().alerts;
    const two = composeMailHtml(
      message({ dashboardUrl: 'https://stock.example.com', alerts: [line!, line!] }),
    );
    expect(two).toContain('href="https://stock.example.com/alerts"');
    expect(composeMailHtml(message())).not.toContain('href=');
    expect(two).not.toMatch(/src=|url\(|@import|<script|<link/);
  });

  it('colours every text in the dark as well: no text without a class that the sheet knows', () => {
    const source = {
      ...message().alerts[0]!,
      sku: null,
      itemTitle: null,
      shopName: '1号店',
      warehouseName: null,
    };
    for (const alerts of [message().alerts, [source], []]) {
      const html = composeMailHtml(message({ alerts }));
      // Every piece of text stands right inside an element with such a class.
      const texts = html.slice(html.indexOf('<h1')).matchAll(/<(\w+)([^>]*)>([^<>\s][^<>]*)</g);
      for (const [, name, attributes] of texts) {
        expect(
          name === 'br' || /class="(t|m|m f|b|[xy][A-Z]+)"/.test(attributes ?? ''),
          `${name} ${attributes}`,
        ).toBe(true);
      }
    }
  });

  it.each([
    [451, 'transient'],
    [550, 'permanent'],
  ])('an answer %i is %s', async (responseCode, code) => {
    mail.onMail = () => {
      throw Object.assign(new Error('refused by the double'), { responseCode });
    };
    const failure = await failureOf(send());
    mail.onMail = () => {};
    expect(failure).toMatchObject({ code, params: { provider: String(responseCode) } });
  });

  it('a wrong password is permanent and is not repeated, though the server repeats it', async () => {
    const wrong = lenientChannels(null, mail.url.replace(mailLogin.pass, 'wrong-mail-pass'));
    const failure = await failureOf(send(wrong));
    expect(failure.code).toBe('permanent');
    expect(failure.message).not.toContain('wrong-mail-pass');
    await wrong.close();
  });

  it('a server that is down is transient', async () => {
    const down = lenientChannels(null, 'smtp://127.0.0.1:1');
    expect((await failureOf(send(down))).code).toBe('transient');
    await down.close();
  });

  it('a server that never greets is left when the time is over', async () => {
    const sockets: Socket[] = [];
    const silent = createServer((socket) => void sockets.push(socket.on('error', () => {})));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const out = lenientChannels(null, `smtp://127.0.0.1:${(silent.address() as AddressInfo).port}`);
    const target = targetOf(out, 'EMAIL', entered, [reader]);
    const failure = await failureOf(out.deliver('EMAIL', target, message(), AbortSignal.timeout(100)));
    expect(failure.code).toBe('deadline_exceeded');
    await out.close();
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => silent.close(resolve));
  });

  it('without any mail server it is a matter of configuration', async () => {
    const none = lenientChannels(null, null);
    expect((await failureOf(send(none))).code).toBe('invalid_configuration');
    await none.close();
  });
});
