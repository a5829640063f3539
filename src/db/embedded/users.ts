import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The processes that use one embedded Postgres: one small file each, named by process id. The last to leave
 * stops the server, whoever started it. A file left by a killed process does not count.
 */
export interface ServerUsers {
  /** Says that this process uses the server; before looking for it, so that nobody stops it in between. */
  join(): void;
  /** Takes this process off the list. */
  leave(): void;
  /**
   * Takes this process off the list, to stop the server at once when it was the last. It says so before it looks at
   * the list, as others join the list before they look at what was said: of two who come and go at the same time, at
   * least one sees the other. Synchronous, for exit handlers.
   *
   * @returns true when no other living process is on the list: stop the server
   */
  leaveToStop(serverPid: number): boolean;
  /** Takes back what `leaveToStop` said, once the server is gone. */
  hasStopped(): void;
  /** Whether somebody is about to stop this server, who did not see this process on the list. */
  isBeingLeft(serverPid: number): boolean;
  /** Removes what was said about other servers than this one; null = about any. */
  forgetLeavers(serverPid: number | null): void;
  /** How many living processes are on the list. */
  count(): number;
}

let members = 0;

/** @param folder - made when missing */
export function createServerUsers(folder: string): ServerUsers {
  // One process may use the server several times, such as tests do: each membership has its own file.
  members += 1;
  const own = join(folder, `${process.pid}-${members}`);
  const leavers = `${folder}-leaving`;
  const ownWord = join(leavers, `${process.pid}-${members}`);
  const words = () => {
    mkdirSync(leavers, { recursive: true, mode: 0o700 });
    return readdirSync(leavers).map((name) => {
      const file = join(leavers, name);
      return { file, serverPid: Number.parseInt(readText(file) ?? '', 10) };
    });
  };
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
    },
    leaveToStop(serverPid) {
      mkdirSync(leavers, { recursive: true, mode: 0o700 });
      writeFileSync(ownWord, String(serverPid), { mode: 0o600 });
      rmSync(own, { force: true });
      const isLast = living().length === 0;
      if (!isLast) rmSync(ownWord, { force: true });
      return isLast;
    },
    hasStopped() {
      rmSync(ownWord, { force: true });
    },
    isBeingLeft: (serverPid) => words().some((word) => word.serverPid === serverPid),
    forgetLeavers(serverPid) {
      for (const word of words()) if (word.serverPid !== serverPid) rmSync(word.file, { force: true });
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
