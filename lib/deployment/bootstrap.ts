// Whether an account and region are prepared for the CDK: whether its toolkit stack stands there.
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DeploymentError } from './deployment-error.ts';

const TOOLKIT_STACK = 'CDKToolkit';

/** @throws DeploymentError without credentials, a region or the permission to look */
export async function isBootstrapped(): Promise<boolean> {
  const client = new CloudFormationClient({});
  try {
    await client.send(new DescribeStacksCommand({ StackName: TOOLKIT_STACK }));
    return true;
  } catch (error) {
    if (isNoSuchStack(error)) return false;
    const hint = 'AWS_PROFILE and AWS_REGION (or your profile’s region) say which account and region to use.';
    throw new DeploymentError(`The account cannot be looked at: ${(error as Error).message}\n${hint}`, {
      cause: error,
    });
  } finally {
    client.destroy();
  }
}

/** CloudFormation has no error of its own for it. */
const isNoSuchStack = (error: unknown): boolean =>
  error instanceof Error && error.name === 'ValidationError' && /does not exist/.test(error.message);
