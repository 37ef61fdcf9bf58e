// A line for each request by which abuse can be traced: who asked, from where, what, and what became of it. Caller and address are
// keyed hashes, and the key changes each day: lines of one day can be told to be of one caller, nobody can be named by them alone.
// The log that holds them is kept for two weeks.
import { createHmac } from 'node:crypto';
import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { VIEWER_ADDRESS_HEADER } from '../../bindings/edge.ts';
import { logger } from '../../runtime/logger.ts';

type Middleware = MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Error, Context>;

export interface SecurityLogSettings {
  /** What the hashes are keyed with; without it nothing is logged. */
  readonly key: string | undefined;
  /**
   * Whether an edge reports the viewer's address. Without an edge anybody could forge the header, so the gateway's address
   * counts.
   */
  readonly isBehindEdge: boolean;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/**
 * It has to come before the middleware that turns errors into answers: middy calls `after` and `onError` from the last to the
 * first.
 */
export function securityLog({ key, isBehindEdge, now = Date.now }: SecurityLogSettings): Middleware {
  if (key === undefined) return { before: () => undefined };
  const log: NonNullable<Middleware['after']> = ({ event, response }) => {
    const hash = (text: string | undefined): string | undefined =>
      text === undefined ? undefined : dailyHash(key, new Date(now()), text);
    logger.info('Request', {
      code: 'request',
      caller: hash(verifiedCaller(event)),
      address: hash(addressOf(event, isBehindEdge)),
      route: event.routeKey,
      status: response?.statusCode,
    });
  };
  return { after: log, onError: log };
}

const hashLength = 16;

function dailyHash(key: string, time: Date, text: string): string {
  const day = time.toISOString().slice(0, 'yyyy-mm-dd'.length);
  return createHmac('sha256', `${key} ${day}`).update(text).digest('base64url').slice(0, hashLength);
}

/** The claim that the gateway has verified; nobody where it asks for no token. */
function verifiedCaller({ requestContext }: APIGatewayProxyEventV2): string | undefined {
  const { authorizer } = requestContext as { authorizer?: { jwt?: { claims?: { sub?: unknown } } } };
  const sub = authorizer?.jwt?.claims?.sub;
  return typeof sub === 'string' ? sub : undefined;
}

function addressOf({ headers, requestContext }: APIGatewayProxyEventV2, isBehindEdge: boolean): string | undefined {
  return isBehindEdge ? headers[VIEWER_ADDRESS_HEADER] : requestContext.http.sourceIp;
}
