/** Shapes, drawn on 24 × 24. */
const paths = {
  gauge: 'M4 15a8 8 0 1 1 16 0M12 15l4-5M4 19h16',
  bell: 'M6 16V11a6 6 0 1 1 12 0v5l1.5 2h-15zM10 20.5a2 2 0 0 0 4 0',
  box: 'M3.5 8 12 3.5 20.5 8v8L12 20.5 3.5 16zM3.5 8 12 12.5 20.5 8M12 12.5v8',
  warehouse: 'M3 20V9l9-5 9 5v11M7 20v-8h10v8M7 16h10',
  plug: 'M9 3v5M15 3v5M6 8h12v3a6 6 0 0 1-12 0zM12 17v4',
  critical: 'M8 3h8l5 5v8l-5 5H8l-5-5V8zM12 8v5M12 16v.5',
  warning: 'M12 4 21.5 20h-19zM12 10v4.5M12 17v.5',
  info: 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18M12 11v5.5M12 7.5V8',
  check: 'M4.5 12.5 10 18 19.5 7',
  clock: 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18M12 7v5l3.5 2',
  search: 'M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13M15.5 15.5 20 20',
  download: 'M12 4v11M7.5 11 12 15.5 16.5 11M4 20h16',
  chevron: 'M6 9.5 12 15.5 18 9.5',
  up: 'M12 19V5M6 11l6-6 6 6',
  down: 'M12 5v14M6 13l6 6 6-6',
  refresh: 'M19.5 12a7.5 7.5 0 1 1-2.2-5.3M19.5 4v4h-4',
  away: 'M3 3l18 18M5 10a11 11 0 0 1 4-2M19 10a11 11 0 0 0-6-2.9M8.5 14a5 5 0 0 1 5-1.3M12 18v.5',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  drop: 'M12 3.5c3.5 4 6 7 6 10.2a6 6 0 0 1-12 0c0-3.200 2.500-6.200 6-10.200',
  table: 'M4 5h16v14H4zM4 10h16M4 14.500h16M10 5v14',
  chart: 'M4 4v16h16M7 15l4-5 3 3 5-7',
  cart: 'M3 4h2.500l2.200 11h10.300l2-8H6.500M9.500 19.500a1.200 1.200 0 1 0 0-.1M16.500 19.500a1.200 1.200 0 1 0 0-.1',
  truck: 'M2.500 6h11v10h-11zM13.500 10h4.500l3.500 3.500V16h-8M7 19a2 2 0 1 1 0-.1M17 19a2 2 0 1 1 0-.1',
} as const;

/** Name of an icon. */
export type IconName = keyof typeof paths;

/** A small drawing beside a word; the word says it all, so that it is silent for screen readers. */
export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      className="icon"
      viewBox="0 0 24 24"
      width={size}
      height={size}
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={paths[name]} />
    </svg>
  );
}
