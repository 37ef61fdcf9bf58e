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

describe('the users of a stage', () => {
  const pool = (deployment: Deployment) => deployment.at('users/user-pool').properties;

  it('keep their old address until a new one is confirmed, so that nobody takes a victim’s', () => {
    for (const stage of ['dev', 'prod'] as const)
      expect(pool(new Deployment(stage))).toMatchObject({
        AutoVerifiedAttributes: ['email'],
        UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
      });
  });

  it('may write no attribute but their address', () => {
    expect(new Deployment('prod').at('users/user-pool/client').properties['WriteAttributes']).toEqual(['email']);
  });

  it('get their e-mails from the stage’s sender, through its verified identity in SES', () => {
    const { EmailConfiguration } = pool(new Deployment('prod')) as { EmailConfiguration: Record<string, unknown> };
    expect(EmailConfiguration).toMatchObject({ EmailSendingAccount: 'DEVELOPER', From: sender });
    expect(new Deployment('prod').target(EmailConfiguration['SourceArn'])).toBe(
      'arn:AWS::Partition:ses:AWS::Region:AWS::AccountId:identity/shop.example',
    );
  });

  it('get them from Cognito while the stage’s identity waits for its verification', () => {
    expect(pool(new Deployment('dev', { email: { sender } }))).not.toHaveProperty('EmailConfiguration');
  });
});
