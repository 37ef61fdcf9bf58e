// How esbuild makes the functions' bundles: an ES module with its source map for each, the AWS SDK inside.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { BuildOptions, BuildResult, OutputFile } from 'esbuild';

const projectFolder = fileURLToPath(new URL('../../..', import.meta.url));

/** Where the output would go if esbuild wrote it. Fixed, so that its place changes no hash. */
const virtualFolder = join(projectFolder, '.build');

/**
 * Some packages inside a bundle are CommonJS and call `require`, which an ES module does not have. The names are long, so that
 * the minifier, which knows nothing of the banner, never gives them to anything else.
 */
const requireBanner = `import{createRequire as createRequireHere}from'node:module';const require=createRequireHere(import.meta.url);`;

export type FunctionEntries = Readonly<Record<string, string>>;

export interface BuildSettings {
  /** The file of each function's entry by the function's name: absolute, or from this project's folder on. */
  readonly entries: FunctionEntries;
  /**
   * For the machine that has the sources: unminified code, with source maps by which stack traces and debuggers find the files.
   * @default false: as small as it gets, and the same on every machine
   */
  readonly debuggable?: boolean;
}

/** Options for a build whose output stays in memory, for `writeBundles`. */
export const buildOptions = ({ entries, debuggable = false }: BuildSettings) =>
  ({
    absWorkingDir: projectFolder,
    entryPoints: Object.entries(entries).map(([name, file]) => ({
      in: resolve(projectFolder, file),
      out: join(name, 'index'),
    })),
    outdir: virtualFolder,
    write: false,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    mainFields: ['module', 'main'],
    alias: {
      '@aws-sdk/credential-provider-node': './lambdas/spine/aws/lambda-credentials.ts',
      '@smithy/core/event-streams': './lambdas/spine/aws/no-event-streams.ts',
    },
    banner: { js: requireBanner },
    minify: !debuggable,
    keepNames: true,
    sourcemap: 'linked',
    ...(debuggable && { sourceRoot: pathToFileURL(projectFolder).href }),
    sourcesContent: false,
    legalComments: 'none',
    logLevel: 'warning',
  }) satisfies BuildOptions;

/** Writes a folder for each function that was built. What was in the output folder before is removed. */
export function writeBundles({ outputFiles = [] }: BuildResult, outputFolder: string): void {
  rmSync(outputFolder, { recursive: true, force: true });
  for (const file of outputFiles) {
    const target = join(outputFolder, relative(virtualFolder, file.path));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, file.path.endsWith('.map') ? withProjectPaths(file) : file.contents);
  }
}

/** Names the sources from the project's folder on, where esbuild names them from the map's. */
function withProjectPaths({ path, text }: OutputFile): string {
  const map = JSON.parse(text) as { readonly sources: readonly string[] };
  const sources = map.sources.map((source) => relative(projectFolder, join(dirname(path), source)));
  return JSON.stringify({ ...map, sources });
}

/** Absolute paths of the files that a written bundle has code of. */
export function sourcesOf(bundleFolder: string): readonly string[] {
  const map = JSON.parse(readFileSync(join(bundleFolder, 'index.mjs.map'), 'utf8')) as { readonly sources: string[] };
  return map.sources.map((source) => join(projectFolder, source));
}
