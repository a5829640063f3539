import type { StockAlertRow } from '../db/queries/alert.ts';
import { Decimal, formatDecimal } from '../shared/decimal.ts';
import type { LocaleName } from './context.ts';

/** The number behind an input or a step of the alert's explanation; null = there is none. */
type NumberOf = (name: string) => Decimal | null;

interface Sentence {
  readonly zh: string;
  readonly en: string;
}

const origins: Readonly<Record<string, Sentence>> = {
  OVERRIDE: { zh: '人工设定', en: 'set by hand' },
  COMPUTED: { zh: '由需求计算', en: 'computed from demand' },
  DEFAULT: { zh: '默认值', en: 'the default' },
};

const states: Readonly<Record<string, Sentence>> = {
  PENDING: { zh: '尚未持续足够时间', en: 'Not long enough yet to fire' },
  RESOLVED: { zh: '已结束', en: 'Over' },
};

/** An alert in a sentence or two, in one language. */
export function describeAlert(alert: StockAlertRow, numberOf: NumberOf, locale: LocaleName): string {
  const isChinese = locale === 'zh-CN';
  const place = alert.sku === null ? null : `${alert.sku} @ ${alert.warehouseCode ?? '?'}`;
  const sentence = write(alert, numberOf);
  const body = isChinese ? sentence.zh : sentence.en;
  const head = place === null ? '' : isChinese ? `${place}：` : `${place}: `;
  const state = states[alert.state];
  if (state === undefined) return `${head}${body}`;
  return isChinese ? `${head}${body}${state.zh}。` : `${head}${body} ${state.en}.`;
}

function write(alert: StockAlertRow, numberOf: NumberOf): Sentence {
  const n = (name: string) => shown(numberOf(name));
  const origin = origins[alert.thresholdOrigin ?? ''] ?? null;
  const from = (language: 'zh' | 'en') =>
    origin === null ? '' : language === 'zh' ? `（${origin.zh}）` : ` (${origin.en})`;
  const recovers = recovery(numberOf);
  switch (alert.kind) {
    case 'OUT_OF_STOCK':
      return {
        zh: `可用 ${n('available')}，已经缺货。${recovers.zh}${order(numberOf).zh}`,
        en: `${n('available')} available, out of stock. ${recovers.en}${order(numberOf).en}`,
      };
    case 'LOW_STOCK':
      return {
        zh: `可用 ${n('available')}，${side(numberOf).zh}警戒线 ${n('safety_stock')}${from('zh')}。${recovers.zh}${order(numberOf).zh}`,
        en: `${n('available')} available, ${side(numberOf).en} the threshold of ${n('safety_stock')}${from('en')}. ${recovers.en}${order(numberOf).en}`,
      };
    case 'APPROACHING':
      return {
        zh: `可用 ${n('available')}，接近警戒线 ${n('safety_stock')}${from('zh')}：${side(numberOf).zh} ${n('alert_line')}。${recovers.zh}`,
        en: `${n('available')} available, near the threshold of ${n('safety_stock')}${from('en')}: ${side(numberOf).en} ${n('alert_line')}. ${recovers.en}`,
      };
    case 'REORDER_DUE':
      return {
        zh: `保护期内的库存位置 ${n('position')}，${side(numberOf).zh}再订货点 ${n('reorder_point')}${from('zh')}。${recovers.zh}`,
        en: `A position of ${n('position')} within the protection period, ${side(numberOf).en} the reorder point of ${n('reorder_point')}${from('en')}. ${recovers.en}`,
      };
    case 'STOCK_OUT_PREDICTED':
      return {
        zh: `保护期内的断货风险为 ${percent(numberOf('stock_out_probability'))}，达到 ${percent(numberOf('probability_limit'))} 即预警。低于 ${percent(numberOf('resolves_below'))} 时恢复。${order(numberOf).zh}`,
        en: `The stock-out risk within the protection period is ${percent(numberOf('stock_out_probability'))}; alerts from ${percent(numberOf('probability_limit'))} on. Ends below ${percent(numberOf('resolves_below'))}.${order(numberOf).en}`,
      };
    case 'OVERSTOCK':
      return {
        zh: `可用 ${n('available')}，目标库存 ${n('target_level')}，超出需要 ${n('excess_units')}。降到 ${n('resolves_below')} 或不再过剩时恢复。`,
        en: `${n('available')} available against a target of ${n('target_level')}, ${n('excess_units')} beyond need. Ends at ${n('resolves_below')} or once nothing is beyond need.`,
      };
    case 'LISTING_MISMATCH':
      return writeMismatch(numberOf);
    default:
      return writeSource(alert, numberOf);
  }
}

function writeMismatch(numberOf: NumberOf): Sentence {
  const pool = shown(numberOf('available'));
  const stock = shown(numberOf('physical_stock'));
  const difference = numberOf('pool_difference');
  const isAbove = difference?.gt(0) === true;
  const by = shown(difference?.abs() ?? null);
  return {
    zh: `平台可售 ${pool}，仓库实物 ${stock}，${isAbove ? `多出 ${by}，有超卖风险` : `少 ${by}，可能错失销售`}。`,
    en: `The channel offers ${pool}, the warehouses hold ${stock}: ${isAbove ? `${by} more, which may be oversold` : `${by} less, which may be lost sales`}.`,
  };
}

function writeSource(alert: StockAlertRow, numberOf: NumberOf): Sentence {
  const n = (name: string) => shown(numberOf(name));
  switch (alert.kind) {
    case 'SYNC_FAILED':
      return {
        zh: `店铺连续 ${n('failed_readings')} 次读取失败（从第 ${n('failed_readings_allowed')} 次起预警）。库存数据停留在最后一次成功读取。`,
        en: `${n('failed_readings')} readings of the shop in a row failed (told from ${n('failed_readings_allowed')} on). Quantities stand as last read.`,
      };
    case 'SOURCE_STALE':
      return {
        zh: `来源已 ${n('minutes_since_reading')} 分钟未更新，上限 ${n('minutes_allowed')} 分钟。其库存预警暂停，恢复读取后重新判断。`,
        en: `The source was not read for ${n('minutes_since_reading')} minutes; ${n('minutes_allowed')} are allowed. Its stock alerts are held and judged again once it is read.`,
      };
    default:
      return {
        zh: `来源有 ${n('held_readings')} 条读数不可信，暂不采用（共 ${n('levels')} 个库存水位）。`,
        en: `${n('held_readings')} readings of the source are implausible and held back, of ${n('levels')} levels.`,
      };
  }
}

/** Whether an order is due too; the alert speaks for the one that would say so. */
function order(numberOf: NumberOf): Sentence {
  const distance = numberOf('order_distance');
  if (distance === null) return { zh: '', en: '' };
  const [position, line] = [shown(numberOf('position')), shown(numberOf('reorder_point'))];
  return distance.gt(0)
    ? {
        zh: `保护期内的库存位置 ${position}，高于再订货点 ${line}，无需再下单。`,
        en: ` With what is due the position is ${position}, above the reorder point of ${line}: no order is needed.`,
      }
    : {
        zh: `保护期内的库存位置 ${position}，不高于再订货点 ${line}，应下单。`,
        en: ` With what is due the position is ${position}, at or below the reorder point of ${line}: an order is due.`,
      };
}

/** Whether the quantity has reached the line, in words. */
function side(numberOf: NumberOf): Sentence {
  const distance = numberOf('distance');
  return distance?.gt(0) === true ? { zh: '高于', en: 'above' } : { zh: '不高于', en: 'at or below' };
}

/** What it takes to end: one number, the later of the two conditions, as a person would say it. */
function recovery(numberOf: NumberOf): Sentence {
  const above = numberOf('resolves_above');
  const from = numberOf('resolves_from');
  if (above === null || from === null) return { zh: '', en: '' };
  // At equal numbers "above" is the stricter of the two.
  const isFrom = from.gt(above);
  const line = shown(isFrom ? from : above);
  return isFrom
    ? { zh: `回升到 ${line} 即恢复。`, en: `Recovers at ${line}.` }
    : { zh: `回升到 ${line} 以上即恢复。`, en: `Recovers above ${line}.` };
}

function shown(value: Decimal | null): string {
  return value === null ? '?' : formatDecimal(value.toDecimalPlaces(4));
}

function percent(value: Decimal | null): string {
  return value === null ? '?' : `${formatDecimal(value.times(new Decimal(100)).toDecimalPlaces(1))} %`;
}
