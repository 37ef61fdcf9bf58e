// Deploys a stage: prepares the account, shows what would change, deploys, and places a test order.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isBootstrapped } from './bootstrap.ts';
import { cdk } from './cdk.ts';
import { deployedChangeImages } from './change-images.ts';
import type { CommandLine } from './command-line.ts';
import { confirm } from './confirm.ts';
import { issuerTokens, tokenUrl } from './emulator.ts';
import { originSecretArn, originSecretStore, pinned } from './origin-secret-versions.ts';
import { type Outputs, readOutputs } from './outputs.ts';
import type { Say } from './run-command.ts';
import { smokeTest } from './smoke-test.ts';
import { withTestUsers } from './test-users.ts';
import { deployedWireVersion } from './wire-version.ts';

/** @throws DeploymentError when a step fails or is declined */
export async function deploy(given: CommandLine, say: Say): Promise<void> {
  const agree = async (question: string) => {
    if (!given.assumesYes) await confirm(question, 'yes');
  };
  if (!(await isBootstrapped())) {
    await agree('The CDK’s toolkit stack is not in this account and region. Bootstrap it now?');
    await cdk(given, 'bootstrap');
  }
  const line = await withPinnedSecret(await withWireVersion(await withChangeImages(given, say), say));
  await cdk(line, 'diff', '--all');
  await agree(`Deploy this to stage ${line.stage}?`);
  const outputs = await deployStacks(line);
  if (line.placesOrder) await placeTestOrder(line, outputs, say);
  say(nextSteps(given, outputs));
}

async function withChangeImages(line: CommandLine, say: Say): Promise<CommandLine> {
  const kept = await deployedChangeImages(line.stage, line.context);
  if (kept.length > 0) say('The change stream goes on with new images only; docs/adr/0028 says how it gets both.');
  return { ...line, context: [...line.context, ...kept] };
}

async function withWireVersion(line: CommandLine, say: Say): Promise<CommandLine> {
  const first = await deployedWireVersion(line.stage, line.context);
  if (first.length > 0)
    say(
      'Bundles stay in wire version 1, which the deployed code reads; the next deployment packs them (docs/adr/0039).',
    );
  return { ...line, context: [...line.context, ...first] };
}

/** A stage that has an origin secret already goes on with the version it has, and with a rotation that was broken off. */
async function withPinnedSecret(line: CommandLine): Promise<CommandLine> {
  const arn = await originSecretArn(line.stage);
  const isSaid = line.context.some((setting) => /^(edge=off$|edgeSecretVersion=)/.test(setting));
  if (arn === undefined || isSaid) return line;
  const { current, pending } = await originSecretStore(arn).read();
  return { ...line, context: [...line.context, ...pinned(current, pending)] };
}

async function deployStacks(line: CommandLine): Promise<Outputs> {
  const folder = await mkdtemp(join(tmpdir(), 'eventspine-deploy-'));
  const file = join(folder, 'outputs.json');
  try {
    await cdk(line, 'deploy', '--all', '--require-approval', 'never', '--outputs-file', file);
    return await readOutputs(file, process.env['AWS_ENDPOINT_URL']);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/**
 * For a stage with another issuer, STAFF_TOKEN and CUSTOMER_TOKEN hold the tokens. PAYMENT_TOKEN is one that the payment
 * provider accepts.
 */
async function placeTestOrder({ stage }: CommandLine, { url, userPool }: Outputs, say: Say): Promise<void> {
  const { STAFF_TOKEN: staff, CUSTOMER_TOKEN: customer, PAYMENT_TOKEN: paymentToken = 'tok_ok' } = process.env;
  const order = (tokens: { staff: string; customer: string }) => smokeTest({ url, tokens, paymentToken });
  const isConfirmed = (orderId: string) => say(`Order ${orderId} was placed and confirmed.`);
  if (staff !== undefined && customer !== undefined) {
    isConfirmed(await order({ staff, customer }));
  } else if (userPool !== undefined) {
    isConfirmed(await withTestUsers(userPool, order));
  } else if (stage === 'localstack') {
    isConfirmed(await order(await issuerTokens(process.env)));
  } else {
    say('No test order: the tokens are another issuer’s. STAFF_TOKEN and CUSTOMER_TOKEN would bring them.');
  }
}

const nextSteps = ({ stage, context }: CommandLine, { url, userPool }: Outputs): string =>
  [
    '',
    `Stage ${stage} serves at ${url}`,
    `  curl ${url}/openapi.json`,
    'To place an order, as the README does:',
    `  API=${url}`,
    ...(userPool ? [`  POOL=${userPool.id} CLIENT=${userPool.clientId}`] : []),
    ...(stage === 'localstack' ? [`  curl ${tokenUrl(process.env)} --json '{"sub":"sam","groups":["staff"]}'`] : []),
    'To take it away again:',
    `  npm run destroy -- --stage ${stage}${context.map((setting) => ` -c ${setting}`).join('')}`,
  ].join('\n');
