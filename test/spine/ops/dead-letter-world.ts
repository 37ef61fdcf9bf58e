// Dead letters of a subscriber in memory: a queue, its dead-letter queue, and the notes. Any step can be the last that is done.
import { httpHandler } from '../../../lambdas/spine/http/http-handler.ts';
import type { Caller } from '../../../lambdas/spine/http/request/caller.ts';
import type { DeadLetter } from '../../../lambdas/spine/kernel/pipeline/dead-letter.ts';
import { deadLetterEndpoints } from '../../../lambdas/spine/ops/dead-letters/endpoints.ts';
import type { DeadLetterPorts } from '../../../lambdas/spine/ops/dead-letters/ports.ts';
import { inMemoryDeadLetters } from '../../../lambdas/spine/testing/memory/dead-letters.ts';
import { asked } from './asked.ts';

interface Stored {
  readonly id: string;
  readonly body: string;
  readonly attributes: string;
  hiddenUntil: number;
  receives: number;
}

export const admin: Caller = { customerId: 'root', isStaff: true, isAdmin: true, expiresAtInSeconds: 2_000_000_000 };
const START = Date.parse('2026-11-25T12:00:00.000Z');

export function deadLetterWorld(caller: Caller = admin) {
  const clock = { millis: START };
  const now = () => new Date(clock.millis);
  const notes = inMemoryDeadLetters(now);
  const queues = new Map(
    ['relay', 'loans', 'members'].map((name) => [
      name,
      { sent: [] as { body: string; attributes: string }[], dead: [] as Stored[] },
    ]),
  );
  /** How many more steps are done before the process dies. */
  const life = { steps: Number.POSITIVE_INFINITY };
  const step = (): void => {
    if (life.steps-- <= 0) throw new Error('killed');
  };
  const of = (name: string) => queues.get(name) ?? { sent: [], dead: [] };
  const ports: DeadLetterPorts = {
    subscribers: [...queues.keys()],
    now,
    notes: {
      ...notes,
      async forget(subscriber, id) {
        step();
        await notes.forget(subscriber, id);
      },
    },
    queueOf: async (name) => ({
      depth: async () => of(name).dead.length,
      async take(hiddenInSeconds) {
        step();
        const visible = of(name).dead.filter(({ hiddenUntil }) => hiddenUntil <= clock.millis);
        return visible.slice(0, 10).map((stored) => {
          stored.hiddenUntil = clock.millis + hiddenInSeconds * 1_000;
          stored.receives += 1;
          const { id, body, receives } = stored;
          return { id, body, receives, sentAt: START, firstReceivedAt: START, message: { MessageId: id } };
        });
      },
      async sendBack({ id, body }) {
        step();
        of(name).sent.push({ body, attributes: of(name).dead.find((each) => each.id === id)?.attributes ?? '' });
      },
      async remove({ id }) {
        step();
        of(name).dead.splice(
          of(name).dead.findIndex((each) => each.id === id),
          1,
        );
      },
      async release(messages) {
        step();
        for (const stored of of(name).dead) {
          if (messages.some(({ id }) => id === stored.id)) stored.hiddenUntil = clock.millis;
        }
      },
    }),
  };
  const handler = httpHandler(deadLetterEndpoints(ports, async () => caller));
  return {
    ...{ clock, life, ports, notes, of },
    /** Puts a message into the dead-letter queue of which no note tells. */
    bury(subscriber: string, id: string, body: string) {
      of(subscriber).dead.push({ id, body, attributes: `of ${id}`, hiddenUntil: 0, receives: 5 });
    },
    note: (subscriber: string, id: string, more: Partial<DeadLetter> = {}) =>
      notes.note({
        ...{ id, subscriber, streams: [{ stream: `loan-${id}`, version: 2 }], attempts: 5 },
        error: { code: 'unreadable_event', message: 'No “Lent”' },
        ...{ firstFailedAt: now().toISOString(), lastFailedAt: now().toISOString() },
        ...{ keptUntil: new Date(START + 86_400_000).toISOString(), ...more },
      }),
    list: (query = '') => asked(handler, `GET /ops/dead-letters${query}`),
    redrive: (body: unknown) => asked(handler, 'POST /ops/dead-letters/redrive', body),
  };
}
