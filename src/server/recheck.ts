import type { Authenticator } from './auth.ts';
import type { ServerParts } from './parts.ts';

/**
 * Looks again at the keys behind open connections, each key once, and ends the connections of those that no longer
 * hold: sockets with 4403, streams with `complete`.
 */
export async function recheckSessions(
  { websockets, streams }: Pick<ServerParts, 'websockets' | 'streams'>,
  authenticator: Authenticator,
): Promise<void> {
  const open = [...websockets.sessions(), ...[...streams.all()].map(({ session }) => session)];
  for (const [keyId, sessions] of Map.groupBy(open, (session) => session.keyId)) {
    const [first] = sessions;
    if (keyId === null || first === undefined) continue;
    try {
      if (await authenticator.isStillValid(first)) continue;
    } catch {
      // The database is away: a key that held a moment ago holds until somebody can say otherwise.
      continue;
    }
    for (const session of sessions) websockets.closeSession(session);
    for (const stream of streams.all()) if (stream.session.keyId === keyId) stream.end();
  }
}
