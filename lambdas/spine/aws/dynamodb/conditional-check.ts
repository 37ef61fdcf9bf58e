import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';

export const isConditionalCheckFailed = (error: unknown): error is ConditionalCheckFailedException =>
  error instanceof ConditionalCheckFailedException;
