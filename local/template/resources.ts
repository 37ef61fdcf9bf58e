// Turns the synthesised templates into the resources that run on this machine, every reference between them resolved.
import { join } from 'node:path';
import type { Endpoints, Resource } from '../ports.ts';
import { type ReferenceScope, resolve } from './intrinsics.ts';
import { constructPath, physicalName } from './physical-name.ts';
import { referenceScope } from './reference-scope.ts';
import { type ResourceType, resourceTypes } from './resource-types.ts';
import type { StackTemplate, TemplateResource } from './stack-template.ts';

export interface LocalResources {
  readonly resources: readonly Resource[];
  /** How many resources of each type the local host has no service for. */
  readonly notRun: ReadonlyMap<string, number>;
}

/**
 * The resources of all stacks that run here.
 * @throws Error that names the resource, for a reference, an intrinsic or an attribute that is not known.
 */
export function localResources(stacks: readonly StackTemplate[], endpoints: Endpoints): LocalResources {
  const resources: Resource[] = [];
  const notRun = new Map<string, number>();
  for (const stack of stacks) {
    const scope = referenceScope(stack, stacks, endpoints);
    for (const [logicalId, resource] of Object.entries(stack.template.Resources ?? {})) {
      const type = resourceTypes[resource.Type];
      if (type?.runs) resources.push(localResource(stack, logicalId, resource, type, scope));
      else notRun.set(resource.Type, (notRun.get(resource.Type) ?? 0) + 1);
    }
  }
  return { resources, notRun };
}

function localResource(
  { stack, assemblyFolder }: StackTemplate,
  logicalId: string,
  resource: TemplateResource,
  type: ResourceType,
  scope: ReferenceScope,
): Resource {
  const path = constructPath(logicalId, resource);
  try {
    if (resource.Condition !== undefined) throw new Error(`conditions are not known here: ${resource.Condition}`);
    const properties = resolve(resource.Properties ?? {}, scope) as Record<string, unknown>;
    if (type.nameProperty !== undefined)
      properties[type.nameProperty] ??= physicalName(stack, path, type.maxNameLength);
    const asset = resource.Metadata?.['aws:asset:path'];
    return {
      path,
      stack,
      logicalId,
      type: resource.Type,
      properties,
      ...(typeof asset === 'string' && { assetPath: join(assemblyFolder, asset) }),
    };
  } catch (error) {
    throw new Error(`${stack}/${path} (${resource.Type}): ${(error as Error).message}`, { cause: error });
  }
}
