// What the API logs of each request. No path, address or claim: those identify people. A request is found by its id.
import { RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { StageSettings } from '../settings/stage-settings.ts';

const fields = {
  requestTime: '$context.requestTime',
  requestId: '$context.requestId',
  status: '$context.status',
  responseLength: '$context.responseLength',
  responseLatency: '$context.responseLatency',
  authorizerError: '$context.authorizer.error',
};

/** @param fieldsOfFrontDoor what only this kind of API knows about a request, or names differently */
export const accessLogFormat = (fieldsOfFrontDoor: Readonly<Record<string, string>>): AccessLogFormat =>
  AccessLogFormat.custom(JSON.stringify({ ...fields, ...fieldsOfFrontDoor }));

export class AccessLogs extends LogGroup {
  constructor(scope: Construct, id: string, { logRetention, retainsData }: StageSettings) {
    super(scope, id, {
      retention: logRetention,
      removalPolicy: retainsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
  }
}
