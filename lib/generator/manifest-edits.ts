// Entries in an application's manifest, and in the lists that it is made of.
import { join } from 'node:path';
import ts from 'typescript';
import { operationsOf } from '../../lambdas/spine/http/api.ts';
import { type ApplicationCode, project } from './application-code.ts';
import { GeneratorError } from './generator-error.ts';
import { memberOf, type Source } from './source.ts';
import type { Found } from './sources.ts';

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

/** Adds the projection to the manifest's read models, and to the projector's where that has a list of its own. */
export function addReadModel(app: ApplicationCode, projection: Imported): void {
  const { source, call } = entryOf(app, 'projector', 'projectorFunction');
  const [argument] = call.arguments;
  addListed(app, app.sources.member(app.declaration, 'readModels'), 'readModels in the manifest', projection);
  addListed(app, argument && { source, node: argument }, 'What projectorFunction is given', projection);
}

/** Adds an imported value to a list, once. */
export function addListed(
  { sources }: ApplicationCode,
  list: Found | undefined,
  description: string,
  { what, from }: Imported,
): void {
  const { source, node } = sources.list(list, description);
  if (source.isAppended(node, what)) return;
  source.append(node, what);
  source.addImport(`{ ${what} }`, join(project, from));
}

/** The call in the entry file of the application's function of a kind that it has one of. */
export function entryOf({ manifest, sources }: ApplicationCode, kind: 'query' | 'projector', callee: string) {
  const entry = Object.values(manifest.functions).find((each) => each.kind === kind)?.entry;
  if (entry === undefined)
    throw new GeneratorError(`The manifest has no function of the kind ${kind}, which a read model needs.`);
  const source = sources.at(join(project, entry));
  const call = source.callOf(callee);
  if (call) return { source, call };
  throw new GeneratorError(`${entry} must call ${callee}.`);
}

/**
 * Adds an endpoint to those of the query function.
 * @param endpointOf its code, for the code of what it takes of the function's wiring
 */
export function addQuery(
  app: ApplicationCode,
  endpointOf: (part: (name: string) => string) => string,
  imports: readonly Imported[],
): void {
  const { source, call } = entryOf(app, 'query', 'queryFunction');
  const endpoints = call.arguments[1];
  if (!endpoints || !ts.isArrowFunction(endpoints))
    throw new GeneratorError('queryFunction must be given an arrow function.');
  const returned = returnedBy(endpoints);
  const { node } = app.sources.list(returned && { source, node: returned }, 'What queryFunction’s endpoints are');
  source.append(node, endpointOf(wiringOf(source, endpoints)));
  for (const { what, from } of imports) source.addImport(`{ ${what} }`, join(project, from));
}

/** How the function's code says a part of its wiring. One that it does not take apart yet is taken apart. */
function wiringOf(source: Source, { parameters: [parameter] }: ts.ArrowFunction): (name: string) => string {
  if (parameter && ts.isIdentifier(parameter.name)) return (name) => `${parameter.name.getText()}.${name}`;
  const elements = parameter && ts.isObjectBindingPattern(parameter.name) ? parameter.name.elements : [];
  const rest = elements.find(({ dotDotDotToken }) => dotDotDotToken)?.name.getText();
  const last = elements.at(-1);
  return (name) => {
    const bound = elements.find((each) => (each.propertyName ?? each.name).getText() === name);
    if (bound || rest !== undefined) return bound?.name.getText() ?? `${rest}.${name}`;
    if (!last) throw new GeneratorError('The function for queryFunction must take its wiring: ({ modelOf }) => […].');
    source.insert(last.end, `, ${name}`);
    return name;
  };
}

function returnedBy({ body }: ts.ArrowFunction): ts.Expression | undefined {
  return ts.isBlock(body) ? body.statements.findLast(ts.isReturnStatement)?.expression : body;
}

/** A group of operations in the document, under a tag of its own. */
export interface Group extends Imported {
  readonly tag: string;
  readonly description: string;
  /** Name of the function that answers them; absent for queries alone. */
  readonly commands?: string;
}

/** Adds operations to the group of that tag, or a new group. */
export function addOperations(app: ApplicationCode, { tag, description, commands, what, from }: Group): void {
  const { sources, declaration } = app;
  const api = sources.object(sources.member(declaration, 'api'), 'api in the manifest');
  const groups = sources.list(sources.member(api, 'groups'), 'groups of the API');
  const { source } = groups;
  source.addImport(`* as ${what}`, join(project, from));
  const group = groups.node.forEachChild((node) =>
    ts.isObjectLiteralExpression(node) && memberOf(node, 'tag')?.getText().slice(1, -1) === tag ? node : undefined,
  );
  const operations = group && memberOf(group, 'operations');
  if (operations && ts.isObjectLiteralExpression(operations)) {
    source.append(operations, `...${what}`);
  } else if (operations) {
    const isShorthand = ts.isShorthandPropertyAssignment(operations.parent);
    source.insert(operations.getStart(), isShorthand ? 'operations: { ...' : '{ ...');
    source.insert(operations.end, `, ...${what} }`);
  } else {
    const answering = commands === undefined ? '' : `commands: '${commands}', `;
    source.append(groups.node, `{ tag: '${tag}', description: '${description}', ${answering}operations: ${what} }`);
  }
}

/** @throws GeneratorError for a route that there is */
export function checkFreeRoute({ manifest }: ApplicationCode, route: string): void {
  if (operationsOf(manifest.api).some((operation) => operation.route === route)) {
    throw new GeneratorError(`The API has ${route} already.`);
  }
}
