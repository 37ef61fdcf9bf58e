// castore, driven as its docs do: a `Command` that gets the aggregate and pushes with the next version; several events as a group.
// It keeps nothing between commands, has no snapshots yet and no idempotency keys: the key goes with the event's metadata.
import type { DynamoDB } from '@aws-sdk/client-dynamodb';
import { clientOf } from '../dynamodb/client.ts';
import type { Progress } from '../suite/definition.ts';
import { installPeers } from '../suite/peer-packages.ts';
import { type Account, type Command, newAccount, type Posting, post } from './ledger.ts';
import type { System } from './system.ts';

export const CASTORE = {
  '@castore/core': '2.4.2',
  '@castore/event-storage-adapter-dynamodb': '2.4.2',
} as const;

const TABLE = 'castore';
const STORE = 'ACCOUNTS';

interface EventDetail {
  readonly aggregateId: string;
  readonly version: number;
  readonly type: 'POSTED';
  readonly payload: Posting;
  readonly metadata: { readonly key: string };
}

interface EventStore {
  getAggregate(id: string): Promise<{ aggregate?: Aggregate; lastEvent?: { version: number } }>;
  pushEvent(event: EventDetail): Promise<unknown>;
  groupEvent(event: EventDetail): object;
}

type Aggregate = Account & { readonly aggregateId: string; readonly version: number };
type Input = { readonly account: string; readonly command: Command };

/** What of the package is used here. */
interface Core {
  EventStore: {
    new (options: object): EventStore;
    pushEventGroup(...events: readonly object[]): Promise<unknown>;
  };
  EventType: new (options: { type: string }) => object;
  Command: new (options: {
    commandId: string;
    requiredEventStores: readonly EventStore[];
    handler(input: Input, stores: readonly [EventStore]): Promise<void>;
  }) => { handler(input: Input, stores: readonly [EventStore]): Promise<void> };
  isEventAlreadyExistsError(error: unknown): boolean;
}

interface Adapter {
  DynamoDBSingleTableEventStorageAdapter: new (options: { tableName: string; dynamoDBClient: DynamoDB }) => object;
}

export async function castore(progress: Progress): Promise<System> {
  const { load } = await installPeers('castore', CASTORE, progress);
  const core = await load<Core>('@castore/core');
  const { DynamoDBSingleTableEventStorageAdapter } = await load<Adapter>('@castore/event-storage-adapter-dynamodb');

  const storeOn = (dynamoDBClient: DynamoDB): EventStore =>
    new core.EventStore({
      eventStoreId: STORE,
      eventTypes: [new core.EventType({ type: 'POSTED' })],
      reducer: (aggregate: Aggregate | undefined, { aggregateId, version, payload }: EventDetail): Aggregate => ({
        ...post(aggregate ?? newAccount, payload),
        aggregateId,
        version,
      }),
      eventStorageAdapter: new DynamoDBSingleTableEventStorageAdapter({ tableName: TABLE, dynamoDBClient }),
    });

  async function push(store: EventStore, { account, command }: Input, version: number): Promise<void> {
    const events = command.postings.map(
      (payload, at): EventDetail => ({
        ...{ aggregateId: account, version: version + at + 1, type: 'POSTED' },
        ...{ payload, metadata: { key: command.key } },
      }),
    );
    const [first] = events;
    if (first && events.length === 1) await store.pushEvent(first);
    else await core.EventStore.pushEventGroup(...events.map((event) => store.groupEvent(event)));
  }

  return {
    name: `castore ${CASTORE['@castore/core']}`,
    keepsState: false,
    keyNames: ['aggregateId', 'version'],
    clientOf,
    createTable,
    start(client) {
      const store = storeOn(client);
      const postCommand = new core.Command({
        commandId: 'POST',
        requiredEventStores: [store],
        handler: async (input, [accounts]) => {
          const { lastEvent } = await accounts.getAggregate(input.account);
          await push(accounts, input, lastEvent?.version ?? 0);
        },
      });
      return {
        async execute(account, command) {
          try {
            await postCommand.handler({ account, command }, [store]);
            return true;
          } catch (error) {
            if (core.isEventAlreadyExistsError(error)) return false;
            throw error;
          }
        },
        async fill(account, commands) {
          let version = 0;
          for (const command of commands) {
            await push(store, { account, command }, version);
            version += command.postings.length;
          }
        },
        load: async (account) => (await store.getAggregate(account)).aggregate ?? newAccount,
      };
    },
  };
}

/** With the index that its README asks for; only a stream's first event is in it. */
async function createTable(client: DynamoDB): Promise<void> {
  const key = (partition: string, sort: string) => [
    { AttributeName: partition, KeyType: 'HASH' as const },
    { AttributeName: sort, KeyType: 'RANGE' as const },
  ];
  await client.createTable({
    TableName: TABLE,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'aggregateId', AttributeType: 'S' },
      { AttributeName: 'version', AttributeType: 'N' },
      { AttributeName: 'eventStoreId', AttributeType: 'S' },
      { AttributeName: 'timestamp', AttributeType: 'S' },
    ],
    KeySchema: key('aggregateId', 'version'),
    GlobalSecondaryIndexes: [
      {
        IndexName: 'initialEvents',
        KeySchema: key('eventStoreId', 'timestamp'),
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
  });
}
