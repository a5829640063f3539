import type { ItemInboundQuery } from '../../gql/documents.ts';
import { missing } from '../../i18n/format.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import { label } from '../../i18n/messages.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { ToneBadge } from '../../parts/badges.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { Card } from '../../parts/page-head.tsx';
import { EmptyState } from '../../parts/states.tsx';

/** A line of goods on their way, or that came. */
export type InboundLine = NonNullable<ItemInboundQuery['item']>['inboundLines'][number];

/** Lines that fit. */
const linesMax = 12;

/** Goods of the item on their way, the soonest first, then what came. */
export function ItemInbound({ lines, unit }: { lines: readonly InboundLine[]; unit: string }) {
  const { t } = useLocale();
  const format = useFormat();
  return (
    <Card title={t.item.shipments}>
      {lines.length === 0 ? (
        <EmptyState icon="truck" title={t.item.noShipments} />
      ) : (
        <DataTable
          label={t.item.shipments}
          rows={lines.slice(0, linesMax)}
          keyOf={({ lineId, shipment }) => `${shipment?.id ?? ''} ${lineId}`}
          columns={[
            {
              title: t.item.number,
              cell: ({ shipment }) => (
                <>
                  {shipment?.externalId ?? missing}
                  <br />
                  <small>{shipment?.warehouse?.name ?? shipment?.supplierName ?? ''}</small>
                </>
              ),
            },
            {
              title: t.item.quantity,
              isNumber: true,
              cell: ({ quantity }) => format.quantity(quantity, unit),
            },
            {
              title: t.item.status,
              cell: ({ shipment }) =>
                shipment === null ? (
                  missing
                ) : (
                  <ToneBadge tone={shipment.status === 'RECEIVED' ? 'good' : 'quiet'}>
                    {label(t.shipmentState, shipment.status)}
                  </ToneBadge>
                ),
            },
            {
              title: t.item.expected,
              cell: ({ shipment }) => {
                const at = shipment?.receivedAt ?? shipment?.expectedAt ?? null;
                return at === null ? t.unavailable.NOT_KNOWN : format.date(at);
              },
            },
          ]}
        />
      )}
    </Card>
  );
}
