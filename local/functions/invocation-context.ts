// The context object that a handler gets with its event.
import type { Context } from 'aws-lambda';
import { arn } from '../template/account.ts';
import type { InvocationRequest, ThreadData } from './thread-messages.ts';

type NodeContext = Omit<Context, 'done' | 'fail' | 'succeed'>;

export const invocationContext = (
  { functionName, memoryInMegabytes }: ThreadData,
  { requestId, deadline }: InvocationRequest,
): NodeContext => ({
  awsRequestId: requestId,
  callbackWaitsForEmptyEventLoop: true,
  functionName,
  functionVersion: '$LATEST',
  invokedFunctionArn: arn('lambda', `function:${functionName}`),
  logGroupName: `/aws/lambda/${functionName}`,
  logStreamName: 'local',
  memoryLimitInMB: String(memoryInMegabytes),
  getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
});
