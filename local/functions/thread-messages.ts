// The messages between the host and the thread of an execution environment.

import type { InvocationResult } from '../ports.ts';

export type InvocationError = Extract<InvocationResult, { kind: 'error' }>;

export interface ThreadData {
  readonly functionName: string;
  readonly codeFolder: string;
  readonly handler: string;
  readonly memoryInMegabytes: number;
}

export interface InvocationRequest {
  readonly requestId: string;
  /** The event as JSON, the form in which Lambda hands it over. */
  readonly event: string;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  /** How long to wait before the handler, as if the work took longer. */
  readonly slowByMillis: number;
}

export type ThreadReport =
  | { readonly kind: 'initialised' }
  /** The handler's result as JSON; without one where it returned nothing. */
  | { readonly kind: 'success'; readonly payload: string | undefined }
  | InvocationError;
