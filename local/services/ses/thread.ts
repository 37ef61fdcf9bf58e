// The thread that runs SES: aws-ses-v2-local with its messages on disk.

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import ses from 'aws-ses-v2-local';
import { getStoreReadonly } from 'aws-ses-v2-local/dist/store.js';
import { giveBackAtRest } from '../../lifecycle/resting-memory.ts';
import { loopback } from '../service.ts';
import { openMailbox } from './mailbox.ts';

export interface ThreadData {
  readonly mailboxFile: string;
}

type Received = ReturnType<typeof getStoreReadonly>['emails'][number];

const host = parentPort as MessagePort;
const mailbox = openMailbox((workerData as ThreadData).mailboxFile);

const keep = ({ destination, subject, body }: Received): void =>
  mailbox.keep({
    to: [...destination.to, ...destination.cc, ...destination.bcc].join(', '),
    subject,
    text: body.text ?? '',
    html: body.html ?? '',
    sentAt: new Date().toISOString(),
  });

// aws-ses-v2-local tells nobody of a message; it adds it to this list before it answers, and keeps it in memory for good.
getStoreReadonly().emails.push = (...received) => {
  for (const each of received) keep(each);
  return 0;
};

const server = await ses.default({ host: loopback, port: 0 });
host.postMessage((server.address() as AddressInfo).port);
giveBackAtRest();
await once(host, 'message');
server.close();
server.closeAllConnections();
await once(server, 'close');
host.postMessage('stopped');
