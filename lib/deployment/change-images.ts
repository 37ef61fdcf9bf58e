// Which images the change stream of a deployed stage has. To change that is to replace the stream while the compute stack holds its ARN,
// so a stage goes on with what it has until somebody says otherwise (docs/adr/0028-what-is-held-of-the-log.md).
import { CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import * as z from 'zod';

const table = z.object({
  Properties: z.object({ StreamSpecification: z.object({ StreamViewType: z.string() }) }),
});
const template = z.object({ Resources: z.record(z.string(), z.unknown()) });

/** @returns settings as the CDK takes them; none for a stage that is not deployed yet or has both images, or where they are named */
export async function deployedChangeImages(stage: string, said: readonly string[]): Promise<string[]> {
  if (said.some((setting) => setting.startsWith('changeImages='))) return [];
  const body = await templateOf(`eventspine-${stage}-state`);
  if (body === undefined) return [];
  const tables = Object.values(template.parse(JSON.parse(body)).Resources).map((resource) => table.safeParse(resource));
  const hasNewOnly = tables.some(({ data }) => data?.Properties.StreamSpecification.StreamViewType === 'NEW_IMAGE');
  return hasNewOnly ? ['changeImages=new'] : [];
}

async function templateOf(stack: string): Promise<string | undefined> {
  const client = new CloudFormationClient({});
  try {
    return (await client.send(new GetTemplateCommand({ StackName: stack }))).TemplateBody;
  } catch (error) {
    // CloudFormation has no error of its own for it.
    if (error instanceof Error && /does not exist/.test(error.message)) return undefined;
    throw error;
  } finally {
    client.destroy();
  }
}
