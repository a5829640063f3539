import type { zhCn } from './zh-cn.ts';

/** Literal texts widened to any text, functions and nesting kept. */
type Widen<Text> = Text extends string
  ? string
  : Text extends (...given: infer Given) => string
    ? (...given: Given) => string
    : { readonly [Name in keyof Text]: Widen<Text[Name]> };

/** All texts of one language; Chinese leads. */
export type Messages = Widen<typeof zhCn>;

/** The text for a code of the API; an unknown, newer code is shown as it is. */
export function label(texts: Readonly<Record<string, string>>, code: string): string {
  return Object.hasOwn(texts, code) ? (texts[code] ?? code) : code;
}

/** A stream's name; of what is read apart, such as its history under `sales_orders:history`, with that part. */
export function streamName(t: Messages, stream: string): string {
  const [name = '', part = ''] = stream.split(':');
  const told = label(t.stream, name);
  return Object.hasOwn(t.streamPart, part) ? t.streamPart[part as keyof Messages['streamPart']](told) : told;
}
