// Builds functions anew, quicker each time: esbuild keeps what it has parsed. A build of one takes a seventh of a build of all.
import { type BuildContext, type BuildResult, context } from 'esbuild';
import { buildOptions, type FunctionEntries } from '../../lib/spine/bundles/bundle-build.ts';

export const ALL = Symbol('all functions');

export class Rebuilds {
  readonly #entries: FunctionEntries;
  readonly #contexts = new Map<string | typeof ALL, Promise<BuildContext>>();

  constructor(entries: FunctionEntries) {
    this.#entries = entries;
  }

  /** @throws BuildFailure for code that does not compile */
  async build(which: string | typeof ALL): Promise<BuildResult> {
    const entries = Object.entries(this.#entries).filter(([name]) => which === ALL || name === which);
    const options = buildOptions({ entries: Object.fromEntries(entries), debuggable: true });
    const kept = this.#contexts.get(which) ?? context({ ...options, logLevel: 'silent' });
    this.#contexts.set(which, kept);
    return (await kept).rebuild();
  }

  async end(): Promise<void> {
    await Promise.all([...this.#contexts.values()].map(async (kept) => (await kept).dispose()));
  }
}
