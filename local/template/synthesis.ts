// Synthesises the CDK app for this machine: in process, as `cdk synth` would.
import { stageSettings } from '../../lib/config.ts';
import { eventspineApp } from '../../lib/eventspine-app.ts';
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

export function synthesise(request: SynthesisRequest): StackTemplate[] {
  const { tokens, paymentTimeoutInSeconds, openOrdersPerCustomer, assemblyFolder } = request;
  const payments = { timeoutInSeconds: paymentTimeoutInSeconds };
  const settings = stageSettings('local', { tokens, openOrdersPerCustomer, payments });
  const app = eventspineApp(settings, {
    outdir: assemblyFolder,
    analyticsReporting: false,
    treeMetadata: false,
  });
  return app.synth().stacks.map(({ stackName, template }) => ({ stack: stackName, assemblyFolder, template }));
}
