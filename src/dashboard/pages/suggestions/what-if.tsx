import { useEffect, useState } from 'react';
import { useQuery } from 'urql';
import { failureOf } from '../../api/failure.ts';
import { useSurroundings } from '../../boot.tsx';
import { WhatIfDocument } from '../../gql/documents.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import { SelectField } from '../../parts/fields.tsx';
import { Card } from '../../parts/page-head.tsx';
import { EmptyState, FailureState, LoadingState } from '../../parts/states.tsx';
import { emptyWishes, isEmpty, toScenario, type Wishes } from './scenario.ts';
import { Slider } from './slider.tsx';
import { WhatIfTables } from './what-if-tables.tsx';

/** A slider must rest so long before it is computed, ms. */
const restMs = 500;
/** Levels that are named. */
const changesMax = 8;

/** What would be if demand, lead time or the service level were other; computed by the server, kept nowhere. */
export function WhatIf() {
  const { t } = useLocale();
  const { warehouses } = useSurroundings();
  const [wishes, setWishes] = useState<Wishes>(emptyWishes);
  const [asked, setAsked] = useState<Wishes>(emptyWishes);
  const [place, setPlace] = useState(warehouses.nodes[0]?.code ?? '');
  useEffect(() => {
    const timer = setTimeout(() => setAsked(wishes), restMs);
    return () => clearTimeout(timer);
  }, [wishes]);
  const [{ data, error, fetching }] = useQuery({
    query: WhatIfDocument,
    variables: {
      scenario: toScenario(asked),
      filter: { warehouseCode: { eq: place } },
      first: changesMax,
    },
    pause: isEmpty(asked) || place === '',
    requestPolicy: 'network-only',
  });
  const change = (name: keyof Wishes) => (value: number) =>
    setWishes((before) => ({ ...before, [name]: value }));
  return (
    <Card title={t.suggestions.whatIf} note={t.suggestions.whatIfHelp} className="what-if">
      <div className="sliders">
        <SelectField
          label={t.alerts.warehouse}
          name="what-if-place"
          value={place}
          onChange={setPlace}
          options={warehouses.nodes.map(({ code, name }) => [code, name] as const)}
        />
        <Slider
          label={t.suggestions.demandFactor}
          name="demand"
          value={wishes.demand}
          onChange={change('demand')}
          bounds={[50, 200, 5]}
          shown={`${wishes.demand} %`}
        />
        <Slider
          label={t.suggestions.leadTimeFactor}
          name="lead-time"
          value={wishes.leadTime}
          onChange={change('leadTime')}
          bounds={[50, 200, 5]}
          shown={`${wishes.leadTime} %`}
        />
        <Slider
          label={t.suggestions.serviceLevel}
          name="service-level"
          value={wishes.serviceLevel}
          onChange={change('serviceLevel')}
          bounds={[79, 99, 1]}
          shown={wishes.serviceLevel < 80 ? t.suggestions.asPlanned : `${wishes.serviceLevel} %`}
        />
        <button type="button" onClick={() => setWishes(emptyWishes)} disabled={isEmpty(wishes)}>
          {t.suggestions.reset}
        </button>
      </div>
      <div aria-live="polite" aria-busy={fetching}>
        {isEmpty(wishes) ? (
          <EmptyState icon="chart" title={t.suggestions.moveSlider} />
        ) : error !== undefined ? (
          <FailureState failure={failureOf(error)} />
        ) : data === undefined ? (
          <LoadingState rows={6} />
        ) : (
          <div className={fetching ? 'what-if-result old' : 'what-if-result'}>
            <WhatIfTables plan={data.portfolioPlan} />
          </div>
        )}
      </div>
    </Card>
  );
}
