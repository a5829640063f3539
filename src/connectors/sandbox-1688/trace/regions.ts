import type { WorldWarehouse } from '../world/world.ts';

/** Where an online wholesaler in Britain would keep goods for its customers, in the order of their number. */
export const traceWarehouses: readonly WorldWarehouse[] = [
  { code: 'GB-MID', name: 'Midlands', timeZone: 'Europe/London', latitude: 52.4862, longitude: -1.8904 },
  { code: 'IE-DUB', name: 'Dublin', timeZone: 'Europe/Dublin', latitude: 53.3498, longitude: -6.2603 },
  { code: 'DE-FRA', name: 'Frankfurt', timeZone: 'Europe/Berlin', latitude: 50.1109, longitude: 8.6821 },
  { code: 'FR-PAR', name: 'Paris', timeZone: 'Europe/Paris', latitude: 48.8566, longitude: 2.3522 },
  { code: 'AE-DXB', name: 'Dubai', timeZone: 'Asia/Dubai', latitude: 25.2048, longitude: 55.2708 },
];

const countries: readonly (readonly string[])[] = [
  ['united kingdom', 'unspecified'],
  ['eire', 'ireland', 'channel islands', 'iceland'],
  [
    'germany',
    'austria',
    'switzerland',
    'poland',
    'czech republic',
    'denmark',
    'sweden',
    'norway',
    'finland',
    'lithuania',
    'european community',
  ],
  ['france', 'belgium', 'netherlands', 'spain', 'portugal', 'italy', 'malta'],
];
const warehouseOfCountry = new Map(
  countries.flatMap((names, warehouse) => names.map((name) => [name, warehouse] as const)),
);

/** Number of the warehouse that serves a country; countries not listed are served from the last one. */
export function warehouseOf(country: string): number {
  return warehouseOfCountry.get(country.trim().toLowerCase()) ?? traceWarehouses.length - 1;
}
