// The secret by which the functions behind the API know the edge: who goes around the edge does not have it.
//
// CloudFormation reads the value when it deploys a function or the distribution, so no request waits for Secrets Manager and
// no function may read the secret. In return, whoever may read the configuration of either sees the value, and a new one
// reaches them with a deployment only (docs/adr/0016-an-edge-cache-that-stays-coherent.md).
import { RemovalPolicy, SecretValue, Validations } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { ORIGIN_SECRET } from '../../lambdas/bindings/environment.ts';

export interface OriginSecretProps {
  /**
   * The version that counts.
   * @default the current one
   */
  readonly versionId?: string;
}

export class OriginSecret extends Secret {
  /** Stands for the value in a template: `{{resolve:secretsmanager:…}}`. */
  readonly dynamicReference: string;

  constructor(scope: Construct, id: string, { versionId }: OriginSecretProps) {
    super(scope, id, {
      description: 'Tells the functions behind the API that a request came through the edge',
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const version = versionId === undefined ? {} : { versionId };
    this.dynamicReference = SecretValue.secretsManager(this.secretArn, version).unsafeUnwrap();
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'Distribution and functions have to change at once, which a rotation by schedule cannot do. It opens no data: every request still needs its token.',
    });
  }
}

/** The environment of a function that answers the edge alone; without an edge it answers everybody. */
export const originLock = (secret: OriginSecret | undefined): Record<string, string> =>
  secret === undefined ? {} : { [ORIGIN_SECRET]: secret.dynamicReference };
