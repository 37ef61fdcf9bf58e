// What is going to be written, before anything is.
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { spineEntries } from '../../lambdas/spine/manifest/entries.ts';
import type { Application } from '../../lambdas/spine/manifest/manifest.ts';
import { reservedNames } from '../../lambdas/spine/manifest/reserved-names.ts';
import { type ApplicationCode, project } from './application-code.ts';
import { GeneratorError } from './generator-error.ts';
import { filled, type Values } from './template.ts';

export interface NewFile {
  /** From the project's folder on. */
  readonly path: string;
  readonly text: string;
}

export interface Plan {
  readonly files: readonly NewFile[];
  /** The file in which its example behaviour is filled in. */
  readonly toFillIn: string;
  readonly test: string;
}

/** A new file, by the kind and name of its template. */
export type TemplatedFile = readonly [path: string, template: string];

/** @throws GeneratorError for a file that exists */
export function newFiles(files: readonly TemplatedFile[], values: Values): readonly NewFile[] {
  const existing = files.map(([path]) => path).filter((path) => existsSync(join(project, path)));
  if (existing.length > 0) throw new GeneratorError(`Nothing was written: ${existing.join(', ')} exists already.`);
  return files.map(([path, template]) => ({ path, text: filled(template, { ...values, path }) }));
}

/** The ways that imports take from a folder of the code (a concept, the functions) and from a folder of tests. */
export const ways = ({ code, tests }: ApplicationCode): Values => ({
  code,
  spine: relative(join(project, code, 'a-concept'), join(project, 'lambdas/spine')),
  fromTests: relative(join(project, tests, 'a-concept'), project),
});

/** @throws GeneratorError for a name that a function, a read model or another part of the stacks has */
export function checkFree({ functions, readModels }: Application, name: string): void {
  const taken = [...Object.keys(functions), ...Object.keys(spineEntries), ...readModels.map((each) => each.name)];
  const projectors = readModels.map((each) => `${each.name}-projector`);
  if ([...taken, ...projectors].includes(name))
    throw new GeneratorError(`There is a function or read model ${name} already.`);
  if (reservedNames.includes(name)) throw new GeneratorError(`A part of the stacks is called ${name} already.`);
}

/** @throws GeneratorError for a category that there is */
export function checkFreeCategory({ categories }: Application, category: string): void {
  if (categories.includes(category)) throw new GeneratorError(`There is a category of streams ${category} already.`);
}
