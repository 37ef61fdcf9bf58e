// The edge's access logs, as JSON in a log group like those of the API. CloudFront hands them over in us-east-1 only
// (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html), so a stage in another region has
// none: what reaches the origin is in the logs of API Gateway there, and the rest in CloudFront's metrics.
import { Aws, CfnCondition, Fn, Names, type RemovalPolicy } from 'aws-cdk-lib';
import type { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import {
  CfnDelivery,
  CfnDeliveryDestination,
  CfnDeliverySource,
  CfnLogGroup,
  type RetentionDays,
} from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

export interface EdgeLogsProps {
  readonly logRetention: RetentionDays;
  readonly removalPolicy: RemovalPolicy;
  readonly distribution: Distribution;
}

/** No path, query, address or header: those identify people. A request is found by its id. */
const recordFields = [
  'timestamp(ms)',
  'x-edge-request-id',
  'x-edge-location',
  'cs-method',
  'cache-behavior-path-pattern',
  'sc-status',
  'sc-bytes',
  'x-edge-result-type',
  'x-edge-detailed-result-type',
  'time-taken',
  'origin-fbl',
];

export class EdgeLogs extends Construct {
  /** Whether the stage is in the region where CloudFront delivers logs and publishes metrics. */
  readonly inRegion: CfnCondition;

  constructor(scope: Construct, id: string, { logRetention, removalPolicy, distribution }: EdgeLogsProps) {
    super(scope, id);
    const name = Names.uniqueResourceName(this, { maxLength: 60, separator: '-' });
    const logGroup = new CfnLogGroup(this, 'group', { retentionInDays: logRetention });
    logGroup.applyRemovalPolicy(removalPolicy);
    const source = new CfnDeliverySource(this, 'source', {
      name,
      logType: 'ACCESS_LOGS',
      resourceArn: distribution.distributionArn,
    });
    const destination = new CfnDeliveryDestination(this, 'destination', {
      name,
      destinationResourceArn: logGroup.attrArn,
      outputFormat: 'json',
    });
    const delivery = new CfnDelivery(this, 'delivery', {
      deliverySourceName: source.ref,
      deliveryDestinationArn: destination.attrArn,
      recordFields,
    });
    this.inRegion = new CfnCondition(this, 'in-us-east-1', {
      expression: Fn.conditionEquals(Aws.REGION, 'us-east-1'),
    });
    for (const resource of [logGroup, source, destination, delivery]) resource.cfnOptions.condition = this.inRegion;
  }
}
