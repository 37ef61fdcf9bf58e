// The thread that runs DynamoDB: dynalite, the recording of writes before it, and the journal. The host talks to it by messages.

import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { giveBackAtRest } from '../../lifecycle/resting-memory.ts';
import { ChangeLog } from './change-log.ts';
import { openDynalite } from './dynalite-server.ts';
import { IntentJournal } from './intent-journal.ts';
import { answerFromStreams, isForStreams } from './streams-api.ts';
import type { Instruction, Report, ThreadData } from './thread-messages.ts';
import { unconsumedChanges } from './unconsumed.ts';
import { ownRequest } from './wire.ts';
import { type Change, WriteRecorder } from './write-recorder.ts';

const host = parentPort as MessagePort;
const { storeFolder, journalFile, changeLogFile } = workerData as ThreadData;
const report = (message: Report): void => host.postMessage(message);

const dynalite = openDynalite(storeFolder);
// A store that cannot be opened shows with the first read.
await dynalite.answer(ownRequest('DescribeTable', { TableName: 'unknown' }));
const journal = new IntentJournal(journalFile);
const log = new ChangeLog(changeLogFile);
const tell = (change: Change): void => report({ kind: 'change', change, logged: log.append(change) });
const recorder = new WriteRecorder(dynalite.answer, journal, tell);

async function obey(instruction: Instruction): Promise<void> {
  switch (instruction.kind) {
    case 'stream': {
      const newestAt = log.newestAt();
      for await (const change of unconsumedChanges(dynalite.answer, journal.left, instruction.tables)) tell(change);
      recorder.streamedTables = instruction.tables;
      return report({ kind: 'streaming', newestAt });
    }
    case 'mark':
      return report({ kind: 'marked', position: journal.end });
    case 'forget':
      return journal.forget(instruction.before);
    case 'stop':
      await dynalite.close();
      journal.close();
      log.close();
      return report({ kind: 'stopped' });
    default:
      instruction satisfies never;
  }
}

host.on('message', (instruction: Instruction) => void obey(instruction));
const port = await dynalite.serve(async (request) =>
  isForStreams(request)
    ? answerFromStreams(request, { log, dynalite: dynalite.answer, tables: recorder.streamedTables })
    : recorder.answer(request),
);
report({ kind: 'listening', port });
giveBackAtRest();
