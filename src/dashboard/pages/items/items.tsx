export function Items(_props: { sku?: string }) {
  return null;
}
