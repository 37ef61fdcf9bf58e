// The names that people know the functions by: the service names in their environments.
import { z } from 'zod';
import type { FunctionStats, Resource } from '../ports.ts';

const named = z.object({
  FunctionName: z.string(),
  Environment: z.object({ Variables: z.object({ POWERTOOLS_SERVICE_NAME: z.string().optional() }) }).optional(),
});

/** The names by those in the template; a function without a service name goes by the latter. */
export function serviceNames(resources: readonly Resource[]): ReadonlyMap<string, string> {
  const functions = resources.filter(({ type }) => type === 'AWS::Lambda::Function');
  return new Map(
    functions.map(({ properties }) => {
      const { FunctionName, Environment } = named.parse(properties);
      return [FunctionName, Environment?.Variables.POWERTOOLS_SERVICE_NAME ?? FunctionName];
    }),
  );
}

/** Puts the names in the place of those in the template. */
export const withServiceNames =
  (names: ReadonlyMap<string, string>) =>
  (stats: FunctionStats): FunctionStats => ({ ...stats, name: names.get(stats.name) ?? stats.name });
