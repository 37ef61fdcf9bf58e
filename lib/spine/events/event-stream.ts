// The event stream: commits in bundles, on their way from the relay to the fan-out.
import { Duration, type RemovalPolicy } from 'aws-cdk-lib';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Stream, StreamEncryption, StreamMode } from 'aws-cdk-lib/aws-kinesis';
import { Construct } from 'constructs';

export interface EventStreamProps {
  readonly shards: number | 'on-demand';
  readonly removalPolicy: RemovalPolicy;
}

export class EventStream extends Construct {
  readonly stream: Stream;

  constructor(scope: Construct, id: string, props: EventStreamProps) {
    super(scope, id);
    const capacity =
      props.shards === 'on-demand'
        ? { streamMode: StreamMode.ON_DEMAND }
        : { streamMode: StreamMode.PROVISIONED, shardCount: props.shards };
    this.stream = new Stream(this, 'stream', {
      ...capacity,
      encryption: StreamEncryption.MANAGED,
      retentionPeriod: Duration.hours(24),
      removalPolicy: props.removalPolicy,
    });
  }

  grantPut(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({
      grantee,
      actions: ['kinesis:PutRecords'],
      resourceArns: [this.stream.streamArn],
    });
  }

  /** Read the stream, as a mapping of Lambda does. */
  grantRead(grantee: IGrantable): Grant {
    return this.stream.grantRead(grantee);
  }
}
