// What the edge adds to every answer, its own errors included: headers by which browsers protect themselves, and CORS.
import { Aws, Duration, Names } from 'aws-cdk-lib';
import { HeadersFrameOption, HeadersReferrerPolicy, ResponseHeadersPolicy } from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';
import { CONTENT_SECURITY_POLICY, HSTS_MAX_AGE_IN_SECONDS } from '../../../lambdas/spine/bindings/security-headers.ts';
import { corsBehavior } from '../api/cors-preflight.ts';

export interface EdgeResponseHeadersProps {
  /** Origins whose pages may read the answers. */
  readonly corsOrigins: readonly string[];
}

const override = true;

export class EdgeResponseHeaders extends Construct {
  readonly policy: ResponseHeadersPolicy;

  constructor(scope: Construct, id: string, { corsOrigins }: EdgeResponseHeadersProps) {
    super(scope, id);
    this.policy = new ResponseHeadersPolicy(this, 'policy', {
      responseHeadersPolicyName: `${Names.uniqueId(this)}-${Aws.REGION}`,
      securityHeadersBehavior: {
        strictTransportSecurity: {
          accessControlMaxAge: Duration.seconds(HSTS_MAX_AGE_IN_SECONDS),
          includeSubdomains: true,
          override,
        },
        contentTypeOptions: { override },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override },
        // The page for people has a policy of its own.
        contentSecurityPolicy: { contentSecurityPolicy: CONTENT_SECURITY_POLICY, override: false },
      },
      ...corsBehavior(corsOrigins),
    });
  }
}
