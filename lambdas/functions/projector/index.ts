import { dynamoDbClient } from '../../adapters/dynamodb/client.ts';
import { dynamoDbEventStore } from '../../adapters/dynamodb/event-store.ts';
import { dynamoDbReadTable } from '../../adapters/dynamodb/read-table.ts';
import { EVENT_TABLE, PROJECTION, readTableVariable } from '../../bindings/environment.ts';
import { projectionNamed } from '../../read-models/index.ts';
import { batchHandler } from '../../runtime/batch-handler.ts';
import { required } from '../../runtime/environment.ts';
import { projector } from './handler.ts';

const client = dynamoDbClient();
const projection = projectionNamed(required(PROJECTION));

export const handler = batchHandler(
  projector(projection, {
    store: dynamoDbEventStore(client, required(EVENT_TABLE)),
    table: dynamoDbReadTable(client, required(readTableVariable(projection.name))),
  }),
);
