// What the redrive depends on.
import type { RedriveQueue } from '../../kernel/pipeline/redrive.ts';
import type { Subscription } from '../../kernel/pipeline/subscription.ts';
import type { RecordSources } from './locate.ts';
import type { PassOnPorts } from './pass-on.ts';

export interface OwnQueue {
  /** Takes what is left of a message. */
  readonly rest: RedriveQueue;
  /** Hides messages for so long. */
  hide(messages: readonly { readonly receiptHandle: string; readonly seconds: number }[]): Promise<void>;
  /** Puts a message aside that can never succeed. */
  bury(body: string): Promise<void>;
}

export interface RedriveFigures {
  /** Streams that got through, each once for each that they were passed on to. */
  readonly redriven: number;
  /** Streams that did not. */
  readonly waiting: number;
}

export interface RedrivePorts extends PassOnPorts, RecordSources {
  readonly subscriptions: readonly Subscription[];
  /** The queue that the messages come from. */
  queueOf(queueArn: string): OwnQueue;
  publish(figures: RedriveFigures): void;
}
