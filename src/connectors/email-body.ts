import { nameKind, nameSeverity } from '../domain/notification/message.ts';
import type { ChannelMessage } from './channel.ts';

const words = {
  'zh-CN': {
    head: ['级别', '预警', '商品', '仓库', '可用', '阈值'],
    foot: '此邮件由水位自动发送。同一投递编号只需处理一次：',
  },
  en: {
    head: ['Severity', 'Alert', 'Item', 'Warehouse', 'Available', 'Threshold'],
    foot: 'Sent by Shuiwei. Handle each delivery id once: ',
  },
} as const;
const severityColors = { INFO: '#1677ff', WARNING: '#d46b08', CRITICAL: '#cf1322' } as const;

/** The mail as plain text. */
export function composeMailText(message: ChannelMessage): string {
  return `${message.texts.join('\n')}\n\n${words[message.locale].foot}${message.deliveryId}\n`;
}

/** The mail as HTML: one table, styles in place, nothing loaded from elsewhere. */
export function composeMailHtml(message: ChannelMessage): string {
  const { head, foot } = words[message.locale];
  const cell = (text: string, style = '') =>
    `<td style="padding:6px 10px;border-bottom:1px solid #eee;${style}">${escapeHtml(text)}</td>`;
  const rows = message.alerts.map((alert) =>
    [
      '<tr>',
      cell(
        nameSeverity(alert.severity, message.locale),
        `color:${severityColors[alert.severity]};font-weight:bold`,
      ),
      cell(
        nameKind(alert.kind, message.locale) +
          (alert.state === 'RESOLVED' ? (message.locale === 'zh-CN' ? '（已恢复）' : ' (resolved)') : ''),
      ),
      cell([alert.sku, alert.itemTitle].filter((part) => part !== null).join(' ')),
      cell(alert.warehouseName ?? alert.shopName ?? ''),
      cell(alert.available ?? '', 'text-align:right'),
      cell(alert.threshold ?? '', 'text-align:right'),
      '</tr>',
    ].join(''),
  );
  const heads = head
    .map((text) => `<th style="padding:6px 10px;text-align:left;border-bottom:2px solid #ccc">${text}</th>`)
    .join('');
  const body =
    rows.length === 0
      ? message.texts.map((text) => `<p>${escapeHtml(text)}</p>`).join('')
      : `<table style="border-collapse:collapse;font-size:14px"><thead><tr>${heads}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
  return `<!doctype html><html lang="${message.locale}"><head><meta charset="utf-8"><title>${escapeHtml(message.title)}</title></head><body style="font-family:system-ui,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif;color:#222"><h2 style="font-size:18px">${escapeHtml(message.title)}</h2>${body}<p style="color:#888;font-size:12px">${escapeHtml(foot)}${message.deliveryId}</p></body></html>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
