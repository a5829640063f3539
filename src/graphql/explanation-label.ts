import { inputLabels } from '../domain/plan/explanation-input-labels.ts';
import { type Label, stepLabels } from '../domain/plan/explanation-labels.ts';
import type { LocaleName } from './context.ts';

const labels: Readonly<Record<string, Label>> = { ...stepLabels, ...inputLabels };

/**
 * What an input or a step of an explanation is called.
 *
 * @returns the name itself when nothing is known of it
 * @example labelOf('arrival_day_3', 'en') // 'Arriving on day 3'
 */
export function labelOf(name: string, locale: LocaleName): string {
  const [, number = ''] = /_(\d+)$/.exec(name) ?? [];
  const pattern = name.replace(/_[0-9a-f]{8}-[0-9a-f-]{27}$/, '_*').replace(/_\d+$/, '_#');
  const label = labels[name] ?? labels[pattern] ?? labels[name.replace(/_\d+$/, '')];
  if (label === undefined) return name;
  return (locale === 'zh-CN' ? label.zh : label.en).replace('#', number);
}
