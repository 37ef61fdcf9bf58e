import { ulid } from 'ulid';
import { dynamoDbClient } from '../../adapters/dynamodb/client.ts';
import { dynamoDbEventStore } from '../../adapters/dynamodb/event-store.ts';
import { executionPorts } from '../../adapters/execution.ts';
import { sesClient, sesMailer } from '../../adapters/ses/mailer.ts';
import { EVENT_TABLE, SENDER_ADDRESS } from '../../bindings/environment.ts';
import { batchHandler } from '../../runtime/batch-handler.ts';
import { required } from '../../runtime/environment.ts';
import { notifyCustomers } from './handler.ts';

const store = dynamoDbEventStore(dynamoDbClient(), required(EVENT_TABLE));

export const handler = batchHandler(
  notifyCustomers({
    ...executionPorts(store),
    mailer: sesMailer(sesClient(), required(SENDER_ADDRESS)),
    newId: ulid,
    now: () => new Date(),
  }),
);
