// Builds all Lambda functions in one run of esbuild, and provides their folders as assets.
import { join } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';
import { type BuildSettings, buildOptions, writeBundles } from './bundle-build.ts';

/** Gives the code of a function. */
export type FunctionCode = (name: string) => Code;

export interface BundleOptions extends BuildSettings {
  /** Folder that takes a folder for each function. What was there before is removed. */
  readonly outputFolder: string;
}

/**
 * Builds the functions at once and hands out their folders as assets, each hashed by its content.
 *
 * @throws BuildFailure if a source is missing or does not compile.
 */
export function bundleFunctions({ outputFolder, ...settings }: BundleOptions): FunctionCode {
  writeBundles(buildSync(buildOptions(settings)), outputFolder);
  return (name) => Code.fromAsset(join(outputFolder, name));
}
