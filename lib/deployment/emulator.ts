// What takes the place of AWS for the stage `localstack`: an endpoint on this machine, and an issuer of tokens beside it.
import * as z from 'zod';
import { DeploymentError } from './deployment-error.ts';
import type { SmokeTokens } from './smoke-test.ts';

/** Where compose.yaml puts them. */
const ENDPOINT = 'http://127.0.0.1:4566';
const TOKEN_URL = 'http://127.0.0.1:3001/local/token';

type Environment = Record<string, string | undefined>;

/**
 * Points the SDK and the CDK at the emulator: at AWS_ENDPOINT_URL, or where compose.yaml puts LocalStack. A profile is ignored:
 * it would be one of AWS itself.
 */
export function pointAtEmulator(environment: Environment): void {
  delete environment['AWS_PROFILE'];
  environment['AWS_ENDPOINT_URL'] ??= ENDPOINT;
  // For S3 the host must be an address: the bucket's name would be put before a host name.
  environment['AWS_ENDPOINT_URL_S3'] ??= environment['AWS_ENDPOINT_URL'];
  environment['AWS_REGION'] ??= 'eu-central-1';
  environment['AWS_ACCESS_KEY_ID'] ??= 'test';
  environment['AWS_SECRET_ACCESS_KEY'] ??= 'test';
}

const execution = /^([\w-]+)\.execute-api\./;

/**
 * Where an emulator serves what AWS would serve at an address of API Gateway
 * (https://docs.localstack.cloud/aws/services/apigateway/); any other address stays as it is.
 */
export function addressAt(endpoint: string, address: string): string {
  const { hostname, pathname } = new URL(address);
  const id = execution.exec(hostname)?.[1];
  if (id === undefined) return address;
  return `${endpoint}/_aws/execute-api/${id}/${pathname.split('/')[1] || '$default'}`;
}

/** Where tokens for the stage are issued. */
export const tokenUrl = (environment: Environment): string => environment['TOKEN_URL'] ?? TOKEN_URL;

const answer = z.object({ access_token: z.string() });

/** @throws DeploymentError when no issuer answers at TOKEN_URL, or where compose.yaml puts it */
export async function issuerTokens(environment: Environment): Promise<SmokeTokens> {
  const url = tokenUrl(environment);
  const tokenFor = async (subject: object): Promise<string> => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(subject) });
    return answer.parse(await response.json()).access_token;
  };
  try {
    const staff = await tokenFor({ sub: 'smoke-test-clerk', groups: ['staff'] });
    return { staff, customer: await tokenFor({ sub: 'smoke-test', email: 'smoke-test@eventspine.localhost' }) };
  } catch (cause) {
    const hint = 'docker compose up starts an issuer, TOKEN_URL names another one, --no-smoke does without.';
    throw new DeploymentError(`No token came from ${url}: ${(cause as Error).message}\n${hint}`, { cause });
  }
}
