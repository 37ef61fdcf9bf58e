// A library that tells readers of overdue books: a declaration that has nothing in common with any other, and a world for it.
import type { SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import { encodeBundle, encodeHint } from '../../../lambdas/spine/aws/wire/bundle-codec.ts';
import { type EventOf, eventCodec } from '../../../lambdas/spine/kernel/event-codec.ts';
import { type Hint, hintOf } from '../../../lambdas/spine/kernel/pipeline/bundle.ts';
import { notifications } from '../../../lambdas/spine/notifications/declaration.ts';
import { notifier } from '../../../lambdas/spine/notifications/handler.ts';
import type { OutcomeCounts } from '../../../lambdas/spine/notifications/metrics.ts';
import type { Notifications } from '../../../lambdas/spine/notifications/notification.ts';
import type { Mail, Mailer, MailResult } from '../../../lambdas/spine/notifications/port.ts';
import { inMemoryEventStore } from '../../../lambdas/spine/testing/memory/event-store.ts';
import { noOwnQueue } from '../../support/no-own-queue.ts';

export const READER = 'ada@readers.example';

const definitions = {
  BookLent: {
    schemaVersion: '1.0.0',
    data: z.strictObject({ title: z.string() }),
    personal: z.strictObject({ address: z.string() }),
  },
  LoanOverdue: { schemaVersion: '1.0.0', data: z.strictObject({ dueOn: z.string() }) },
  BookReturned: { schemaVersion: '1.0.0', data: z.strictObject({}) },
} as const;

export const loanEvents = eventCodec(definitions);
type LoanEvent = EventOf<typeof definitions>;

export const lendingNotices = notifications({
  category: 'loan',
  codec: loanEvents,
  about: ([lent]) => (lent?.type === 'BookLent' ? { to: lent.personal?.address, title: lent.data.title } : undefined),
  triggers: {
    LoanOverdue: {
      kind: 'loan-overdue',
      template: ({ title }, { data }) => ({
        subject: `${title} is overdue`,
        opening: [`Please bring ${title} back.`],
        rows: [['Due on', data.dueOn]],
      }),
    },
  },
});

/** Of another desk, about the same loans. */
export const librarianNotices = notifications({
  category: 'loan',
  codec: loanEvents,
  about: () => ({ to: 'desk@library.example' }),
  triggers: { LoanOverdue: { kind: 'loan-to-chase', template: () => ({ subject: 'To chase', opening: [] }) } },
  register: 'chase',
});

export const lent = (title = 'Middlemarch', address: string | undefined = READER): LoanEvent => ({
  type: 'BookLent',
  data: { title },
  ...(address !== '' && { personal: { address } }),
});
export const overdue: LoanEvent = { type: 'LoanOverdue', data: { dueOn: '2026-03-01' } };
export const returned: LoanEvent = { type: 'BookReturned', data: {} };

export function library() {
  const store = inMemoryEventStore();
  const mails: Mail[] = [];
  const answers: MailResult[] = [];
  const waiting: { readonly hint: Hint; readonly delayInSeconds: number }[] = [];
  const published: OutcomeCounts[] = [];
  let ids = 0;
  const now = () => new Date('2026-03-02T12:00:00.000Z');
  const takes: Mailer = {
    async send(mail) {
      const answer = answers.shift() ?? { kind: 'sent', messageId: `m-${mails.length + 1}` };
      if (answer.kind === 'sent') mails.push(mail);
      return answer;
    },
  };

  return {
    store,
    mails,
    /** What the mail service answers next, instead of taking the mail. */
    answers,
    /** What is in the queue for later. */
    waiting,
    /** The outcomes of each batch. */
    published,
    /** Writes a loan, one commit an event, and returns the hints. */
    async loan(events: readonly LoanEvent[], id = '1'): Promise<Hint[]> {
      const stream = `loan-${id}`;
      for (const [index, event] of events.entries()) {
        const provenance = { time: now().toISOString(), correlationId: `c-${id}`, causationId: 'x' };
        const commit = { stream, version: index + 1, id: `loan-${ids++}`, events: [loanEvents.encode(event)] };
        await store.append({ ...provenance, ...commit });
      }
      return store.commits(stream).map(hintOf);
    },
    registered: (stream = 'notification-1') =>
      store.commits(stream).flatMap(({ events }) => events.map(({ type }) => type)),
    /** Delivers the hints in one message to a process of its own. @returns whether the message was acknowledged */
    async deliver(hints: readonly Hint[], declaration: Notifications = lendingNotices, mailer = takes) {
      const handle = notifier(declaration, {
        signalAfter: (millis) => AbortSignal.timeout(millis),
        ...{ store, mailer, ownQueue: noOwnQueue, now, random: () => 0 },
        wait: () => Promise.resolve(),
        pace: { turn: async () => true, taken: () => {}, throttled: () => {} },
        later: { send: async (hint, delayInSeconds) => void waiting.push({ hint, delayInSeconds }) },
        publish: (counts) => void published.push(counts),
        newId: () => `id-${ids++}`,
      });
      const { batchItemFailures } = await handle(message(hints));
      return batchItemFailures.length === 0;
    },
  };
}

const message = (hints: readonly Hint[]): SQSEvent => ({
  Records: [{ messageId: 'm', body: encodeBundle(hints.map((hint) => encodeHint(hint))) } as never],
});
