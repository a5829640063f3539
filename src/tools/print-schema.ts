import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { schema } from '../graphql/schema.ts';

/** Where the printed API is kept, so that a change of it is seen in review. */
export const sdlPath = fileURLToPath(new URL('../../schema/schema.graphql', import.meta.url));

/** The whole API as SDL, sorted, so that a small change of the API is a small difference. */
export function printSdl(): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}

if (import.meta.main) {
  if (process.argv.includes('--check')) {
    if (readFileSync(sdlPath, 'utf8') !== printSdl()) {
      process.stderr.write('schema/schema.graphql is out of date: run npm run schema:print\n');
      process.exitCode = 1;
    }
  } else {
    writeFileSync(sdlPath, printSdl());
  }
}
