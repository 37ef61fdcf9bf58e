import { expect, it } from 'vitest';
import { PoolUsers } from '../../../lib/deployment/pool-users.ts';
import { withTestUsers } from '../../../lib/deployment/test-users.ts';
import { fakeAws } from '../../support/fake-aws.ts';

type Prepared = { readonly error?: string; readonly token?: string };

const cognito = fakeAws<Prepared>('COGNITO_IDENTITY_PROVIDER', ({ error, token } = {}, response) => {
  const body = error === undefined ? { AuthenticationResult: { IdToken: token } } : { __type: error, message: error };
  response
    .writeHead(error === undefined ? 200 : 400, { 'content-type': 'application/x-amz-json-1.1' })
    .end(JSON.stringify(body));
});

const pool = { id: 'eu-west-1_pool', clientId: 'client' };
const asked = () => cognito.requests.map(({ body }) => JSON.parse(body));

it('signs a user in whom an earlier run has made, under a new password', async () => {
  cognito.answers.push({ error: 'UsernameExistsException' }, {}, { token: 'id-token' });
  expect(await new PoolUsers(pool).signIn('alice@example.com')).toBe('id-token');
  const [made, passworded, signedIn] = asked();
  expect(made).toMatchObject({ UserPoolId: pool.id, Username: 'alice@example.com', MessageAction: 'SUPPRESS' });
  expect(passworded).toMatchObject({ Username: 'alice@example.com', Permanent: true });
  expect(signedIn.AuthParameters).toEqual({ USERNAME: 'alice@example.com', PASSWORD: passworded.Password });
});

it('lets any other refusal through', async () => {
  cognito.answers.push({ error: 'NotAuthorizedException' });
  await expect(new PoolUsers(pool).signIn('alice@example.com')).rejects.toThrow('NotAuthorizedException');
});

it('deletes test users when their task fails, those too that could not sign in', async () => {
  const answers = [{}, { error: 'InvalidPasswordException' }, { error: 'UserNotFoundException' }];
  cognito.answers.push(...answers);
  await expect(withTestUsers(pool, async () => 'done')).rejects.toThrow('InvalidPasswordException');
  const [made, , deleted] = asked();
  expect(deleted).toEqual({ UserPoolId: pool.id, Username: made.Username });
});
