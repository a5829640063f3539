import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The processes that use one embedded Postgres: one small file each, named by process id. The last to leave
 * stops the server, whoever started it. A file left by a killed process does not count.
 */
export interface ServerUsers {
  /** Says that this process uses the server; before looking for it, so that nobody stops it in between. */
  join(): void;
  /** Takes this process off the list; true when no other living process is on it. Synchronous, for exit handlers. */
  leave(): boolean;
  /** How many living processes are on the list. */
  count(): number;
}

let members = 0;

/** @param folder - made when missing */
export function createServerUsers(folder: string): ServerUsers {
  // One process may use the server several times, such as tests do: each membership has its own file.
  members += 1;
  const own = join(folder, `${process.pid}-${members}`);
  const living = () =>
    readdirSync(folder).filter((name) => {
      const file = join(folder, name);
      if (isSameProcess(Number.parseInt(name, 10), readText(file))) return true;
      rmSync(file, { force: true });
      return false;
    });
  return {
    join() {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeFileSync(own, startOf(process.pid) ?? '', { mode: 0o600 });
    },
    leave() {
      rmSync(own, { force: true });
      return living().length === 0;
    },
    count: () => living().length,
  };
}

function isSameProcess(pid: number, startedAt: string | null): boolean {
  if (!Number.isSafeInteger(pid) || !isAlive(pid)) return false;
  const actual = startOf(pid);
  return actual === null || startedAt === null || startedAt === '' || actual === startedAt;
}

/** Whether a process with this id exists, of whichever user. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** When a process started, in clock ticks since boot (Linux): tells a reused process id. Null elsewhere. */
function startOf(pid: number): string | null {
  const line = readText(`/proc/${pid}/stat`);
  // The second field is the program's name in parentheses and may hold blanks; the start is the 22nd field.
  return line?.slice(line.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
