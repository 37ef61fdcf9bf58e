// The versions of a stage's origin secret: the current one, which the edge sends, and during a rotation the one to come.
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  GetRandomPasswordCommand,
  ListSecretVersionIdsCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { ORIGIN_SECRET_OUTPUT } from '../spine/settings/stack-outputs.ts';
import { isNoSuchStack, unreadableAccount } from './account.ts';

export interface OriginSecretVersions {
  readonly current: string;
  /** Present while a rotation is under way or was interrupted. */
  readonly pending?: string;
}

export interface OriginSecretStore {
  read(): Promise<OriginSecretVersions>;
  /** Makes a value that is not used yet. @returns the id of its version */
  addPending(): Promise<string>;
  /** Makes the pending version the current one, at once. */
  promote(versions: Required<OriginSecretVersions>): Promise<void>;
}

/** The staging labels of Secrets Manager (https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html). */
const label = { current: 'AWSCURRENT', pending: 'AWSPENDING' };

/**
 * ARN of a stage's origin secret; nothing for one that is not deployed yet, or has no edge.
 * @throws DeploymentError without credentials, a region or the permission to look
 */
export async function originSecretArn(stage: string): Promise<string | undefined> {
  const client = new CloudFormationClient({});
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: `eventspine-${stage}-state` }));
    return Stacks?.[0]?.Outputs?.find(({ OutputKey }) => OutputKey === ORIGIN_SECRET_OUTPUT)?.OutputValue;
  } catch (error) {
    if (isNoSuchStack(error)) return undefined;
    throw unreadableAccount(error);
  } finally {
    client.destroy();
  }
}

export function originSecretStore(arn: string, client = new SecretsManagerClient({})): OriginSecretStore {
  const move = (VersionStage: string, ids: { MoveToVersionId?: string; RemoveFromVersionId: string }) =>
    client.send(new UpdateSecretVersionStageCommand({ SecretId: arn, VersionStage, ...ids }));
  return {
    async read() {
      const { Versions = [] } = await client.send(new ListSecretVersionIdsCommand({ SecretId: arn }));
      const labelled = (stage: string) =>
        Versions.find(({ VersionStages }) => VersionStages?.includes(stage))?.VersionId;
      const current = labelled(label.current);
      if (current === undefined) throw new Error(`A secret must have a current version: ${arn}`);
      const pending = labelled(label.pending);
      return { current, ...(pending !== undefined && pending !== current && { pending }) };
    },
    async addPending() {
      const random = new GetRandomPasswordCommand({ PasswordLength: 64, ExcludePunctuation: true });
      const { RandomPassword: SecretString } = await client.send(random);
      const put = new PutSecretValueCommand({ SecretId: arn, SecretString, VersionStages: [label.pending] });
      const { VersionId } = await client.send(put);
      if (VersionId === undefined) throw new Error(`A new version must have an id: ${arn}`);
      return VersionId;
    },
    async promote({ current, pending }) {
      await move(label.current, { MoveToVersionId: pending, RemoveFromVersionId: current });
      await move(label.pending, { RemoveFromVersionId: pending });
    },
  };
}

/** The settings that pin what the edge sends, and what the functions accept beside it. */
export const pinned = (sent: string, alsoAccepted?: string): string[] => [
  `edgeSecretVersion=${sent}`,
  ...(alsoAccepted === undefined ? [] : [`edgeSecretAlsoAccepted=${alsoAccepted}`]),
];
