// Where an application's code lies and what its manifest says: `app.ts` calls `applicationModule` with the manifest.
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type ts from 'typescript';
import type { Application } from '../../lambdas/spine/manifest/manifest.ts';
import { applicationFolder } from '../spine/application-folder.ts';
import { GeneratorError } from './generator-error.ts';
import { type Found, Sources } from './sources.ts';

export const project = fileURLToPath(new URL('../..', import.meta.url));

export interface ApplicationCode {
  readonly manifest: Application;
  /** The object that is given to `application`. */
  readonly declaration: Found<ts.ObjectLiteralExpression>;
  readonly sources: Sources;
  /** Folder of the manifest, of concepts and of functions, from the project's folder on. */
  readonly code: string;
  /** Folder of the tests, from the project's folder on. */
  readonly tests: string;
}

/**
 * @param folder of the application's `app.ts`
 * @throws NoApplicationError for a folder without one; GeneratorError for an application whose manifest is not found
 */
export async function applicationCode(folder: string): Promise<ApplicationCode> {
  const sources = new Sources();
  const app = sources.at(join(applicationFolder(folder), 'app.ts'));
  const [argument] = app.callOf('applicationModule')?.arguments ?? [];
  const found = argument && sources.follow({ source: app, node: argument });
  const call = found?.source.callOf('application');
  if (!found || !call)
    throw new GeneratorError(`${folder}/app.ts must call applicationModule with what application({…}) gives.`);
  const [argumentOfManifest] = call.arguments;
  const { source } = found;
  const manifestPath = relative(project, source.path);
  const declaration = sources.object(
    argumentOfManifest && { source, node: argumentOfManifest },
    `The manifest in ${manifestPath}`,
  );
  const code = dirname(manifestPath);
  const manifest = await manifestIn(source.path);
  return { manifest, declaration, sources, code, tests: join('test', basename(code)) };
}

async function manifestIn(path: string): Promise<Application> {
  const exported: Readonly<Record<string, Partial<Application>>> = await import(pathToFileURL(path).href);
  const manifest = Object.values(exported).find((each) => each?.categories && each.functions && each.api);
  if (manifest) return manifest as Application;
  throw new GeneratorError(`${relative(project, path)} must export its manifest.`);
}
