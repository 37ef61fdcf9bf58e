// Whose code a place in a profile is.
import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';

export interface Place {
  readonly url: string;
  /** From 0. */
  readonly lineNumber: number;
  readonly columnNumber: number;
}

/** The package, or the part of this project; `undefined` for Node's own code. A bundle is taken apart by its source map. */
export function ownerOf({ url, lineNumber, columnNumber }: Place): string | undefined {
  if (url === '' || url.startsWith('node:')) return undefined;
  const inPackage = packageOf(url);
  if (inPackage !== undefined || !url.startsWith('file:')) return inPackage ?? 'other';
  const source = mapOf(url)?.findEntry(lineNumber, columnNumber);
  const path = source && 'originalSource' in source ? source.originalSource : url;
  return packageOf(path) ?? partOf(path);
}

/** The innermost one of a path. */
function packageOf(path: string): string | undefined {
  const [, name] = /(?:^|.*\/)node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
  return name === undefined ? undefined : familyOf(name);
}

/** Of our own code the first folder. */
function partOf(path: string): string {
  const [, part] = /(?:^|.*\/)(lambdas|local|lib|bin|bench)\//.exec(path) ?? [];
  return part ?? 'other';
}

/** The many packages of one project are one. */
const familyOf = (name: string): string =>
  /^@(aws-sdk|smithy|aws)\//.test(name) ? 'AWS SDK' : name.startsWith('@aws-lambda-powertools/') ? 'powertools' : name;

const maps = new Map<string, SourceMap | undefined>();

function mapOf(url: string): SourceMap | undefined {
  if (!maps.has(url)) {
    const file = `${fileURLToPath(url)}.map`;
    maps.set(url, existsSync(file) ? new SourceMap(JSON.parse(readFileSync(file, 'utf8'))) : undefined);
  }
  return maps.get(url);
}
