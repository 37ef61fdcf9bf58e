// The functions behind the API, as the manifest declares them.
import type { Construct } from 'constructs';
import type { CommandFunctionDeclaration } from '../../../lambdas/spine/manifest/functions.ts';
import { functionsOfKind } from '../../../lambdas/spine/manifest/functions.ts';
import { routesOf } from '../../../lambdas/spine/manifest/routes.ts';
import { CommandFunction, type Counting } from '../api/command-function.ts';
import type { FunctionByName } from '../api/front-door.ts';
import { QueryFunction } from '../api/query-function.ts';
import type { ComputeContext } from './compute-context.ts';

/** @returns them by their names */
export function addApiFunctions(
  scope: Construct,
  { application, settings, state, code }: ComputeContext,
): FunctionByName {
  const { eventTable, readModels, operations, tokens, edge } = state;
  const common = { settings, eventTable, originSecret: edge?.originSecret };
  const routes = routesOf(application);
  const asksForTokens = (name: string): boolean =>
    routes.some((route) => route.function === name && route.access === 'token');

  const commands = functionsOfKind(application, 'command').map(([name, { appends, counts }]) => {
    const props = {
      ...common,
      appends,
      code: code(name),
      ...(asksForTokens(name) && { tokens }),
      ...(counts && { counts: countingOf(counts) }),
    };
    return [name, new CommandFunction(scope, name, props)] as const;
  });
  const queries = functionsOfKind(application, 'query').map(([name]) => {
    const props = { ...common, readModels, operations, tokens, code: code(name) };
    return [name, new QueryFunction(scope, name, props)] as const;
  });
  return Object.fromEntries([...commands, ...queries]);

  function countingOf({ readModel: wanted, index }: NonNullable<CommandFunctionDeclaration['counts']>): Counting {
    const readModel = readModels.find(({ projection }) => projection.name === wanted.name);
    if (readModel !== undefined) return { readModel, index };
    throw new RangeError(`There is no read model ${wanted.name} to count rows of`);
  }
}
