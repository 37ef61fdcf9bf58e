// So many writers share out so many commands on one thing, as fast as they can.
import type { DynamoDB } from '@aws-sdk/client-dynamodb';

export interface Contender {
  readonly name: string;
  clientOf(endpoint: string): DynamoDB;
  /** Creates its table. */
  createTable(client: DynamoDB): Promise<void>;
  /** Has the thing there, before the race. */
  prepare(client: DynamoDB, thing: string): Promise<void>;
  /** A process that has just started. @returns what runs one command, and says whether it succeeded */
  start(client: DynamoDB): (thing: string, number: number) => Promise<boolean>;
  /** How many commands the table says have succeeded. */
  count(client: DynamoDB, thing: string): Promise<number>;
}

export interface Race {
  readonly thing: string;
  readonly writers: number;
  readonly commands: number;
}

export interface Figures {
  readonly succeeded: number;
  readonly commitsASecond: number;
  /** Of all requests, those of commands that gave up too. */
  readonly requestsACommit: number;
}

/** @throws Error when the table holds others than just the commands that succeeded */
export async function race(
  endpoint: string,
  contender: Contender,
  { thing, writers, commands }: Race,
): Promise<Figures> {
  const judge = contender.clientOf(endpoint);
  await contender.prepare(judge, thing);
  const requests = { count: 0 };
  const clients = Array.from({ length: writers }, () => countedClient(contender.clientOf(endpoint), requests));
  const started = clients.map((client) => contender.start(client));
  let next = 0;
  let succeeded = 0;
  const startedAt = performance.now();
  await Promise.all(
    started.map(async (execute) => {
      while (next < commands) {
        next += 1;
        if (await execute(thing, next)) succeeded += 1;
      }
    }),
  );
  const seconds = (performance.now() - startedAt) / 1000;
  const counted = await contender.count(judge, thing);
  for (const client of [...clients, judge]) client.destroy();
  if (counted !== succeeded)
    throw new Error(`${contender.name}: ${succeeded} commands succeeded, the table holds ${counted}`);
  return { succeeded, commitsASecond: succeeded / seconds, requestsACommit: requests.count / succeeded };
}

function countedClient(client: DynamoDB, requests: { count: number }): DynamoDB {
  client.middlewareStack.add(
    (next) => (args) => {
      requests.count += 1;
      return next(args);
    },
    { step: 'initialize' },
  );
  return client;
}
