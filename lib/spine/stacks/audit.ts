// The audit, where the manifest declares one.
import type { Construct } from 'constructs';
import { functionsOfKind } from '../../../lambdas/spine/manifest/functions.ts';
import { Audit } from '../operations/audit.ts';
import type { ServiceFunction } from '../operations/service-function.ts';
import { functionDefaults } from '../settings/construct-props.ts';
import type { ComputeContext } from './compute-context.ts';

/** @returns it by its name */
export function addAudit(
  scope: Construct,
  { application, settings, state, code }: ComputeContext,
): Readonly<Record<string, ServiceFunction>> {
  const { eventTable, readModels, operations, audit: queue } = state;
  if (queue === undefined) return {};
  const audits = functionsOfKind(application, 'audit').map(([name]) => {
    const audit = new Audit(scope, name, {
      ...functionDefaults(settings),
      ...{ eventTable, readModels, operations, queue },
      stage: settings.stage,
      settings: settings.audit,
      subscriptions: [...readModels, ...state.subscriptions.values()],
      code: code(name),
    });
    return [name, audit] as const;
  });
  return Object.fromEntries(audits);
}
