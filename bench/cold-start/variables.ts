// What each function finds in its environment, from the local stage's template.
import { join } from 'node:path';
import { environmentVariables } from '../../local/functions/environment-variables.ts';
import { functionSpecs } from '../../local/functions/function-spec.ts';
import type { Endpoints } from '../../local/ports.ts';
import { localResources } from '../../local/template/resources.ts';
import { synthesise } from '../../local/template/synthesis.ts';

const endpointsAt = (url: string): Endpoints => ({
  cloudfront: url,
  dynamodb: url,
  kinesis: url,
  secretsManager: url,
  ses: url,
  sqs: url,
});

/**
 * @param url of the service that stands for all of AWS's
 * @returns the variables of the first function whose name holds that of the bundle
 */
export async function variablesOf(
  folder: string,
  url: string,
): Promise<(name: string) => Readonly<Record<string, string>>> {
  const endpoints = endpointsAt(url);
  const issuer = 'http://issuer.example';
  const context = { tokenIssuer: issuer, tokenAudience: 'bench', tokenJwksUri: `${issuer}/jwks.json` };
  const assemblyFolder = join(folder, 'cdk.out');
  const { stacks } = await synthesise({ application: 'lib/shop', context, assemblyFolder });
  const specs = functionSpecs(localResources(stacks, endpoints).resources);
  return (name) => {
    const spec = specs.find((each) => each.name.includes(name));
    if (spec === undefined) throw new Error(`The template has no function of ${name}`);
    return environmentVariables(spec, endpoints);
  };
}
