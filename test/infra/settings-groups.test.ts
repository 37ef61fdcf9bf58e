// What holds for the settings of any application: one that has the stage's own groups alone, and one that adds a group.
import { describe, expect, it } from 'vitest';
import { shopGroups } from '../../lib/shop/settings/shop-settings.ts';
import { countOf } from '../../lib/spine/settings/context-texts.ts';
import { email } from '../../lib/spine/settings/email-settings.ts';
import { wholeNumber } from '../../lib/spine/settings/fields.ts';
import { settingsFrom, stageSettings } from '../../lib/spine/settings/settings-from.ts';
import type { SettingsGroup } from '../../lib/spine/settings/settings-group.ts';
import { stageGroups } from '../../lib/spine/settings/stage-settings.ts';
import { stages } from '../../lib/spine/settings/stages.ts';
import { alarmTopicArn } from './deployment.ts';

const named = { alarmTopicArn, protection: 'none', backupDays: 'none', monthlyBudget: 'none' };

const lending = {
  title: 'Lending',
  fields: { loanDays: wholeNumber(1, 90).describe('How long a book may be kept.') },
  keys: { loanDays: { sets: 'loanDays', reads: countOf('days') } },
  defaults: { local: { loanDays: 1 }, localstack: { loanDays: 1 }, dev: { loanDays: 14 }, prod: { loanDays: 28 } },
} satisfies SettingsGroup;

describe('an application with the groups of a stage alone', () => {
  it.each(['local', 'localstack', 'dev'])('is asked for nothing on %s', (stage) => {
    expect(settingsFrom({ stage }, stageGroups)).toMatchObject({ stage });
  });

  it('is asked in production for what every stage has to name, and for nobody who takes money or sends messages', () => {
    expect(settingsFrom({ stage: 'prod', ...named }, stageGroups)).toMatchObject({ stage: 'prod', backups: 'none' });
    expect(Object.keys(settingsFrom({ stage: 'prod', ...named }, stageGroups))).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/pay|mail/i)]),
    );
  });
});

describe('an application with groups of its own', () => {
  const groups = [...stageGroups, lending] as const;

  it.each([
    ['dev', 14],
    ['local', 1],
  ])('has their defaults for %s', (stage, loanDays) => {
    expect(settingsFrom({ stage }, groups).loanDays).toBe(loanDays);
  });

  it('sets them by their keys, whatever type the context gives them', () => {
    expect(settingsFrom({ stage: 'dev', loanDays: '21' }, groups).loanDays).toBe(21);
    expect(settingsFrom({ stage: 'dev', loanDays: 21 }, groups).loanDays).toBe(21);
  });

  it('holds them to their rules, under the names of their keys', () => {
    expect(() => settingsFrom({ stage: 'dev', loanDays: '91' }, groups)).toThrow(
      'Stage dev: loanDays (-c loanDays) must be a whole number from 1 to 90, got 91.',
    );
  });

  it('can send e-mails, and on one machine has a sender by itself', () => {
    const senders = (['local', 'localstack'] as const).map(
      (stage) => stageSettings([...stageGroups, email], stage, {}).email.sender,
    );
    expect(senders).toEqual(['no-reply@eventspine.localhost', 'no-reply@eventspine.localhost']);
  });
});

describe('a command line', () => {
  it.each([
    ['emailSendr', 'emailSender'],
    ['Emailsender', 'emailSender'],
    ['edgeRateLimits', 'edgeRateLimit'],
    ['frontdoor', 'frontDoor'],
    ['publicConcurency', 'publicConcurrency'],
  ])('with the misspelt key %s is refused, and told %s', (given, meant) => {
    const context = { stage: 'dev', emailSender: 'orders@shop.example', [given]: 'x' };
    expect(() => settingsFrom(context, shopGroups)).toThrow(`-c ${given} is not a setting; ${meant} is`);
  });

  it.each([
    '@aws-cdk/core:checkSecretUsage',
    'aws:cdk:enable-path-metadata',
    'availability-zones:account=1:region=eu-central-1',
    'acknowledged-issue-numbers',
    'cli-telemetry',
    'app',
    'image',
    'usage',
    'lodging',
  ])('may have the key %s, which is the CDK’s or another’s', (key) => {
    const context = { stage: 'dev', emailSender: 'orders@shop.example', [key]: true };
    expect(() => settingsFrom(context, shopGroups)).not.toThrow();
  });

  it('is told of everything that cannot be read at once', () => {
    const context = { stage: 'dev', emailSendr: 'x', wireVersion: 'two', edge: 'off', edgeRateLimit: '5' };
    expect(() => settingsFrom(context, shopGroups)).toThrow(
      '-c emailSendr is not a setting; emailSender is; -c wireVersion must be a whole number, got "two"; ' +
        'Without an edge none of its settings may be given, got edgeRateLimit.',
    );
  });

  it('takes any text for what it is, and shows it in the message', () => {
    expect(() => settingsFrom({ stage: 'dev', emailSender: 'naïve "quote" 🧾' }, shopGroups)).toThrow(
      'email.sender (-c emailSender) must be an e-mail address, got "naïve \\"quote\\" 🧾"',
    );
  });
});

describe('a field that is wrong by itself', () => {
  it('is told once, and not what follows from it', () => {
    expect(() => settingsFrom({ stage: 'prod', ...named, alarmTopicArn: 'operators' }, stageGroups)).toThrow(
      /^Stage prod: alarmTopicArn \(-c alarmTopicArn\) must be the ARN of an SNS topic, got "operators"; edgeAlarmTopicArn [^;]*\.$/,
    );
    const limited = { edgeWebAclArn: 'arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/a/b' };
    const { protection: _, ...rest } = named;
    expect(() => settingsFrom({ stage: 'prod', ...rest, ...limited }, stageGroups)).toThrow(
      /^Stage prod: edge\.webAclArn \(-c edgeWebAclArn\) [^;]*\.$/,
    );
  });
});

describe('every group', () => {
  it.each(shopGroups.map((group) => [group.title, group] as const))(
    '%s has defaults for every stage',
    (_title, group) => {
      expect(Object.keys(group.defaults)).toEqual([...stages]);
    },
  );

  it('has fields and keys of its own', () => {
    for (const part of ['fields', 'keys'] as const) {
      const names = shopGroups.flatMap((group) => Object.keys(group[part]));
      expect(names).toEqual([...new Set(names)]);
    }
  });
});
