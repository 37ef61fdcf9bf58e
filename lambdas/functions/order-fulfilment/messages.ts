// What the process manager's queue brings: hints of its streams, and its timers.
import { type QueuedTimer, timerIn } from '../../adapters/sqs/timer-queue.ts';
import { decodeBundle } from '../../adapters/wire/bundle-codec.ts';
import type { Hint } from '../../kernel/bundle.ts';
import { idOf } from '../../kernel/envelope.ts';

export type Content = { readonly hint: Hint } | { readonly timer: QueuedTimer };

/** @throws MalformedTimerError, MalformedBundleError */
export function contentsOf(body: string): Content[] {
  const timer = timerIn(body);
  return timer ? [{ timer }] : decodeBundle(body).map((hint) => ({ hint }));
}

export const orderIdOf = (content: Content): string =>
  'timer' in content ? content.timer.orderId : idOf(content.hint.stream);
