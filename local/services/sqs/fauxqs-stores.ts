// The parts of fauxqs that keep its queues on disk. Its package exports them only as `startFauxqs`, which listens on every
// interface, so they are loaded by their files; the version is pinned, and a test checks them.
import type { buildApp } from 'fauxqs';

type Stores = NonNullable<NonNullable<Parameters<typeof buildApp>[0]>['stores']>;
type SqsStore = Stores['sqsStore'];
type SqsQueue = NonNullable<ReturnType<SqsStore['getQueue']>>;
type Persistence = NonNullable<SqsStore['persistence']>;

interface StoreModules {
  readonly SqsStore: new () => SqsStore;
  readonly SqsQueue: new () => SqsQueue;
  readonly SnsStore: new () => Stores['snsStore'];
  readonly S3Store: new () => Stores['s3Store'];
  readonly PersistenceManager: new (folder: string) => Persistence;
}

export interface FauxqsStores {
  readonly stores: Stores;
  close(): void;
}

/** Opens the queues kept in a folder, with their messages. Nobody can be working on one yet, so all of them are visible. */
export async function openStores(folder: string): Promise<FauxqsStores> {
  const { SqsStore, SqsQueue, SnsStore, S3Store, PersistenceManager } = await storeModules();
  countByTheClock(SqsQueue.prototype);
  const persistence = new PersistenceManager(folder);
  // fauxqs writes NULL where its own schema forbids it, and loses the message. Left alone, the row has the old deadline, which
  // counts for nothing: at the next start all messages are visible.
  persistence.updateMessageReady = () => {};
  const sqsStore = new SqsStore();
  persistence.loadSqsAndSns(sqsStore, new SnsStore());
  sqsStore.persistence = persistence;
  for (const queue of sqsStore.allQueues()) {
    queue.persistence = persistence;
    for (const { receiptHandle } of queue.inspectMessages().inflight) queue.changeVisibility(receiptHandle, 0);
  }
  return { stores: { sqsStore, snsStore: new SnsStore(), s3Store: new S3Store() }, close: () => persistence.close() };
}

/** fauxqs would count a message that has come due as delayed until the next receive, or for 20 ms while one waits. */
function countByTheClock(queue: SqsQueue): void {
  const { getAllAttributes } = queue;
  queue.getAllAttributes = function (this: SqsQueue, requested) {
    this.processTimers();
    return getAllAttributes.call(this, requested);
  };
}

async function storeModules(): Promise<StoreModules> {
  const files = ['./sqs/sqsStore.js', './sns/snsStore.js', './s3/s3Store.js', './persistence.js'];
  const main = import.meta.resolve('fauxqs');
  const modules = await Promise.all(files.map((file) => import(new URL(file, main).href)));
  return Object.assign({}, ...modules) as StoreModules;
}
