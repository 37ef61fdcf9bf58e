// The environment variables that an application declares: their values as CDK context, and their lines in `--help`.
import { StartError } from '../lifecycle/start-error.ts';
import type { LocalVariable } from './local-application.ts';

/** @throws StartError for a value that its variable does not accept */
export function contextFrom(
  variables: readonly LocalVariable[],
  environment: NodeJS.ProcessEnv,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    variables.flatMap(({ name, contextKey, rule, accepts }) => {
      const value = environment[name] || undefined;
      if (value === undefined) return [];
      if (!accepts(value)) throw new StartError(`${name} must be ${rule}, got "${value}".`);
      return [[contextKey, value]];
    }),
  );
}

export const usageLines = (variables: readonly LocalVariable[]): string =>
  variables.map(({ name, description }) => `  ${name}\n             ${description}\n`).join('');
