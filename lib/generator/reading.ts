// The parameter by which an application's queries take consistency tokens: one for all, in a file of its own.
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type ApplicationCode, project } from './application-code.ts';
import { GeneratorError } from './generator-error.ts';
import { addListed, type Imported } from './manifest-edits.ts';

/**
 * Lets tokens name the streams of a new projection.
 * @param folder from which it is going to be imported
 * @returns the way to the file, which exports `reading`
 * @throws GeneratorError where the application has no such file
 */
export function addToReading(app: ApplicationCode, projection: Imported, folder: string): string {
  const path = join(app.code, 'reading.ts');
  const source = existsSync(join(project, path)) ? app.sources.at(join(project, path)) : undefined;
  const call = source?.callOf('readingOf');
  if (!source?.constant('reading') || !call) {
    throw new GeneratorError(
      `${path} must hold what queries take: export const reading = readingOf(<the read models>);`,
    );
  }
  const [argument] = call.arguments;
  addListed(app, argument && { source, node: argument }, 'What readingOf is given', projection);
  return relative(folder, path);
}
