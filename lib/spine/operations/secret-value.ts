import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';

/**
 * Read the current value of a secret, and nothing else about it.
 *
 * @param secretArn complete ARN of a secret that is encrypted with the key that AWS manages
 */
export function grantSecretValue(grantee: IGrantable, secretArn: string): Grant {
  return Grant.addToPrincipal({ grantee, actions: ['secretsmanager:GetSecretValue'], resourceArns: [secretArn] });
}
