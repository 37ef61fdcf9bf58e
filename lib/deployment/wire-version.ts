// Which wire version the code of a deployed stage reads. Code of before version 2 cannot read what newer code writes, and runs beside it
// during the deployment and after a rollback. So such a stage first gets code that reads both and writes version 1
// (docs/adr/0039-bundles-that-are-packed.md).
import * as z from 'zod';
import { WIRE_VERSION } from '../../lambdas/spine/bindings/environment.ts';
import { deployedResources } from './deployed-template.ts';

const readsBoth = z.object({
  Type: z.literal('AWS::Lambda::Function'),
  Properties: z.object({ Environment: z.object({ Variables: z.object({ [WIRE_VERSION]: z.string() }) }) }),
});

/** @returns settings as the CDK takes them; none for a stage that is not deployed yet or reads both, or where the version is named */
export async function deployedWireVersion(stage: string, said: readonly string[]): Promise<string[]> {
  if (said.some((setting) => setting.startsWith('wireVersion='))) return [];
  const resources = await deployedResources(`eventspine-${stage}-compute`);
  if (resources === undefined || resources.some((resource) => readsBoth.safeParse(resource).success)) return [];
  return ['wireVersion=1'];
}
