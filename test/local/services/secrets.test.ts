import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  type GetSecretValueCommandInput,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { describe, expect, it, onTestFinished } from 'vitest';
import { clientSettings } from '../../../local/services/client-settings.ts';
import { startSecretsManager } from '../../../local/services/secrets/start.ts';
import { secret } from './resources.ts';
import { temporaryFolder } from './temporary-folder.ts';

async function start(resources: readonly ReturnType<typeof secret>[], folder = temporaryFolder()) {
  const secrets = await startSecretsManager(folder);
  const client = new SecretsManagerClient({ ...clientSettings(secrets.endpoint), maxAttempts: 1 });
  onTestFinished(async () => {
    client.destroy();
    await secrets.stop();
  });
  secrets.createSecrets(resources);
  const get = (input: Partial<GetSecretValueCommandInput> = {}) =>
    client.send(new GetSecretValueCommand({ SecretId: 'api-key', ...input }));
  return { secrets, client, get, folder };
}

const generated = (settings: Readonly<Record<string, unknown>> = {}) =>
  secret('api-key', { GenerateSecretString: settings });

const valueFor = async (settings: Readonly<Record<string, unknown>>): Promise<string> => {
  const { secrets } = await start([generated(settings)]);
  return secrets.valueOf('api-key');
};

describe('a secret', () => {
  it('is found by its name and by its ARN, with its current version', async () => {
    const { get } = await start([secret('other', { SecretString: 'no' }), secret('api-key', { SecretString: 'open' })]);
    const byName = await get();
    expect(byName).toMatchObject({
      Name: 'api-key',
      ARN: expect.stringMatching(/^arn:aws:secretsmanager:us-east-1:000000000000:secret:api-key-[a-z0-9]{6}$/),
      SecretString: 'open',
      VersionStages: ['AWSCURRENT'],
      VersionId: expect.stringMatching(/^[\da-f-]{36}$/),
    });
    expect(Math.abs(Date.now() - (byName.CreatedDate?.getTime() ?? 0))).toBeLessThan(60_000);
    expect((await get({ SecretId: byName.ARN })).SecretString).toBe('open');
    expect((await get({ VersionId: byName.VersionId, VersionStage: 'AWSCURRENT' })).SecretString).toBe('open');
  });

  it.each([
    ['that is not in the template', { SecretId: 'gone' }],
    ['without a value', { SecretId: 'empty' }],
    ['in another version', { VersionId: '00000000-0000-4000-8000-000000000000' }],
    ['in another stage', { VersionStage: 'AWSPREVIOUS' }],
  ])('%s is not found', async (_name, input) => {
    const { get } = await start([secret('api-key', { SecretString: 'open' }), secret('empty')]);
    await expect(get(input)).rejects.toThrow(ResourceNotFoundException);
  });

  it('keeps its generated value and version over a restart, in a file of its owner', async () => {
    const before = await start([generated()]);
    const first = await before.get();
    const { get } = await start([generated()], before.folder);
    expect(await get()).toMatchObject({ SecretString: first.SecretString, VersionId: first.VersionId });
    const file = join(before.folder, 'values.json');
    expect(readFileSync(file, 'utf8')).toContain(first.VersionId);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('has the value that the template has now, in a new version', async () => {
    const before = await start([secret('api-key', { SecretString: 'old' })]);
    const { VersionId } = await before.get();
    const { get } = await start([secret('api-key', { SecretString: 'new' })], before.folder);
    const after = await get();
    expect(after.SecretString).toBe('new');
    expect(after.VersionId).not.toBe(VersionId);
  });

  it('cannot be described: that operation is not known here', async () => {
    const { client } = await start([generated()]);
    await expect(client.send(new DescribeSecretCommand({ SecretId: 'api-key' }))).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: expect.stringContaining('secretsmanager.DescribeSecret is not known here'),
    });
  });
});

describe('a generated value', () => {
  it('has 32 characters, one of each type at least, and is another one for every secret', async () => {
    const values = await Promise.all([valueFor({}), valueFor({})]);
    for (const value of values) {
      expect(value).toHaveLength(32);
      for (const type of [/[a-z]/, /[A-Z]/, /\d/, /[^\w\s]|_/]) expect(value).toMatch(type);
      expect(value).not.toContain(' ');
    }
    expect(new Set(values).size).toBe(2);
  });

  it.each([
    [{ PasswordLength: 64, ExcludePunctuation: true }, /^[A-Za-z0-9]{64}$/],
    [{ ExcludeLowercase: true, ExcludeUppercase: true, ExcludePunctuation: true }, /^\d{32}$/],
    [{ ExcludePunctuation: true, ExcludeNumbers: true, IncludeSpace: true }, /^(?=.* )[A-Za-z ]{32}$/],
    [{ PasswordLength: 500, ExcludePunctuation: true, ExcludeCharacters: 'abcXYZ012' }, /^[d-zA-W3-9]{500}$/],
    [{ PasswordLength: 4 }, /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?=.*([^\w]|_)).{4}$/],
    [{ PasswordLength: 1, RequireEachIncludedType: false }, /^.$/],
  ])('follows %j', async (settings, expected) => {
    expect(await valueFor(settings)).toMatch(expected);
  });

  it('takes its place in the template that is given', async () => {
    const value = await valueFor({ SecretStringTemplate: '{"user":"ada"}', GenerateStringKey: 'password' });
    expect(JSON.parse(value)).toEqual({ user: 'ada', password: expect.stringMatching(/^.{32}$/) });
  });

  it.each([
    ['a property that is not known here', { GenerateSecretString: { PasswordStrength: 1 } }, 'PasswordStrength'],
    ['a template without a key', { GenerateSecretString: { SecretStringTemplate: '{}' } }, 'need each other'],
    [
      'a template that is no JSON object',
      { GenerateSecretString: { SecretStringTemplate: '[', GenerateStringKey: 'x' } },
      'must be a JSON object',
    ],
    ['a type without characters', { GenerateSecretString: { ExcludeCharacters: '0123456789' } }, 'at least one'],
    ['too few characters for the types', { GenerateSecretString: { PasswordLength: 3 } }, 'PasswordLength'],
    ['a value of its own as well', { SecretString: 'x', GenerateSecretString: {} }, 'not both'],
  ])('is refused with %s, naming the resource', async (_name, properties, message) => {
    const starting = start([secret('api-key', properties)]);
    await expect(starting).rejects.toThrow(message);
    await expect(starting).rejects.toThrow('test/api-key');
  });
});
