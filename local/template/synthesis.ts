// Synthesises an application for this machine: in process, as `cdk synth` would.
import { applicationIn } from '../../lib/spine/application-folder.ts';
import type { FunctionEntries } from '../../lib/spine/bundles/bundle-build.ts';
import { bundleFunctions } from '../../lib/spine/bundles/function-bundles.ts';
import { undeployedApp } from '../../lib/spine/undeployed-app.ts';
import { bundlesIn } from './bundles-folder.ts';
import type { StackTemplate } from './stack-template.ts';

export interface SynthesisRequest {
  /** Folder of the application: absolute, or from the project's folder on. */
  readonly application: string;
  /** Settings beyond `stage=local`, as a command line's `-c` would give them. */
  readonly context: Readonly<Record<string, string>>;
  /** Absolute path of the folder to write templates and assets to. */
  readonly assemblyFolder: string;
}

export interface Synthesis {
  readonly stacks: readonly StackTemplate[];
  readonly functionEntries: FunctionEntries;
}

/** @throws NoApplicationError for a folder that holds no application */
export async function synthesise({ application, context, assemblyFolder }: SynthesisRequest): Promise<Synthesis> {
  const { functionEntries, addStacks } = await applicationIn(application);
  const app = undeployedApp({ outdir: assemblyFolder, context: { ...context, stage: 'local' } });
  const outputFolder = bundlesIn(assemblyFolder);
  addStacks(app, bundleFunctions({ entries: functionEntries, outputFolder, debuggable: true }));
  const stacks = app.synth().stacks.map(({ stackName, template }) => ({ stack: stackName, assemblyFolder, template }));
  return { stacks, functionEntries };
}
