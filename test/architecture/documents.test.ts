import { buildSchema, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { listFiles, readText } from './project-files.ts';

const documents = listFiles().filter((path) => path.endsWith('.md'));
const readmes = ['README.md', 'README.zh-CN.md'];
const matches = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, found = '']) => found);

test('both READMEs list exactly the settings that the program reads', () => {
  const settings = matches(readText('src/config.ts'), /^ {2}([A-Z][A-Z0-9_]+): /gm).sort();
  expect(settings.length).toBeGreaterThan(15);
  for (const path of readmes) {
    const rows = readText(path)
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) => line.split('|')[1] ?? '');
    expect({ path, settings: matches(rows.join(), /`([A-Z0-9_]+)`/g).sort() }).toEqual({ path, settings });
  }
});

test('the READMEs say the same: same commands, same links, same examples', () => {
  const [english = '', chinese = ''] = readmes.map(readText);
  const skeleton = (text: string) => ({
    headings: matches(text, /^(#+) /gm),
    // Comments and names are translated, everything else is what one types.
    code: matches(text, /^```\w+\n([\s\S]*?)^```/gm).map((code) =>
      code.replaceAll(/ *(#|\/\/) .*$/gm, '').replaceAll(/--name "[^"]*"/g, '--name NAME'),
    ),
    links: matches(text, /\]\(([^)]+)\)/g)
      .filter((link) => !link.startsWith('README'))
      .sort(),
    promises: matches(text, /^- (\*\*)/gm).length,
  });
  expect(skeleton(chinese)).toEqual(skeleton(english));
});

test('every npm script and sub-command that a document names exists', () => {
  const { scripts } = JSON.parse(readText('package.json')) as { scripts: Record<string, string> };
  const named = (text: string) => matches(text, /npm run ([\w:-]+)/g);
  const unknown = documents.flatMap((path) =>
    named(readText(path))
      .filter((name) => scripts[name] === undefined)
      .map((name) => `${path}: npm run ${name}`),
  );
  expect(unknown).toEqual([]);

  const tools = listFiles('src/tools').map(readText).join('\n');
  const commands = new Set(matches(tools, /(?:new Command|\.command)\('([\w-]+)'\)/g));
  const words = documents.flatMap((path) =>
    matches(readText(path), /npm run shuiwei -- ([a-z][\w-]*(?: [a-z][\w-]*)?)/g).flatMap((text) =>
      text.split(' '),
    ),
  );
  expect(words.length).toBeGreaterThan(10);
  expect(words.filter((word) => !commands.has(word))).toEqual([]);
});

test('the subscription of the README is answered by the schema', () => {
  const schema = buildSchema(readText('schema/schema.graphql'));
  for (const path of readmes) {
    const [query = ''] = matches(readText(path), /query: `(subscription[^`]+)`/g);
    expect(validate(schema, parse(query))).toEqual([]);
    expect(validate(schema, parse(query.replace('cursor', 'kursor')))).toHaveLength(1);
  }
});
