import { useQuery } from 'urql';
import { Link } from 'wouter';
import { failureOf } from '../../api/failure.ts';
import { useSurroundings } from '../../boot.tsx';
import { type AlertRuleRowFragment, AlertRulesDocument } from '../../gql/documents.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import { label } from '../../i18n/messages.ts';
import { Card, PageHead } from '../../parts/page-head.tsx';
import { EmptyState, FailureState, LoadingState } from '../../parts/states.tsx';
import { RuleAdd } from './rule-add.tsx';
import { originOf, sourceKinds } from './rule-settings.ts';
import { RuleView } from './rule-view.tsx';
import './rules.css';

/** Rules that are read, the most that the API gives at once. */
const rulesMax = 250;

/** What is watched and how: of each kind the organization's rule, and below it those for some goods or places. */
export function Rules() {
  const { t } = useLocale();
  const { viewer } = useSurroundings();
  const [{ data, error }, ask] = useQuery({ query: AlertRulesDocument, variables: { first: rulesMax } });
  const read = () => ask({ requestPolicy: 'network-only' });
  const rules = data?.alertRules.nodes;
  const mayEdit = viewer.scopes.includes('WRITE_ALERTS');
  return (
    <>
      <PageHead title={t.rules.title} note={t.rules.intro}>
        <Link href="/alerts">{t.overview.toBoard}</Link>
      </PageHead>
      <p className="note rules-note">{t.rules.thresholdHelp}</p>
      {rules === undefined ? (
        error === undefined ? (
          <LoadingState rows={10} />
        ) : (
          <FailureState failure={failureOf(error)} onRetry={read} />
        )
      ) : rules.length === 0 ? (
        <EmptyState icon="bell" title={t.rules.none} />
      ) : (
        <div className="stack">
          {byKind(rules, Object.keys(t.alertKind)).map(([kind, own]) => (
            <Card key={kind} title={label(t.alertKind, kind)} note={label(t.rules.kindHelp, kind)}>
              {own.map((rule) => (
                <RuleView
                  key={`${rule.id} ${rule.recordedAt}`}
                  rule={rule}
                  mayEdit={mayEdit}
                  onSaved={read}
                />
              ))}
              {mayEdit && !sourceKinds.has(kind) && <RuleAdd kind={kind} onSaved={read} />}
            </Card>
          ))}
          {data?.alertRules.pageInfo.hasNextPage === true && (
            <p className="note">{t.rules.tooMany(String(rulesMax))}</p>
          )}
        </div>
      )}
    </>
  );
}

/** Rules by kind in the order of the board's kinds; in each the widest first. */
function byKind(
  rules: readonly AlertRuleRowFragment[],
  order: readonly string[],
): (readonly [AlertRuleRowFragment['kind'], readonly AlertRuleRowFragment[]])[] {
  const widths = ['ORGANIZATION', 'CATEGORY', 'WAREHOUSE', 'ITEM', 'ITEM_WAREHOUSE'];
  const rank = (kind: string) => (order.includes(kind) ? order.indexOf(kind) : order.length);
  const kinds = [...new Set(rules.map(({ kind }) => kind))].sort((one, other) => rank(one) - rank(other));
  return kinds.map((kind) => [
    kind,
    rules
      .filter((rule) => rule.kind === kind)
      .sort((one, other) => widths.indexOf(originOf(one)) - widths.indexOf(originOf(other))),
  ]);
}
