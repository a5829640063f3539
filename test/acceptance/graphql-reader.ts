/** Anything that came as JSON; read with care. */
// biome-ignore lint/suspicious/noExplicitAny: the checker reads answers as a client without types would.
export type Json = any;

/** Asks a running server. */
export interface GraphqlReader {
  /** @throws when the server refuses the query */
  ask(query: string, variables?: Record<string, unknown>): Promise<Json>;
  /**
   * All rows of a list, page by page.
   *
   * @param list - the field with its arguments but `first` and `after`, such as `stockLevels(orderBy: [...])`
   * @param fields - what to read of a row
   * @param size - rows on a page
   */
  walk(list: string, fields: string, size: number): Promise<Json[]>;
}

/** A reader of one address. */
export function createReader(url: string): GraphqlReader {
  const ask = async (query: string, variables: Record<string, unknown> = {}): Promise<Json> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': 'en' },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as Json;
    if (errors !== undefined) throw new Error(`${response.status}: ${JSON.stringify(errors).slice(0, 600)}`);
    return data;
  };
  const walk = async (list: string, fields: string, size: number): Promise<Json[]> => {
    const [name = '', given = ''] = list.split(/\((.*)\)$/s);
    const query = `query ($after: String) {
      page: ${name}(first: ${size}, after: $after ${given}) {
        pageInfo { hasNextPage endCursor } nodes { ${fields} } } }`;
    const rows: Json[] = [];
    let after: string | null = null;
    for (;;) {
      const { page } = await ask(query, { after });
      rows.push(...page.nodes);
      if (!page.pageInfo.hasNextPage) return rows;
      if (page.pageInfo.endCursor === after) throw new Error(`${list}: the cursor does not move`);
      after = page.pageInfo.endCursor;
    }
  };
  return { ask, walk };
}
