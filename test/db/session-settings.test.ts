import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * A setting of the session outlives its transaction: behind a pooler, or in our own pool, the next user of the
 * connection inherits role and organization. Every SET must be a SET LOCAL.
 */
const sessionSetting =
  /\bset\s+(?:session\b|role\b|search_path\b|app\.|citus\.|time\s+zone\b|timezone\b|row_security\b|synchronous_commit\b|work_mem\b|jit\b|\w+_timeout\b)|\bset_config\s*\(|\breset\s+(?:role|all|app\.)|\bdiscard\s+all\b/i;

function findSessionSettings(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => !/^\s*(?:\*|\/\*|\/\/|--)/.test(line))
    .filter((line) => sessionSetting.test(line))
    .map((line) => line.trim());
}

function filesIn(folder: string, ending: RegExp): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name) && !name.includes('node_modules'))
    .map((name) => join(folder, name));
}

describe('settings of a database session', () => {
  it('are nowhere set in the sources or migrations', () => {
    const found = [...filesIn('src', /\.ts$/), ...filesIn('drizzle', /\.sql$/)].flatMap((file) =>
      findSessionSettings(readFileSync(join(root, file), 'utf8'))
        // A function's own setting ends with the call.
        .filter((line) => !/security definer set search_path/.test(line))
        .map((line) => `${file}: ${line}`),
    );
    expect(found).toEqual([]);
  });

  it.each([
    "set app.organization = 'x'",
    'SET ROLE shuiwei_app',
    'set session authorization x',
    'set search_path to public',
    'set statement_timeout = 5',
    "select set_config('app.organization', 'x', true)",
    'reset role',
    'discard all',
  ])('would be found: %s', (planted) => {
    expect(findSessionSettings(`sql.unsafe("${planted}")`)).toHaveLength(1);
  });

  it.each(['set local role shuiwei_app', "set local app.organization = 'x'", 'update item set title = 1'])(
    'are not confused with: %s',
    (allowed) => {
      expect(findSessionSettings(allowed)).toEqual([]);
    },
  );
});
