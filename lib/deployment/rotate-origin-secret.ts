// Gives the edge and the functions behind the API a new secret while requests flow.
import { cdk } from './cdk.ts';
import { deployedChangeImages } from './change-images.ts';
import type { CommandLine } from './command-line.ts';
import { confirm } from './confirm.ts';
import { DeploymentError } from './deployment-error.ts';
import { type OriginSecretStore, originSecretArn, originSecretStore, pinned } from './origin-secret-versions.ts';
import type { Say } from './run-command.ts';

/** @throws DeploymentError when the stage has no edge, or a step fails or is declined; the same command then goes on */
export async function rotateOriginSecret(line: CommandLine, say: Say): Promise<void> {
  const arn = await originSecretArn(line.stage);
  if (arn === undefined)
    throw new DeploymentError(`Stage ${line.stage} is not deployed with an edge: nothing to rotate.`);
  if (!line.assumesYes) await confirm(`Rotate the origin secret of stage ${line.stage}, by three deployments?`, 'yes');
  const kept = await deployedChangeImages(line.stage, line.context);
  const deploy = (pins: readonly string[]) =>
    cdk({ ...line, context: [...line.context, ...kept, ...pins] }, 'deploy', '--all', '--require-approval', 'never');
  await rotate(originSecretStore(arn), deploy, say);
}

/**
 * The steps in which no request is refused, wherever they are interrupted: the functions accept both, the edge sends the new
 * one, the
 * functions accept that alone. A deployment ends when every location of the edge has it.
 */
export async function rotate(
  store: OriginSecretStore,
  deploy: (pins: readonly string[]) => Promise<void>,
  say: Say,
): Promise<void> {
  const { current, pending = await store.addPending() } = await store.read();
  say('The functions accept the new secret beside the old one …');
  await deploy(pinned(current, pending));
  say('The edge sends the new secret …');
  await deploy(pinned(pending, current));
  await store.promote({ current, pending });
  say('The functions refuse the old secret …');
  await deploy(pinned(pending));
}
