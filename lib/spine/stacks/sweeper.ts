// The sweeper, where the manifest declares one.
import type { Construct } from 'constructs';
import { functionsOfKind } from '../../../lambdas/spine/manifest/functions.ts';
import type { ServiceFunction } from '../operations/service-function.ts';
import { Sweeper } from '../operations/sweeper.ts';
import { functionDefaults } from '../settings/construct-props.ts';
import type { ComputeContext } from './compute-context.ts';

/** @returns it by its name */
export function addSweeper(
  scope: Construct,
  { application, settings, state, code }: ComputeContext,
): Readonly<Record<string, ServiceFunction>> {
  const { eventTable, readModels, operations, work, edge } = state;
  const sweepers = functionsOfKind(application, 'sweeper').map(([name]) => {
    const sweeper = new Sweeper(scope, name, {
      ...functionDefaults(settings),
      ...{ eventTable, readModels, operations, work },
      size: settings.sweeper,
      invalidation: edge?.invalidation,
      code: code(name),
    });
    return [name, sweeper] as const;
  });
  return Object.fromEntries(sweepers);
}
