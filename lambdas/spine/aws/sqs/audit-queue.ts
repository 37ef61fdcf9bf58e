// The audit's own queue: what it looks at again, and what goes on with another run.
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Suspects } from '../../kernel/audit/suspects.ts';
import { bundles } from '../../kernel/pipeline/bundle.ts';
import { asciiJson } from '../wire/ascii-json.ts';

/** A message takes 256 KB in every service; one run looks through so many within its time. */
const LIMITS = { bytes: 200_000, hints: 200 };

/** @param message as JSON */
export const sendToAudit =
  (client: SQSClient, queueUrl: string) =>
  async (message: object, delayInSeconds: number): Promise<void> => {
    const command = { QueueUrl: queueUrl, MessageBody: asciiJson({ audit: 1, ...message }) };
    await client.send(new SendMessageCommand({ ...command, DelaySeconds: delayInSeconds }));
  };

/** A wire form of the audit's own. */
export const sendSuspects =
  (client: SQSClient, queueUrl: string) =>
  async ({ suspects, ...rest }: Suspects, delayInSeconds: number): Promise<void> => {
    const send = sendToAudit(client, queueUrl);
    const sized = suspects.map((suspect) => ({ suspect, bytes: asciiJson(suspect).length + 1 }));
    for (const some of bundles(sized, LIMITS)) {
      await send({ again: { ...rest, suspects: some.map(({ suspect }) => suspect) } }, delayInSeconds);
    }
  };
