// Delayed messages that retry what failed. Unlike timers they are on their way, but a queue counts both as delayed, so each is
// noted when it is sent. A restart forgets them.
import { RETRY_ATTRIBUTE } from '../../lambdas/spine/bindings/message-attributes.ts';

interface SentMessage {
  readonly DelaySeconds?: number;
  readonly MessageAttributes?: Readonly<Record<string, unknown>>;
}

export class DelayedRetries {
  readonly #now: () => number;
  #dueAt: readonly number[] = [];

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** @param request that SQS has taken, as JSON */
  note(request: string): void {
    const { DelaySeconds = 0, MessageAttributes = {} } = JSON.parse(request) as SentMessage;
    if (DelaySeconds === 0 || !(RETRY_ATTRIBUTE in MessageAttributes)) return;
    this.#dueAt = [...this.#dueAt, this.#now() + DelaySeconds * 1_000];
  }

  /** The number that are not visible yet. */
  pending(): number {
    this.#dueAt = this.#dueAt.filter((time) => time > this.#now());
    return this.#dueAt.length;
  }
}
