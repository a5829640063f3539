import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Channels } from '../../src/connectors/channel.ts';
import { createChannels } from '../../src/connectors/channels.ts';
import { type MailDouble, startMailServer } from '../support/mail-server.ts';
import { launchChromium, openWindow } from './chromium.ts';
import { readMail } from './read-mail.ts';
import { afternoon, messageOf } from './sample-messages.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser: Browser;
let mail: MailDouble;
let channels: Channels;
beforeAll(async () => {
  [browser, mail] = await Promise.all([launchChromium(), startMailServer()]);
  channels = createChannels({ smtpUrl: mail.url });
});
afterAll(async () => {
  await browser?.close();
  await channels?.close();
  await mail?.stop();
});

/** A mail as a mail server received it. */
async function receive(locale: 'zh-CN' | 'en') {
  const from = { from: 'Shuiwei <alerts@shop.example.com>' };
  const owner = { name: '老板', role: 'OWNER', address: 'boss@example.com', userId: null } as const;
  const target = { settings: from, secrets: null, recipients: [owner] };
  await channels.deliver('EMAIL', target, messageOf(afternoon, locale), new AbortController().signal);
  return readMail(mail.mails.at(-1)?.raw ?? '');
}

describe.each(['zh-CN', 'en'] as const)('a mail in %s', (locale) => {
  test.each([
    ['light', 'phone'],
    ['dark', 'phone'],
    ['light', 'desktop'],
    ['dark', 'desktop'],
  ] as const)('can be read, %s, on a %s', async (theme, device) => {
    const { html, subject } = await receive(locale);
    const { context, page, faults } = await openWindow(browser, { locale, theme, device });
    await page.setContent(html);
    expect(await page.title()).toBe(subject);
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
    ).toBeLessThanOrEqual(0);
    // No column is squeezed by the other.
    const widths = await page.$$eval('td.l', (cells) =>
      cells.map((cell) => cell.getBoundingClientRect().width),
    );
    expect(Math.min(...widths)).toBeGreaterThan(200);
    await page.evaluate(axeSource);
    const found = await page.evaluate(() =>
      (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
    );
    const serious = found.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(
      serious.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`)),
    ).toEqual([]);
    expect(faults).toEqual([]);
    await context.close();
  });
});
