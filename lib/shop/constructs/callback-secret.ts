// The secret that signs the payment provider's calls. The sandbox takes the generated one; for a provider that issues its
// own, an operator puts that in its place, and deployments leave it alone.
import { type RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';

export interface CallbackSecretProps {
  readonly removalPolicy: RemovalPolicy;
}

export class CallbackSecret extends Secret {
  constructor(scope: Construct, id: string, { removalPolicy }: CallbackSecretProps) {
    super(scope, id, {
      description: 'Signs the calls of the payment provider',
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy,
    });
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'The payment provider signs with the same secret, so it changes on both sides at once, by hand.',
    });
  }
}
