// The names that people know the functions by: the service names in their environments.
import { z } from 'zod';
import type { FunctionStats, Resource } from '../ports.ts';

const named = z.object({
  FunctionName: z.string(),
  Environment: z.object({ Variables: z.object({ POWERTOOLS_SERVICE_NAME: z.string().optional() }) }).optional(),
});

/** Puts the service name in the place of the function's; a function without one keeps its own. */
export function withServiceNames(resources: readonly Resource[]): (stats: FunctionStats) => FunctionStats {
  const functions = resources.filter(({ type }) => type === 'AWS::Lambda::Function');
  const names = new Map(
    functions.map(({ properties }) => {
      const { FunctionName, Environment } = named.parse(properties);
      return [FunctionName, Environment?.Variables.POWERTOOLS_SERVICE_NAME ?? FunctionName];
    }),
  );
  return (stats) => ({ ...stats, name: names.get(stats.name) ?? stats.name });
}
