// The first step of every function that may stand behind a REST API: after it there are only events and answers of an HTTP API.
import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { basePathOf, fromRestEvent, isRestEvent } from './rest-event.ts';

type Middleware = MiddlewareObj<
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  Error,
  Context,
  { basePath?: string }
>;

/**
 * The first middleware of a handler. An HTTP API's events pass as they are.
 * @param isBehindEdge whether callers reach the API through an edge, which puts the stage's name into the paths by itself
 */
export const restApi = ({ isBehindEdge }: { readonly isBehindEdge: boolean }): Middleware => ({
  before: (request) => {
    if (!isRestEvent(request.event)) return;
    if (!isBehindEdge) request.internal.basePath = basePathOf(request.event);
    request.event = fromRestEvent(request.event);
  },
  after: prefixLocation,
  onError: prefixLocation,
});

/** A location starts at the root of the host, where a REST API has the name of its stage. */
function prefixLocation({ response, internal: { basePath } }: Parameters<NonNullable<Middleware['after']>>[0]): void {
  const location = response?.headers?.['location'];
  if (basePath && response && typeof location === 'string' && location.startsWith('/')) {
    response.headers = { ...response.headers, location: `${basePath}${location}` };
  }
}
