// The parameter by which an application's queries take consistency tokens: one for all, in a file of its own, `reading.ts`.
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { type ApplicationCode, project } from './application-code.ts';
import { GeneratorError } from './generator-error.ts';
import { addListed, type Imported } from './manifest-edits.ts';
import type { NewFile } from './plan.ts';
import type { Source } from './source.ts';

const NAME = 'reading';

/**
 * Lets tokens name the streams of a new projection. An API that has the parameter beside its operations gives it up to the file: they
 * and the new ones import it from there.
 * @returns the file, where it is new
 * @throws GeneratorError where the application has no such constant
 */
export function addToReading(app: ApplicationCode, projection: Imported): readonly NewFile[] {
  const path = readingFile(app);
  if (!existsSync(join(project, path))) return [movedFromApi(app, path, projection)];
  const source = app.sources.at(join(project, path));
  addListed(app, argumentIn(source, path), 'What readingOf is given', projection);
  return [];
}

export const readingFile = ({ code }: Pick<ApplicationCode, 'code'>): string => join(code, 'reading.ts');

function argumentIn(source: Source, path: string) {
  const call = source.constant(NAME);
  const node = call && ts.isCallExpression(call) ? call.arguments[0] : undefined;
  if (node) return { source, node };
  throw new GeneratorError(`${path} must have what queries take: export const ${NAME} = readingOf([…]);`);
}

function movedFromApi(app: ApplicationCode, path: string, { what, from }: Imported): NewFile {
  const { source } = app.sources.object(app.sources.member(app.declaration, 'api'), 'api in the manifest');
  const { node } = app.sources.list(argumentIn(source, relative(project, source.path)), 'What readingOf is given');
  if (!ts.isArrayLiteralExpression(node)) throw new GeneratorError('What readingOf is given must be a list.');
  const listed = node.elements.map((element) => element.getText());
  source.removeConstant(NAME);
  source.addImport(`{ ${NAME} }`, join(project, path));
  const importing = (name: string, file: string) => `import { ${name} } from './${relative(app.code, file)}';\n`;
  const imports = listed.map((name) => importing(name, relative(project, source.importOf(name)?.path ?? source.path)));
  const readingOf = relative(app.code, 'lambdas/spine/http/queries/consistency.ts');
  return {
    path,
    text: `import { readingOf } from '${readingOf}';
${imports.join('')}${importing(what, from)}
/** The parameter of every query that takes consistency tokens. */
export const ${NAME} = readingOf([${[...listed, what].join(', ')}]);
`,
  };
}
