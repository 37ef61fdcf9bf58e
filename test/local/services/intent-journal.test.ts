import { appendFileSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { IntentJournal } from '../../../local/services/dynamodb/intent-journal.ts';
import { temporaryFolder } from './temporary-folder.ts';

const journalFile = (): string => join(temporaryFolder(), 'journal.jsonl');
const intent = (name: string) => ({ table: 'events', key: { stream: { S: name } } });
const leftIn = (file: string): string[] =>
  new IntentJournal(file).left.map(({ key }) => (key['stream'] as { S: string }).S);

test('keeps what was noted for the next run, oldest first, also when it was not closed', () => {
  const file = journalFile();
  const journal = new IntentJournal(file);
  journal.settle(journal.open(intent('a')));
  journal.open(intent('b'));

  expect(leftIn(file)).toEqual(['a', 'b']);
});

test('forgets what was settled before a position, and keeps what came after it', () => {
  const file = journalFile();
  const journal = new IntentJournal(file);
  journal.settle(journal.open(intent('a')));
  const position = journal.end;
  journal.settle(journal.open(intent('ä')));

  journal.forget(position);

  expect(leftIn(file)).toEqual(['ä']);
});

test('keeps a write that is still being made, however often it is told to forget', () => {
  const file = journalFile();
  const journal = new IntentJournal(file);
  const open = journal.open(intent('open'));
  journal.settle(journal.open(intent('a')));
  journal.forget(journal.end);
  journal.settle(journal.open(intent('b')));
  journal.forget(journal.end);
  journal.open(intent('c'));
  expect(leftIn(file)).toEqual(['open', 'c']);

  journal.settle(open);
  journal.forget(journal.end);
  expect(leftIn(file)).toEqual(['c']);
});

test('forgets what an earlier run left', () => {
  const file = journalFile();
  new IntentJournal(file).open(intent('a'));
  const journal = new IntentJournal(file);

  journal.forget(journal.end);

  expect(statSync(file).size).toBe(0);
});

test('passes over a line that a kill cut short, and goes on with a whole one', () => {
  const file = journalFile();
  new IntentJournal(file).open(intent('a'));
  appendFileSync(file, '{"table":"ev');

  new IntentJournal(file).open(intent('b'));

  expect(leftIn(file)).toEqual(['a', 'b']);
  expect(readFileSync(file, 'utf8')).not.toContain('"ev\n');
});
