// Synthesises the CDK app for this machine: in process, as `cdk synth` would.

import { eventspineApp } from '../../lib/shop/eventspine-app.ts';
import { functionEntries } from '../../lib/shop/function-entries.ts';
import { bundleFunctions } from '../../lib/spine/bundles/function-bundles.ts';
import { stageSettings } from '../../lib/spine/settings/config.ts';
import { bundlesIn } from './bundles-folder.ts';
import type { StackTemplate } from './stack-template.ts';

export interface SynthesisRequest {
  /** The token issuer that the functions and the gateway are told to trust. */
  readonly tokens: { readonly issuer: string; readonly audience: string; readonly jwksUri: string };
  /** How long an order waits for the payment provider's answer. */
  readonly paymentTimeoutInSeconds: number;
  /** How many orders of a customer may await payment at once. */
  readonly openOrdersPerCustomer: number;
  /** Absolute path of the folder to write templates and assets to. */
  readonly assemblyFolder: string;
}

/** What the thread of a synthesis says when it is done. */
export interface SynthesisReport {
  readonly stacks: readonly StackTemplate[];
}

export function synthesise(request: SynthesisRequest): StackTemplate[] {
  const { tokens, paymentTimeoutInSeconds, openOrdersPerCustomer, assemblyFolder } = request;
  const payments = { timeoutInSeconds: paymentTimeoutInSeconds };
  const settings = stageSettings('local', { tokens, openOrdersPerCustomer, payments });
  const code = bundleFunctions({ entries: functionEntries, outputFolder: bundlesIn(assemblyFolder), debuggable: true });
  const app = eventspineApp(settings, { outdir: assemblyFolder }, code);
  return app.synth().stacks.map(({ stackName, template }) => ({ stack: stackName, assemblyFolder, template }));
}
