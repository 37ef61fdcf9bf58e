import { describe, expect, it } from 'vitest';
import { Deployment } from './deployment.ts';
import { ownPermissionsOf } from './permissions.ts';

const sender = 'orders@shop.example';

describe('the secret of the payment callback', () => {
  it('is generated, and strong', () => {
    expect(new Deployment('prod').at('payment-callback-secret').properties).toMatchObject({
      GenerateSecretString: { PasswordLength: 64 },
    });
  });

  it.each([
    ['prod', 'Retain'],
    ['dev', 'Delete'],
  ] as const)('outlives its stack where data does: on %s its policy is %s', (stage, policy) => {
    expect(new Deployment(stage).at('payment-callback-secret').deletionPolicy).toBe(policy);
  });
});

describe('the sender of e-mails', () => {
  it('has an identity of its own', () => {
    const identities = new Deployment('dev', { email: { sender } }).ofType('AWS::SES::EmailIdentity');
    expect(identities.map(({ properties }) => properties)).toEqual([
      expect.objectContaining({ EmailIdentity: sender }),
    ]);
  });

  it('goes by an identity that the account has already when a setting names it', () => {
    const deployment = new Deployment('dev', { email: { sender, identity: 'shop.example' } });
    deployment.state.resourceCountIs('AWS::SES::EmailIdentity', 0);
    expect(ownPermissionsOf(deployment, 'notifications')).toContain(
      `ses:SendEmail on arn:AWS::Partition:ses:AWS::Region:AWS::AccountId:identity/shop.example if ses:FromAddress StringEquals ${sender}`,
    );
  });
});
