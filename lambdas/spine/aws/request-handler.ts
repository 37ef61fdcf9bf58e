// How our clients talk HTTP: a service that does not answer in time is an error that is retried, not a wait without end.
import { NodeHttpHandler } from '@smithy/node-http-handler';

const CONNECTION_TIMEOUT_IN_MILLIS = 1_000;

/** @param maxSockets how many calls may be under way at once */
export const requestHandler = (requestTimeoutInMillis: number, maxSockets = 50): NodeHttpHandler =>
  new NodeHttpHandler({
    connectionTimeout: CONNECTION_TIMEOUT_IN_MILLIS,
    requestTimeout: requestTimeoutInMillis,
    throwOnRequestTimeout: true,
    httpsAgent: { maxSockets },
    httpAgent: { maxSockets },
  });
