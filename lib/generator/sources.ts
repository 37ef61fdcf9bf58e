// The files of an application that are added to, each read once.
import ts from 'typescript';
import { GeneratorError } from './generator-error.ts';
import { bare, type List, memberOf, Source } from './source.ts';

/** An expression, and the file in which it stands. */
export interface Found<Node extends ts.Expression = ts.Expression> {
  readonly source: Source;
  readonly node: Node;
}

export class Sources {
  readonly #byPath = new Map<string, Source>();

  at(path: string): Source {
    const source = this.#byPath.get(path) ?? new Source(path);
    this.#byPath.set(path, source);
    return source;
  }

  get changed(): readonly Source[] {
    return [...this.#byPath.values()].filter(({ isChanged }) => isChanged);
  }

  /** The expression, or what the name stands for that it is: a constant of the file, or an imported one. */
  follow({ source, node }: Found): Found {
    const value = bare(node);
    if (!ts.isIdentifier(value)) return { source, node: value };
    const constant = source.constant(value.text);
    if (constant) return this.follow({ source, node: constant });
    const imported = source.importOf(value.text);
    const from = imported && this.at(imported.path);
    const there = imported && from?.constant(imported.name);
    return there && from ? this.follow({ source: from, node: there }) : { source, node: value };
  }

  /** @throws GeneratorError that names what is looked for */
  list(found: Found | undefined, what: string): Found<List> {
    const followed = found && this.follow(found);
    if (followed) {
      const { source, node } = followed;
      if (ts.isArrayLiteralExpression(node) || ts.isObjectLiteralExpression(node)) return { source, node };
    }
    throw new GeneratorError(
      `${what} must be a list in brackets, or a constant that is one: so much is needed to add to it.`,
    );
  }

  /** @throws GeneratorError that names what is looked for */
  object(found: Found | undefined, what: string): Found<ts.ObjectLiteralExpression> {
    const { source, node } = this.list(found, what);
    if (ts.isObjectLiteralExpression(node)) return { source, node };
    throw new GeneratorError(`${what} must be an object in braces, or a constant that is one.`);
  }

  /** A member of an object. */
  member({ source, node }: Found<ts.ObjectLiteralExpression>, name: string): Found | undefined {
    const value = memberOf(node, name);
    return value && { source, node: value };
  }
}
