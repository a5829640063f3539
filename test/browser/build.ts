import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** Builds the dashboard as it is now, so that no test looks at an older one. */
export default async function setup(): Promise<void> {
  await build({
    configFile: fileURLToPath(new URL('../../vite.config.ts', import.meta.url)),
    root: fileURLToPath(new URL('../../src/dashboard', import.meta.url)),
    logLevel: 'warn',
  });
}
