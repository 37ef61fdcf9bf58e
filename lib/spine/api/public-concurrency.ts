// Caps the share of the account's concurrency that the functions behind the API may take, so that a storm of requests leaves
// enough for the pipeline. A reservation is both: a function never has more, and never less
// (https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html). The pipeline's functions have none, since one would cap
// them too; what bounds them is their shards and `maximumConcurrency`.
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { functionsOfKind } from '../../../lambdas/spine/manifest/functions.ts';
import type { Application } from '../../../lambdas/spine/manifest/manifest.ts';
import type { CapacitySettings } from '../settings/capacity-settings.ts';
import type { FunctionByName } from './front-door.ts';

/**
 * Operators have these executions beside what the public has: a storm of customers takes none of them, and nobody who watches the stage
 * takes one from a customer.
 */
const operatorConcurrency = 5;

/** The functions share it by their weights in the manifest. */
export function capConcurrency(
  functions: FunctionByName,
  application: Pick<Application, 'functions'>,
  { publicConcurrency }: Pick<CapacitySettings, 'publicConcurrency'>,
): void {
  if (publicConcurrency === 'unreserved') return;
  const declared = [...functionsOfKind(application, 'command'), ...functionsOfKind(application, 'query')];
  const weights = new Map(declared.map(([name, { concurrencyWeight = 1 }]) => [name, concurrencyWeight]));
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  for (const [name, { function: handler }] of Object.entries(functions)) {
    const { defaultChild } = handler.node;
    if (!(defaultChild instanceof CfnFunction)) throw new Error('A function must be a resource of CloudFormation.');
    const weight = weights.get(name);
    defaultChild.reservedConcurrentExecutions =
      weight === undefined ? operatorConcurrency : shareOf(publicConcurrency, weight / total);
  }
}

/** With zero, the function would answer nobody. */
const shareOf = (executions: number, share: number): number => Math.max(1, Math.floor(executions * share));
