// The template of a deployed stack.
import { CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import * as z from 'zod';

const template = z.object({ Resources: z.record(z.string(), z.unknown()) });

/** @returns the properties of the stack's resources, unparsed; `undefined` when there is no such stack */
export async function deployedResources(stack: string): Promise<readonly unknown[] | undefined> {
  const client = new CloudFormationClient({});
  try {
    const { TemplateBody = '{}' } = await client.send(new GetTemplateCommand({ StackName: stack }));
    return Object.values(template.parse(JSON.parse(TemplateBody)).Resources);
  } catch (error) {
    // CloudFormation has no error of its own for it.
    if (error instanceof Error && /does not exist/.test(error.message)) return undefined;
    throw error;
  } finally {
    client.destroy();
  }
}
