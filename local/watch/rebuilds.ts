// Builds functions anew, quicker each time: esbuild keeps what it has parsed. A build of one takes a seventh of a build of all.
import { type BuildContext, type BuildResult, context } from 'esbuild';
import { type BuildSettings, buildOptions, type FunctionName } from '../../lib/bundle-build.ts';

export class Rebuilds {
  readonly #sourceFolder: Pick<BuildSettings, 'sourceFolder'>;
  readonly #contexts = new Map<FunctionName | 'all', Promise<BuildContext>>();

  constructor(sourceFolder: Pick<BuildSettings, 'sourceFolder'>) {
    this.#sourceFolder = sourceFolder;
  }

  /** @throws BuildFailure for code that does not compile */
  async build(which: FunctionName | 'all'): Promise<BuildResult> {
    const names = which === 'all' ? {} : { names: [which] };
    const options = buildOptions({ ...this.#sourceFolder, ...names, debuggable: true });
    const kept = this.#contexts.get(which) ?? context({ ...options, logLevel: 'silent' });
    this.#contexts.set(which, kept);
    return (await kept).rebuild();
  }

  async end(): Promise<void> {
    await Promise.all([...this.#contexts.values()].map(async (kept) => (await kept).dispose()));
  }
}
