// Secrets Manager's JSON protocol, as far as functions need it: `GetSecretValue`.
import * as z from 'zod';
import type { SecretStore } from './secret-store.ts';

export interface ProtocolAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

const target = 'secretsmanager.GetSecretValue';
const currentStage = 'AWSCURRENT';

const getSecretValue = z.object({
  SecretId: z.string().min(1).max(2048),
  VersionId: z.string().optional(),
  VersionStage: z.string().optional(),
});

/**
 * @param operation the header `X-Amz-Target`
 * @param body JSON
 */
export function answerTo(operation: string | undefined, body: string, store: SecretStore): ProtocolAnswer {
  if (operation !== target)
    return refusal('UnknownOperationException', `${operation} is not known here, only ${target}`);
  const request = getSecretValue.safeParse(parsed(body));
  if (!request.success) return refusal('InvalidRequestException', z.prettifyError(request.error));
  const { SecretId, VersionId, VersionStage = currentStage } = request.data;
  const secret = store.find(SecretId);
  const isCurrent = secret && VersionStage === currentStage && (VersionId ?? secret.versionId) === secret.versionId;
  if (!isCurrent) return refusal('ResourceNotFoundException', "Secrets Manager can't find the specified secret value.");
  const { arn, name, value, versionId, createdAt } = secret;
  return {
    status: 200,
    body: {
      ARN: arn,
      Name: name,
      SecretString: value,
      VersionId: versionId,
      VersionStages: [currentStage],
      CreatedDate: Date.parse(createdAt) / 1000,
    },
  };
}

const refusal = (type: string, Message: string): ProtocolAnswer => ({ status: 400, body: { __type: type, Message } });

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
