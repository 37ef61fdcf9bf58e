// equinox-js on its DynamoStore, driven as its docs and its own tests do: a compressing codec, a memory cache a process, commands
// on whatever is cached. It has no idempotency keys: the key goes with the event's metadata.
import { type DynamoDB, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { clientOf } from '../dynamodb/client.ts';
import type { Progress } from '../suite/definition.ts';
import { installPeers } from '../suite/peer-packages.ts';
import { type Account, newAccount, type Posting, post } from './ledger.ts';
import { fillWith, type System } from './system.ts';

export const EQUINOX = { '@equinox-js/core': '1.2.0', '@equinox-js/dynamo-store': '1.2.0' } as const;

/** Enough for what is run here; the default's million entries take longer to set up than a command. */
const CACHED_STREAMS = 1000;

type Posted = { readonly type: 'Posted'; readonly data: Posting };
type Snapshot = { readonly type: 'Snapshot'; readonly data: Account };
type Event = Posted | Snapshot;
type Key = { readonly key: string };

interface Decider {
  transact(interpret: (state: Account) => Event[], load: object): Promise<void>;
  query(render: (state: Account) => Account): Promise<Account>;
}

/** What of the packages is used here. */
interface Core {
  Codec: { json(meta: (event: Event, context: Key) => { meta: Key }): object; compress(codec: object): object };
  CachingStrategy: { Cache(cache: object): object };
  MemoryCache: new (entries: number) => object;
  Decider: { forStream(category: object, id: string, context: Key): Decider };
  StreamId: { create(id: string): string };
  LoadOption: { AnyCachedValue: object };
  MaxResyncsExhaustedException: new (count: number) => Error;
}

interface DynamoStore {
  DynamoStoreClient: new (client: DynamoDB) => object;
  DynamoStoreContext: new (options: { client: object; tableName: string; tip: object; query: object }) => object;
  TipOptions: { create(options: { maxEvents?: number }): object };
  QueryOptions: { create(options: object): object };
  AccessStrategy: {
    Unoptimized(): object;
    Snapshot(isOrigin: (event: Event) => boolean, toSnapshot: (state: Account) => Snapshot): object;
  };
  DynamoStoreCategory: {
    create(context: object, name: string, codec: object, fold: Fold, initial: Account, ...how: object[]): object;
  };
}

type Fold = (state: Account, events: readonly Event[]) => Account;

const fold: Fold = (state, events) =>
  events.reduce((current, { type, data }) => (type === 'Snapshot' ? data : post(current, data)), state);

export interface EquinoxOptions {
  readonly maxEvents?: number;
  /** A snapshot in the tip, so that a load reads one item. */
  readonly hasSnapshot?: boolean;
}

export async function equinox(progress: Progress, options: EquinoxOptions = {}): Promise<System> {
  const { load } = await installPeers('equinox', EQUINOX, progress);
  const core = await load<Core>('@equinox-js/core');
  const store = await load<DynamoStore>('@equinox-js/dynamo-store');
  const { maxEvents, hasSnapshot = false } = options;
  const table = `equinox-${maxEvents ?? 'default'}${hasSnapshot ? '-snapshot' : ''}`;
  const codec = core.Codec.compress(core.Codec.json((_, { key }) => ({ meta: { key } })));
  const access = hasSnapshot
    ? store.AccessStrategy.Snapshot(
        ({ type }) => type === 'Snapshot',
        (data) => ({ type: 'Snapshot', data }),
      )
    : store.AccessStrategy.Unoptimized();

  return {
    name: nameOf(options),
    keepsState: true,
    keyNames: ['p', 'i'],
    clientOf,
    createTable: (client) => createTable(client, table),
    start(client) {
      const context = new store.DynamoStoreContext({
        client: new store.DynamoStoreClient(client),
        tableName: table,
        tip: store.TipOptions.create(maxEvents === undefined ? {} : { maxEvents }),
        query: store.QueryOptions.create({}),
      });
      const caching = core.CachingStrategy.Cache(new core.MemoryCache(CACHED_STREAMS));
      const create = store.DynamoStoreCategory.create;
      const category = create(context, 'Account', codec, fold, newAccount, caching, access);
      const deciderOf = (account: string, key: string) =>
        core.Decider.forStream(category, core.StreamId.create(account), { key });
      const execute: ReturnType<System['start']>['execute'] = async (account, { key, postings }) => {
        const events = postings.map((data): Posted => ({ type: 'Posted', data }));
        try {
          await deciderOf(account, key).transact(() => events, core.LoadOption.AnyCachedValue);
          return true;
        } catch (error) {
          if (error instanceof core.MaxResyncsExhaustedException || isConflict(error)) return false;
          throw error;
        }
      };
      return { execute, fill: fillWith(execute), load: (account) => deciderOf(account, '').query((state) => state) };
    },
  };
}

/** A race lost while it moves events out of the tip comes through as the SDK's error. */
const isConflict = (error: unknown): boolean =>
  error instanceof TransactionCanceledException &&
  (error.CancellationReasons ?? []).some(({ Code }) => Code === 'ConditionalCheckFailed');

const nameOf = ({ maxEvents, hasSnapshot }: EquinoxOptions): string =>
  [
    `equinox-js ${EQUINOX['@equinox-js/core']}`,
    ...(maxEvents === undefined ? [] : [`maxEvents ${maxEvents}`]),
    ...(hasSnapshot ? ['snapshot'] : []),
  ].join(', ');

const createTable = async (client: DynamoDB, table: string): Promise<void> => {
  await client.createTable({
    TableName: table,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'p', AttributeType: 'S' },
      { AttributeName: 'i', AttributeType: 'N' },
    ],
    KeySchema: [
      { AttributeName: 'p', KeyType: 'HASH' },
      { AttributeName: 'i', KeyType: 'RANGE' },
    ],
  });
};
