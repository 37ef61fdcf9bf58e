// What a stack's `Ref`, `Fn::GetAtt` and `Fn::ImportValue` stand for on this machine.
import type { Endpoints } from '../ports.ts';
import { accountId, partition, region, urlSuffix } from './account.ts';
import { noValue, type ReferenceScope, resolve } from './intrinsics.ts';
import { constructPath, physicalName } from './physical-name.ts';
import { type ResourceType, resourceTypes } from './resource-types.ts';
import type { StackTemplate } from './stack-template.ts';

/** The scope of `stack`, one of `stacks`; the others count for what they export. */
export function referenceScope(
  stack: StackTemplate,
  stacks: readonly StackTemplate[],
  endpoints: Endpoints,
): ReferenceScope {
  const pseudoParameters: Readonly<Record<string, unknown>> = {
    'AWS::AccountId': accountId,
    'AWS::NoValue': noValue,
    'AWS::Partition': partition,
    'AWS::Region': region,
    'AWS::StackName': stack.stack,
    'AWS::URLSuffix': urlSuffix,
  };
  const named = (logicalId: string): { type: ResourceType; typeName: string; name: string } => {
    const resource = stack.template.Resources?.[logicalId];
    if (resource === undefined) throw new Error(`${stack.stack} has no resource ${logicalId}`);
    const type = resourceTypes[resource.Type];
    if (type === undefined) throw new Error(`the identity of a ${resource.Type} (${logicalId}) is not known here`);
    if (type.nameProperty === undefined) return { type, typeName: resource.Type, name: logicalId };
    const given = resource.Properties?.[type.nameProperty];
    const name =
      given === undefined
        ? physicalName(stack.stack, constructPath(logicalId, resource), type.maxNameLength)
        : String(resolve(given, scope));
    return { type, typeName: resource.Type, name };
  };
  const scope: ReferenceScope = {
    ref(logicalId) {
      if (logicalId in pseudoParameters) return pseudoParameters[logicalId];
      const { type, name } = named(logicalId);
      return type.ref(name, endpoints);
    },
    attribute(logicalId, attributeName) {
      const { type, typeName, name } = named(logicalId);
      const attribute = type.attributes[attributeName];
      if (attribute === undefined)
        throw new Error(`attribute ${attributeName} of ${logicalId} (${typeName}) is not known here`);
      return attribute(name, endpoints);
    },
    importValue(exportName) {
      for (const exporting of stacks)
        for (const output of Object.values(exporting.template.Outputs ?? {}))
          if (output.Export?.Name === exportName)
            return resolve(output.Value, referenceScope(exporting, stacks, endpoints));
      throw new Error(`no stack exports ${exportName}`);
    },
  };
  return scope;
}
