/** On this machine a stream is a single shard. */
export const shardId = 'shardId-00000000000000000000-00000000';

/**
 * @param streamArn `arn:aws:dynamodb:<region>:<account>:table/<table>/stream/<label>`
 * @returns the table that the stream is of
 * @throws Error for another ARN
 */
export function tableOfStream(streamArn: string): string {
  const table = /:table\/([^/]+)\/stream\//.exec(streamArn)?.[1];
  if (table !== undefined) return table;
  throw new Error(`a change stream's ARN has the form …:table/<table>/stream/<label>: ${streamArn}`);
}
