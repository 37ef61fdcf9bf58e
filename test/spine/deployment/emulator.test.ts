import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DeploymentError } from '../../../lib/deployment/deployment-error.ts';
import { issuerTokens, pointAtEmulator } from '../../../lib/deployment/emulator.ts';
import { readOutputs } from '../../../lib/deployment/outputs.ts';
import { serveIssuer } from '../../../local/issuer/serve.ts';

const endpoint = 'http://127.0.0.1:4566';

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'eventspine-emulator-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

describe('a deployment to an emulator', () => {
  it('goes to where compose.yaml puts it, and never to the account of a profile', () => {
    const environment: Record<string, string | undefined> = { AWS_PROFILE: 'production' };
    pointAtEmulator(environment);
    expect(environment).toEqual({
      AWS_ENDPOINT_URL: endpoint,
      AWS_ENDPOINT_URL_S3: endpoint,
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    });
  });

  it('goes to another endpoint and region that are named', () => {
    const environment = { AWS_ENDPOINT_URL: 'http://10.0.0.5:4566', AWS_REGION: 'us-east-1' };
    pointAtEmulator(environment);
    expect(environment).toMatchObject({ AWS_ENDPOINT_URL_S3: 'http://10.0.0.5:4566', AWS_REGION: 'us-east-1' });
  });

  it.each([
    ['https://abc.execute-api.eu-central-1.amazonaws.com/live/', `${endpoint}/_aws/execute-api/abc/live`],
    ['https://abc.execute-api.eu-central-1.amazonaws.com/', `${endpoint}/_aws/execute-api/abc/$default`],
    ['http://abc.execute-api.localhost.localstack.cloud:4566/live/', `${endpoint}/_aws/execute-api/abc/live`],
    ['https://d111.cloudfront.net', 'https://d111.cloudfront.net'],
  ])('is served there, where AWS would serve at %s', async (address, url) => {
    const file = join(await temporaryFolder(), 'outputs.json');
    await writeFile(file, JSON.stringify({ 'eventspine-localstack-compute': { ApiUrl: address } }));
    expect(await readOutputs(file, endpoint)).toEqual({ url });
    expect(await readOutputs(file, undefined)).toEqual({ url: address.replace(/\/$/, '') });
  });

  it('has tokens for its test order from the issuer beside it', async () => {
    const { tokenUrl, issuer, stop } = await serveIssuer({
      dataDirectory: await temporaryFolder(),
      host: '127.0.0.1',
      port: 0,
    });
    onTestFinished(stop);
    const { staff, customer } = await issuerTokens({ TOKEN_URL: tokenUrl });
    const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    expect(claimsOf(staff)).toMatchObject({ iss: issuer, 'cognito:groups': ['staff'] });
    expect(claimsOf(customer)).toMatchObject({ iss: issuer, email: expect.stringContaining('@') });
  });

  it('says what is missing when no issuer answers', async () => {
    const tokens = issuerTokens({ TOKEN_URL: 'http://127.0.0.1:1/local/token' });
    await expect(tokens).rejects.toThrow(DeploymentError);
    await expect(tokens).rejects.toThrow(/No token came from http:\/\/127\.0\.0\.1:1.*docker compose up/s);
  });
});
