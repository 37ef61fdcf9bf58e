// The key of the hashes in the security log of the functions behind the API. It opens nothing: whoever has it could only test
// whether a known caller or address was logged.
import { type RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';

export interface SecurityLogKeyProps {
  readonly removalPolicy: RemovalPolicy;
}

export class SecurityLogKey extends Secret {
  /** Stands for the value in a template, as the origin's secret does. */
  readonly reference: string;

  constructor(scope: Construct, id: string, { removalPolicy }: SecurityLogKeyProps) {
    super(scope, id, {
      description: 'Keys the hashes of callers and addresses in the security log',
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy,
    });
    this.reference = this.secretValue.unsafeUnwrap();
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'The hashes change each day by themselves; a new value would only make one day’s lines two.',
    });
  }
}
