import type { Database } from '../client.ts';
import { withoutOrganization } from '../tenant.ts';

/** The one channel on which processes tell each other that an event log has grown. */
export const eventChannel = 'shuiwei_events';

/** Says on the channel that there is news, without saying what. Writes nothing. */
export async function notifyEvents(db: Database): Promise<void> {
  await withoutOrganization(db, 'app', (sql) => sql`notify shuiwei_events`, { isIdempotent: true });
}
