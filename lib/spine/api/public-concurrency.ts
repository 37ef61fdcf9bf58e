// Caps what the functions behind the API take of the account's concurrency, so that a storm of requests leaves the pipeline its own.
// A reservation is both: the function never has more, and never less
// (https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html). The pipeline's functions have none, since one would cap
// them too; what bounds them is their shards and `maximumConcurrency`.
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import type { CapacitySettings } from '../settings/capacity-settings.ts';
import type { FunctionByName } from './front-door.ts';

/** How the functions share what there is. A payment's outcome must get through while orders storm in. */
const shares: Readonly<Record<keyof FunctionByName, number>> = {
  query: 0.5,
  'orders-command': 0.3,
  'products-command': 0.1,
  'payment-callback': 0.1,
};

export function capConcurrency(functions: FunctionByName, { publicConcurrency }: CapacitySettings): void {
  if (publicConcurrency === 'unreserved') return;
  for (const name of Object.keys(shares) as (keyof FunctionByName)[]) {
    const { defaultChild } = functions[name].function.node;
    if (!(defaultChild instanceof CfnFunction)) throw new Error('A function must be a resource of CloudFormation.');
    defaultChild.reservedConcurrentExecutions = Math.floor(publicConcurrency * shares[name]);
  }
}
