// The bundles as they are deployed, and for each an empty handler that makes the same clients of the SDK.
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import shop from '../../lib/shop/app.ts';
import { buildOptions, writeBundles } from '../../lib/spine/bundles/bundle-build.ts';

export interface Bundle {
  readonly name: string;
  /** Folders with an `index.mjs`. */
  readonly ours: string;
  readonly empty: string;
  /** Of 1,000 bytes, minified. */
  readonly kilobytes: number;
}

const { functionEntries } = shop;
const functionNames = Object.keys(functionEntries);

/** The class that each client's package exports. */
const clients: Readonly<Record<string, string>> = {
  'client-cloudfront': 'CloudFrontClient',
  'client-dynamodb': 'DynamoDBClient',
  'client-dynamodb-streams': 'DynamoDBStreamsClient',
  'client-kinesis': 'KinesisClient',
  'client-secrets-manager': 'SecretsManagerClient',
  'client-sesv2': 'SESv2Client',
  'client-sqs': 'SQSClient',
};

/** @param folder that takes them */
export async function buildBundles(folder: string): Promise<readonly Bundle[]> {
  const built = await build({ ...buildOptions({ entries: functionEntries }), metafile: true });
  writeBundles(built, join(folder, 'ours'));
  for (const name of functionNames) {
    const inputs = Object.entries(built.metafile.outputs[`.build/${name}/index.mjs`]?.inputs ?? {});
    const used = inputs.flatMap(([path, { bytesInOutput }]) =>
      bytesInOutput === 0 ? [] : (/node_modules\/@aws-sdk\/(client-[^/]+)\//.exec(path)?.[1] ?? []),
    );
    mkdirSync(join(folder, 'source', name), { recursive: true });
    writeFileSync(join(folder, 'source', name, 'index.ts'), emptyHandler([...new Set(used)]));
  }
  const settings = buildOptions({
    entries: Object.fromEntries(functionNames.map((name) => [name, join(folder, 'source', name, 'index.ts')])),
  });
  writeBundles(await build({ ...settings, nodePaths: [join(process.cwd(), 'node_modules')] }), join(folder, 'empty'));
  return functionNames.map((name) => ({
    name,
    ours: join(folder, 'ours', name),
    empty: join(folder, 'empty', name),
    kilobytes: statSync(join(folder, 'ours', name, 'index.mjs')).size / 1000,
  }));
}

function emptyHandler(packages: readonly string[]): string {
  const names = packages.map((each) => {
    const client = clients[each];
    if (client === undefined) throw new Error(`A client is not known here: ${each}`);
    return { client, from: `@aws-sdk/${each}` };
  });
  const imports = names.map(({ client, from }) => `import { ${client} } from '${from}';`);
  const made = names.map(({ client }) => `new ${client}({})`);
  return `${imports.join('\n')}\nexport const made = [${made.join(', ')}];\nexport const handler = async () => ({});\n`;
}
