// The mapping from a queue to a function: pollers that receive a batch, invoke the function and delete what it has done. What it has
// not done becomes visible again by itself, and goes to the dead-letter queue by the queue's own redrive policy.
import { setTimeout as delay } from 'node:timers/promises';
import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { FunctionHost, Mapping } from '../ports.ts';
import { clientSettings } from '../services/client-settings.ts';
import { queueNameOf, queueUrl } from '../services/sqs/queue-url.ts';
import { failedItems } from './batch-response.ts';
import type { QueueSettings } from './mapping-settings.ts';
import { messageEvent } from './queue-message.ts';

/** SQS's own limits on a receipt and on a batch of deletions. */
const longestWaitInSeconds = 20;
const messagesPerRequest = 10;
const pauseAfterErrorInMillis = 1000;

export class QueueMapping implements Mapping {
  readonly #settings: QueueSettings;
  readonly #functions: FunctionHost;
  readonly #client: SQSClient;
  readonly #queueUrl: string;
  readonly #warn: (message: string) => void;
  readonly #stopping = new AbortController();
  readonly #pollers: Promise<unknown>;
  #held = 0;

  /** @param endpoint of SQS */
  constructor(settings: QueueSettings, functions: FunctionHost, endpoint: string, warn: (message: string) => void) {
    this.#settings = settings;
    this.#functions = functions;
    this.#client = new SQSClient(clientSettings(endpoint));
    this.#queueUrl = queueUrl(endpoint, queueNameOf(settings.sourceArn));
    this.#warn = warn;
    this.#pollers = Promise.all(Array.from({ length: settings.concurrency }, () => this.#poll()));
  }

  pending(): number {
    return this.#held;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#pollers;
    this.#client.destroy();
  }

  async #poll(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const messages: Message[] = [];
      try {
        await this.#receiveBatch(messages);
        if (messages.length > 0) await this.#process(messages);
      } catch (error) {
        if (signal.aborted) return;
        this.#warn(`${this.#queueUrl} could not be reached and is tried again: ${error}`);
        await delay(pauseAfterErrorInMillis, undefined, { signal }).catch(() => {});
      } finally {
        this.#held -= messages.length;
      }
    }
  }

  /** Fills the batch: waits for a first message, then for more until it is full or the window is over. */
  async #receiveBatch(messages: Message[]): Promise<void> {
    const { batchSize, batchingWindowInMillis } = this.#settings;
    await this.#receive(messages, longestWaitInSeconds);
    const windowEnd = performance.now() + batchingWindowInMillis;
    while (messages.length > 0 && messages.length < batchSize && performance.now() < windowEnd) {
      const leftInSeconds = Math.floor((windowEnd - performance.now()) / 1000);
      const received = await this.#receive(messages, Math.min(leftInSeconds, longestWaitInSeconds));
      if (received === 0 && leftInSeconds === 0) return;
    }
  }

  async #receive(messages: Message[], waitInSeconds: number): Promise<number> {
    const { Messages: received = [] } = await this.#client.send(
      new ReceiveMessageCommand({
        QueueUrl: this.#queueUrl,
        MaxNumberOfMessages: Math.min(this.#settings.batchSize - messages.length, messagesPerRequest),
        WaitTimeSeconds: waitInSeconds,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      }),
      { abortSignal: this.#stopping.signal },
    );
    messages.push(...received);
    this.#held += received.length;
    return received.length;
  }

  async #process(messages: readonly Message[]): Promise<void> {
    const { functionName, sourceArn, reportsItemFailures } = this.#settings;
    const result = await this.#functions.invoke(functionName, {
      Records: messages.map((message) => messageEvent(message, sourceArn)),
    });
    const failed = failedItems(
      result,
      messages.map(({ MessageId = '' }) => MessageId),
      reportsItemFailures,
    );
    const done = messages.filter(({ MessageId = '' }) => !failed.has(MessageId));
    for (let start = 0; start < done.length; start += messagesPerRequest)
      await this.#client.send(
        new DeleteMessageBatchCommand({
          QueueUrl: this.#queueUrl,
          Entries: done
            .slice(start, start + messagesPerRequest)
            .map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
        }),
      );
  }
}
