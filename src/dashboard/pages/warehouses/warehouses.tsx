export function Warehouses(_props: { sku?: string }) {
  return null;
}
