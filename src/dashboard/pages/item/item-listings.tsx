import type { ItemQuery } from '../../gql/documents.ts';
import { missing } from '../../i18n/format.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import { label } from '../../i18n/messages.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { Card } from '../../parts/page-head.tsx';
import { EmptyState } from '../../parts/states.tsx';

/** The offers that sell an item. */
export function ItemListings({ item }: { item: NonNullable<ItemQuery['item']> }) {
  const { t } = useLocale();
  const format = useFormat();
  const listings = item.listings.nodes;
  return (
    <Card title={t.item.listings}>
      {listings.length === 0 ? (
        <EmptyState icon="box" title={t.item.noListings} />
      ) : (
        <DataTable
          label={t.item.listings}
          rows={listings}
          keyOf={({ id }) => id}
          columns={[
            {
              title: t.items.item,
              cell: ({ title, variantTitle, productId }) => (
                <>
                  {variantTitle ?? title}
                  <br />
                  <small>{productId}</small>
                </>
              ),
            },
            { title: t.item.shop, cell: ({ shop }) => shop?.name ?? missing },
            { title: t.items.available, isNumber: true, cell: ({ available }) => format.quantity(available) },
            { title: t.item.pack, isNumber: true, cell: ({ packFactor }) => format.quantity(packFactor) },
            { title: t.item.status, cell: ({ status }) => label(t.listingStatus, status) },
          ]}
        />
      )}
    </Card>
  );
}
