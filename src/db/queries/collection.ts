import type postgres from 'postgres';
import type { Sql } from '../connection.ts';

/** A piece of SQL with its parameters, to be set into a larger statement. */
export type Fragment = postgres.Fragment;

/** What an expression may use besides its columns. */
export interface QueryScope {
  readonly sql: Sql;
  /** Business time of the question: data ages count up to here. */
  readonly now: Date;
}

/** SQL made for one question. */
export type Expression = (scope: QueryScope) => Fragment;

/** Types that filters and cursors carry as text and Postgres reads back exactly. */
export type FieldType =
  | 'text'
  | 'numeric'
  | 'timestamptz'
  | 'uuid'
  | 'boolean'
  | 'integer'
  | 'bigint'
  | 'double precision'
  | 'date';

/** Something that a collection can be filtered and sorted by. */
export interface CollectionField {
  readonly expression: Expression;
  readonly type: FieldType;
  /** True when the expression may be null: sorting must then say where nulls go. */
  readonly isNullable?: boolean;
  /** How rows are sorted by it, where the column's own type has the index. */
  readonly sorted?: { readonly expression: Expression; readonly type: FieldType };
  /**
   * Where rows that have a value are read from, when the value lies in a joined table with an index of its own: an inner
   * join lets Postgres walk that index, a left join never does. Rows without a value come in a second part.
   */
  readonly present?: {
    readonly from: Expression;
    /** Key fields as that table has them, so that its index can go on with them among equals. */
    readonly keys: Readonly<Record<string, Expression>>;
  };
}

/**
 * A list of rows that can be asked for by page, by key and by parent: the one description from which all its
 * statements are made. It never names the organization: row-level security of the transaction does.
 */
export interface Collection<Row, Field extends string = string> {
  /** Part of every cursor, so that one of another list is recognised. */
  readonly name: string;
  /** Select list; aliases are the row's property names. */
  readonly columns: Expression;
  /** Tables and joins, without the word FROM. */
  readonly from: Expression;
  readonly fields: Readonly<Record<Field, CollectionField>>;
  /** The fields that together are unique; every sort ends with them. */
  readonly key: readonly Field[];
  /**
   * Tables that choose a page's rows more cheaply than `from` does, for lists whose joins cost more than most pages
   * need; the chosen rows are then read by their key, which must be one field. Null = `from` itself is best.
   *
   * @param filtered - the fields that rows are filtered by
   * @param sorted - the fields that they are sorted by; none for a count
   */
  readonly choice?: (filtered: readonly string[], sorted: readonly string[]) => Expression | null;
  /** Never set; carries the type of the rows. */
  readonly row?: Row;
}

/** Columns and fields of one alias that need no more than their name. */
export function column(alias: string, name: string, type: FieldType, isNullable = false): CollectionField {
  return { expression: ({ sql }) => sql`${sql(`${alias}.${name}`)}`, type, isNullable };
}

/** A column by which rows are sorted, of double precision: Postgres starts in the middle of its index. */
export function orderColumn(alias: string, name: string): CollectionField {
  return column(alias, name, 'double precision');
}

/**
 * A value as one of the closed list of types. By way of text, so that Postgres reads it: the client would cut an
 * instant to milliseconds.
 */
export function castTo({ sql }: QueryScope, value: unknown, type: FieldType): Fragment {
  return sql`${value === null ? null : String(value)}::text::${sql.unsafe(type)}`;
}

/** As {@link castTo}, for an array. */
export function castToArray({ sql }: QueryScope, values: readonly unknown[], type: FieldType): Fragment {
  return sql`${values.map(String)}::text[]::${sql.unsafe(`${type}[]`)}`;
}

/** Fragments with a separator between them. */
export function join({ sql }: QueryScope, parts: readonly Fragment[], separator: Fragment): Fragment {
  return parts.reduce((whole, part, index) => (index === 0 ? part : sql`${whole}${separator}${part}`), sql``);
}
