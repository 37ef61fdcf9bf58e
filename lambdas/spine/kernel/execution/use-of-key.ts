// Looks up a command's key among those that its stream remembers, and reads what that takes.
import type { Decider } from '../decider.ts';
import type { DomainEvent } from '../envelope.ts';
import type { EventStore } from '../event-store.ts';
import { type KeyUse, UnreadableRunError, useOfKey } from '../keys/key-lookup.ts';
import type { CommandRequest } from './decide-on.ts';
import { loadStream, type StreamState } from './stream-state.ts';

/** Whether the stream knows the command's key, and the stream with what was read to find out. */
export async function withUseOfKey<Command, Event extends DomainEvent, State>(
  store: EventStore,
  decider: Decider<Command, Event, State>,
  { stream, idempotency }: Pick<CommandRequest<Command>, 'stream' | 'idempotency'>,
  known: StreamState<State>,
): Promise<{ readonly use: KeyUse; readonly current: StreamState<State> }> {
  if (!idempotency) return { use: { kind: 'new' }, current: known };
  let current = known.keys ? known : await loadStream(store, decider, stream, { withKeys: true });
  for (;;) {
    const { keys } = current;
    if (!keys) throw new RangeError(`The keys of ${stream} were not loaded`);
    try {
      const { use, index } = await useOfKey(store, stream, keys, idempotency);
      return { use, current: { ...current, keys: index } };
    } catch (error) {
      if (!(error instanceof UnreadableRunError)) throw error;
      current = await loadStream(store, decider, stream, { withKeys: true, keysOfLog: true });
    }
  }
}
