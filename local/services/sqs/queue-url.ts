// The address of a queue, as the template's references spell it too.
import { accountId } from '../../template/account.ts';

export const queueUrl = (endpoint: string, name: string): string => `${endpoint}/${accountId}/${name}`;

/** `arn:aws:sqs:<region>:<account>:<name>` → `<name>` */
export const queueNameOf = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1);
