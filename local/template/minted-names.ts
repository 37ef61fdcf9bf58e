// Names that AWS mints. Ours follow from the logical id, so that they stay the same from run to run.
import { createHash } from 'node:crypto';
import { region, urlSuffix } from './account.ts';

const idLength = 13;

const minted = (prefix: string, logicalId: string): string =>
  prefix + createHash('sha256').update(logicalId).digest('hex').slice(0, idLength);

export const distributionId = (logicalId: string): string => minted('e', logicalId).toUpperCase();

export const distributionDomain = (logicalId: string): string => `${minted('d', logicalId)}.cloudfront.net`;

/** The host name of an HTTP API without a domain of its own. Its id is its logical id. */
export const apiDomain = (logicalId: string): string => `${logicalId}.execute-api.${region}.${urlSuffix}`;
