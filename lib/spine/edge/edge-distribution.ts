// The CloudFront distribution before the API: which answers it keeps under which key, and by which tags they are purged.
import { Duration, Validations } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  CachePolicy,
  type CfnDistribution,
  Distribution,
  type DistributionProps,
  type ErrorResponse,
  FunctionEventType,
  HttpVersion,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { CACHE_TAG_HEADER } from '../../../lambdas/spine/bindings/edge.ts';
import type { FrontDoorAddress } from '../api/front-door.ts';
import type { EdgeSettings } from '../settings/edge-settings.ts';
import { EdgeCaching } from './edge-caching.ts';
import { EdgeFunction } from './edge-function.ts';
import { EdgeOrigin } from './edge-origin.ts';
import { EdgeResponseHeaders } from './edge-response-headers.ts';
import type { OriginSecret } from './origin-secret.ts';

export interface EdgeDistributionProps {
  readonly comment: string;
  /** How answers are cached, by path pattern; the first that matches decides. An answer that matches none is not kept. */
  readonly cachingByPath: Readonly<Record<string, 'public' | 'private'>>;
  /** Origins whose pages may read the answers. */
  readonly corsOrigins: readonly string[];
  /** The longest that a function behind the API takes. */
  readonly timeoutInSeconds: number;
  /** SNS topic of the alarms on it; without one it publishes no metrics beyond those that cost nothing. */
  readonly alarmTopicArn: string | undefined;
  readonly edge: EdgeSettings;
  readonly api: FrontDoorAddress;
  readonly originSecret: OriginSecret;
  /**
   * The web ACL that requests have to pass.
   * @default none
   */
  readonly webAclArn?: string;
}

/**
 * The statuses that CloudFront keeps for ten seconds unless told otherwise
 * (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html). A problem is for one request.
 */
const keptErrors = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

export class EdgeDistribution extends Construct {
  readonly distribution: Distribution;
  /** Where clients reach the API. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: EdgeDistributionProps) {
    super(scope, id);
    const { alarmTopicArn, edge, webAclArn } = props;
    this.distribution = new Distribution(this, 'distribution', {
      comment: props.comment,
      ...this.behaviors(props),
      errorResponses: keptErrors.map((httpStatus): ErrorResponse => ({ httpStatus, ttl: Duration.seconds(0) })),
      httpVersion: HttpVersion.HTTP2_AND_3,
      // For the latency alarm, where somebody is notified of it; these metrics cost money each month.
      publishAdditionalMetrics: alarmTopicArn !== undefined,
      ...this.certifiedDomain(edge),
      ...(webAclArn !== undefined && { webAclId: webAclArn }),
    });
    // The construct of the CDK has no property for it yet.
    const resource = this.distribution.node.defaultChild as CfnDistribution;
    resource.addPropertyOverride('DistributionConfig.CacheTagConfig', { HeaderName: CACHE_TAG_HEADER });
    this.url = `https://${edge.domain?.name ?? this.distribution.distributionDomainName}`;
    this.acknowledgeRules(props);
  }

  grantInvalidate(grantee: IGrantable): Grant {
    const resourceArns = [this.distribution.distributionArn];
    return Grant.addToPrincipal({ grantee, actions: ['cloudfront:CreateInvalidation'], resourceArns });
  }

  private behaviors({ corsOrigins, timeoutInSeconds, api, originSecret, cachingByPath }: EdgeDistributionProps) {
    const caching = new EdgeCaching(this, 'caching');
    const behavior = {
      origin: new EdgeOrigin({ timeoutInSeconds, api, secret: originSecret }),
      originRequestPolicy: caching.originRequest,
      responseHeadersPolicy: new EdgeResponseHeaders(this, 'response-headers', { corsOrigins }).policy,
      allowedMethods: AllowedMethods.ALLOW_ALL,
      // No redirect from HTTP: by then the token has been sent in the clear.
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      functionAssociations: [
        { eventType: FunctionEventType.VIEWER_REQUEST, function: new EdgeFunction(this, 'viewer-request') },
        { eventType: FunctionEventType.VIEWER_RESPONSE, function: new EdgeFunction(this, 'viewer-response') },
      ],
    };
    return {
      defaultBehavior: { ...behavior, cachePolicy: CachePolicy.CACHING_DISABLED },
      additionalBehaviors: Object.fromEntries(
        Object.entries(cachingByPath).map(([path, kind]) => [path, { ...behavior, cachePolicy: caching[kind] }]),
      ),
    } satisfies Partial<DistributionProps>;
  }

  private certifiedDomain({ domain }: EdgeSettings): Partial<DistributionProps> {
    if (domain === undefined) return {};
    return {
      domainNames: [domain.name],
      certificate: Certificate.fromCertificateArn(this, 'certificate', domain.certificateArn),
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
    };
  }

  private acknowledgeRules({ edge, webAclArn }: EdgeDistributionProps): void {
    const rules = Validations.of(this.distribution);
    rules.acknowledge(
      { id: 'AwsSolutions-CFR1', reason: 'The application is for everywhere; whoever’s is not adds a restriction.' },
      {
        id: 'AwsSolutions-CFR3',
        reason:
          'The rule knows files in S3 only, whose lines hold addresses and paths, and so customers. EdgeLogs has the others.',
      },
    );
    if (webAclArn === undefined) {
      rules.acknowledge({
        id: 'AwsSolutions-CFR2',
        reason:
          'A web ACL is paid for each month: the settings rateLimitPerFiveMinutes and webAclArn decide on it. API Gateway throttles in any case.',
      });
    }
    if (edge.domain === undefined) {
      rules.acknowledge({
        id: 'AwsSolutions-CFR4',
        reason: 'CloudFront sets the protocols of its own certificate; a stage with a domain asks for TLS 1.2.',
      });
    }
  }
}
