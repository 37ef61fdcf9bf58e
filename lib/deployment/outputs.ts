// The outputs of the deployed stacks.
import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { addressAt } from './emulator.ts';

const stackOutputs = z.record(z.string(), z.record(z.string(), z.string()));

export interface Outputs {
  /** Where clients reach the API, without a slash at the end. */
  readonly url: string;
  /** Only where the stage makes its own user pool. */
  readonly userPool?: { readonly id: string; readonly clientId: string };
}

/**
 * @param file as `cdk deploy --outputs-file` writes it
 * @param endpoint what takes the place of AWS, if anything does
 */
export async function readOutputs(file: string, endpoint: string | undefined): Promise<Outputs> {
  const byStack = stackOutputs.parse(JSON.parse(await readFile(file, 'utf8')));
  const { Url, ApiUrl, UserPoolId, UserPoolClientId } = Object.assign({}, ...Object.values(byStack)) as Record<
    string,
    string | undefined
  >;
  const url = Url ?? ApiUrl;
  if (url === undefined) throw new RangeError(`${file} names no address of the API`);
  return {
    url: (endpoint === undefined ? url : addressAt(endpoint, url)).replace(/\/$/, ''),
    ...(UserPoolId !== undefined &&
      UserPoolClientId !== undefined && { userPool: { id: UserPoolId, clientId: UserPoolClientId } }),
  };
}
