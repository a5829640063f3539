/** Documents that a hostile caller may send; each must be refused, quickly, with the connection left open. */
export const hostileDocuments: readonly (readonly [what: string, query: string])[] = [
  ['50 levels of fields', nest(50)],
  ['2,000 levels of fields', nest(2_000)],
  ['100,000 levels of fields', nest(100_000)],
  ['10,000 aliases', `{ ${Array.from({ length: 10_000 }, (_, n) => `a${n}: __typename`).join(' ')} }`],
  [
    '101 aliases of __typename',
    `{ ${Array.from({ length: 101 }, (_, n) => `a${n}: __typename`).join(' ')} }`,
  ],
  ['10,000 times the same field', `{ ${'__typename '.repeat(10_000)} }`],
  [
    '1,000 overlapping fragments',
    `{ ${Array.from({ length: 1_000 }, (_, n) => `...F${n}`).join(' ')} } ${Array.from({ length: 1_000 }, (_, n) => `fragment F${n} on Query { hello }`).join(' ')}`,
  ],
  ['a cycle of fragments', '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }'],
  ['10 unknown directives', `{ hello ${Array.from({ length: 10 }, (_, n) => `@d${n}`).join(' ')} }`],
  ['10,000 directives', `{ hello ${'@skip(if: false) '.repeat(10_000)} }`],
  [
    'a literal of 50,000 nested lists',
    `{ node { nodes(ids: ${'['.repeat(50_000)}${']'.repeat(50_000)}) { id } } }`,
  ],
  ['a comment of 5 MB', `{ hello } # ${'x'.repeat(5_000_000)}`],
  ['a literal of 200,000 numbers', `{ node { nodes(ids: [${'1,'.repeat(200_000)}]) { id } } }`],
  [
    'introspection that goes round in circles',
    `{ __schema { types { ${'fields { type { '.repeat(12)} name ${'} } '.repeat(12)} } } }`,
  ],
];

function nest(levels: number): string {
  return `{ ${'node { '.repeat(levels)} id ${'} '.repeat(levels)} }`;
}
