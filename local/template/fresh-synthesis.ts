// Synthesises the application for the running host, into a folder that is emptied first.
import { rmSync } from 'node:fs';
import { audience, issuerName } from '../issuer/issuer.ts';
import type { HostSettings } from '../lifecycle/arguments.ts';
import type { Synthesis } from './synthesis.ts';
import { synthesiseInProcess } from './synthesis-process.ts';

/** @param url where the host listens, whose issuer the application trusts */
export function synthesiseFresh(
  url: string,
  { applicationFolder, context }: Pick<HostSettings, 'applicationFolder' | 'context'>,
  assemblyFolder: string,
): Promise<Synthesis> {
  rmSync(assemblyFolder, { recursive: true, force: true });
  const tokens = { tokenIssuer: issuerName, tokenAudience: audience, tokenJwksUri: `${url}/local/jwks.json` };
  return synthesiseInProcess({ application: applicationFolder, context: { ...tokens, ...context }, assemblyFolder });
}
