import type { Severity } from '../domain/notification/notice.ts';

type Tone = Severity | 'OVER';

/** Text on white, at least 4.5 : 1; on the dark card; and the ground of a badge. */
const tones: Readonly<
  Record<Tone, { readonly light: string; readonly dark: string; readonly ground: string }>
> = {
  CRITICAL: { light: '#c2171f', dark: '#ff8a84', ground: '#fdebea' },
  WARNING: { light: '#9a4a00', dark: '#ffb65c', ground: '#fdf1e0' },
  INFO: { light: '#0b56c4', dark: '#82b4ff', ground: '#e8f0fd' },
  OVER: { light: '#1d6b12', dark: '#84d977', ground: '#e8f5e6' },
};

const dark = Object.entries(tones)
  .map(
    ([tone, { dark: color }]) =>
      `.y${tone}{color:${color}!important}.x${tone}{color:${color}!important;background:#2b323b!important}`,
  )
  .join('');

/** Styles of mails. Those in place are the light look; the sheet adds the dark one and small screens. */
export const mailStyle = {
  body: "margin:0;padding:0;background:#eef1f4;font-family:system-ui,-apple-system,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC','Segoe UI',sans-serif;-webkit-text-size-adjust:100%",
  preview: 'display:none;max-height:0;overflow:hidden;opacity:0',
  card: 'max-width:640px;background:#ffffff;border-radius:12px',
  title: 'margin:0;font-size:20px;line-height:1.4;color:#16202b;font-weight:600',
  heading: 'margin:24px 0 4px;font-size:15px;line-height:1.5;color:#16202b;font-weight:600',
  text: 'margin:16px 0 0;font-size:15px;line-height:1.6;color:#16202b',
  cell: 'width:52%;padding:10px 0;border-top:1px solid #e4e8ec;font-size:15px;line-height:1.5;color:#16202b;vertical-align:top',
  numbers:
    'padding:10px 0 10px 16px;border-top:1px solid #e4e8ec;font-size:15px;line-height:1.5;vertical-align:top;word-break:keep-all',
  number: 'color:#16202b',
  muted: 'font-size:13px;color:#5f6b78',
  link: 'color:#16202b;text-decoration:none',
  button:
    'display:inline-block;padding:10px 20px;border-radius:8px;background:#0e5fb5;color:#ffffff;font-size:15px;text-decoration:none',
  foot: 'margin:28px 0 0;padding:16px 0 0;border-top:1px solid #e4e8ec;font-size:12px;line-height:1.6;color:#5f6b78;word-break:break-all',
  badge: (tone: Tone) =>
    `display:inline-block;margin-right:8px;padding:1px 8px;border-radius:6px;font-size:13px;font-weight:600;color:${tones[tone].light};background:${tones[tone].ground}`,
  strong: (tone: Tone) => `font-size:17px;color:${tones[tone].light}`,
  sheet: [
    '@media (max-width:520px){.p{padding:0!important}.c{border-radius:0!important}.i{padding:20px 16px!important}',
    '.l{display:block!important}.n{text-align:left!important;border-top:0!important;padding:0 0 12px!important}.l{width:auto!important}.k{display:none!important}.k+.m{margin-left:8px}}',
    '@media (prefers-color-scheme:dark){.o{background:#0f1317!important}.c{background:#1a2027!important}',
    '.t{color:#e9edf1!important}.m{color:#9fabb8!important}.l,.f{border-color:#303944!important}',
    `.b{background:#1c6bbd!important}${dark}}`,
  ].join(''),
} as const;
