import { describe, expect, it } from 'vitest';
import type { ShopOverrides } from '../../lib/shop/settings/shop-settings.ts';
import { alarmTopicArn, fromCommandLine, settingsOf, stageSettings } from './deployment.ts';

const webAclArn = 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/shop/5c0f';
const topicInFrankfurt = 'arn:aws:sns:eu-central-1:123456789012:operators';
const production = {
  payments: { provider: 'sandbox' },
  email: { sender: 'orders@shop.example', identity: 'shop.example' },
  alarmTopicArn,
  protection: 'none',
  backups: 'none',
  monthlyBudgetInDollars: 'none',
} satisfies ShopOverrides;

describe('production', () => {
  it('is content when everything is named, or declined in words', () => {
    expect(stageSettings('prod', production)).toMatchObject(production);
  });

  it.each([
    ['alarmTopicArn', 'alarmTopicArn (-c alarmTopicArn) must be the ARN of an SNS topic, or nobody hears an alarm'],
    ['protection', 'a limit for each client must be named, -c edgeRateLimit=<requests in five minutes> or'],
    ['backups', 'backups (-c backupDays) must be a number of days or "none"'],
    ['monthlyBudgetInDollars', 'monthlyBudgetInDollars (-c monthlyBudget) must be a number of dollars or "none"'],
  ])('refuses to leave out %s, and says how to name it', (left, message) => {
    const { [left as 'protection']: _, ...rest } = production;
    expect(() => stageSettings('prod', rest)).toThrow(message);
    expect(() => stageSettings('dev', { email: production.email })).not.toThrow();
  });

  it('names each of them at once', () => {
    expect(() => stageSettings('prod')).toThrow(
      /alarmTopicArn.*-c protection=none.*-c backupDays.*-c monthlyBudget.*-c emailIdentity/,
    );
  });

  it.each([{ rateLimitPerFiveMinutes: 2_000 }, { webAclArn }])('is protected by %j', (edge) => {
    const { protection: _, ...rest } = production;
    expect(stageSettings('prod', { ...rest, edge }).edge).toMatchObject(edge);
    expect(() => stageSettings('prod', { ...production, edge })).toThrow('must not be "none" beside');
  });

  it('has to say so without an edge too, where no web ACL can stand', () => {
    const { protection: _, ...rest } = production;
    expect(() => stageSettings('prod', { ...rest, edge: 'off' })).toThrow('a limit for each client must be named');
  });

  it('sends its users’ e-mails through an identity that is verified, unless its users are another issuer’s', () => {
    const email = { sender: 'orders@shop.example' };
    expect(() => stageSettings('prod', { ...production, email })).toThrow(
      'email.identity (-c emailIdentity) must be an identity that SES has verified',
    );
    const tokens = { issuer: 'https://issuer.example', audience: 'shop', jwksUri: 'https://issuer.example/keys' };
    expect(stageSettings('prod', { ...production, email, tokens }).email).toMatchObject(email);
  });

  it('outside us-east-1 names a topic there for its edge, if it has one', () => {
    const elsewhere = { ...production, alarmTopicArn: topicInFrankfurt };
    expect(() => stageSettings('prod', elsewhere)).toThrow('edgeAlarmTopicArn (-c edgeAlarmTopicArn) must be');
    expect(() => stageSettings('prod', { ...elsewhere, edgeAlarmTopicArn: alarmTopicArn })).not.toThrow();
    expect(() => stageSettings('prod', { ...elsewhere, edge: 'off' })).not.toThrow();
  });
});

describe('the operation of a stage', () => {
  it.each([
    [
      { alarmTopicArn: 'operators' },
      'alarmTopicArn (-c alarmTopicArn) must be the ARN of an SNS topic, got "operators"',
    ],
    [
      { alarmTopicArn, edgeAlarmTopicArn: alarmTopicArn },
      'is for a stage with an edge and an alarmTopicArn in another region',
    ],
    [
      { alarmTopicArn: topicInFrankfurt, edgeAlarmTopicArn: topicInFrankfurt },
      `edgeAlarmTopicArn (-c edgeAlarmTopicArn) must be the ARN of an SNS topic in us-east-1, got "${topicInFrankfurt}"`,
    ],
    [{ edgeAlarmTopicArn: alarmTopicArn }, 'is for a stage with an edge and an alarmTopicArn in another region'],
    [
      { alarmTopicArn: topicInFrankfurt, edge: { rateLimitPerFiveMinutes: 2_000 } },
      'must be in us-east-1 like the stage, which edge.rateLimitPerFiveMinutes keeps there',
    ],
    [{ backups: { retentionInDays: 0, isLocked: false } }, 'must be "none" or a whole number from 1 to 36500, got 0'],
    [{ monthlyBudgetInDollars: 0 }, 'must be "none" or a whole number of dollars, got 0'],
    [{ protection: 'some' }, 'protection (-c protection) must be "none" or not given, got "some"'],
  ] satisfies [ShopOverrides, string][])('refuses %j', (overrides, message) => {
    expect(() => settingsOf('dev', overrides)).toThrow(message);
  });
});

describe('the command line', () => {
  const given = (context: Record<string, string>) =>
    fromCommandLine({ stage: 'dev', emailSender: 'orders@shop.example', ...context });

  it('sets them', () => {
    const topics = { alarmTopicArn: topicInFrankfurt, edgeAlarmTopicArn: alarmTopicArn };
    expect(
      given({ ...topics, protection: 'none', backupDays: '35', backupLock: 'on', monthlyBudget: '500' }),
    ).toMatchObject({
      ...topics,
      protection: 'none',
      backups: { retentionInDays: 35, isLocked: true },
      monthlyBudgetInDollars: 500,
    });
    expect(given({ backupDays: 'none', monthlyBudget: 'none', publicConcurrency: 'unreserved' })).toMatchObject({
      backups: 'none',
      monthlyBudgetInDollars: 'none',
      publicConcurrency: 'unreserved',
    });
  });

  it.each([
    [{ backupDays: 'many' }, 'backupDays must be a whole number of days, got "many"'],
    [{ backupLock: 'on' }, 'backupLock=on needs backupDays'],
    [{ backupLock: 'yes', backupDays: '1' }, 'backupLock must be on or off, got "yes"'],
    [{ monthlyBudget: '$5' }, 'monthlyBudget must be a whole number of dollars, got "$5"'],
    [{ publicConcurrency: 'most' }, 'publicConcurrency must be a whole number of invocations, got "most"'],
  ])('refuses %j', (context, message) => {
    expect(() => given(context as Record<string, string>)).toThrow(message);
  });
});
