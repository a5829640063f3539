import type { LocaleName } from './context.ts';

/** Names and numbers that a message is filled with. */
export type MessageParams = Readonly<Record<string, string>>;

/** Every message that a user can meet, by code, in both languages. `{name}` is filled from the parameters. */
const messages = {
  FORBIDDEN: {
    'zh-CN': '当前密钥缺少权限 {scope}',
    en: 'This key lacks the scope {scope}',
  },
  PAGE_SIZE_OUT_OF_RANGE: {
    'zh-CN': '{argument} 必须在 0 到 {max} 之间，收到的是 {value}',
    en: '{argument} must be between 0 and {max}; got {value}',
  },
  PAGE_ARGUMENTS_CONFLICT: {
    'zh-CN': 'first/after 与 last/before 不能同时使用',
    en: 'Use either first/after or last/before, not both',
  },
  CURSOR_INVALID: {
    'zh-CN': '游标无法识别，请从第一页重新读取',
    en: 'This cursor is not one of ours; read again from the first page',
  },
  CURSOR_MISMATCH: {
    'zh-CN': '游标属于另一种排序或筛选，请从第一页重新读取',
    en: 'This cursor belongs to another sort or filter; read again from the first page',
  },
  CURSOR_EXPIRED: {
    'zh-CN': '游标早于保留期，最早可用的游标是 {oldestCursor}，请先读取当前状态',
    en: 'This cursor is older than what is kept; the oldest is {oldestCursor}. Read the present state first',
  },
  CURSOR_UNKNOWN: {
    'zh-CN': '游标无法识别，最早可用的游标是 {oldestCursor}，请先读取当前状态',
    en: 'This cursor is not of this event log; the oldest is {oldestCursor}. Read the present state first',
  },
  INPUT_INVALID: {
    'zh-CN': '输入中有无法处理的值',
    en: 'The input holds a value that cannot be used',
  },
  ID_INVALID: {
    'zh-CN': 'ID {id} 不是本接口给出的{type}标识',
    en: '{id} is not an id that this API gave for {type}',
  },
  FILTER_TOO_DEEP: {
    'zh-CN': '筛选条件最多嵌套 {max} 层',
    en: 'A filter may be nested {max} levels deep at most',
  },
  FILTER_TOO_LONG: {
    'zh-CN': '筛选条件最多包含 {max} 个值',
    en: 'A filter may hold {max} values at most',
  },
  ARGUMENT_OUT_OF_RANGE: {
    'zh-CN': '参数 {argument} 超出范围：{bound}',
    en: 'The argument {argument} is out of range: {bound}',
  },
  ARGUMENT_ONE_OF: {
    'zh-CN': '{bound} 必须且只能提供其中一个',
    en: 'Give exactly one of {bound}',
  },
  ARGUMENT_NOT_FOUND: {
    'zh-CN': '参数 {argument}：找不到该对象',
    en: 'The argument {argument}: there is no such object',
  },
  SCENARIO_INVALID: {
    'zh-CN': '情景参数 {argument} 无效，应为：{bound}',
    en: 'The scenario’s {argument} cannot be used; it must be: {bound}',
  },
  AS_OF_BEFORE_RETENTION: {
    'zh-CN': '该时刻早于保留期，最早可查询 {since}',
    en: 'This instant is older than what is kept; the oldest is {since}',
  },
  QUERY_TOO_DEEP: {
    'zh-CN': '查询嵌套超过 {max} 层',
    en: 'The query is nested more than {max} levels deep',
  },
  TOO_MANY_ALIASES: {
    'zh-CN': '查询中的别名超过 {max} 个',
    en: 'The query holds more than {max} aliases',
  },
  TOO_MANY_DIRECTIVES: {
    'zh-CN': '查询中的指令超过 {max} 个',
    en: 'The query holds more than {max} directives',
  },
  TOO_MANY_SUBSCRIPTIONS: {
    'zh-CN': '一个连接最多同时进行 {max} 个操作，请另开连接或先结束一些',
    en: 'One socket carries {max} operations at most; open another or complete some',
  },
  COST_LIMIT_EXCEEDED: {
    'zh-CN': '查询代价为 {cost}，超过上限 {max}；请减小 first 或减少嵌套',
    en: 'This query costs {cost}, more than {max}; ask for smaller pages or fewer levels',
  },
  RATE_LIMITED: {
    'zh-CN': '查询额度已用完（本次代价 {cost}），请在 {retryAfterMs} 毫秒后重试',
    en: 'The budget of query cost is used up (this query costs {cost}); try again in {retryAfterMs} ms',
  },
  DEADLINE_EXCEEDED: {
    'zh-CN': '查询超时，请缩小范围后重试',
    en: 'The query took too long; ask for less and try again',
  },
  TEMPORARILY_UNAVAILABLE: {
    'zh-CN': '服务暂时不可用，请稍后重试',
    en: 'Temporarily unavailable; try again shortly',
  },
  INTERNAL: {
    'zh-CN': '服务器内部错误，已记录',
    en: 'Internal error; it has been logged',
  },
  USER_NOT_FOUND: {
    'zh-CN': '{path}：找不到该对象',
    en: '{path}: there is no such object',
  },
  USER_REQUIRED: {
    'zh-CN': '{path}：必须提供（{what}）',
    en: '{path} is needed ({what})',
  },
  USER_OUT_OF_RANGE: {
    'zh-CN': '{path}：超出范围，应为 {bound}',
    en: '{path}: out of range, should be {bound}',
  },
  USER_INVALID: {
    'zh-CN': '{path}：格式不正确，应为 {bound}',
    en: '{path}: wrong form, should be {bound}',
  },
  USER_INVALID_TEXT: {
    'zh-CN': '{path}：长度应为 {bound} 个字符，不能只有空白或含控制字符',
    en: '{path}: should be a text of {bound} characters, not blank and without control characters',
  },
  USER_DECIMALS: {
    'zh-CN': '{path}：单位“{unit}”最多 {decimals} 位小数（itemDetailsSet 的 unitDecimals 可改）',
    en: '{path}: a quantity in {unit} has {decimals} decimal places at most; itemDetailsSet changes that (unitDecimals)',
  },
  USER_INCONSISTENT: {
    'zh-CN': '{path}：与 {other} 矛盾，应为 {bound}',
    en: '{path}: contradicts {other}, should be {bound}',
  },
  USER_DUPLICATE: {
    'zh-CN': '{path}：与第 {other} 行重复',
    en: '{path}: names the same as row {other}',
  },
  USER_NOT_ALLOWED_HERE: {
    'zh-CN': '{path}：该类型不支持此操作（{what}）',
    en: '{path}: not possible for this kind ({what})',
  },
  USER_STATE_CONFLICT: {
    'zh-CN': '{path}：当前状态为 {state}，无法执行此操作',
    en: '{path}: not possible while it is {state}',
  },
  USER_NOTHING_HELD_BACK: {
    'zh-CN': '{path}：没有待确认的可疑读数',
    en: '{path}: no reading is held back',
  },
  USER_QUANTITY_CHANGED: {
    'zh-CN': '{path}：建议数量现为 {state}，请重新查看后再决定',
    en: '{path}: {state} is suggested by now; look again before deciding',
  },
  USER_IN_USE: {
    'zh-CN': '{path}：正被 {state} 使用，无法执行此操作',
    en: '{path}: not possible while {state} uses it',
  },
  USER_AUTHORIZATION_REFUSED: {
    'zh-CN': '{path}：平台不接受该授权，请重新授权',
    en: '{path}: the platform does not accept this authorization; authorize again',
  },
  USER_PERMISSION_MISSING: {
    'zh-CN': '{path}：应用缺少所需的平台接口权限',
    en: '{path}: the app lacks a permission of the platform that is needed',
  },
  USER_PLATFORM_UNAVAILABLE: {
    'zh-CN': '{path}：平台暂时无响应，请稍后重试',
    en: '{path}: the platform does not answer; try again later',
  },
  USER_NOT_CONFIGURED: {
    'zh-CN': '{path}：本系统未配置该平台',
    en: '{path}: this platform is not set up on this installation',
  },
  USER_IDEMPOTENCY_KEY_REUSED: {
    'zh-CN': '{path}：该幂等键已用于其他请求',
    en: '{path}: this idempotency key was used for another request',
  },
} as const satisfies Record<string, Record<LocaleName, string>>;

/** Code of a message. */
export type MessageCode = keyof typeof messages;

/** All of them. */
export const messageCodes = Object.keys(messages) as MessageCode[];

type NamesIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;

/** What a message must be filled with besides the path of an input; more is allowed. */
export type ParamsOf<Code extends MessageCode> = MessageParams &
  Readonly<Record<Exclude<NamesIn<(typeof messages)[Code]['en']>, 'path'>, string>>;

/** What bounds say in words, in Chinese; as parameters they stay English. */
const phrases: Readonly<Record<string, string>> = {
  '6–200 characters without blanks': '6–200 个字符，不含空格',
  '10–64 letters and digits': '10–64 个字母或数字',
  '10–128 characters': '10–128 个字符',
  '2–20 characters without brackets': '2–20 个字符，不含【】',
  'an existing item': '已有的商品',
  'an existing warehouse': '已有的仓库',
  'today – 365 days ahead': '今天起 365 天之内',
};

/**
 * A message in a language, filled with its parameters; an unfilled name stays visible as it is.
 *
 * @example translate('en', 'FORBIDDEN', { scope: 'read:stock' }) // 'This key lacks the scope read:stock'
 */
export function translate(locale: LocaleName, code: MessageCode, params: MessageParams): string {
  return messages[code][locale].replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name] ?? whole;
    return locale === 'zh-CN' ? (phrases[value] ?? value) : value;
  });
}
