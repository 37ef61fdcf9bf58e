// Deploys the stage `localstack` to AWS_ENDPOINT_URL, or to a MiniStack of its own, for the outside tests, and destroys it after.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { audience } from '../../../local/issuer/issuer.ts';
import type { DeployedStage } from '../target.ts';
import { Cdk } from './cdk.ts';
import { inboxAt } from './inbox.ts';
import { startIssuer } from './issuer-server.ts';
import { startMiniStack } from './ministack.ts';
import { StageResources } from './resources.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Settings of the stage, as `cdk -c` takes them. */
    stageContext: Readonly<Record<string, string>>;
  }
}

const stage = 'localstack';

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const frontDoor = process.env['FRONT_DOOR'] === 'http' ? 'http' : 'rest';
  const dataDirectory = await mkdtemp(join(tmpdir(), 'eventspine-stage-'));
  nameEnvironment();
  const given = process.env['AWS_ENDPOINT_URL'];
  const miniStack = given === undefined ? await startMiniStack(join(dataDirectory, 'ministack.log')) : undefined;
  const endpoint = given ?? miniStack?.url ?? '';
  // Both for this process and for those that it starts. S3 needs an address, or it puts the bucket's name before the host.
  process.env['AWS_ENDPOINT_URL'] = endpoint;
  process.env['AWS_ENDPOINT_URL_S3'] ??= endpoint;
  const issuer = await startIssuer(dataDirectory);

  const context = {
    stage,
    frontDoor,
    tokenIssuer: issuer.url,
    tokenAudience: audience,
    tokenJwksUri: issuer.jwksUri,
  };
  const cdk = new Cdk(context);
  const seconds = stopwatch();
  await cdk.bootstrap();
  say(`bootstrapped in ${seconds()} s`);
  const outputs = await cdk.deploy();
  const apiUrl = addressAt(endpoint, outputs[`eventspine-${stage}-compute`]?.['ApiUrl'] ?? '');
  say(`deployed with the front door ${frontDoor} in ${seconds()} s: ${apiUrl}`);
  const target: DeployedStage = {
    kind: 'deployed-stage',
    apiUrl,
    stage,
    frontDoor,
    issuer: issuer.url,
    dataDirectory,
    inboxUrl: await inboxAt(endpoint),
  };
  project.provide('target', target);
  project.provide('stageContext', context);
  return async () => {
    const start = seconds();
    await cdk.destroy();
    const left = await new StageResources(stage).names();
    say(`destroyed in ${seconds() - start} s; left: ${left.length === 0 ? 'nothing' : left.join(', ')}`);
    await issuer.stop();
    await miniStack?.stop();
    await rm(dataDirectory, { recursive: true });
    if (left.length > 0) throw new Error(`The destroyed stage left ${left.join(', ')}`);
  };
}

/** What the SDK and the CDK want to be told, where nothing else tells them. */
function nameEnvironment(): void {
  process.env['AWS_REGION'] ??= 'eu-central-1';
  process.env['AWS_ACCESS_KEY_ID'] ??= 'test';
  process.env['AWS_SECRET_ACCESS_KEY'] ??= 'test';
  process.env['AWS_EC2_METADATA_DISABLED'] = 'true';
}

/** Where an endpoint serves what AWS would serve at that address: `https://<id>.execute-api.<region>.amazonaws.com/<stage>/`. */
function addressAt(endpoint: string, address: string): string {
  const { hostname, pathname } = new URL(address);
  const stageName = pathname.split('/')[1] || '$default';
  return `${endpoint}/_aws/execute-api/${hostname.split('.')[0]}/${stageName}`;
}

function stopwatch(): () => number {
  const start = performance.now();
  return () => Math.round((performance.now() - start) / 1000);
}

const say = (line: string): void => void process.stdout.write(`${stage}: ${line}\n`);
