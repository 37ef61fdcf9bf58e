// The edge's cache key and what it passes on: the cache policies and the origin request policy.
import { Aws, Duration, Names } from 'aws-cdk-lib';
import {
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  OriginRequestCookieBehavior,
  OriginRequestHeaderBehavior,
  OriginRequestPolicy,
  OriginRequestQueryStringBehavior,
} from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';

export class EdgeCaching extends Construct {
  /** One answer for everybody. */
  readonly public: CachePolicy;
  /** An answer for each caller. */
  readonly private: CachePolicy;
  readonly originRequest: OriginRequestPolicy;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.public = this.addCachePolicy('public', CacheHeaderBehavior.none());
    this.private = this.addCachePolicy('private', CacheHeaderBehavior.allowList('Authorization'));
    this.originRequest = new OriginRequestPolicy(this, 'origin-request', {
      originRequestPolicyName: `${Names.uniqueId(this)}-${Aws.REGION}`,
      comment: 'Everything but Host, by which API Gateway finds the API, and cookies, which nothing reads',
      headerBehavior: OriginRequestHeaderBehavior.denyList('Host'),
      queryStringBehavior: OriginRequestQueryStringBehavior.all(),
      cookieBehavior: OriginRequestCookieBehavior.none(),
    });
  }

  /** Answers themselves say whether and how long they are kept: one without `s-maxage` or `max-age` is not. */
  private addCachePolicy(id: string, headerBehavior: CacheHeaderBehavior): CachePolicy {
    return new CachePolicy(this, id, {
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(0),
      maxTtl: Duration.days(365),
      headerBehavior,
      // All of them: a list of known names would drop the others, and the API could not refuse them.
      queryStringBehavior: CacheQueryStringBehavior.all(),
      enableAcceptEncodingGzip: true,
      enableAcceptEncodingBrotli: true,
    });
  }
}
