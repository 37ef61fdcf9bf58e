// An operation with the code that answers it: authenticates, checks the role, parses, then hands over.
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type * as z from 'zod';
import type { Operation } from './operation.ts';
import { Problem } from './problem.ts';
import type { Authenticate, Caller } from './request/caller.ts';
import { bodyBytes, parseRequest, type QueryCheck, type RequestParts } from './request/request.ts';

export interface Endpoint {
  readonly operation: Operation;
  /** @param check what the function checks of every query, beyond the operation's schemas */
  answer(
    event: APIGatewayProxyEventV2,
    correlationId: string,
    check?: QueryCheck,
  ): Promise<APIGatewayProxyStructuredResultV2>;
}

export type HttpRequest<Path = unknown, Query = unknown, Body = unknown> = RequestParts<Path, Query, Body> & {
  /** Absent where no token is asked for. */
  readonly caller?: Caller;
  readonly correlationId: string;
};

/** A request on a route that takes a token. */
export type CallerRequest<Path = unknown, Query = unknown, Body = unknown> = HttpRequest<Path, Query, Body> & {
  readonly caller: Caller;
};

type Handle<Request> = (request: Request) => Promise<APIGatewayProxyStructuredResultV2>;

export const publicEndpoint = <Path extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType>(
  operation: Operation<Path, Query, Body>,
  handle: Handle<HttpRequest<z.output<Path>, z.output<Query>, z.output<Body>>>,
): Endpoint => ({
  operation,
  answer: async (event, correlationId, check) => handle({ ...parseRequest(operation, event, check), correlationId }),
});

/**
 * Checks the signature that a request carries in its headers against the body as it was sent.
 * @throws Problem 401 `unauthenticated`
 */
export type VerifySignature = (headers: APIGatewayProxyEventV2['headers'], body: Uint8Array) => Promise<void>;

/** Nothing else of the request is read before its signature is verified. */
export const signedEndpoint = <Path extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType>(
  operation: Operation<Path, Query, Body>,
  verify: VerifySignature,
  handle: Handle<HttpRequest<z.output<Path>, z.output<Query>, z.output<Body>>>,
): Endpoint => ({
  operation,
  async answer(event, correlationId) {
    await verify(event.headers, bodyBytes(event));
    return handle({ ...parseRequest(operation, event), correlationId });
  },
});

export const callerEndpoint = <Path extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType>(
  operation: Operation<Path, Query, Body>,
  authenticate: Authenticate,
  handle: Handle<CallerRequest<z.output<Path>, z.output<Query>, z.output<Body>>>,
): Endpoint => ({
  operation,
  async answer(event, correlationId, check) {
    const caller = await authenticate(event.headers['authorization']);
    admit(caller, operation);
    return handle({ ...parseRequest(operation, event, check), caller, correlationId });
  },
});

/** @throws Problem 403 */
function admit({ isStaff, isAdmin }: Caller, { access }: Operation): void {
  const isAllowed = access === 'admin' ? isAdmin : access !== 'staff' || isStaff;
  if (!isAllowed) throw new Problem(403, 'forbidden', `This is for members of the group ${access}.`);
}
