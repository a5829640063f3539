import { type ExecFileException, execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** The root folder of the project. */
export const projectDir = resolve(import.meta.dirname, '../..');

/** A folder that looks like the project to a tool, where a fault can be planted without touching the project. */
export interface Plot {
  readonly dir: string;
  /** Writes one file, with its folders. */
  plant(path: string, text: string): Promise<void>;
  /** Runs a script of the plot, or of one of its packages, in it. */
  run(script: string, ...args: string[]): Promise<{ exitCode: number; output: string }>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Makes a plot with the project's packages.
 *
 * @param copied - files and folders of the project that the tool reads
 */
export async function makePlot(...copied: string[]): Promise<Plot> {
  const dir = await mkdtemp(join(tmpdir(), 'shuiwei-plot-'));
  for (const path of ['package.json', ...copied]) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await cp(join(projectDir, path), join(dir, path), { recursive: true });
  }
  await symlink(join(projectDir, 'node_modules'), join(dir, 'node_modules'));
  return {
    dir,
    async plant(path, text) {
      await mkdir(dirname(join(dir, path)), { recursive: true });
      await writeFile(join(dir, path), text);
    },
    run: (script, ...args) =>
      new Promise((done) => {
        const options = { cwd: dir, maxBuffer: 64 << 20, env: { ...process.env, NO_COLOR: '1' } };
        execFile(
          process.execPath,
          [join(dir, script), ...args],
          options,
          (failure: ExecFileException | null, out, err) => {
            done({ exitCode: failure === null ? 0 : Number(failure.code), output: `${out}${err}` });
          },
        );
      }),
    [Symbol.asyncDispose]: () => rm(dir, { recursive: true }),
  };
}
