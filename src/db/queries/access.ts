import type { QueryScope } from './collection.ts';

/** The tenant of the transaction. */
export interface OrganizationRow {
  name: string;
  locale: 'zh-CN' | 'en';
}

/** Reads `organization`; @throws Error when it does not exist, since a viewer belongs to one that does. */
export async function loadOrganization({ sql }: QueryScope): Promise<OrganizationRow> {
  const rows = await sql<OrganizationRow[]>`select name, locale from organization`;
  const row = rows[0];
  if (row === undefined) throw new Error('the viewer’s organization does not exist');
  return row;
}
