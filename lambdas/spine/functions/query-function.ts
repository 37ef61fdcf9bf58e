// The function that answers queries, wired from its environment.
import { dynamoDbClient } from '../aws/dynamodb/client.ts';
import { dynamoDbEventStore } from '../aws/dynamodb/event-store.ts';
import { dynamoDbIndexMarks } from '../aws/dynamodb/index-marks.ts';
import { dynamoDbReadTable } from '../aws/dynamodb/read-table.ts';
import {
  EVENT_TABLE,
  OPERATIONS_TABLE,
  ORIGIN_SECRET,
  readTableVariable,
  SHARED_LIFETIME_SECONDS,
} from '../bindings/environment.ts';
import { type Api, operationsOf, withHead } from '../http/api.ts';
import { type Caching, stageCaching } from '../http/caching/caching.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { httpHandler } from '../http/http-handler.ts';
import type { Specialised } from '../http/openapi/schemas.ts';
import type { Authenticate } from '../http/request/caller.ts';
import { authenticatorFromEnvironment } from '../http/request/token-settings.ts';
import { serviceQueries } from '../http/service/queries.ts';
import type { EventStore } from '../kernel/event-store.ts';
import type { Projection } from '../kernel/projections/projection.ts';
import type { PagedReadTable } from '../kernel/projections/read-table.ts';
import type { IndexMarks } from '../kernel/sweep/index-marks.ts';
import { optional, optionalCount, required } from '../runtime/environment.ts';

export interface QueryWiring {
  readonly store: EventStore;
  readonly authenticate: Authenticate;
  readonly caching: Caching;
  /** The read model of a projection, as queries take it. */
  modelOf<Part, Made extends Projection<Part>>(
    projection: Made & Projection<Part>,
  ): {
    readonly projection: Made & Projection<Part>;
    readonly store: EventStore;
    readonly table: PagedReadTable<Part>;
    readonly marks?: Pick<IndexMarks, 'isFull'>;
  };
}

/**
 * The handler of the function of the kind `query`. It also answers for the service: its health, its OpenAPI document, and
 * requests that no route matches.
 * @param specialised what the document says of this stage in particular
 * @throws MissingVariableError when the function starts, where its environment lacks something
 * @example
 * export const handler = queryFunction(api, ({ modelOf, authenticate, caching }) =>
 *   loanQueries(modelOf(loansByMember), authenticate, caching),
 * );
 */
export function queryFunction(
  api: Api,
  endpoints: (wiring: QueryWiring) => readonly Endpoint[],
  specialised: Specialised = new Map(),
) {
  const client = dynamoDbClient();
  const store = dynamoDbEventStore(client, required(EVENT_TABLE));
  const operationsTable = optional(OPERATIONS_TABLE);
  const marks = operationsTable === undefined ? undefined : dynamoDbIndexMarks(client, operationsTable);
  const wiring: QueryWiring = {
    store,
    authenticate: authenticatorFromEnvironment(),
    caching: stageCaching(optionalCount(SHARED_LIFETIME_SECONDS)),
    modelOf: <Part, Made extends Projection<Part>>(projection: Made & Projection<Part>) => ({
      projection,
      store,
      ...(marks && { marks }),
      table: dynamoDbReadTable<Part>(client, required(readTableVariable(projection.name)), projection.viewKey),
    }),
  };
  const routes = operationsOf(api).flatMap(({ route }) => withHead(route));
  return httpHandler([...endpoints(wiring), ...serviceQueries(api, specialised)], optional(ORIGIN_SECRET), routes);
}
