// Entries in an application's manifest.
import { join } from 'node:path';
import { operationsOf } from '../../lambdas/spine/http/api.ts';
import { type ApplicationCode, project } from './application-code.ts';
import { GeneratorError } from './generator-error.ts';

/** An export of a new file. */
export interface Imported {
  readonly what: string;
  /** From the project's folder on. */
  readonly from: string;
}

export function addCategory({ sources, declaration }: ApplicationCode, category: string): void {
  const { source, node } = sources.list(sources.member(declaration, 'categories'), 'categories in the manifest');
  source.append(node, `'${category}'`);
}

/** @param entry its value in the manifest, as code */
export function addFunction({ sources, declaration }: ApplicationCode, name: string, entry: string): void {
  const { source, node } = sources.list(sources.member(declaration, 'functions'), 'functions in the manifest');
  source.append(node, `'${name}': ${entry}`);
}

/** @throws GeneratorError where no function would fold it */
export function addReadModel(app: ApplicationCode, { what, from }: Imported): void {
  const { manifest, sources, declaration } = app;
  if (!Object.values(manifest.functions).some(({ kind }) => kind === 'projector')) {
    throw new GeneratorError('The manifest has no function of the kind projector, which a read model needs.');
  }
  const { source, node } = sources.list(sources.member(declaration, 'readModels'), 'readModels in the manifest');
  source.append(node, what);
  source.addImport(`{ ${what} }`, join(project, from));
}

/** Operations, and what answers them, under a tag of the document. */
export interface Group {
  readonly tag: string;
  /** Said where the tag is new. */
  readonly description: string;
  readonly operations: Imported;
  /** Name of the function that answers the commands among them. */
  readonly commands?: string;
  /** Answers those with GET. */
  readonly queries?: Imported;
}

export function addGroup(app: ApplicationCode, { tag, description, operations, commands, queries }: Group): void {
  const { manifest, sources, declaration } = app;
  const api = sources.object(sources.member(declaration, 'api'), 'api in the manifest');
  const { source, node } = sources.list(sources.member(api, 'groups'), 'groups of the API');
  const isNew = manifest.api.groups.every((each) => each.tag !== tag);
  const members = [
    `tag: '${tag}'`,
    ...(isNew ? [`description: '${description}'`] : []),
    ...(commands === undefined ? [] : [`commands: '${commands}'`]),
    ...(queries === undefined ? [] : [`queries: ${queries.what}`]),
    `operations: ${operations.what}`,
  ];
  source.append(node, `{ ${members.join(', ')} }`);
  source.addImport(`* as ${operations.what}`, join(project, operations.from));
  if (queries) source.addImport(`{ ${queries.what} }`, join(project, queries.from));
}

/** @throws GeneratorError for a route that there is */
export function checkFreeRoute({ manifest }: ApplicationCode, route: string): void {
  if (operationsOf(manifest.api).some((operation) => operation.route === route)) {
    throw new GeneratorError(`The API has ${route} already.`);
  }
}
