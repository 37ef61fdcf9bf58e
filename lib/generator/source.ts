// A TypeScript file to be added to: what is there is found by its syntax, and stays as it is.
import { readFileSync } from 'node:fs';
import { basename, dirname, relative, resolve } from 'node:path';
import ts from 'typescript';
import { GeneratorError } from './generator-error.ts';

export type List = ts.ArrayLiteralExpression | ts.ObjectLiteralExpression;

export class Source {
  readonly path: string;
  readonly file: ts.SourceFile;
  readonly #text: string;
  readonly #edits: { readonly at: number; readonly text: string }[] = [];

  constructor(path: string) {
    this.path = path;
    this.#text = readFileSync(path, 'utf8');
    this.file = ts.createSourceFile(path, this.#text, ts.ScriptTarget.Latest, true);
  }

  get text(): string {
    return this.#edits
      .toReversed()
      .toSorted((left, right) => right.at - left.at)
      .reduce((text, { at, text: more }) => text.slice(0, at) + more + text.slice(at), this.#text);
  }

  get isChanged(): boolean {
    return this.#edits.length > 0;
  }

  /** Adds an element to the end of a list, or a member to an object. */
  append(list: List, text: string): void {
    const last = (ts.isArrayLiteralExpression(list) ? list.elements : list.properties).at(-1);
    if (last) this.insert(last.end, `, ${text}`);
    else this.insert(list.getStart() + 1, text);
  }

  insert(at: number, text: string): void {
    this.#edits.push({ at, text });
  }

  /**
   * @param what between `import` and `from`
   * @throws GeneratorError for a name that the file has for something else
   */
  addImport(what: string, path: string): void {
    const taken = what.match(/\w+(?=\s*(,|\}|$))/g)?.find((name) => this.#hasOther(name, path));
    if (taken) throw new GeneratorError(`Nothing was written: ${basename(this.path)} says what ${taken} is already.`);
    const at = this.file.statements.findLast(ts.isImportDeclaration)?.end ?? 0;
    const way = relative(dirname(this.path), path);
    const text = `\nimport ${what} from '${way.startsWith('.') ? way : `./${way}`}';`;
    if (!this.#edits.some((edit) => edit.text === text)) this.insert(at, text);
  }

  #hasOther(name: string, path: string): boolean {
    const imported = this.importOf(name);
    if (imported) return imported.path !== resolve(path);
    const spaces = this.file.statements
      .filter(ts.isImportDeclaration)
      .flatMap(({ importClause }) => importClause?.namedBindings ?? [])
      .filter(ts.isNamespaceImport);
    return this.constant(name) !== undefined || spaces.some((space) => space.name.text === name);
  }

  /** The first call of the function of that name. */
  callOf(name: string): ts.CallExpression | undefined {
    const find = (node: ts.Node): ts.CallExpression | undefined =>
      ts.isCallExpression(node) && node.expression.getText() === name ? node : ts.forEachChild(node, find);
    return find(this.file);
  }

  /** The value of a constant of the file's top level. */
  constant(name: string): ts.Expression | undefined {
    return this.file.statements
      .filter(ts.isVariableStatement)
      .flatMap(({ declarationList }) => declarationList.declarations)
      .find((declaration) => declaration.name.getText() === name)?.initializer;
  }

  /** Where an imported name comes from, and what it is called there. */
  importOf(name: string): { readonly path: string; readonly name: string } | undefined {
    for (const { importClause, moduleSpecifier } of this.file.statements.filter(ts.isImportDeclaration)) {
      const bindings = importClause?.namedBindings;
      const named = bindings && ts.isNamedImports(bindings) ? bindings.elements : [];
      const found = named.find((element) => element.name.text === name);
      const specifier = ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : '';
      if (found && specifier.startsWith('.')) {
        return { path: resolve(dirname(this.path), specifier), name: (found.propertyName ?? found.name).text };
      }
    }
    return undefined;
  }
}

/** The value of an object's member, also of one that is named as its value. */
export function memberOf(object: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  const member = object.properties.find((property) => property.name?.getText().replaceAll(/['"]/g, '') === name);
  if (member && ts.isPropertyAssignment(member)) return member.initializer;
  return member && ts.isShorthandPropertyAssignment(member) ? member.name : undefined;
}

/** Without `as const`, `satisfies …` and parentheses. */
export function bare(expression: ts.Expression): ts.Expression {
  const isWrapped =
    ts.isAsExpression(expression) || ts.isSatisfiesExpression(expression) || ts.isParenthesizedExpression(expression);
  return isWrapped ? bare(expression.expression) : expression;
}
