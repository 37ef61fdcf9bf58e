// The routes of the HTTP API, as the gateway and the edge need them: they follow from the operations.
import { groupsOf, withHead } from '../http/api.ts';
import { needsToken, type Operation } from '../http/operation.ts';
import { functionsOfKind } from './functions.ts';
import type { Application } from './manifest.ts';

export interface Route {
  /** As API Gateway spells it: `POST /loans/{loanId}/return`, or `$default` for whatever no other route matches. */
  readonly key: string;
  /** Name of the function that answers it. */
  readonly function: string;
  /** Whether the gateway asks for a token first. */
  readonly access: 'public' | 'token';
  /** The part of the stage's throttle that it takes. */
  readonly throttleShare: number;
  /** Whether an edge may keep its answers, for everybody or for each caller. */
  readonly kept?: 'public' | 'private';
}

/** A write: a `Query` and a `PutItem`, and everything that hears of it. */
const SHARE_OF_WRITES = 0.2;

/** Few clients ask for headers alone, and answering costs as much as the whole: HEAD takes a tenth of its GET. */
const FEWER_HEADS = 10;

/** Whoever probes for paths takes little from others. */
const SHARE_OF_THE_UNKNOWN = 0.1;

/** The routes of the manifest's operations in their order, those with HEAD, and `$default`. */
export function routesOf(application: Pick<Application, 'api' | 'functions'>): readonly Route[] {
  const [query = ''] = functionsOfKind(application, 'query').map(([name]) => name);
  const named = groupsOf(application.api).flatMap(({ operations, commands = '', answeredBy }) =>
    Object.values(operations).map((operation) =>
      routeOf(operation, answeredBy ?? (operation.route.startsWith('GET ') ? query : commands)),
    ),
  );
  const heads = named.flatMap((route) =>
    withHead(route.key)
      .slice(1)
      .map((key) => ({ ...route, key, throttleShare: route.throttleShare / FEWER_HEADS })),
  );
  // A wrong path or method gets a problem response and not the gateway's own.
  const unknown = { key: '$default', function: query, access: 'public', throttleShare: SHARE_OF_THE_UNKNOWN } as const;
  return [...named, ...heads, unknown];
}

function routeOf(operation: Operation, functionName: string): Route {
  const { route, throttleShare, isKeptByEdge = true } = operation;
  const isRead = route.startsWith('GET ');
  const isForCallers = needsToken(operation);
  return {
    key: route,
    function: functionName,
    access: isForCallers ? 'token' : 'public',
    throttleShare: throttleShare ?? (isRead ? 1 : SHARE_OF_WRITES),
    ...(isRead && isKeptByEdge && { kept: isForCallers ? 'private' : 'public' }),
  };
}
