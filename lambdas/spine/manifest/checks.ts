// What can be wrong in a manifest, found before anything is built of it.
import { type OperationGroup, operationsOf } from '../http/api.ts';
import { categoriesOf, type Projection } from '../kernel/projections/projection.ts';
import { shapeOf } from '../kernel/sweep/full-marks.ts';
import { spineEntries } from './entries.ts';
import { type FunctionDeclaration, functionsOfKind } from './functions.ts';
import type { Application } from './manifest.ts';
import { reservedNames } from './reserved-names.ts';

const kebabCase = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
/** Without a hyphen: that ends the category in a stream's name. */
const categoryName = /^[a-z][a-z0-9]*$/;

/** @returns each mistake as a part of a sentence that names the rule and the value */
export function* mistakesIn(application: Application): Generator<string> {
  yield* mistakesInNames(application);
  yield* mistakesInFunctions(application);
  yield* mistakesInIndexes(application);
  yield* mistakesInTables(application);
  for (const group of application.api.groups) yield* mistakesInGroup(application, group);
  yield* mistakesInOperations(application);
  yield* unknownCategories(application);
}

function* mistakesInNames({ name, categories, functions, readModels }: Application): Generator<string> {
  const names = [...Object.keys(functions), ...readModels.map((each) => each.name)];
  for (const each of [name, ...names]) {
    if (!kebabCase.test(each)) yield `a name must be in kebab case, got "${each}"`;
  }
  for (const each of names) {
    if (reservedNames.includes(each)) yield `a part of the stacks is called "${each}" already`;
  }
  for (const each of categories) {
    if (!categoryName.test(each)) yield `a category must be of lower-case letters and digits, got "${each}"`;
  }
  const taken = [...names, ...Object.keys(spineEntries)];
  for (const each of repeatedIn(taken)) yield `two functions or read models are called "${each}"`;
  for (const each of repeatedIn(categories)) yield `the category ${each} is listed twice`;
}

function* mistakesInFunctions(application: Application): Generator<string> {
  const { readModels } = application;
  const count = (kind: 'query' | 'projector' | 'sweeper' | 'audit') => functionsOfKind(application, kind).length;
  if (count('query') !== 1) yield `there must be one function of the kind query, got ${count('query')}`;
  if (count('sweeper') > 1) yield `there must be one function of the kind sweeper at most, got ${count('sweeper')}`;
  const projectors = readModels.length === 0 ? 0 : 1;
  if (count('projector') !== projectors) {
    yield `for ${readModels.length} read models there must be ${projectors} of the kind projector, got ${count('projector')}`;
  }
  if (count('audit') > 1) yield `there must be one function of the kind audit at most, got ${count('audit')}`;
  for (const [name, { counts }] of functionsOfKind(application, 'command')) {
    if (counts === undefined) continue;
    const readModel = readModels.find((each) => each.name === counts.readModel.name);
    if (!readModel?.indexes.some((index) => index.name === counts.index.name)) {
      yield `${name} counts by the index ${counts.index.name} of ${counts.readModel.name}, which does not exist`;
    }
  }
}

function* mistakesInIndexes({ readModels }: Application): Generator<string> {
  for (const { name, indexes } of readModels) {
    for (const { name: index, sortKey, partitionKey, replaces } of indexes) {
      if (replaces === undefined) continue;
      if (!indexes.some((each) => each.name === replaces.name)) {
        yield `the index ${index} of ${name} replaces ${replaces.name}, which has to stand beside it until it is full`;
      }
      if (partitionKey === replaces.partitionKey && sortKey === replaces.sortKey) {
        yield `the index ${index} of ${name} has the keys of ${replaces.name}, which it replaces`;
      }
    }
  }
}

function* mistakesInTables({ readModels }: Application): Generator<string> {
  for (const { replaces, ...readModel } of readModels) {
    if (replaces === undefined) continue;
    const before = readModels.find(({ name }) => name === replaces.name);
    if (before === undefined || before.name === readModel.name) {
      yield `${readModel.name} replaces ${replaces.name}, which has to stand beside it until it is full`;
    } else if (rowsOf(before) !== rowsOf(readModel)) {
      yield `${readModel.name} replaces ${replaces.name}, so both must have the same categories, generation and indexes`;
    }
  }
}

const rowsOf = (readModel: Pick<Projection<unknown>, 'folds' | 'generation' | 'indexes'>): string =>
  JSON.stringify([categoriesOf(readModel).toSorted(), readModel.generation, readModel.indexes.map(shapeOf).toSorted()]);

function* mistakesInGroup({ api, functions }: Application, group: OperationGroup): Generator<string> {
  const { tag, commands, queries, operations } = group;
  for (const [id, { route, access }] of Object.entries(operations)) {
    const isCommand = !route.startsWith('GET ');
    if (isCommand && (commands === undefined || functions[commands]?.kind !== 'command')) {
      yield `${id} needs a function of the kind command, and the group ${tag} names ${JSON.stringify(commands)}`;
    }
    if (!isCommand && queries === undefined) yield `${id} needs queries, and the group ${tag} has none`;
    if (access === 'signature' && api.signature === undefined) yield `${id} takes a signature, and the API names none`;
  }
}

function* mistakesInOperations({ api }: Application): Generator<string> {
  const operations = operationsOf(api);
  for (const id of repeatedIn(operations.map((each) => each.id))) yield `two operations are called ${id}`;
  for (const route of repeatedIn(operations.map((each) => each.route))) yield `two operations have the route ${route}`;
}

function* unknownCategories({ categories, functions, readModels }: Application): Generator<string> {
  const users = [
    ...readModels.map((readModel) => [readModel.name, categoriesOf(readModel)] as const),
    ...Object.entries(functions).map(([name, declaration]) => [name, usedBy(declaration)] as const),
  ];
  for (const [name, used] of users) {
    for (const category of new Set(used)) {
      if (!categories.includes(category)) yield `${name} names the category ${category}, which is not listed`;
    }
  }
}

function usedBy(declaration: FunctionDeclaration): readonly string[] {
  switch (declaration.kind) {
    case 'command':
      return declaration.appends;
    case 'process':
      return [...declaration.hears, ...declaration.appends];
    case 'notifications':
      return [...declaration.hears, declaration.register];
    default:
      return [];
  }
}

const repeatedIn = (values: readonly string[]): string[] => [
  ...new Set(values.filter((value, index) => values.indexOf(value) !== index)),
];
