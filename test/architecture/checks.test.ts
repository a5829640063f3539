import { readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makePlot, projectDir } from './planted.ts';

// Each part of `npm run check` must see the fault it is there for: a check that cannot fail checks nothing.
// The rules of imports and the drift of migrations are proved in files of their own.

/** Long enough for a tool that starts on a busy machine. */
const patience = 60_000;

test(
  'types: a wrong type and an unchecked index are refused',
  async () => {
    await using plot = await makePlot('tsconfig.json');
    await plot.plant(
      'src/planted.ts',
      'export const first = ([1] as number[])[0] + 1;\nexport const two: string = 2;\n',
    );
    const { exitCode, output } = await plot.run('node_modules/typescript/bin/tsc', '--noEmit');
    expect(exitCode).not.toBe(0);
    expect(output.match(/error TS\d+/g)).toEqual(['error TS2532', 'error TS2322']);
  },
  patience,
);

test(
  'style: any, default exports, focused tests and loose formatting are refused',
  async () => {
    await using plot = await makePlot('biome.json');
    await plot.plant('src/planted.ts', 'export default function planted(x: any) {\n  return x;\n}\n');
    await plot.plant('src/loose.ts', 'export const  loose = "1"\n');
    await plot.plant('test/planted.test.ts', "import { test } from 'vitest';\n\ntest.only('x', () => {});\n");
    const { exitCode, output } = await plot.run(
      'node_modules/@biomejs/biome/bin/biome',
      'ci',
      '--vcs-enabled=false',
      '--colors=off',
      'src',
      'test',
    );
    expect(exitCode).not.toBe(0);
    expect(output).toContain('noExplicitAny');
    expect(output).toContain('noDefaultExport');
    expect(output).toContain('noFocusedTests');
    expect(output).toMatch(/src\/loose\.ts format/);
  },
  patience,
);

test(
  'unused: a file, an export and a package that nobody uses are reported',
  async () => {
    await using plot = await makePlot('knip.json');
    await plot.plant('src/main.ts', "import { used } from './parts.ts';\n\nconsole.log(used);\n");
    await plot.plant('src/parts.ts', 'export const used = 1;\nexport const unused = 2;\n');
    await plot.plant('src/lonely.ts', 'export const lonely = 1;\n');
    const { exitCode, output } = await plot.run('node_modules/knip/bin/knip.js', '--reporter', 'compact');
    expect(exitCode).not.toBe(0);
    expect(output).toMatch(/src\/lonely\.ts/);
    expect(output).toMatch(/src\/parts\.ts: unused/);
    expect(output).toMatch(/package\.json: .*\bpino\b/);
  },
  patience,
);

test(
  'drift: a schema file that is not the printed schema is noticed',
  async () => {
    await using plot = await makePlot('src/tools/print-schema.ts', 'schema/schema.graphql');
    await symlink(join(projectDir, 'src/graphql'), join(plot.dir, 'src/graphql'));
    const text = await readFile(join(plot.dir, 'schema/schema.graphql'), 'utf8');
    await plot.plant('schema/schema.graphql', text.replace('type Item ', 'type Thing '));
    expect(await plot.run('src/tools/print-schema.ts', '--check')).toMatchObject({
      exitCode: 1,
      output: expect.stringContaining('npm run schema:print'),
    });
  },
  patience,
);

test(
  'drift: generated types that are not those of the documents are noticed',
  async () => {
    await using plot = await makePlot('codegen.ts', 'schema', 'test/gql', 'src/dashboard/gql');
    const outputs = ['test/gql/operations.ts', 'src/dashboard/gql/documents.ts'];
    for (const path of outputs) {
      await plot.plant(path, `${await readFile(join(plot.dir, path), 'utf8')}\n// by hand\n`);
    }
    const { exitCode, output } = await plot.run('node_modules/@graphql-codegen/cli/esm/bin.js', '--check');
    expect(exitCode).not.toBe(0);
    const [, stale = ''] = output.split('stale files were detected');
    expect(stale.match(/[\w/]+\.ts/g)?.sort()).toEqual(outputs.sort());
  },
  patience,
);

test(
  'schema lint: what is not described or not named as the others are is refused',
  async () => {
    await using plot = await makePlot('eslint.config.js', 'schema');
    const text = await readFile(join(plot.dir, 'schema/schema.graphql'), 'utf8');
    await plot.plant(
      'schema/schema.graphql',
      `${text}\nextend type Query {\n  planted(argument: Int): Planted\n}\n\nenum Planted {\n  badly_named\n}\n`,
    );
    await plot.plant('schema/operations/planted.graphql', 'query {\n  viewer {\n    nowhere\n  }\n}\n');
    const { exitCode, output } = await plot.run(
      'node_modules/eslint/bin/eslint.js',
      'schema',
      '--format',
      'json',
    );
    expect(exitCode).toBe(1);
    const results = JSON.parse(output) as {
      filePath: string;
      messages: { ruleId: string; message: string }[];
    }[];
    const found = results.flatMap(({ messages }) =>
      messages.map(({ ruleId, message }) => `${ruleId}: ${message}`),
    );
    expect(found.sort()).toMatchInlineSnapshot(`
      [
        "@graphql-eslint/fields-on-correct-type: Cannot query field "nowhere" on type "Viewer".",
        "@graphql-eslint/naming-convention: Enum value "badly_named" should be in UPPER_CASE format",
        "@graphql-eslint/no-anonymous-operations: Anonymous GraphQL operations are forbidden. Make sure to name your query!",
        "@graphql-eslint/require-description: Description is required for enum "Planted"",
        "@graphql-eslint/require-description: Description is required for enum value "badly_named" in enum "Planted"",
        "@graphql-eslint/require-description: Description is required for field "planted" in type "Query"",
        "@graphql-eslint/require-description: Description is required for input value "argument" in field "planted"",
      ]
    `);
  },
  patience,
);
