// Builds every Lambda function in one run of esbuild: a folder for each, with an ES module and its source map.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';

export const functionNames = [
  'orders-command',
  'products-command',
  'payment-callback',
  'query',
  'relay',
  'fan-out',
  'redrive',
  'projector',
  'order-fulfilment',
  'notifications',
  'invalidator',
] as const;
type FunctionName = (typeof functionNames)[number];

/** Gives the code of a function. */
export type FunctionCode = (name: FunctionName) => Code;

const projectFolder = fileURLToPath(new URL('..', import.meta.url));

/**
 * Some packages inside a bundle are CommonJS and call `require`, which an ES module does not have. The names are long, so that
 * the minifier, which knows nothing of the banner, never gives them to anything else.
 */
const requireBanner = `import{createRequire as createRequireHere}from'node:module';const require=createRequireHere(import.meta.url);`;

export interface BundleOptions {
  /** Folder that takes a folder for each function. What was there before is removed. */
  readonly outputFolder: string;
  /**
   * Folder with `<name>/index.ts` for each function.
   * @default `lambdas/functions` of this project
   */
  readonly sourceFolder?: string;
}

/**
 * Builds the functions at once and hands out their folders as assets, each hashed by its content.
 *
 * @throws BuildFailure if a source is missing or does not compile.
 */
export function bundleFunctions({ outputFolder, sourceFolder }: BundleOptions): FunctionCode {
  const sources = sourceFolder ?? join(projectFolder, 'lambdas/functions');
  // The paths inside a source map start from here. Were it the output folder, its place would change every hash.
  const hashedFolder = join(projectFolder, '.build');
  const { outputFiles } = buildSync({
    absWorkingDir: projectFolder,
    entryPoints: functionNames.map((name) => ({ in: join(sources, name, 'index.ts'), out: join(name, 'index') })),
    outdir: hashedFolder,
    write: false,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    mainFields: ['module', 'main'],
    banner: { js: requireBanner },
    minify: true,
    keepNames: true,
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    logLevel: 'warning',
  });
  rmSync(outputFolder, { recursive: true, force: true });
  for (const { path, contents } of outputFiles) {
    const target = join(outputFolder, relative(hashedFolder, path));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, contents);
  }
  return (name) => Code.fromAsset(join(outputFolder, name));
}
