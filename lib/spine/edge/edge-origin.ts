// The API as CloudFront sees it: over TLS only, with the secret in every request, and no longer than it takes to answer.
import { Duration } from 'aws-cdk-lib';
import { OriginProtocolPolicy, OriginSslPolicy } from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { ORIGIN_SECRET_HEADER } from '../../../lambdas/spine/bindings/edge.ts';
import type { FrontDoorAddress } from '../api/front-door.ts';
import type { OriginSecret } from './origin-secret.ts';
import { originTimes } from './origin-times.ts';

export interface EdgeOriginProps {
  /** The longest that a function behind the API takes. */
  readonly timeoutInSeconds: number;
  readonly api: FrontDoorAddress;
  readonly secret: OriginSecret;
}

export class EdgeOrigin extends HttpOrigin {
  constructor({ timeoutInSeconds, api, secret }: EdgeOriginProps) {
    const times = originTimes({ timeoutInSeconds });
    super(api.host, {
      ...(api.basePath !== undefined && { originPath: api.basePath }),
      protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
      originSslProtocols: [OriginSslPolicy.TLS_V1_2],
      // Replaces whatever a viewer sends under that name.
      customHeaders: { [ORIGIN_SECRET_HEADER]: secret.sent },
      connectionAttempts: times.connectionAttempts,
      connectionTimeout: Duration.seconds(times.connectionTimeoutInSeconds),
      readTimeout: Duration.seconds(times.readTimeoutInSeconds),
      responseCompletionTimeout: Duration.seconds(times.completionTimeoutInSeconds),
      keepaliveTimeout: Duration.seconds(60),
    });
  }
}
