import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { commands } from '../../src/tools/commands.ts';

/** Texts of a command and of all under it, each with the place where it stands. */
function textsOf(command: Command, path: string): [place: string, text: string][] {
  const here = `${path} ${command.name()}`.trim();
  return [
    [here, command.description()],
    ...command.options.map((option): [string, string] => [`${here} ${option.flags}`, option.description]),
    ...command.registeredArguments.map((one): [string, string] => [
      `${here} <${one.name()}>`,
      one.description,
    ]),
    ...command.commands.flatMap((inner) => textsOf(inner, here)),
  ];
}

describe('the help of the shuiwei command', async () => {
  const loaded = await Promise.all(Object.values(commands).map((load) => load()));
  const texts = loaded.flatMap((command) => textsOf(command, ''));

  it('says something about every command, option and argument', () => {
    expect(texts.filter(([, text]) => text.trim() === '').map(([place]) => place)).toEqual([]);
    expect(texts.length).toBeGreaterThan(80);
  });

  it('begins with a small letter or a name, and has no full stop', () => {
    const strange = texts.filter(([, text]) => /^[A-Z][a-z]/.test(text) || text.trim().endsWith('.'));
    expect(strange).toEqual([]);
  });
});
