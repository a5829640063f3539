export function Connections(_props: { sku?: string }) {
  return null;
}
