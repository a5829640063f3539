import { rename, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Connections of several processes and of a whole test run; an idle one costs about 2 MB. */
const connectionsMax = 200;
/** A log file larger than this is put aside at the next start, bytes. */
const logBytesMax = 10_000_000;

/**
 * Command line of the server. Given at every start rather than written into the data folder, so that an update of
 * Shuiwei changes them too.
 *
 * @param isDurable - false gives up safety against a crash of the machine for speed
 */
export function serverArguments(clusterDir: string, port: number, isDurable: boolean): string[] {
  const settings: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: connectionsMax,
    // A quarter of a small machine; pages are taken only when used.
    shared_buffers: '256MB',
    // Fewer forced checkpoints while a first load writes much.
    max_wal_size: '2GB',
    checkpoint_timeout: '15min',
    // A first load fills empty tables within seconds: without statistics the plans for them stay those of empty ones.
    autovacuum_naptime: '10s',
    // Short statements by index: compiling or forking workers for them costs more than it saves.
    jit: 'off',
    max_parallel_workers_per_gather: 0,
    // A partition and its indexes are one lock each; history may span many months.
    max_locks_per_transaction: 256,
    // SSDs everywhere: a random page costs little more than the next one.
    random_page_cost: 1.1,
    // Catches a peer that vanished within a minute.
    tcp_keepalives_idle: 30,
    tcp_keepalives_interval: 10,
    tcp_keepalives_count: 3,
    password_encryption: 'scram-sha-256',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Statements may hold business data: errors are logged without them.
    log_min_error_statement: 'panic',
    log_checkpoints: 'off',
    ...(isDurable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return [
    '-D',
    clusterDir,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
}

/** The server's log file; an overlong one is put aside first, replacing the one put aside before. */
export async function prepareLog(dataDir: string): Promise<string> {
  const file = join(dataDir, 'postgres.log');
  const size = (await stat(file).catch(() => null))?.size ?? 0;
  if (size > logBytesMax) await rename(file, `${file}.1`);
  return file;
}
