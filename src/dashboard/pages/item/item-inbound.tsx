import type { InboundQuery } from '../../gql/documents.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import { label } from '../../i18n/messages.ts';
import { missing, useFormat } from '../../i18n/use-format.ts';
import { ToneBadge } from '../../parts/badges.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { Card } from '../../parts/page-head.tsx';
import { EmptyState } from '../../parts/states.tsx';

type Shipment = InboundQuery['inboundShipments']['nodes'][number];

/** Goods of the item on their way. */
export function ItemInbound(props: {
  shipments: readonly (Shipment['lines'][number] & { shipment: Shipment })[];
  unit: string;
}) {
  const { t } = useLocale();
  const format = useFormat();
  return (
    <Card title={t.item.shipments}>
      {props.shipments.length === 0 ? (
        <EmptyState icon="truck" title={t.item.noShipments} />
      ) : (
        <DataTable
          label={t.item.shipments}
          rows={props.shipments}
          keyOf={({ lineId, shipment }) => `${shipment.id} ${lineId}`}
          columns={[
            { title: t.item.number, cell: ({ shipment }) => shipment.externalId },
            {
              title: t.item.quantity,
              isNumber: true,
              cell: ({ quantity }) => format.quantity(quantity, props.unit),
            },
            { title: t.item.place, cell: ({ shipment }) => shipment.warehouse?.name ?? missing },
            {
              title: t.item.status,
              cell: ({ shipment }) => (
                <ToneBadge tone="quiet">{label(t.shipmentState, shipment.status)}</ToneBadge>
              ),
            },
            {
              title: t.item.expected,
              cell: ({ shipment }) =>
                shipment.expectedAt === null ? t.unavailable.NOT_KNOWN : format.date(shipment.expectedAt),
            },
          ]}
        />
      )}
    </Card>
  );
}
