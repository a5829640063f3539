export function ItemPage(_props: { sku?: string }) {
  return null;
}
