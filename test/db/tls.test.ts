import { appendFileSync, chmodSync, chownSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDatabase, type Database } from '../../src/db/client.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/db/embedded.ts';
import { codeOf } from '../../src/db/transaction.ts';
import { silentLog } from '../../src/shared/log.ts';
import { makeCertificate } from '../support/certificate.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';

let dataDir: string;
let server: EmbeddedPostgres;
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'shuiwei-tls-'));
  chmodSync(dataDir, 0o711);
  const options = { projectDir: dataDir, dataDir, log: silentLog, port: 0, isDurable: false };
  const plain = await startEmbeddedPostgres(options);
  await plain.stop();
  const { uid, gid } = statSync(plain.clusterDir);
  const { certificate, key } = makeCertificate();
  for (const [name, text] of [
    ['server.crt', certificate],
    ['server.key', key],
  ] as const) {
    writeFileSync(join(plain.clusterDir, name), text, { mode: 0o600 });
    chownSync(join(plain.clusterDir, name), uid, gid);
  }
  appendFileSync(join(plain.clusterDir, 'postgresql.conf'), 'ssl = on\n');
  server = await startEmbeddedPostgres(options);
});
afterAll(async () => {
  await server.stop();
  rmSync(dataDir, { recursive: true });
});

describe('over TLS', () => {
  let proxy: TcpProxy;
  let db: Database;
  beforeEach(async () => {
    proxy = await startTcpProxy(server.ownerUrl);
    db = createDatabase({ ownerUrl: `${proxy.through(server.ownerUrl)}?sslmode=require`, log: silentLog });
  });
  afterEach(async () => {
    await db.close(0);
    await proxy.close();
  });
  const isEncrypted = (deadlineMs = 10_000) =>
    db.transaction('owner', '', (sql) => sql`select ssl from pg_stat_ssl where pid = pg_backend_pid()`, {
      deadlineMs,
    });

  it('works, and ends without leaving an error behind', async () => {
    expect(await isEncrypted()).toEqual([{ ssl: true }]);
  });

  it('cuts a half-open connection at the deadline and goes on with a new one', async () => {
    await isEncrypted();
    proxy.freeze();
    await expect(isEncrypted(200)).rejects.toMatchObject({ code: 'deadline_exceeded' });
    proxy.thaw();
    expect(await isEncrypted()).toEqual([{ ssl: true }]);
  });

  it('cuts one that falls silent during the handshake', async () => {
    proxy.freeze();
    await expect(isEncrypted(200)).rejects.toMatchObject({ code: 'deadline_exceeded' });
    proxy.thaw();
    expect(await isEncrypted()).toEqual([{ ssl: true }]);
  });

  it('refuses a certificate that nobody vouches for, when told to verify', async () => {
    const strict = createDatabase({
      ownerUrl: `${proxy.through(server.ownerUrl).replace('127.0.0.1', 'localhost')}?sslmode=verify-full`,
      log: silentLog,
    });
    const refused = strict.transaction('owner', '', (sql) => sql`select 1`);
    await expect(refused).rejects.toSatisfy((error) => codeOf(error) === 'DEPTH_ZERO_SELF_SIGNED_CERT');
    await strict.close();
  });
});
