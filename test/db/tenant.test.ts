import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withOrganization, withoutOrganization } from '../../src/db/tenant.ts';
import { brandId, type OrganizationId } from '../../src/shared/ids.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const first = brandId<OrganizationId>('00000000-0000-4000-8000-000000000001');
const second = brandId<OrganizationId>('00000000-0000-4000-8000-000000000002');

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase({ poolMax: 1 });
  for (const id of [first, second]) {
    await test.sql`insert into organization (organization_id, name, recorded_at) values (${id}, ${`shop ${id}`}, now())`;
  }
});
afterAll(() => test.drop());

describe('withOrganization', () => {
  it('sees the rows of one organization only, as a role that is no superuser', async () => {
    const seen = await withOrganization(test.db, 'app', first, async (sql) => ({
      organizations: await sql`select organization_id from organization`,
      roles:
        await sql`select current_user as name, rolsuper, rolbypassrls from pg_roles where rolname = current_user`,
    }));
    expect(seen.organizations).toEqual([{ organization_id: first }]);
    expect(seen.roles).toEqual([{ name: 'shuiwei_app', rolsuper: false, rolbypassrls: false }]);
  });
});
