import { useState } from 'react';
import type { AlertRuleRowFragment, AlertRuleSettingsInput, AlertSeverity } from '../../gql/documents.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import { label } from '../../i18n/messages.ts';
import {
  type NumberSetting,
  originOf,
  settingLabel,
  settingsOf,
  toGiven,
  toWritten,
  unitOf,
} from './rule-settings.ts';
import { useRuleSave } from './use-rule-save.ts';

/** Changes a rule where it stands. Empty = not set here, so the next wider rule decides. */
export function RuleForm(props: { rule: AlertRuleRowFragment; onDone: () => void; onCancel: () => void }) {
  const { t } = useLocale();
  const { rule, onDone, onCancel } = props;
  const { save, isSaving, problems } = useRuleSave(onDone);
  const own = originOf(rule);
  const held = new Map(rule.values.map((one) => [one.setting, one]));
  const ownValue = (name: string) => {
    const value = held.get(name);
    return value?.origin === own ? value.value : '';
  };
  const names = settingsOf(rule.kind);
  const [watches, setWatches] = useState(ownValue('isEnabled'));
  const [severity, setSeverity] = useState(ownValue('severity'));
  const [numbers, setNumbers] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(
      names.map((name) => [name, ownValue(name) === '' ? '' : toWritten(name, ownValue(name))]),
    ),
  );
  const inherited = (name: string, text: (value: string) => string) => {
    const value = held.get(name);
    return value === undefined || value.origin === own
      ? t.rules.inherit
      : t.rules.inheritAs(text(value.value));
  };

  const submit = () => {
    const changed: AlertRuleSettingsInput = {
      ...(watches === ownValue('isEnabled') ? {} : { isEnabled: watches === '' ? null : watches === 'true' }),
      ...(severity === ownValue('severity')
        ? {}
        : { severity: severity === '' ? null : (severity as AlertSeverity) }),
      ...Object.fromEntries(
        names
          .filter((name) => (numbers[name] ?? '') !== (ownValue(name) && toWritten(name, ownValue(name))))
          .map((name) => [name, toGiven(name, numbers[name] ?? '')]),
      ),
    };
    if (Object.keys(changed).length === 0) return onDone();
    const { item, warehouse, category } = rule;
    void save({
      kind: rule.kind,
      scope: {
        ...(item === null ? {} : { itemId: item.id }),
        ...(warehouse === null ? {} : { warehouseId: warehouse.id }),
        ...(category === null ? {} : { category }),
      },
      settings: changed,
    });
  };

  return (
    <form
      className="rule-form"
      aria-label={t.rules.edit}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className="rule-fields">
        <label className="field">
          <span>{t.rules.settings.isEnabled}</span>
          <select name="isEnabled" value={watches} onChange={(event) => setWatches(event.target.value)}>
            <option value="">
              {inherited('isEnabled', (value) => (value === 'true' ? t.rules.on : t.rules.off))}
            </option>
            <option value="true">{t.rules.on}</option>
            <option value="false">{t.rules.off}</option>
          </select>
        </label>
        <label className="field">
          <span>{t.rules.settings.severity}</span>
          <select name="severity" value={severity} onChange={(event) => setSeverity(event.target.value)}>
            <option value="">{inherited('severity', (value) => label(t.severity, value))}</option>
            {Object.entries(t.severity).map(([code, text]) => (
              <option key={code} value={code}>
                {text}
              </option>
            ))}
          </select>
        </label>
        {names.map((name) => (
          <NumberField
            key={name}
            kind={rule.kind}
            name={name}
            value={numbers[name] ?? ''}
            placeholder={inherited(name, (value) => toWritten(name, value))}
            problem={problems.get(name)}
            onChange={(value) => setNumbers((before) => ({ ...before, [name]: value }))}
          />
        ))}
      </div>
      {problems.has('') && (
        <p className="problem" role="alert">
          {problems.get('')}
        </p>
      )}
      <p className="actions">
        <button type="submit" className="primary" disabled={isSaving}>
          {t.rules.save}
        </button>
        <button type="button" onClick={onCancel}>
          {t.alerts.cancel}
        </button>
        <span className="note">{t.rules.emptyHelp}</span>
      </p>
    </form>
  );
}

function NumberField(props: {
  kind: string;
  name: NumberSetting;
  value: string;
  placeholder: string;
  problem: string | undefined;
  onChange: (value: string) => void;
}) {
  const { t } = useLocale();
  const { kind, name, value, placeholder, problem, onChange } = props;
  const unit = unitOf(name);
  return (
    <label className="field">
      <span>
        {settingLabel(t, kind, name)} <small>({t.rules.units[unit]})</small>
      </span>
      <input
        name={name}
        type="number"
        min={0}
        step={unit === 'minutes' || unit === 'count' ? 1 : 'any'}
        value={value}
        placeholder={placeholder}
        aria-invalid={problem !== undefined}
        onChange={(event) => onChange(event.target.value)}
      />
      {problem !== undefined && (
        <span className="problem" role="alert">
          {problem}
        </span>
      )}
    </label>
  );
}
