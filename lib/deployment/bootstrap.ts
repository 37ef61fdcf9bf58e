// Whether an account and region are prepared for the CDK: whether its toolkit stack stands there.
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { isNoSuchStack, unreadableAccount } from './account.ts';

const TOOLKIT_STACK = 'CDKToolkit';

/** @throws DeploymentError without credentials, a region or the permission to look */
export async function isBootstrapped(): Promise<boolean> {
  const client = new CloudFormationClient({});
  try {
    await client.send(new DescribeStacksCommand({ StackName: TOOLKIT_STACK }));
    return true;
  } catch (error) {
    if (isNoSuchStack(error)) return false;
    throw unreadableAccount(error);
  } finally {
    client.destroy();
  }
}
