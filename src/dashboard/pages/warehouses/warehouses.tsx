import { useSurroundings } from '../../boot.tsx';
import { useLocale } from '../../i18n/locale-context.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { EmptyState } from '../../parts/states.tsx';
import { HeatMap } from './heat-map.tsx';
import { PlaceMap } from './place-map.tsx';
import { useTransferFlows } from './use-transfer-flows.ts';
import { useWarehouseCounts } from './use-warehouse-counts.ts';
import { WarehouseCards } from './warehouse-cards.tsx';
import './warehouses.css';

/** The places where goods lie, and how full they are. */
export function Warehouses() {
  const { t } = useLocale();
  const { warehouses } = useSurroundings();
  const physical = warehouses.nodes.filter(({ kind }) => kind === 'PHYSICAL');
  const counts = useWarehouseCounts(physical);
  const flows = useTransferFlows();
  return (
    <>
      <PageHead title={t.warehouses.title} note={t.warehouses.poolsHelp} />
      {physical.length === 0 ? (
        <EmptyState icon="warehouse" title={t.warehouses.empty} help={t.warehouses.emptyHelp} />
      ) : (
        <div className="stack">
          <div className="places-overview">
            <WarehouseCards warehouses={physical} counts={counts} />
            <PlaceMap warehouses={physical} counts={counts} flows={flows} />
          </div>
          <HeatMap warehouses={physical} />
        </div>
      )}
    </>
  );
}
