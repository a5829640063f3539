import { missing } from '../i18n/format.ts';
import { useLocale } from '../i18n/locale-context.tsx';
import { useFormat } from '../i18n/use-format.ts';
import { formulaOf } from './formula.ts';

/** How a value came about, as far as it is shown. */
export interface ShownExplanation {
  readonly binding: string | null;
  readonly inputs: readonly {
    readonly name: string;
    readonly label: string;
    readonly value: string;
    readonly unit: string;
    readonly observedAt: string | null;
  }[];
  readonly steps: readonly {
    readonly code: string;
    readonly label: string;
    readonly op: string;
    readonly operands: readonly string[];
    readonly value: string;
  }[];
}

/** The numbers that a value rests on, and the calculation step by step. */
export function ExplanationTables({ explanation }: { explanation: ShownExplanation }) {
  const { t } = useLocale();
  const format = useFormat();
  const labels = new Map([
    ...explanation.inputs.map(({ name, label }) => [name, label] as const),
    ...explanation.steps.map(({ code, label }) => [code, label] as const),
  ]);
  return (
    <>
      <table className="data">
        <caption>{t.alerts.inputs}</caption>
        <thead>
          <tr>
            <th scope="col">{t.alerts.name}</th>
            <th scope="col" className="number">
              {t.alerts.value}
            </th>
            <th scope="col">{t.alerts.observedAt}</th>
          </tr>
        </thead>
        <tbody>
          {explanation.inputs.map((input) => (
            <tr key={input.name} className={explanation.binding === input.name ? 'binding' : undefined}>
              <th scope="row" title={input.name}>
                {input.label}
              </th>
              <td className="number">{shownValue(input, format.quantity)}</td>
              <td>{input.observedAt === null ? missing : format.dateTime(input.observedAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <table className="data">
        <caption>{t.alerts.steps}</caption>
        <thead>
          <tr>
            <th scope="col">{t.alerts.step}</th>
            <th scope="col">{t.alerts.formula}</th>
            <th scope="col" className="number">
              {t.alerts.value}
            </th>
          </tr>
        </thead>
        <tbody>
          {explanation.steps.map((step) => (
            <tr key={step.code}>
              <th scope="row" title={step.code}>
                {step.label}
              </th>
              <td className="formula">{formulaOf(step, labels, format.quantity)}</td>
              <td className="number">{format.quantity(step.value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** Numbers in the user's way; a day or a word as it is; a distribution does not fit. */
function shownValue(
  { value, unit }: { readonly value: string; readonly unit: string },
  write: (value: string) => string,
): string {
  if (unit === 'distribution') return missing;
  return value.trim() === '' || Number.isNaN(Number(value)) ? value : write(value);
}
