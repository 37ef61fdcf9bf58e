import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import {
  cachedSecret,
  type Secret,
  secretsManagerClient,
  UnreadableSecretError,
} from '../../../lambdas/spine/aws/secrets/secret.ts';

let answer: { status: number; body: unknown };
let fetches = 0;
let now = 0;
let secret: Secret;

const server = createServer((request, response) => {
  fetches += 1;
  request.resume().on('end', () => {
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(answer.body));
  });
});
const holding = (SecretString: string) => ({ status: 200, body: { SecretString } });

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('AWS_ENDPOINT_URL_SECRETS_MANAGER', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  vi.stubEnv('AWS_REGION', 'eu-central-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await new Promise((resolve) => server.close(resolve).closeAllConnections());
});
beforeEach(() => {
  answer = holding('first');
  fetches = 0;
  now = 0;
  secret = cachedSecret(secretsManagerClient(), 'arn:secret', () => now);
});

it('fetches a secret once for all that ask at the same time, and again when it is too old for who asks', async () => {
  expect(await Promise.all([secret(1000), secret(1000)])).toEqual(['first', 'first']);
  answer = holding('second');
  now = 999;
  expect([await secret(1000), fetches]).toEqual(['first', 1]);
  expect([await secret(500), fetches]).toEqual(['second', 2]);
  now = 1998;
  expect([await secret(1000), fetches]).toEqual(['second', 2]);
  now = 1999;
  expect([await secret(1000), fetches]).toEqual(['second', 3]);
});

it('does not remember a fetch that failed', async () => {
  answer = { status: 400, body: { __type: 'AccessDeniedException', message: 'no' } };
  await expect(secret(1000)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  answer = holding('first');
  expect(await secret(1000)).toBe('first');
});

it('refuses a secret without text', async () => {
  answer = { status: 200, body: { SecretBinary: 'AAAA' } };
  await expect(secret(1000)).rejects.toThrow(UnreadableSecretError);
});
