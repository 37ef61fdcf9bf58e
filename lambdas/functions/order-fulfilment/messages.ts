// What the process manager's queue brings: hints of its streams, and its timers.
import { type QueuedTimer, timerIn } from '../../adapters/sqs/timer-queue.ts';
import { decodeBundle } from '../../adapters/wire/bundle-codec.ts';
import type { Hint } from '../../kernel/bundle.ts';
import { idOf } from '../../kernel/envelope.ts';

export type Content = Hint | QueuedTimer;

export const isTimer = (content: Content): content is QueuedTimer => 'dueAt' in content;

export const isHint = (content: Content): content is Hint => !isTimer(content);

/** @throws MalformedTimerError, MalformedBundleError */
export function contentsOf(body: string): Content[] {
  const timer = timerIn(body);
  return timer ? [timer] : decodeBundle(body);
}

export const orderIdOf = (content: Content): string => (isTimer(content) ? content.orderId : idOf(content.stream));
