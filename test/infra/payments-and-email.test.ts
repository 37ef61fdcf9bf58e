import { describe, expect, it } from 'vitest';
import { notifiers } from './declared.ts';
import { type Deployment, deploymentOf } from './deployment.ts';
import { ownPermissionsOf } from './permissions.ts';

const sender = 'orders@shop.example';

describe('the secret of the payment callback', () => {
  it('is generated, and strong', () => {
    expect(deploymentOf('prod').at('payment-callback-secret').properties).toMatchObject({
      GenerateSecretString: { PasswordLength: 64 },
    });
  });

  it.each([
    ['prod', 'Retain'],
    ['dev', 'Delete'],
  ] as const)('outlives its stack where data does: on %s its policy is %s', (stage, policy) => {
    expect(deploymentOf(stage).at('payment-callback-secret').deletionPolicy).toBe(policy);
  });
});

describe('e-mails that SES does not take', () => {
  const alarms = deploymentOf('prod').ofType('AWS::CloudWatch::Alarm');

  it.each([
    ['EmailsBlocked', 1, 'verify the sender, leave the sandbox of SES or verify the recipient, resume sending'],
    ['EmailsDelayed', 6, 'deploy with -c emailSendsPerSecond (now 14) set to the account’s MaxSendRate'],
    ['EmailsRefused', 1, 'where the code is address_not_supported'],
    ['EmailsExpired', 1, 'tell the customers in another way'],
  ])('ring by %s in %i periods of five minutes, and the alarm says what to do', (metric, periods, advice) => {
    const ofMetric = alarms.filter(({ properties }) => properties['MetricName'] === metric);
    expect(ofMetric.map(({ properties }) => properties)).toEqual(
      notifiers.map((service) =>
        expect.objectContaining({
          Namespace: 'Eventspine',
          Dimensions: [
            { Name: 'service', Value: service },
            { Name: 'stage', Value: 'prod' },
          ],
          ...{ Statistic: 'Sum', Period: 300, Threshold: 1, EvaluationPeriods: periods },
          AlarmDescription: expect.stringContaining(advice),
        }),
      ),
    );
  });

  it('outlast SES’s rate: the stage’s rate decides how much a function gets at once', () => {
    const hintsPerMessage = (sendsPerSecond: number) => {
      const deployment = deploymentOf('dev', { email: { sender, sendsPerSecond } });
      const { Environment } = deployment.at('fan-out/function').properties as {
        Environment: { Variables: Record<string, string> };
      };
      const { BatchSize } = deployment.at('notifications/mapping').properties;
      return [BatchSize, Environment.Variables['HINTS_PER_MESSAGE_NOTIFICATIONS']];
    };
    expect([hintsPerMessage(1), hintsPerMessage(14)]).toEqual([
      [7, '1'],
      [10, '10'],
    ]);
  });
});

describe('the sender of e-mails', () => {
  it('has an identity of its own', () => {
    const identities = deploymentOf('dev', { email: { sender } }).ofType('AWS::SES::EmailIdentity');
    expect(identities.map(({ properties }) => properties)).toEqual([
      expect.objectContaining({ EmailIdentity: sender }),
    ]);
  });

  it('goes by an identity that the account has already when a setting names it', () => {
    const deployment = deploymentOf('dev', { email: { sender, identity: 'shop.example' } });
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
      expect(pool(deploymentOf(stage))).toMatchObject({
        AutoVerifiedAttributes: ['email'],
        UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
      });
  });

  it('may write no attribute but their address', () => {
    expect(deploymentOf('prod').at('users/user-pool/client').properties['WriteAttributes']).toEqual(['email']);
  });

  it('get their e-mails from the stage’s sender, through its verified identity in SES', () => {
    const { EmailConfiguration } = pool(deploymentOf('prod')) as { EmailConfiguration: Record<string, unknown> };
    expect(EmailConfiguration).toMatchObject({ EmailSendingAccount: 'DEVELOPER', From: sender });
    expect(deploymentOf('prod').target(EmailConfiguration['SourceArn'])).toBe(
      'arn:AWS::Partition:ses:AWS::Region:AWS::AccountId:identity/shop.example',
    );
  });

  it('get them from Cognito while the stage’s identity waits for its verification', () => {
    expect(pool(deploymentOf('dev', { email: { sender } }))).not.toHaveProperty('EmailConfiguration');
  });
});
