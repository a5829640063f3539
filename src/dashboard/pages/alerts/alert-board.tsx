export function AlertBoard(_props: { sku?: string }) {
  return null;
}
