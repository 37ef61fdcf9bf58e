// An order's stream, a mail service that does as it is told, a clock, and processes that may die after any of their writes.
import type { SQSEvent } from 'aws-lambda';
import { orderNotifications } from '../../../lambdas/shop/notifications/order-notifications.ts';
import { type OrderCommand, orderDecider } from '../../../lambdas/shop/orders/decider.ts';
import { encodeBundle, encodeHint } from '../../../lambdas/spine/aws/wire/bundle-codec.ts';
import { type Hint, hintOf } from '../../../lambdas/spine/kernel/pipeline/bundle.ts';
import { notifier } from '../../../lambdas/spine/notifications/handler.ts';
import type { OutcomeCounts } from '../../../lambdas/spine/notifications/metrics.ts';
import type { Delay, Mail, MailResult } from '../../../lambdas/spine/notifications/port.ts';
import { inMemoryEventStore } from '../../../lambdas/spine/testing/memory/event-store.ts';
import { run } from '../../support/commands.ts';

export const ADDRESS = 'ada@customers.example';
const START = Date.parse('2026-03-01T12:00:00.000Z');

type Step = 'confirm' | 'reject' | 'cancel' | 'ship' | 'deliver';

const commands: Record<Step, (orderId: string) => Exclude<OrderCommand, { type: 'PlaceOrder' }>> = {
  confirm: (orderId) => ({ type: 'ConfirmOrder', orderId, transactionId: 'txn-1' }),
  reject: (orderId) => ({ type: 'RejectOrder', orderId, code: 'out_of_stock', sku: 'A' }),
  cancel: (orderId) => ({ type: 'CancelOrder', orderId, reason: 'Changed my mind' }),
  ship: (orderId) => ({ type: 'ShipOrder', orderId, carrier: 'DHL', trackingNumber: '00340' }),
  deliver: (orderId) => ({ type: 'DeliverOrder', orderId }),
};

class ProcessDied extends Error {}

type Answer = MailResult | Error;

export const delayed = (cause: Delay['cause'], code: string = cause): Delay => ({
  ...{ kind: 'delayed', cause, code },
  detail: `${code}, status 400, request r`,
});

/** A hint that is in the queue for later. */
export interface Waiting {
  readonly hint: Hint;
  readonly delayInSeconds: number;
}

export function world() {
  const store = inMemoryEventStore();
  const mails: Mail[] = [];
  const answers: Answer[] = [];
  const waiting: Waiting[] = [];
  const published: OutcomeCounts[] = [];
  const turns = { left: Number.POSITIVE_INFINITY, asked: [] as Date[] };
  let millis = START;
  let ids = 0;
  const dead = new Set<object>();
  const interludes: (() => Promise<unknown>)[] = [];

  const send = async (mail: Mail): Promise<MailResult> => {
    const answer = answers.shift() ?? { kind: 'sent', messageId: `ses-${mails.length + 1}` };
    if (answer instanceof Error) throw answer;
    if (answer.kind === 'sent') mails.push(mail);
    return answer;
  };

  /** @param writes after that many appends and sends the process dies: it does nothing more */
  const newProcess = (writes = Number.POSITIVE_INFINITY) => {
    let left = writes;
    const process = {};
    const live = <Result>(act: () => Result): Result => {
      if (left === 0) {
        dead.add(process);
        throw new ProcessDied();
      }
      return act();
    };
    const write = async <Result>(act: () => Promise<Result>): Promise<Result> => {
      const result = await live(act);
      await interludes.shift()?.();
      left -= 1;
      return live(() => result);
    };
    return notifier(orderNotifications, {
      store: {
        ...store,
        append: (commit) => write(() => store.append(commit)),
        readBackward: (stream) => live(() => store.readBackward(stream)),
        readForward: (stream, after) => live(() => store.readForward(stream, after)),
      },
      wait: () => Promise.resolve(),
      random: () => 0,
      signalAfter: (millis) => AbortSignal.timeout(millis),
      mailer: {
        send: (mail) => write(() => send(mail)),
      },
      // A turn comes at once; pace.test.ts sees to the pace.
      pace: {
        async turn(latest) {
          turns.asked.push(latest);
          turns.left -= 1;
          return turns.left >= 0;
        },
        taken: () => {},
        throttled: () => {},
      },
      ownQueue: { handOn: () => Promise.reject(new Error('There is time for everything here')) },
      later: {
        send: async (hint, delayInSeconds) => live(() => void waiting.push({ hint, delayInSeconds })),
      },
      publish: (counts) => void published.push(counts),
      newId: () => `id-${ids++}`,
      now: () => new Date(millis),
    });
  };

  return {
    store,
    mails,
    /** What the mail service answers next, instead of taking the mail. */
    answers,
    newProcess,
    /** How many turns to send there are, and until when each was asked for. */
    turns,
    /** What happens, write by write, before the process that wrote learns of it: meanwhile it is frozen. */
    interludes,
    /** What a process has sent for later. */
    waiting,
    /** The outcomes of each batch. */
    published,
    /** How many processes have died. */
    deaths: () => dead.size,
    subjects: () => mails.map(({ subject }) => subject),
    register: (orderId = 'o') => store.commits(`notification-${orderId}`),
    registered: (orderId = 'o') =>
      store.commits(`notification-${orderId}`).flatMap(({ events }) => events.map(({ type }) => type)),
    pass(duration: number) {
      millis += duration;
    },
    /** Writes the order's stream, and returns the hints of its commits. */
    async order(steps: readonly Step[], { orderId = 'o', hasAddress = true } = {}): Promise<Hint[]> {
      const stream = `order-${orderId}`;
      const time = new Date(millis).toISOString();
      const place: OrderCommand = {
        ...{ type: 'PlaceOrder', orderId, customerId: 'c', paymentToken: 'tok_ok' },
        ...(hasAddress ? { email: ADDRESS } : {}),
        lines: [{ sku: 'A', quantity: 2, product: { name: 'Anvil', unitPrice: 1050, currency: 'EUR' } }],
      };
      for (const command of [place, ...steps.map((step) => commands[step](orderId))]) {
        await run(store, orderDecider, stream, command, { time });
      }
      return store.commits(stream).map(hintOf);
    },
    /** Delivers the messages to a new process. @returns the ids of those that failed */
    async deliver(messages: Readonly<Record<string, readonly Hint[]>>, writes?: number): Promise<string[]> {
      const { batchItemFailures } = await newProcess(writes)(batch(messages));
      return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    },
  };
}

const batch = (messages: Readonly<Record<string, readonly Hint[]>>): SQSEvent => ({
  Records: Object.entries(messages).map(
    ([messageId, hints]) => ({ messageId, body: encodeBundle(hints.map(encodeHint)) }) as never,
  ),
});
