// What the outside tests run against: the local host, or a stage that CloudFormation has deployed, on AWS or on an endpoint
// that acts as AWS. Both are asked the same over HTTP; this is where they differ.
import { describe, inject, test } from 'vitest';

export interface LocalHost {
  readonly kind: 'local-host';
  readonly apiUrl: string;
  /** Holds the issuer's key and the functions' log. */
  readonly dataDirectory: string;
}

export interface DeployedStage {
  readonly kind: 'deployed-stage';
  readonly apiUrl: string;
  /** The stage's name: its stacks, and so its tables and queues, are called after it. */
  readonly stage: string;
  readonly frontDoor: 'http' | 'rest';
  /** Whom the stage trusts to issue tokens: the `iss` claim. */
  readonly issuer: string;
  /** Holds the issuer's key. */
  readonly dataDirectory: string;
  /** Where the e-mails are shown that were sent; on AWS nowhere, and tests are skipped as soon as they ask for one. */
  readonly inboxUrl?: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    target: LocalHost | DeployedStage;
    /** The local hosts of a run that has several. */
    hosts: readonly LocalHost[] | undefined;
  }
}

/** The deployed stage, if the API is that of the one. */
export function deployedAt(apiUrl: string): DeployedStage | undefined {
  const target = inject('target');
  return target.kind === 'deployed-stage' && target.apiUrl === apiUrl ? target : undefined;
}

const target = inject('target');

/** An HTTP API as AWS has it answers for itself in fixed words; the local host speaks as the contract does. */
export const hasGatewayOfItsOwnWords = target.kind === 'deployed-stage' && target.frontDoor === 'http';

/** What stands before the API's paths in a `Location`: a REST API has the name of its stage there. */
export const basePath =
  target.kind === 'deployed-stage' && target.frontDoor === 'rest'
    ? target.apiUrl.slice(target.apiUrl.lastIndexOf('/'))
    : '';

const isLocalHost = target.kind === 'local-host';

/** For tests of what only the local host has: faults, its data directory, starting and killing it. Elsewhere they are skipped. */
export const onLocalHost = {
  test: test.runIf(isLocalHost),
  describe: describe.runIf(isLocalHost),
};
