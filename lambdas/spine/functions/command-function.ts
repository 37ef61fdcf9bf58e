// A function that decides commands, wired from its environment.
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoDbClient } from '../aws/dynamodb/client.ts';
import { dynamoDbEventStore } from '../aws/dynamodb/event-store.ts';
import { executionPorts } from '../aws/execution.ts';
import { EVENT_TABLE, ORIGIN_SECRET } from '../bindings/environment.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { httpHandler } from '../http/http-handler.ts';
import type { Authenticate } from '../http/request/caller.ts';
import { authenticatorFromEnvironment } from '../http/request/token-settings.ts';
import type { ExecutionPorts } from '../kernel/execution/execute-command.ts';
import { optional, required } from '../runtime/environment.ts';

export interface CommandWiring {
  readonly ports: ExecutionPorts;
  readonly authenticate: Authenticate;
  /** For anything else that the function reads. */
  readonly client: DynamoDBClient;
}

/**
 * The handler of a function of the kind `command`.
 * @throws MissingVariableError when the function starts, where its environment lacks something
 * @example export const handler = commandFunction(({ ports, authenticate }) => loanEndpoints(ports, authenticate));
 */
export function commandFunction(endpoints: (wiring: CommandWiring) => readonly Endpoint[]) {
  const client = dynamoDbClient();
  const ports = executionPorts(dynamoDbEventStore(client, required(EVENT_TABLE)));
  const authenticate = authenticatorFromEnvironment();
  return httpHandler(endpoints({ ports, authenticate, client }), optional(ORIGIN_SECRET));
}
