import { sql } from 'drizzle-orm';
import { doublePrecision, numeric, text, timestamp, uuid } from 'drizzle-orm/pg-core';

/** The tenant; first column of every key of a business table. */
export const organizationId = () => uuid('organization_id').notNull();

/** An instant; always with time zone, read as a Date. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** When it was true at the source (business time). */
export const observedAt = () => instant('observed_at').notNull();

/** When we stored it (business time). */
export const recordedAt = () => instant('recorded_at').notNull();

/** A quantity in the item's unit, exact. */
export const units = (name: string) => numeric(name);

/** A closed list of words, kept as text: new words need no lock on the table. */
export const word = <Word extends string>(name: string) => text(name).$type<Word>();

/**
 * A figure as lists are sorted by it. Under row-level security Postgres begins in the middle of an index only by
 * operators that cannot leak; those of double precision are such, those of numeric are not.
 */
export const orderOf = (name: string, figure: string) =>
  doublePrecision(name).generatedAlwaysAs(sql.raw(`${figure}::double precision`));
