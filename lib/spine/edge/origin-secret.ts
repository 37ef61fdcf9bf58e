// The secret by which the functions behind the API know the edge: whoever goes around the edge does not have it.
//
// CloudFormation reads the value when it deploys a function or the distribution, so no request waits for Secrets Manager and
// no function may read the secret. In return, whoever may read the configuration of either sees the value, and a new one reaches
// them by deployments: `npm run rotate-origin-secret` makes those in an order in which no request is refused
// (docs/adr/0027-a-secret-that-changes-under-load.md).
import { RemovalPolicy, SecretValue, Validations } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { ORIGIN_SECRET } from '../../../lambdas/spine/bindings/environment.ts';

export interface OriginSecretProps {
  /**
   * The version that the edge sends.
   * @default the current one; a stage's first deployment has no other
   */
  readonly versionId?: string;
  /**
   * A version that the functions accept beside it.
   * @default none
   */
  readonly alsoAcceptedVersionId?: string;
}

export class OriginSecret extends Secret {
  /** Stands for what the edge sends in a template: `{{resolve:secretsmanager:…}}`. */
  readonly sent: string;
  /** Stands for what the functions accept, separated by commas. A generated value has none. */
  readonly accepted: string;

  constructor(scope: Construct, id: string, { versionId, alsoAcceptedVersionId }: OriginSecretProps) {
    super(scope, id, {
      description: 'Tells the functions behind the API that a request came through the edge',
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const reference = (version: { readonly versionId?: string }): string =>
      SecretValue.secretsManager(this.secretArn, version).unsafeUnwrap();
    this.sent = reference(versionId === undefined ? {} : { versionId });
    // Sorted, so that the functions do not change when the edge switches from one to the other.
    const versions = [versionId, alsoAcceptedVersionId].filter((version) => version !== undefined).sort();
    this.accepted =
      versions.length < 2 ? this.sent : versions.map((version) => reference({ versionId: version })).join(',');
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'It changes by deployments, which a rotation by schedule cannot make; a command does. It opens no data: every request still needs its token.',
    });
  }
}

/** The environment of a function that answers the edge alone; without an edge it answers everybody. */
export const originLock = (secret: OriginSecret | undefined): Record<string, string> =>
  secret === undefined ? {} : { [ORIGIN_SECRET]: secret.accepted };
