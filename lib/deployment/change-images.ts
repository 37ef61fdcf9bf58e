// Which images the change stream of a deployed stage has. To change that is to replace the stream while the compute stack holds its ARN,
// so a stage goes on with what it has until somebody says otherwise (docs/adr/0028-what-is-held-of-the-log.md).
import * as z from 'zod';
import { deployedResources } from './deployed-template.ts';

const table = z.object({
  Properties: z.object({ StreamSpecification: z.object({ StreamViewType: z.string() }) }),
});

/** @returns settings as the CDK takes them; none for a stage that is not deployed yet or has both images, or where they are named */
export async function deployedChangeImages(stage: string, said: readonly string[]): Promise<string[]> {
  if (said.some((setting) => setting.startsWith('changeImages='))) return [];
  const resources = (await deployedResources(`eventspine-${stage}-state`)) ?? [];
  const tables = resources.map((resource) => table.safeParse(resource));
  const hasNewOnly = tables.some(({ data }) => data?.Properties.StreamSpecification.StreamViewType === 'NEW_IMAGE');
  return hasNewOnly ? ['changeImages=new'] : [];
}
