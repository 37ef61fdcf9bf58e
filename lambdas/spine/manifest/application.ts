// Declares an application.
import { EventspineError } from '../kernel/errors.ts';
import { mistakesIn } from './checks.ts';
import type { FunctionDeclaration } from './functions.ts';
import type { Application } from './manifest.ts';

export class ManifestError extends EventspineError {
  readonly code = 'invalid_manifest';
}

/**
 * Checks a manifest and hands it back.
 * @throws ManifestError that lists every mistake
 * @example
 * export const library = application({
 *   name: 'library',
 *   api,
 *   categories: ['loan'],
 *   functions: {
 *     'loans-command': { kind: 'command', entry: 'examples/library/functions/loans-command.ts', appends: ['loan'] },
 *     query: { kind: 'query', entry: 'examples/library/functions/query.ts' },
 *     projector: { kind: 'projector', entry: 'examples/library/functions/projector.ts' },
 *   },
 *   readModels: [loansByMember],
 * });
 */
export function application<
  const Category extends string,
  const Functions extends Readonly<Record<string, FunctionDeclaration<NoInfer<Category>>>>,
>(
  manifest: Application & { readonly categories: readonly Category[]; readonly functions: Functions },
): Application & { readonly functions: Functions } {
  const mistakes = [...mistakesIn(manifest)];
  if (mistakes.length === 0) return manifest;
  throw new ManifestError(`The manifest of ${manifest.name} has mistakes: ${mistakes.join('; ')}.`);
}
