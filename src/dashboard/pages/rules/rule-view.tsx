import { useState } from 'react';
import type { AlertRuleRowFragment } from '../../gql/documents.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import { label } from '../../i18n/messages.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { SeverityBadge, ToneBadge } from '../../parts/badges.tsx';
import { RuleForm } from './rule-form.tsx';
import { originOf, settingLabel, settingsOf, shownSetting } from './rule-settings.ts';

/** A rule as it holds, each value with the rule that it comes from; changed in place. */
export function RuleView(props: { rule: AlertRuleRowFragment; mayEdit: boolean; onSaved: () => void }) {
  const { t } = useLocale();
  const format = useFormat();
  const { rule, mayEdit, onSaved } = props;
  const [isEditing, setEditing] = useState(false);
  const held = new Map(rule.values.map((one) => [one.setting, one]));
  const own = originOf(rule);
  // A narrow rule says only what it changes: the rest stands with the wider ones.
  const names = settingsOf(rule.kind).filter(
    (name) => own === 'ORGANIZATION' || held.get(name)?.origin === own,
  );
  return (
    <div className={own === 'ORGANIZATION' ? 'rule' : 'rule narrow'}>
      <div className="rule-head">
        <b>{scopeText(rule, t.rules.everything)}</b>
        <ToneBadge tone={held.get('isEnabled')?.value === 'false' ? 'quiet' : 'good'}>
          {held.get('isEnabled')?.value === 'false' ? t.rules.off : t.rules.on}
        </ToneBadge>
        <SeverityBadge severity={held.get('severity')?.value ?? ''} />
        {mayEdit && !isEditing && (
          <button type="button" onClick={() => setEditing(true)}>
            {t.rules.edit}
            <span className="unseen">
              {' '}
              {label(t.alertKind, rule.kind)} {scopeText(rule, t.rules.everything)}
            </span>
          </button>
        )}
      </div>
      {isEditing ? (
        <RuleForm
          rule={rule}
          onCancel={() => setEditing(false)}
          onDone={() => {
            setEditing(false);
            onSaved();
          }}
        />
      ) : (
        <dl className="rule-values">
          {names.map((name) => {
            const value = held.get(name);
            if (value === undefined) return null;
            return (
              <div key={name}>
                <dt>{settingLabel(t, rule.kind, name)}</dt>
                <dd>
                  {shownSetting(t, format, name, value.value)}{' '}
                  <small className={value.origin === 'DEFAULT' ? '' : 'set'}>
                    {label(t.rules.origins, value.origin)}
                  </small>
                </dd>
              </div>
            );
          })}
        </dl>
      )}
    </div>
  );
}

function scopeText(rule: AlertRuleRowFragment, everything: string): string {
  const parts = [
    rule.category,
    rule.item === null ? null : `${rule.item.sku} ${rule.item.title}`,
    rule.warehouse?.name ?? null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? everything : parts.join(' · ');
}
