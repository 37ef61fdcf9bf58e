// The ARN of a secret. Secrets Manager appends six random characters to the name; ours follow from it, so that the ARN stays
// the same from run to run.
import { createHash } from 'node:crypto';
import { arn } from '../../template/account.ts';

const suffixLength = 6;

export const secretArn = (name: string): string =>
  arn('secretsmanager', `secret:${name}-${createHash('sha256').update(name).digest('hex').slice(0, suffixLength)}`);
