import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createChannels } from '../../src/connectors/channels.ts';
import { startMailServer } from '../support/mail-server.ts';
import { robotSettings, startRobotServer } from '../support/robot-server.ts';
import { type Look, launchChromium, openWindow } from './chromium.ts';
import { readMail } from './read-mail.ts';
import { afternoon, messageOf } from './sample-messages.ts';

/**
 * Sends messages as people get them and shows them: `npm run messages`. Mail goes to a real mail server and what that
 * received becomes pictures; what the robots took is printed. Pictures go to the folder that is named, else those of
 * the documentation are taken anew.
 */
const docs = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));
const [folder = docs] = process.argv.slice(2);
const isForDocs = folder === docs;
/** One picture of the documentation may weigh so much, bytes. */
const weightMax = 60 * 1024;

const looks: Look[] = [
  { locale: 'zh-CN', theme: 'light', device: 'phone' },
  { locale: 'en', theme: 'dark', device: 'desktop' },
  ...(isForDocs
    ? []
    : ([
        { locale: 'en', theme: 'light', device: 'phone' },
        { locale: 'zh-CN', theme: 'dark', device: 'phone' },
        { locale: 'zh-CN', theme: 'light', device: 'desktop' },
      ] as const)),
];

const mail = await startMailServer();
const robots = await startRobotServer();
const channels = createChannels({
  smtpUrl: mail.url,
  checkUrl: (text) => new URL(text),
  http: { publicOnly: false },
});
const browser = await launchChromium();
const forever = new AbortController().signal;
const owner = { name: '老板', role: 'OWNER', address: 'boss@example.com', userId: 'boss-1' } as const;

try {
  await mkdir(folder, { recursive: true });
  const settings = robotSettings(robots);
  for (const locale of ['zh-CN', 'en'] as const) {
    for (const facts of [afternoon, afternoon.slice(0, 1)]) {
      const message = messageOf(facts, locale);
      const from = {
        from: locale === 'zh-CN' ? '水位 <alerts@shop.example.com>' : 'Shuiwei <alerts@shop.example.com>',
      };
      const target = { settings: from, secrets: null, recipients: [owner] };
      await channels.deliver('EMAIL', target, message, forever);
      for (const kind of ['DINGTALK', 'WECOM', 'FEISHU'] as const) {
        const prepared = channels.prepare({ kind, entered: settings[kind] }, true);
        await channels.deliver(kind, { ...prepared, recipients: [owner] }, message, forever);
        const body = JSON.parse(robots.seen.at(-1)?.body ?? '{}');
        const text = body.markdown?.text ?? body.markdown?.content;
        console.log(`\n===== ${kind} ${locale}, ${robots.seen.at(-1)?.bytes} bytes`);
        console.log(
          text === undefined
            ? JSON.stringify(body.content, null, 1)
            : `${body.markdown.title ?? ''}\n---\n${text}`,
        );
      }
    }
  }
  for (const [index, { raw }] of mail.mails.entries()) {
    const { subject, from, text, html } = readMail(raw);
    const locale = index < 2 ? 'zh-CN' : 'en';
    console.log(
      `\n===== EMAIL ${locale}, ${raw.length} bytes\nFrom: ${from}\nSubject: ${subject}\n---\n${text}`,
    );
    if (isForDocs && index % 2 === 1) continue;
    for (const look of looks.filter((one) => one.locale === locale)) {
      const { context, page, faults } = await openWindow(browser, look);
      // The margins of a wide window would be most of the picture.
      if (isForDocs && look.device === 'desktop') await page.setViewportSize({ width: 700, height: 600 });
      await page.setContent(html);
      const name = `mail${index % 2 === 1 ? '-one' : ''}-${look.locale}-${look.theme}-${look.device}.${isForDocs ? 'jpg' : 'png'}`;
      const file = join(folder, name);
      await writeFile(
        file,
        await page.screenshot({
          fullPage: true,
          ...(isForDocs ? { type: 'jpeg', quality: 40 } : { type: 'png' }),
        }),
      );
      const { size } = await stat(file);
      console.log(`${name}: ${Math.round(size / 1024)} KB`);
      if (isForDocs && size > weightMax) throw new Error(`${name} weighs more than ${weightMax / 1024} KB`);
      if (faults.length > 0) throw new Error(`${name}: ${faults.join('; ')}`);
      await context.close();
    }
  }
  if (robots.refused().length > 0) throw new Error('a robot refused a message');
} finally {
  await browser.close();
  await channels.close();
  await mail.stop();
  await robots[Symbol.asyncDispose]();
}
