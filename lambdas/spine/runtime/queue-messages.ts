// Reads the messages of a queue's batch; one that cannot be read fails alone.
import type { SQSRecord } from 'aws-lambda';
import { logger } from './logger.ts';

export interface Delivered<Content> {
  readonly messageId: string;
  readonly content: Content;
}

/**
 * @param parse what a message's body holds; throws when it cannot be read
 * @param unreadable takes the errors of the messages that cannot be read, by their ids
 */
export const readMessages = <Content>(
  records: readonly SQSRecord[],
  parse: (body: string) => readonly Content[],
  unreadable: Map<string, unknown>,
): Delivered<Content>[] =>
  records.flatMap(({ messageId, body }) => {
    try {
      return parse(body).map((content) => ({ messageId, content }));
    } catch (error) {
      logger.error('A message cannot be read', { error, messageId });
      unreadable.set(messageId, error);
      return [];
    }
  });
