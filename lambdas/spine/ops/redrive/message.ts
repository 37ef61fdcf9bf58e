// What a message asks to be redriven: in our own form, or in that of a batch that Lambda gave up.
import * as z from 'zod';
import { EventspineError } from '../../kernel/errors.ts';
import type { ToRedrive } from '../../kernel/pipeline/redrive.ts';

export class MalformedRedriveError extends EventspineError {
  readonly code = 'malformed_redrive';
}

const names = z
  .object({ redrive: z.literal(1), subscriber: z.string().optional(), streams: z.array(z.string()).min(1) })
  .transform(({ subscriber, streams }): ToRedrive => ({ kind: 'streams', streams, ...(subscriber && { subscriber }) }));

const positions = z
  .object({
    shardId: z.string(),
    startSequenceNumber: z.string().regex(/^\d+$/),
    endSequenceNumber: z.string().regex(/^\d+$/),
    streamArn: z.string(),
  })
  .transform(({ shardId, startSequenceNumber: first, endSequenceNumber: last, streamArn }) => ({
    ...{ kind: 'records' as const, shardId, first, last, streamArn },
  }));

const message = z.union([
  names,
  z
    .object({ DDBStreamBatchInfo: positions })
    .transform(({ DDBStreamBatchInfo }): ToRedrive => ({ ...DDBStreamBatchInfo, source: 'change-stream' })),
  z
    .object({ KinesisBatchInfo: positions })
    .transform(({ KinesisBatchInfo }): ToRedrive => ({ ...KinesisBatchInfo, source: 'event-stream' })),
]);

/** @throws MalformedRedriveError */
export function toRedriveIn(body: string): ToRedrive {
  const { success, data } = message.safeParse(parsed(body));
  if (success) return data;
  throw new MalformedRedriveError('A redrive needs names of streams, or the positions of a batch that Lambda gave up');
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
