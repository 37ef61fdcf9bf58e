// Synthesises an application for this machine: in process, as `cdk synth` would.
import { applicationIn } from '../../lib/spine/application-module.ts';
import { bundleFunctions } from '../../lib/spine/bundles/function-bundles.ts';
import { undeployedApp } from '../../lib/spine/undeployed-app.ts';
import { bundlesIn } from './bundles-folder.ts';
import type { StackTemplate } from './stack-template.ts';

export interface SynthesisRequest {
  /** Folder of the application. */
  readonly application: string;
  /** Settings beyond `stage=local`, as a command line's `-c` would give them. */
  readonly context: Readonly<Record<string, string>>;
  /** Absolute path of the folder to write templates and assets to. */
  readonly assemblyFolder: string;
}

/** What the process of a synthesis says when it is done. */
export interface SynthesisReport {
  readonly stacks: readonly StackTemplate[];
}

export async function synthesise({ application, context, assemblyFolder }: SynthesisRequest): Promise<StackTemplate[]> {
  const { functionEntries: entries, addStacks } = await applicationIn(application);
  const app = undeployedApp({ outdir: assemblyFolder, context: { ...context, stage: 'local' } });
  addStacks(app, bundleFunctions({ entries, outputFolder: bundlesIn(assemblyFolder), debuggable: true }));
  return app.synth().stacks.map(({ stackName, template }) => ({ stack: stackName, assemblyFolder, template }));
}
