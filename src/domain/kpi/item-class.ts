/** Class by value: A the few items that bring most of the margin, C the many that bring little. */
export type AbcClass = 'A' | 'B' | 'C';

/** Class by steadiness of weekly demand: X steady, Z erratic. */
export type XyzClass = 'X' | 'Y' | 'Z';
