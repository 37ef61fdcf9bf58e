// The thread that runs SQS: fauxqs with its queues on disk.

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { buildApp } from 'fauxqs';
import { giveBackAtRest } from '../../lifecycle/resting-memory.ts';
import { loopback } from '../service.ts';
import { openStores } from './fauxqs-stores.ts';

export interface ThreadData {
  readonly folder: string;
}

const host = parentPort as MessagePort;
const { stores, close } = await openStores((workerData as ThreadData).folder);
const app = buildApp({ logger: false, stores });
await app.listen({ port: 0, host: loopback });
host.postMessage((app.server.address() as AddressInfo).port);
giveBackAtRest();
await once(host, 'message');
await app.close();
close();
host.postMessage('stopped');
