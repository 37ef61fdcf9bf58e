// A function's environment: its own variables and those that Lambda sets, and none of the host's.
import type { Endpoints } from '../ports.ts';
import { localCredentials } from '../services/client-settings.ts';
import { region } from '../template/account.ts';
import type { FunctionSpec } from './function-spec.ts';

export const environmentVariables = (
  { name, environment, handler, memoryInMegabytes, codeFolder }: FunctionSpec,
  { cloudfront, dynamodb, kinesis, secretsManager, ses, sqs }: Endpoints,
): Record<string, string> => ({
  ...environment,
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_ACCESS_KEY_ID: localCredentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: localCredentials.secretAccessKey,
  AWS_ENDPOINT_URL_CLOUDFRONT: cloudfront,
  AWS_ENDPOINT_URL_DYNAMODB: dynamodb,
  AWS_ENDPOINT_URL_DYNAMODB_STREAMS: dynamodb,
  AWS_ENDPOINT_URL_KINESIS: kinesis,
  AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManager,
  AWS_ENDPOINT_URL_SESV2: ses,
  AWS_ENDPOINT_URL_SQS: sqs,
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_LAMBDA_FUNCTION_NAME: name,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryInMegabytes),
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
  AWS_LAMBDA_LOG_STREAM_NAME: 'local',
  LAMBDA_TASK_ROOT: codeFolder,
  LANG: 'en_US.UTF-8',
  TZ: 'UTC',
  _HANDLER: handler,
});
