// The function that answers queries, wired from its environment.
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoDbClient } from '../aws/dynamodb/client.ts';
import { dynamoDbEventStore } from '../aws/dynamodb/event-store.ts';
import { dynamoDbFullMarks } from '../aws/dynamodb/full-marks.ts';
import { dynamoDbReadTable } from '../aws/dynamodb/read-table.ts';
import {
  EVENT_TABLE,
  OPERATIONS_TABLE,
  ORIGIN_SECRET,
  readTableVariable,
  SHARED_LIFETIME_SECONDS,
} from '../bindings/environment.ts';
import { readTableKey } from '../bindings/tables.ts';
import { type Api, operationsOf, withHead } from '../http/api.ts';
import { stageCaching } from '../http/caching/caching.ts';
import { httpHandler } from '../http/http-handler.ts';
import type { Specialised } from '../http/openapi/schemas.ts';
import { tokenRule } from '../http/queries/consistency.ts';
import type { QueryWiring } from '../http/queries/queries.ts';
import { authenticatorFromEnvironment } from '../http/request/token-settings.ts';
import { serviceQueries } from '../http/service/queries.ts';
import type { Projection } from '../kernel/projections/projection.ts';
import type { PagedReadTable } from '../kernel/projections/read-table.ts';
import { tableInPlace } from '../kernel/projections/table-in-place.ts';
import { type FullMarks, tableNamed } from '../kernel/sweep/full-marks.ts';
import { optional, optionalCount, required } from '../runtime/environment.ts';

/**
 * The handler of the function of the kind `query`: it answers the queries of the API's groups. It also answers for the service: its
 * health, its OpenAPI document, and requests that no route matches.
 * @param readModels all that the application has
 * @param specialised what the document says of this stage in particular
 * @throws MissingVariableError when the function starts, where its environment lacks something
 * @example export const handler = queryFunction(api, readModels);
 */
export function queryFunction(
  api: Api,
  readModels: readonly Projection<unknown>[],
  specialised: Specialised = new Map(),
) {
  const client = dynamoDbClient();
  const store = dynamoDbEventStore(client, required(EVENT_TABLE));
  const operationsTable = optional(OPERATIONS_TABLE);
  const marks = operationsTable === undefined ? undefined : dynamoDbFullMarks(client, operationsTable);
  const wiring: QueryWiring = {
    store,
    authenticate: authenticatorFromEnvironment(),
    caching: stageCaching(optionalCount(SHARED_LIFETIME_SECONDS)),
    modelOf: <Part, Made extends Projection<Part>>(projection: Made & Projection<Part>) => ({
      projection,
      store,
      ...(marks && { marks }),
      table: tableOf<Part>(client, projection, marks),
    }),
  };
  const tokens = tokenRule(readModels);
  const service = serviceQueries(api, new Map([...specialised, ...tokens.specialised]));
  const own = api.groups.flatMap(({ queries = () => [] }) => queries(wiring));
  const routes = operationsOf(api).flatMap(({ route }) => withHead(route));
  return httpHandler([...own, ...service], optional(ORIGIN_SECRET), routes, tokens.check);
}

/** Where it replaces another, that one until it is full. */
function tableOf<Part>(
  client: DynamoDBClient,
  projection: Projection<Part>,
  marks: FullMarks | undefined,
): PagedReadTable<Part> {
  const { name, viewKey, replaces: replaced } = projection;
  const tableName = required(readTableVariable(name));
  const table = dynamoDbReadTable<Part>(client, tableName, viewKey);
  if (marks === undefined || replaced === undefined) return table;
  const before = dynamoDbReadTable<Part>(client, required(readTableVariable(replaced.name)), replaced.viewKey);
  return tableInPlace({
    ...{ projection, table, before: { table: before, replaced }, keyAttribute: readTableKey.partition },
    isFull: () => marks.isFull(name, tableNamed(tableName)),
  });
}
