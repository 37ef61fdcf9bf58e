// A commit as an item of the event table. Events are JSON text: what was hashed and validated is what is stored, to the byte.
// A storage format: attributes may be added, never changed.
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Commit, Riders, Snapshot, StoredEvent } from '../../kernel/envelope.ts';
import { UnreadableEventError } from '../../kernel/errors.ts';

export type Item = Record<string, AttributeValue>;

/** An item of the event table that is no commit. */
export class MalformedItemError extends UnreadableEventError {
  override readonly code = 'malformed_item';
}

export const commitToItem = (commit: Commit): Item => ({
  stream: { S: commit.stream },
  version: { N: String(commit.version) },
  id: { S: commit.id },
  time: { S: commit.time },
  correlationId: { S: commit.correlationId },
  causationId: { S: commit.causationId },
  events: { S: JSON.stringify(commit.events) },
  ...(commit.actor === undefined ? {} : { actor: { S: commit.actor } }),
  ...(commit.idempotency && { key: { S: commit.idempotency.key }, payload: { S: commit.idempotency.payload } }),
  ...binaries(commit.riders ?? {}),
  ...(commit.snapshot && { snapshot: { S: snapshotText(commit.snapshot) } }),
});

const RIDERS = ['state', 'keys', 'run'] as const;

const binaries = (riders: Riders): Item =>
  Object.fromEntries(RIDERS.flatMap((name) => (riders[name] ? [[name, { B: riders[name] }]] : [])));

/** @throws MalformedItemError when the item is no commit */
export function itemToCommit(item: Item): Commit {
  const text = (name: string): string => {
    const value = item[name]?.S;
    if (value === undefined)
      throw new MalformedItemError(`An item of the event table lacks the text attribute ${name}`);
    return value;
  };
  const { actor, key, payload, snapshot } = item;
  return {
    stream: text('stream'),
    version: versionIn(item),
    id: text('id'),
    time: text('time'),
    correlationId: text('correlationId'),
    causationId: text('causationId'),
    events: eventsIn(text('events')),
    ...(actor?.S === undefined ? {} : { actor: actor.S }),
    ...(key?.S === undefined || payload?.S === undefined ? {} : { idempotency: { key: key.S, payload: payload.S } }),
    ...ridersIn(item),
    ...snapshotIn(snapshot?.S),
  };
}

function versionIn({ version }: Item): number {
  const number = Number(version?.N);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new MalformedItemError(`An item of the event table has the version ${version?.N}, not a whole number from 1`);
}

function eventsIn(text: string): StoredEvent[] {
  let events: unknown;
  try {
    events = JSON.parse(text);
  } catch (cause) {
    throw new MalformedItemError('An item of the event table has events that are no JSON', { cause });
  }
  if (Array.isArray(events)) return events;
  throw new MalformedItemError('An item of the event table has events that are no list');
}

/** Left out of change records, which have them as base64 text: no subscriber needs them. */
function ridersIn(item: Item): { readonly riders?: Riders } {
  const found = RIDERS.flatMap((name) => {
    const bytes = item[name]?.B;
    return bytes instanceof Uint8Array ? [[name, bytes] as const] : [];
  });
  return found.length > 0 ? { riders: Object.fromEntries(found) } : {};
}

/** In the form that code had before riders, which still reads it: there a generation is called `fold`. */
const snapshotText = ({ generation: fold, ...rest }: Snapshot): string => JSON.stringify({ fold, ...rest });

/** A snapshot is an optimisation: without one, or with one that this code cannot read, the stream is folded from further back. */
function snapshotIn(text: string | undefined): { readonly snapshot?: Snapshot } {
  if (text === undefined) return {};
  try {
    const { fold: generation, ...rest } = JSON.parse(text);
    return { snapshot: { generation, ...rest } };
  } catch {
    return {};
  }
}
