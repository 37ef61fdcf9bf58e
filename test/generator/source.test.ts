// What is added to a file, wherever it can be added to.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { GeneratorError } from '../../lib/generator/generator-error.ts';
import { Sources } from '../../lib/generator/sources.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eventspine-source-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Appends to the list that is the file's constant `all`. */
function appended(text: string, ...added: readonly string[]): string {
  const path = join(folder, 'all.ts');
  writeFileSync(path, text);
  const sources = new Sources();
  const source = sources.at(path);
  const node = source.constant('all');
  const list = sources.list(node && { source, node }, 'The list');
  for (const each of added) list.source.append(list.node, each);
  return list.source.text;
}

it.each([
  ['a list', 'const all = [one];', 'const all = [one, two];'],
  ['an empty list', 'const all = [];', 'const all = [two];'],
  ['a list that ends in a comma', 'const all = [\n  one,\n];', 'const all = [\n  one, two,\n];'],
  ['a list that ends in a comment', 'const all = [one /* 😀 */];', 'const all = [one, two /* 😀 */];'],
  ['a constant list', 'const all = [one] as const;', 'const all = [one, two] as const;'],
  [
    'a list of a type',
    'const all: One[] = ([one] satisfies One[]);',
    'const all: One[] = ([one, two] satisfies One[]);',
  ],
  [
    'a list by another name',
    'const all = others;\nconst others = [one];',
    'const all = others;\nconst others = [one, two];',
  ],
])('adds to %s', (_, text, expected) => expect(appended(text, 'two')).toBe(expected));

it('adds several in their order', () => {
  expect(appended('const all = [one];', 'two', 'three')).toBe('const all = [one, two, three];');
});

it('adds to a list that is imported, by the name that it has there', () => {
  writeFileSync(join(folder, 'others.ts'), 'export const others = [one];');
  expect(appended("import { others as some } from './others.ts';\nconst all = some;", 'two')).toBe(
    'export const others = [one, two];',
  );
});

it('refuses what is no list', () => {
  expect(() => appended('const all = listOf(one);', 'two')).toThrow(GeneratorError);
  expect(() => appended('const some = [];', 'two')).toThrow('The list must be a list in brackets');
});
