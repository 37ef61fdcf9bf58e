import { expect, it } from 'vitest';
import { DeploymentError } from '../../../lib/deployment/deployment-error.ts';
import { originSecretArn, originSecretStore, pinned } from '../../../lib/deployment/origin-secret-versions.ts';
import { fakeAws } from '../../support/fake-aws.ts';

const SecretId = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:origin-AbC123';
const secretsManager = fakeAws<object>('SECRETS_MANAGER', (answer, response) => {
  response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(answer ?? {}));
});
const asked = () => secretsManager.requests.map(({ body }) => JSON.parse(body));
const holding = (stages: Readonly<Record<string, readonly string[]>>) => {
  const Versions = Object.entries(stages).map(([VersionId, VersionStages]) => ({ VersionId, VersionStages }));
  secretsManager.answers.push({ Versions });
};

it.each([
  [{ one: ['AWSCURRENT'] }, { current: 'one' }],
  [{ one: ['AWSPREVIOUS'], two: ['AWSCURRENT'] }, { current: 'two' }],
  [
    { two: ['AWSCURRENT'], three: ['AWSPENDING'] },
    { current: 'two', pending: 'three' },
  ],
  [{ two: ['AWSPREVIOUS'], three: ['AWSCURRENT', 'AWSPENDING'] }, { current: 'three' }],
])('of the labels %j knows %j', async (stages, versions) => {
  holding(stages);
  expect(await originSecretStore(SecretId).read()).toEqual(versions);
});

it('adds a generated value as the pending version, so that the current one stays current', async () => {
  secretsManager.answers.push({ RandomPassword: 'generated' }, { VersionId: 'two' });
  expect(await originSecretStore(SecretId).addPending()).toBe('two');
  const [password, put] = asked();
  expect(password).toEqual({ PasswordLength: 64, ExcludePunctuation: true });
  expect(put).toMatchObject({ SecretId, SecretString: 'generated', VersionStages: ['AWSPENDING'] });
});

it('makes the pending version current in one step, and only then takes its label', async () => {
  await originSecretStore(SecretId).promote({ current: 'one', pending: 'two' });
  expect(asked()).toEqual([
    { SecretId, VersionStage: 'AWSCURRENT', MoveToVersionId: 'two', RemoveFromVersionId: 'one' },
    { SecretId, VersionStage: 'AWSPENDING', RemoveFromVersionId: 'two' },
  ]);
});

it('pins what the edge sends and what is accepted beside it', () => {
  expect(pinned('one')).toEqual(['edgeSecretVersion=one']);
  expect(pinned('one', 'two')).toEqual(['edgeSecretVersion=one', 'edgeSecretAlsoAccepted=two']);
});

const cloudFormation = fakeAws<{ readonly status: number; readonly body: string }>(
  'CLOUDFORMATION',
  (answer, response) => {
    response.writeHead(answer?.status ?? 500, { 'content-type': 'text/xml' }).end(answer?.body);
  },
);
const failing = (status: number, code: string, message: string) => ({
  status,
  body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
});

it('knows no secret of a stage that is not deployed', async () => {
  cloudFormation.answers.push(failing(400, 'ValidationError', 'Stack with id eventspine-dev-state does not exist'));
  expect(await originSecretArn('dev')).toBeUndefined();
});

it('says what to do where the account cannot be looked at', async () => {
  cloudFormation.answers.push(failing(403, 'InvalidClientTokenId', 'The security token does not exist.'));
  await expect(originSecretArn('dev')).rejects.toThrow(DeploymentError);
  cloudFormation.answers.push(failing(403, 'InvalidClientTokenId', 'The security token does not exist.'));
  await expect(originSecretArn('dev')).rejects.toThrow(/AWS_PROFILE and AWS_REGION/);
});
