// What processes and notifications have got to, and what they are told when they have not.
import { describe, expect, it } from 'vitest';
import { type Commit, type DomainEvent, streamOf } from '../../../lambdas/spine/kernel/envelope.ts';
import type { EventCodec } from '../../../lambdas/spine/kernel/event-codec.ts';
import { executeCommand } from '../../../lambdas/spine/kernel/execution/execute-command.ts';
import { notificationDecider } from '../../../lambdas/spine/notifications/decider.ts';
import { notificationProgress } from '../../../lambdas/spine/ops/audits/notification-progress.ts';
import { processProgress } from '../../../lambdas/spine/ops/audits/process-progress.ts';
import { ringing } from '../../../lambdas/spine/ops/audits/telling.ts';
import { inMemoryEventStore } from '../../../lambdas/spine/testing/memory/event-store.ts';
import { lendingNotices, lent, loanEvents, overdue } from '../notifications/lending.ts';
import { loanDecider, reminder } from '../process/reminder.ts';

const START = Date.parse('2026-01-01T00:00:00.000Z');
const at = (seconds: number): string => new Date(START + seconds * 1_000).toISOString();

function world() {
  const store = inMemoryEventStore();
  const clock = { seconds: 0 };
  const append = async <Event extends DomainEvent>(
    stream: string,
    codec: EventCodec<Event>,
    ...events: readonly Event[]
  ): Promise<Commit> => {
    const version = (store.commits(stream).at(-1)?.version ?? 0) + 1;
    const commit = {
      ...{ stream, version, id: `${stream}-${version}`, time: at(clock.seconds), correlationId: 'c', causationId: 'c' },
      events: events.map((event) => codec.encode(event)),
    };
    await store.append(commit);
    return commit;
  };
  const now = () => new Date(START + clock.seconds * 1_000);
  const tell = async () => new Set<string>();
  return { store, clock, append, now, ports: { store, now, tell } };
}

describe('a process', () => {
  const started = { type: 'Lent', data: { dueAt: at(3_600) } } as const;
  const look = async (commits: readonly Commit[], { ports }: ReturnType<typeof world>) =>
    processProgress('reminder', reminder, ports).look(
      [...Map.groupBy(commits, ({ stream }) => stream)].map(([stream, ofStream]) => ({ stream, commits: ofStream })),
    );

  it('is behind an event that would still change it', async () => {
    const there = world();
    const commit = await there.append('loan-1', loanDecider.codec, started);
    expect(await look([commit], there)).toEqual([{ kind: 'behind', commit }]);
    await there.append('reminder-1', reminder.manager.decider.codec, { type: 'Started', data: { dueAt: at(3_600) } });
    expect(await look([commit], there)).toEqual([]);
    const returned = await there.append('loan-1', loanDecider.codec, { type: 'Returned', data: {} });
    expect(await look([commit, returned], there)).toEqual([{ kind: 'behind', commit: returned }]);
  });

  it('has heard an event that means nothing to it', async () => {
    const there = world();
    const commit = await there.append('loan-1', loanDecider.codec, { type: 'Reminded', data: {} });
    expect(await look([commit], there)).toEqual([]);
  });

  it('that waits for an instant sleeps until then, and is behind when nothing woke it', async () => {
    const there = world();
    const commit = await there.append('reminder-1', reminder.manager.decider.codec, {
      type: 'Started',
      data: { dueAt: at(600) },
    });
    expect(await look([commit], there)).toEqual([{ kind: 'asleep', commit, until: at(600) }]);
    there.clock.seconds = 605;
    expect(await look([commit], there)).toMatchObject([{ kind: 'asleep' }]);
    there.clock.seconds = 610;
    expect(await look([commit], there)).toEqual([{ kind: 'behind', commit }]);
  });

  it('that has something to do and does not do it is pending, and at rest is left alone', async () => {
    const there = world();
    const { codec } = reminder.manager.decider;
    await there.append('reminder-1', codec, { type: 'Started', data: { dueAt: at(0) } });
    const commit = await there.append('reminder-1', codec, { type: 'BecameOverdue', data: {} });
    expect(await look([commit], there)).toEqual([{ kind: 'pending', commit, mark: 2 }]);
    const ended = await there.append('reminder-1', codec, { type: 'Ended', data: {} });
    expect(await look([commit, ended], there)).toEqual([]);
  });

  it('whose own stream, or an event that it hears, cannot be read is reported, and the others are looked at', async () => {
    const there = world();
    const other = await there.append('loan-2', loanDecider.codec, started);
    const poison = (stream: string): Commit => ({
      ...{ stream, version: 1, id: 'x', time: at(0), correlationId: 'c', causationId: 'c' },
      events: [{ type: 'Melted', schemaVersion: '1.0.0', data: {} }],
    });
    await there.store.append(poison('reminder-3'));
    const heard = await there.append('loan-3', loanDecider.codec, started);
    expect(await look([poison('loan-1'), other, heard], there)).toEqual([
      expect.objectContaining({ kind: 'unreadable', stream: 'loan-1', version: 1, code: 'newer_event' }),
      { kind: 'behind', commit: other },
      expect.objectContaining({ kind: 'unreadable', stream: 'reminder-3', code: 'newer_event' }),
    ]);
  });

  it('is told by a timer that rings at once, one for all that it missed', async () => {
    const there = world();
    const commits = [
      await there.append('loan-1', loanDecider.codec, started),
      await there.append('loan-1', loanDecider.codec, { type: 'Returned', data: {} }),
      await there.append('loan-2', loanDecider.codec, started),
    ];
    const timers: unknown[] = [];
    const tell = ringing({ schedule: async (timer) => void timers.push(timer) }, there.now);
    expect(await tell(commits)).toEqual(new Set());
    expect(timers).toEqual([
      { processId: '1', dueAt: at(0), correlationId: 'c' },
      { processId: '2', dueAt: at(0), correlationId: 'c' },
    ]);
  });
});

describe('notifications', () => {
  const look = (commits: readonly Commit[], { ports }: ReturnType<typeof world>) =>
    notificationProgress('notices', lendingNotices, ports).look([{ stream: 'loan-1', commits }]);

  const register = async ({ store }: ReturnType<typeof world>, command: object) => {
    const request = {
      stream: streamOf('notification', '1'),
      command: { eventId: 'loan-1@2', kind: 'loan-overdue', ...command } as never,
      id: JSON.stringify(command),
      provenance: { time: at(0), correlationId: 'c', causationId: 'c' },
    };
    await executeCommand({ store, wait: async () => undefined, random: Math.random }, notificationDecider, request);
  };

  it('are behind while the register does not know one that is due, and pending until it is settled', async () => {
    const there = world();
    await there.append('loan-1', loanEvents, lent());
    const commit = await there.append('loan-1', loanEvents, overdue);
    expect(await look([commit], there)).toEqual([{ kind: 'behind', commit }]);
    await register(there, { type: 'ClaimNotification', now: at(0), until: at(8) });
    expect(await look([commit], there)).toEqual([{ kind: 'pending', commit, mark: 1 }]);
    await register(there, { type: 'RecordSent', messageId: 'm' });
    expect(await look([commit], there)).toEqual([]);
  });

  it('are not due about events that nobody is told of, without an address, or of another day', async () => {
    const there = world();
    const untold = await there.append('loan-1', loanEvents, lent());
    expect(await look([untold], there)).toEqual([]);
    const commit = await there.append('loan-1', loanEvents, overdue);
    there.clock.seconds = 86_401;
    expect(await look([commit], there)).toEqual([]);
    const nobody = world();
    await nobody.append('loan-1', loanEvents, lent('Middlemarch', ''));
    expect(await look([await nobody.append('loan-1', loanEvents, overdue)], nobody)).toEqual([]);
  });
});
