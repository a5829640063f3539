import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { projectDir } from './planted.ts';

/** What is made by tools or machines, as `.gitignore` lists it, and git's own folder. */
const foreign = new Set(['node_modules', 'dist', '.git', '.shuiwei', 'coverage']);

/** Files whose content is not text. */
const binary = /\.(png|jpe?g|ico|woff2?|gz)$/;

/** Paths of the project's own text files under a folder, relative to the project, sorted. */
export function listFiles(folder = '.'): string[] {
  return readdirSync(join(projectDir, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(projectDir, join(entry.parentPath, entry.name)))
    .filter((path) => !path.split('/').some((part) => foreign.has(part)) && !binary.test(path))
    .filter((path) => !path.endsWith('.log'))
    .sort();
}

/** The text of one of the project's files. */
export const readText = (path: string): string => readFileSync(join(projectDir, path), 'utf8');

/**
 * Exported names of a source text that have no docstring of their own, as `line: name`. Of a function with several
 * signatures, which follow each other, the first has it for all.
 */
export function findUndocumented(text: string, path = 'text.ts'): string[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const missing: string[] = [];
  for (const [index, statement] of source.statements.entries()) {
    const before = source.statements[index - 1];
    if (before !== undefined && isSignature(before) && namesOf(before)[0] === namesOf(statement)[0]) continue;
    const isExported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword);
    if (isExported !== true || ts.getJSDocCommentsAndTags(statement).length > 0) continue;
    const line = source.getLineAndCharacterOfPosition(statement.getStart()).line + 1;
    missing.push(`${line}: ${namesOf(statement).join(', ')}`);
  }
  return missing;
}

function isSignature(statement: ts.Statement): boolean {
  return ts.isFunctionDeclaration(statement) && statement.body === undefined;
}

function namesOf(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map((declaration) => declaration.name.getText());
  }
  const { name } = statement as ts.Statement & { name?: ts.Node };
  return [name?.getText() ?? 'default'];
}
