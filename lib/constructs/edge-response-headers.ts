// What the edge adds to every answer, its own errors included: headers by which browsers protect themselves, and CORS.
import { Aws, Duration, Names } from 'aws-cdk-lib';
import { HeadersFrameOption, HeadersReferrerPolicy, ResponseHeadersPolicy } from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';
import { corsBehavior } from './cors-preflight.ts';

export interface EdgeResponseHeadersProps {
  /** Origins whose pages may read the answers. */
  readonly corsOrigins: readonly string[];
}

const override = true;

/** Nothing that the API answers is a document, so a browser that takes it for one may load and run nothing of it. */
const contentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";

export class EdgeResponseHeaders extends Construct {
  readonly policy: ResponseHeadersPolicy;

  constructor(scope: Construct, id: string, { corsOrigins }: EdgeResponseHeadersProps) {
    super(scope, id);
    this.policy = new ResponseHeadersPolicy(this, 'policy', {
      responseHeadersPolicyName: `${Names.uniqueId(this)}-${Aws.REGION}`,
      securityHeadersBehavior: {
        strictTransportSecurity: { accessControlMaxAge: Duration.days(365), includeSubdomains: true, override },
        contentTypeOptions: { override },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override },
        contentSecurityPolicy: { contentSecurityPolicy, override },
      },
      ...corsBehavior(corsOrigins),
    });
  }
}
