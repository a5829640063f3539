import type { StockAlertRow } from '../db/queries/alert.ts';
import { resolveFactor, resolveUnitsMin } from '../domain/alert/alert-state.ts';
import { Decimal, formatDecimal } from '../shared/decimal.ts';
import type { LocaleName } from './context.ts';
import type { ExplanationInputValue, ExplanationStepValue, ExplanationValue } from './explanation.ts';

const labels: Readonly<Record<string, Readonly<Record<LocaleName, string>>>> = {
  resolveAboveShare: { 'zh-CN': '恢复条件：高于此值', en: 'Resolves above this' },
  resolveFromUnits: { 'zh-CN': '恢复条件：至少达到此值', en: 'Resolves at this or more' },
  gap: { 'zh-CN': '与阈值之差', en: 'Distance from the threshold' },
};

const origins: Readonly<Record<string, Readonly<Record<LocaleName, string>>>> = {
  OVERRIDE: { 'zh-CN': '人工设定', en: 'set by hand' },
  COMPUTED: { 'zh-CN': '由需求计算', en: 'computed from demand' },
  DEFAULT: { 'zh-CN': '默认值，历史需求不足 28 天', en: 'the default, with less than 28 days of demand' },
};

/**
 * Why an alert stands as it does: the quantity and the threshold it was decided on, how far apart they are, and
 * what it takes to resolve. For an alert that is about no level there is nothing to compute.
 */
export function explainAlert(alert: StockAlertRow): ExplanationValue {
  const { available, threshold } = alert;
  const base = { binding: null, changeSincePrevious: [], label: labelOf };
  if (available === null || threshold === null) {
    return { ...base, inputs: [], steps: [], text: (locale) => describeKind(alert, locale) };
  }
  const observedAt = alert.changedAt.toISOString();
  const input = (name: string, value: string, source: string): ExplanationInputValue => ({
    ...{ name, value: formatDecimal(value), unit: 'units', source, observedAt },
  });
  const resolveAbove = new Decimal(threshold).times(resolveFactor);
  const resolveFrom = new Decimal(threshold).plus(resolveUnitsMin);
  const step = (code: string, op: string, operands: string[], value: Decimal): ExplanationStepValue => ({
    ...{ code, op, operands, value: formatDecimal(value), unit: 'units' },
  });
  return {
    ...base,
    binding: 'threshold',
    inputs: [
      input('available', available, alert.kind === 'REORDER_DUE' ? 'level_plan' : 'stock_snapshot'),
      input('threshold', threshold, alert.kind === 'REORDER_DUE' ? 'level_plan' : 'stock_level'),
    ],
    steps: [
      step('resolveAboveShare', 'mul', ['threshold', formatDecimal(resolveFactor)], resolveAbove),
      step('resolveFromUnits', 'add', ['threshold', formatDecimal(resolveUnitsMin)], resolveFrom),
      step('gap', 'sub', ['available', 'threshold'], new Decimal(available).minus(threshold)),
    ],
    text: (locale) => describeLevel(alert, available, threshold, { resolveAbove, resolveFrom }, locale),
  };
}

function labelOf(code: string, locale: LocaleName): string {
  return labels[code]?.[locale] ?? code;
}

function describeKind(alert: StockAlertRow, locale: LocaleName): string {
  return locale === 'zh-CN'
    ? `告警 ${alert.kind}，状态 ${alert.state}。`
    : `${alert.kind}, now ${alert.state}.`;
}

function describeLevel(
  alert: StockAlertRow,
  available: string,
  threshold: string,
  bounds: { resolveAbove: Decimal; resolveFrom: Decimal },
  locale: LocaleName,
): string {
  const origin = origins[alert.thresholdOrigin ?? 'DEFAULT']?.[locale] ?? '';
  const have = formatDecimal(available);
  const limit = formatDecimal(threshold);
  const [above, from] = [formatDecimal(bounds.resolveAbove), formatDecimal(bounds.resolveFrom)];
  const place = `${alert.sku ?? '?'} @ ${alert.warehouseCode ?? '?'}`;
  const isLow = new Decimal(available).lte(threshold);
  const isReorder = alert.kind === 'REORDER_DUE';
  if (locale === 'zh-CN') {
    const comparison = isLow ? '不高于' : '高于';
    const [what, line] = isReorder ? ['保护期内的库存位置', '再订货点'] : ['可用', '安全库存'];
    return `${place}：${what} ${have}，${comparison}${line} ${limit}（${origin}）。高于 ${above} 且不少于 ${from} 时恢复。`;
  }
  const comparison = isLow ? 'at or below' : 'above';
  const [what, line] = isReorder
    ? ['in position within the protection period', 'reorder point']
    : ['available', 'safety stock'];
  return `${place}: ${have} ${what}, ${comparison} the ${line} of ${limit} (${origin}). Resolves above ${above} and from ${from} on.`;
}
